use leptos::prelude::*;

/// What a page says while it has nothing to show: what it is for, and (as children) the first act.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|acts| view! { <div class="row wrap">{acts()}</div> })}
        </div>
    }
}
