use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

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

/// Tabs within a page, switched in place or by the arrow keys. Holds [`TabButton`]s.
#[component]
pub fn TabList(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let press = move |event: KeyboardEvent| {
        let Some(tabs) = list.get_untracked().map(|list| tabs(&list)) else { return };
        let here = document().active_element();
        let Some(place) =
            tabs.iter().position(|tab| here.as_ref().is_some_and(|here| tab.is_same_node(Some(here))))
        else {
            return;
        };
        let to = match event.key().as_str() {
            "ArrowLeft" => (place + tabs.len() - 1) % tabs.len(),
            "ArrowRight" => (place + 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            _ => return,
        };
        event.prevent_default();
        // Fails only for what can't take the focus.
        drop(tabs[to].focus());
        tabs[to].click();
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label node_ref=list on:keydown=press>
            {children()}
        </div>
    }
}

fn tabs(list: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=tab]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

/// One tab of a [`TabList`]; `panel` is the id of the `role="tabpanel"` it shows, which it names by its own, `<panel>-tab`.
#[component]
pub fn TabButton(
    #[prop(into)] selected: Signal<bool>,
    panel: String,
    #[prop(into)] on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="tab"
            id=format!("{panel}-tab")
            aria-controls=panel
            aria-selected=move || if selected.get() { "true" } else { "false" }
            tabindex=move || if selected.get() { "0" } else { "-1" }
            on:click=move |_| on_select.run(())
        >
            {children()}
        </button>
    }
}
