use super::draft::Draft;
use crate::components::PlatformCounter;
use crate::components::post_preview::pieces::pieces;
use crate::state::use_words;
use leptos::ev::ClipboardEvent;
use leptos::html;
use leptos::prelude::*;
use model::text::counter;

/// The text, with what leads somewhere coloured and what is too much marked: a plain text field over a drawn copy of
/// itself. Below it a counter per platform.
#[component]
pub(super) fn Editor(draft: Draft) -> impl IntoView {
    let w = use_words().composer();
    let area = NodeRef::<html::Textarea>::new();
    // What was typed before the page came to life.
    Effect::new(move || {
        if let Some(area) = area.get() {
            let typed = area.value();
            if draft.text.with_untracked(|text| *text != typed) {
                draft.text.set(typed);
            }
            // Writing starts as soon as the sheet is drawn, behind what is there. Fails only for what can't take the focus.
            request_animation_frame(move || {
                drop(area.focus());
                let end = area.text_length();
                drop(area.set_selection_range(end, end));
            });
        }
    });
    let first_over = move |text: &str| {
        draft.platforms().into_iter().filter_map(|platform| counter(platform, text).overflow).min()
    };
    let drawn = move || {
        let text = draft.text.get();
        let over = first_over(&text);
        pieces(&text, over)
            .into_iter()
            .map(|(look, piece)| {
                let piece = piece.to_owned();
                match (look.entity, look.over) {
                    (false, false) => view! { <span>{piece}</span> }.into_any(),
                    (true, false) => view! { <span class="entity">{piece}</span> }.into_any(),
                    (false, true) => view! { <mark>{piece}</mark> }.into_any(),
                    (true, true) => view! { <mark class="entity">{piece}</mark> }.into_any(),
                }
            })
            .collect_view()
    };
    let invalid = move || draft.text.with(|text| first_over(text).is_some()).then_some("true");
    let pasted = move |event: ClipboardEvent| {
        if let Some(files) = event.clipboard_data().and_then(|data| data.files())
            && files.length() > 0
        {
            event.prevent_default();
            draft.tray.add(&files);
        }
    };
    let start = draft.text.get_untracked();
    view! {
        <div class="editor">
            <div class="editor-stack">
                <div class="editor-text editor-drawn" aria-hidden="true" dir="auto">
                    {drawn}
                    // A last empty line has no height of its own.
                    " "
                </div>
                <textarea
                    class="editor-text"
                    id="text"
                    name="text"
                    dir="auto"
                    aria-label=w.text()
                    placeholder=w.text_placeholder()
                    aria-invalid=invalid
                    aria-describedby="checks"
                    node_ref=area
                    on:input=move |event| draft.text.set(event_target_value(&event))
                    on:paste=pasted
                    inner_html=escape(&start)
                ></textarea>
            </div>
            <div class="editor-bar">
                <div class="counters" role="group" aria-label=w.counters()>
                    <For each=move || draft.platforms() key=|platform| *platform let:platform>
                        <PlatformCounter platform text=draft.text />
                    </For>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// As the inside of a text field. A child would render an empty text as a space.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
