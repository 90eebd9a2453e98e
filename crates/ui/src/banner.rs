use crate::mark::Mark;
use crate::tone::Tone;
use leptos::prelude::*;

/// A message in the page: what happened in `title`, what it means in `text`, what to do as children. Bad news is read
/// out at once, the rest when there is a pause.
#[component]
pub fn Banner(
    tone: Tone,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    let class = if tone.mark().is_some() { "notice" } else { "notice is-plain" };
    view! {
        <div class=class data-state=tone.state() role=role>
            {tone.mark().map(|shape| view! { <Mark shape /> })}
            <div>
                <strong>{title}</strong>
                " "
                <span>{text}</span>
            </div>
            {children.map(|acts| view! { <div class="notice-act">{acts()}</div> })}
        </div>
    }
    .into_any()
}
