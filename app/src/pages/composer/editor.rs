use super::draft::Draft;
use super::version::Tab;
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
pub(super) fn Editor(draft: Draft, tab: Tab) -> impl IntoView {
    let w = use_words().composer();
    let area = NodeRef::<html::Textarea>::new();
    let written = draft.version(tab).text;
    Effect::new(move || {
        if let Some(area) = area.get() {
            // What was typed before the page came to life.
            let typed = area.value();
            if written.with_untracked(|text| *text != typed) {
                written.set(typed);
            }
            if draft.shown.get_untracked() != tab {
                return;
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
        let here = draft.platforms().into_iter().filter(|platform| draft.text_tab(*platform) == tab);
        here.filter_map(|platform| counter(platform, text).overflow).min()
    };
    let drawn = move || {
        let text = written.get();
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
    let invalid = move || written.with(|text| first_over(text).is_some()).then_some("true");
    let pasted = move |event: ClipboardEvent| {
        if let Some(files) = event.clipboard_data().and_then(|data| data.files())
            && files.length() > 0
        {
            event.prevent_default();
            draft.shown_tray().add(&files);
        }
    };
    let start = written.get_untracked();
    let (label, name) = match tab {
        // Without wasm the form sends what all get; the other versions stay as they are.
        Tab::All => (w.text().to_owned(), Some("text")),
        Tab::Own(platform) => (w.text_for(platform.name()), None),
    };
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
                    id=tab.text_id()
                    name=name
                    dir="auto"
                    aria-label=label
                    placeholder=w.text_placeholder()
                    aria-invalid=invalid
                    aria-describedby="checks"
                    node_ref=area
                    on:input=move |event| written.set(event_target_value(&event))
                    on:paste=pasted
                    inner_html=escape(&start)
                ></textarea>
            </div>
            <div class="editor-bar">
                <div class="counters" role="group" aria-label=w.counters()>
                    <For each=move || draft.platforms() key=|platform| *platform let:platform>
                        <PlatformCounter platform text=Signal::derive(move || draft.text_for(platform)) />
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
