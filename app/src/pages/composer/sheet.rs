use super::accounts::Accounts;
use super::banners::{ChangedBanner, Refusal};
use super::checks::Checks;
use super::draft::Draft;
use super::foot::{Acts, Foot, show_checks};
use super::guard::guard_way_back;
use super::head::Head;
use super::nearby::Nearby;
use super::panel::Panel;
use super::points::{Leads, Point, points};
use super::previews::Previews;
use super::saving::{Saving, Status};
use super::tabs::Tabs;
use crate::format;
use crate::pages::posts::PostsChanged;
use crate::server_fns::posts::{Compose, ComposerStart};
use crate::state::{use_toasts, use_words};
use chrono::{NaiveDate, NaiveTime};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsValue;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::post::{PostView, When};
use model::{ApiError, PostId, Problem, TargetState};
use ui::{Button, ButtonKind, Dialog, Tone};

/// What the dialog around asks for: Escape and the keys of the sheet.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    /// Set by the sheet once it is there.
    pub(super) close: StoredValue<Option<Callback<()>>>,
    pub(super) schedule: StoredValue<Option<Callback<()>>>,
    /// Shows the previews instead of the text, on phones.
    pub(super) preview: RwSignal<bool>,
}

/// The composer with what it starts with.
#[component]
pub(super) fn Sheet(
    start: ComposerStart,
    /// The day that a new post is meant for.
    on: Option<NaiveDate>,
    /// The time of that day.
    at: Option<NaiveTime>,
    /// What was refused before the page came.
    fault: Option<ApiError>,
    wishes: Wishes,
    leave: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    let toasts = use_toasts();
    let changed = use_context::<PostsChanged>();
    let draft = Draft::of(&start, on, at);
    let saving = Saving::new(draft, &start);
    let zone = start.now.zone.clone();
    let nearby = Nearby::watch(draft, saving, zone.clone());
    let now = start.now.clone();
    let points = Memo::new(move |_| {
        let mut all = points(words, draft);
        // Behind the musts, before what is only advised.
        let place = all.iter().take_while(|point| point.must).count();
        all.splice(place..place, nearby.points(words, &now));
        all
    });
    let refused = RwSignal::new(fault);
    let leaving = RwSignal::new(false);
    let confirming = RwSignal::new(false);

    let done = move |text: String| {
        if let Some(changed) = changed {
            changed.tell();
        }
        toasts.show(Tone::Good, text);
        leave.run(());
    };
    let send = {
        let zone = zone.clone();
        move |now: bool| {
            if points.with_untracked(|points| points.iter().any(|point| point.must)) {
                show_checks();
                return;
            }
            let when = if now {
                When::Now
            } else if let Some(local) = untrack(|| draft.time()) {
                When::At { local, zone: zone.clone() }
            } else {
                refused.set(Some(ApiError::invalid("local", Problem::BadTime)));
                return;
            };
            refused.set(None);
            let then = Callback::new(move |view: PostView| {
                done(match view.due_at.filter(|_| !now) {
                    Some(due) => {
                        w.done_scheduled(&format::day_and_time(words.0, due.local, year_of(&view.updated_at)))
                    }
                    None => w.done_now().to_owned(),
                });
            });
            saving.save(Some(when), Some(then));
        }
    };
    let send = StoredValue::new(send);
    let navigate = use_navigate();
    let show = Callback::new(move |post: PostId| navigate(&post_address(post), NavigateOptions::default()));
    let acts = Acts {
        save: Callback::new(move |()| {
            refused.set(None);
            let then = Callback::new(move |view: PostView| {
                if view.state == TargetState::Draft {
                    done(w.done_saved().to_owned());
                } else {
                    // An act whose answer got lost did it: no draft any more.
                    show.run(view.id);
                }
            });
            saving.save(None, Some(then));
        }),
        schedule: Callback::new(move |()| send.with_value(|send| send(false))),
        publish: Callback::new(move |()| send.with_value(|send| send(true))),
    };
    let close = Callback::new(move |()| {
        if !saving.is_dirty() {
            leave.run(());
        } else if saving.by_itself.get_untracked() && !saving.has_failed() && saving.is_worth_it() {
            saving.save(
                None,
                Some(Callback::new(move |_| {
                    if let Some(changed) = changed {
                        changed.tell();
                    }
                    leave.run(());
                })),
            );
        } else if saving.by_itself.get_untracked() && !saving.is_worth_it() {
            saving.give_up();
            leave.run(());
        } else {
            leaving.set(true);
        }
    });
    guard_way_back(saving, leaving);
    wishes.close.set_value(Some(close));
    wishes.schedule.set_value(Some(acts.schedule));

    let error = Signal::derive(move || match saving.status.get() {
        Status::Refused(error) => Some(error),
        _ => refused.get(),
    });
    let faulty = Signal::derive(move || {
        let place = |point: &Point| match &point.leads {
            Leads::To(place) if point.must => place.tab(),
            _ => None,
        };
        points.with(|points| points.iter().filter_map(place).collect::<Vec<_>>())
    });
    // Files are over the sheet.
    let hovering = RwSignal::new(false);
    let over = move |event: DragEvent| {
        if brings_files(&event) {
            // Without this the browser would leave the page for the file.
            event.prevent_default();
            hovering.set(true);
        }
    };
    let dropped = move |event: DragEvent| {
        hovering.set(false);
        if brings_files(&event) {
            event.prevent_default();
            if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
                draft.shown_tray().add(&files);
            }
        }
    };
    let title = if start.post.is_some() { w.edit_title() } else { w.new_title() };
    let post = start.post.as_ref().map(|post| post.id.to_string()).unwrap_or_default();
    let version = start.post.as_ref().map(|post| post.version.to_string()).unwrap_or_default();
    view! {
        <form
            class="sheet-form"
            class:is-hovered=hovering
            method="post"
            action=Compose::url()
            on:dragover=over
            on:dragleave=move |event: DragEvent| {
                // Going from one part of the sheet to another is no leaving.
                if event.related_target().is_none() {
                    hovering.set(false);
                }
            }
            on:drop=dropped
        >
            <input type="hidden" name="post" value=post />
            <input type="hidden" name="version" value=version />
            <Head title saving close />
            <ViewSwitch preview=wishes.preview />
            <div class="sheet-edit">
                <ChangedBanner saving />
                <Refusal error saving />
                <Accounts draft accounts=start.accounts />
                <div class="stack">
                    <Tabs draft faulty />
                    <For each=move || draft.tabs() key=|tab| *tab let:tab>
                        <Panel draft tab />
                    </For>
                </div>
                <Checks draft points />
            </div>
            <Previews draft points />
            <Foot draft saving points acts zone confirming />
        </form>
        <Dialog id="leave" open=leaving title=w.leave_title() close_label=words.common().close()>
            <p>{w.leave_text()}</p>
            <div class="dialog-foot">
                <Button on_press=move |_| leaving.set(false)>{w.stay()}</Button>
                <Button
                    kind=ButtonKind::Danger
                    on_press=move |_| {
                        leaving.set(false);
                        saving.give_up();
                        leave.run(());
                    }
                >
                    {w.leave()}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Something from outside the page is dragged, not one of its images.
fn brings_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

fn year_of(time: &model::LocalTime) -> i32 {
    use chrono::Datelike;
    time.local.year()
}

pub(super) fn post_address(post: PostId) -> String {
    format!("/posts/{post}")
}

/// Write or preview, on phones.
#[component]
fn ViewSwitch(preview: RwSignal<bool>) -> impl IntoView {
    let w = use_words().composer();
    let pressed = move |on: bool| move || if preview.get() == on { "true" } else { "false" };
    view! {
        <div class="segmented sheet-switch" role="group" aria-label=w.view_choice()>
            <button type="button" aria-pressed=pressed(false) on:click=move |_| preview.set(false)>
                {w.write()}
            </button>
            <button type="button" aria-pressed=pressed(true) on:click=move |_| preview.set(true)>
                {w.preview()}
            </button>
        </div>
    }
}
