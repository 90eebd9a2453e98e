use leptos::prelude::*;

/// Tabs that are addresses: each is a link, the page behind it is its panel. Holds [`TabLink`]s.
#[component]
pub fn Tabs(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label>{children()}</nav> }
}

/// One tab with an address. `count` is shown after its words.
#[component]
pub fn TabLink(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    #[prop(optional, into)] count: Signal<Option<String>>,
    /// `data-state` of the count, where it asks for attention.
    #[prop(optional)]
    count_state: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href aria-current=move || current.get().then_some("page")>
            {children()}
            {move || {
                count.get().map(|count| view! { <span class="count" data-state=count_state>{count}</span> })
            }}
        </a>
    }
}

/// Tabs within a page, switched in place. Holds [`TabButton`]s.
#[component]
pub fn TabList(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! { <div class="tabs" role="tablist" aria-label=label>{children()}</div> }
}

/// One tab of a [`TabList`]; `panel` is the id of the `role="tabpanel"` it shows.
#[component]
pub fn TabButton(
    #[prop(into)] selected: Signal<bool>,
    panel: &'static str,
    #[prop(into)] on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="tab"
            aria-controls=panel
            aria-selected=move || if selected.get() { "true" } else { "false" }
            on:click=move |_| on_select.run(())
        >
            {children()}
        </button>
    }
}
