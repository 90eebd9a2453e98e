use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Closes the menu whose item has the focus, which goes back to the menu's button: for items that open something over
/// the page, which gives the focus back to where it was.
pub fn leave_menu() {
    let item = document().active_element();
    let menu = item.and_then(|item| item.closest("[popover]").ok().flatten());
    if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Fails for a menu that is closed already.
        drop(menu.hide_popover());
    }
}

/// A button that opens a small sheet of links and buttons. It is a native popover: it opens without wasm, closes on
/// Escape or a press outside, and the browser tells its state to assistive technology.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The accessible name of the button and of the sheet.
    #[prop(into)]
    label: Signal<String>,
    /// What the button shows.
    #[prop(into)]
    trigger: ViewFn,
    /// The button's classes.
    #[prop(default = "button is-quiet is-icon")]
    trigger_class: &'static str,
    /// Items: `<li>` with one `.menu-item` (a link or a button) each.
    children: Children,
) -> impl IntoView {
    view! {
        <button class=trigger_class type="button" popovertarget=id.clone() aria-label=label title=label>
            {trigger.run()}
        </button>
        <div class="menu" id=id popover="auto" role="group" aria-label=label>
            <ul>{children()}</ul>
        </div>
    }
    .into_any()
}
