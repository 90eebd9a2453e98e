use super::draft::Draft;
use super::points::{Leads, Point};
use super::saving::{Saving, Status};
use crate::state::use_words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Dialog, Mark, MarkShape};

/// What the person may do with the post.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub(super) save: Callback<()>,
    pub(super) schedule: Callback<()>,
    pub(super) publish: Callback<()>,
}

/// Save, time, schedule, publish. Sends the form around it where there is no wasm.
#[component]
pub(super) fn Foot(
    draft: Draft,
    saving: Saving,
    points: Memo<Vec<Point>>,
    acts: Acts,
    /// The zone of the date-time field.
    zone: String,
    /// Asks before publishing.
    confirming: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    // Other posts that this one comes close to.
    let near = Memo::new(move |_| {
        let is_near = |point: &&Point| matches!(point.leads, Leads::ToPost(_));
        points
            .with(|points| points.iter().filter(is_near).map(|point| point.text.clone()).collect::<Vec<_>>())
    });
    let near_lines = move || near.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let blocked = move || points.with(|points| points.iter().any(|point| point.must));
    let busy = move || saving.status.with(|status| *status == Status::Saving);
    // Without wasm nothing is counted, so nothing is held back: the server checks.
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    let say_blocked = move || (alive.get() && blocked()).then_some("true");
    let press = move |act: Callback<()>| {
        move |event: MouseEvent| {
            event.prevent_default();
            act.run(());
        }
    };
    let accounts = move || u64::try_from(draft.chosen.with(Vec::len)).unwrap_or_default();
    let by_itself = saving.by_itself;
    let schedule = move || if by_itself.get() { w.schedule() } else { w.save_changes() };
    view! {
        <footer class="sheet-foot">
            <p class="foot-note" data-state="warning" role="status">
                {move || {
                    near.with(|near| near.first().cloned())
                        .map(|text| {
                            view! {
                                <Mark shape=MarkShape::TRIANGLE />
                                <span class="clip" dir="auto">
                                    {text}
                                </span>
                                <Button kind=ButtonKind::Quiet small=true on_press=move |_| show_checks()>
                                    {w.show()}
                                </Button>
                            }
                        })
                }}
            </p>
            // Hidden rather than taken away when it stops being a draft: what its press has begun goes on.
            {by_itself
                .get_untracked()
                .then(|| {
                    view! {
                        <button
                            class="button is-quiet"
                            name="act"
                            value="draft"
                            hidden=move || !by_itself.get()
                            on:click=press(acts.save)
                        >
                            {w.save_draft()}
                        </button>
                    }
                })}
            <span class="push"></span>
            <div class="when">
                <label class="visually-hidden" for="when">
                    {w.when()}
                </label>
                <input
                    class="input num"
                    id="when"
                    type="datetime-local"
                    name="local"
                    value=draft.local.get_untracked()
                    aria-describedby="when-zone"
                    on:input=move |event| draft.local.set(event_target_value(&event))
                />
                <span class="faint small" id="when-zone">
                    {w.zone(&zone)}
                </span>
            </div>
            <button
                class="button"
                name="act"
                value="now"
                aria-disabled=say_blocked
                aria-describedby="checks-title"
                on:click=press(Callback::new(move |()| {
                    if blocked() {
                        show_checks();
                    } else {
                        confirming.set(true);
                    }
                }))
            >
                {w.publish_now()}
            </button>
            <button
                class="button is-primary"
                name="act"
                value="schedule"
                aria-disabled=say_blocked
                aria-describedby="checks-title"
                aria-busy=move || busy().then_some("true")
                aria-keyshortcuts="Control+Enter Meta+Enter"
                on:click=press(acts.schedule)
            >
                {schedule}
            </button>
        </footer>
        <Dialog id="confirm-now" open=confirming title=w.confirm_title() close_label=words.common().close()>
            <p>{move || w.confirm_text(accounts())}</p>
            <ul class="near-lines" hidden=move || near.with(Vec::is_empty)>
                {near_lines}
            </ul>
            <div class="dialog-foot">
                <Button on_press=move |_| confirming.set(false)>{words.common().cancel()}</Button>
                <Button
                    kind=ButtonKind::Primary
                    on_press=move |_| {
                        confirming.set(false);
                        acts.publish.run(());
                    }
                >
                    {w.publish_now()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Takes the person to what has to be settled first.
pub(super) fn show_checks() {
    if let Some(list) = document().get_element_by_id("checks") {
        use leptos::wasm_bindgen::JsCast;
        list.scroll_into_view();
        if let Ok(list) = list.dyn_into::<web_sys::HtmlElement>() {
            // Fails only for what can't take the focus.
            drop(list.focus());
        }
    }
}
