use super::pieces::pieces;
use leptos::prelude::*;
use model::Platform;
use model::text::counter;

/// The text with its links, mentions and hashtags coloured; what is over the platform's limit is marked.
#[component]
pub(super) fn RichText(platform: Platform, #[prop(into)] text: Signal<String>) -> impl IntoView {
    move || {
        let text = text.get();
        let over = counter(platform, &text).overflow;
        pieces(&text, over)
            .into_iter()
            .map(|(look, piece)| {
                let class = match (look.entity, look.over) {
                    (false, false) => "",
                    (true, false) => "tint",
                    (false, true) => "over",
                    (true, true) => "tint over",
                };
                view! { <span class=class>{piece.to_owned()}</span> }
            })
            .collect_view()
    }
}
