use crate::button::{ButtonKind, IconButton};
use crate::icon::lucide;
use crate::menu::leave_menu;
use leptos::html;
use leptos::prelude::*;

/// A question or a short form over the page: the browser's own modal dialog, which keeps the focus inside and closes
/// on Escape. Needs wasm to open; what it offers must be reachable without it elsewhere.
#[component]
pub fn Dialog(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    open: RwSignal<bool>,
    /// For what needs room, such as a picture.
    #[prop(optional)]
    wide: bool,
    #[prop(into)] title: Signal<String>,
    /// The accessible name of the closing cross.
    #[prop(into)]
    close_label: Signal<String>,
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() {
            if !dialog.open() {
                leave_menu();
                // Fails only for a dialog that is open or not in the page; neither is an error to the person.
                drop(dialog.show_modal());
            }
        } else {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    view! {
        <dialog
            class="dialog"
            class:is-wide=wide
            id=id
            node_ref=element
            aria-labelledby=heading.clone()
            on:close=move |_| open.set(false)
        >
            <header class="dialog-head">
                <h2 id=heading.clone()>{title}</h2>
                <IconButton
                    icon=lucide::X
                    label=close_label
                    kind=ButtonKind::Quiet
                    small=true
                    on_press=move |_| open.set(false)
                />
            </header>
            {children()}
        </dialog>
    }
    .into_any()
}
