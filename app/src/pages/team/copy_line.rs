use crate::state::{use_toasts, use_words};
use leptos::html;
use leptos::prelude::*;
use ui::{Button, Tone, lucide};

/// A text to take along: a field to select it in, and a button that copies it.
#[component]
pub(super) fn CopyLine(label: &'static str, text: String) -> impl IntoView {
    let words = use_words();
    let toasts = use_toasts();
    let field = NodeRef::<html::Input>::new();
    let copy = move |_| {
        let Some(field) = field.get_untracked() else { return };
        field.select();
        if copy_selection() {
            toasts.show(Tone::Good, words.common().copied());
        } else {
            toasts.show(Tone::Warning, words.team().copy_failed());
        }
    };
    view! {
        <div class="copy-line">
            <input class="input" readonly=true aria-label=label value=text node_ref=field />
            <Button icon=lucide::COPY on_press=copy>
                {words.common().copy()}
            </Button>
        </div>
    }
}

/// Copies what is selected. By the old command: the newer clipboard isn't there on plain http.
#[cfg(feature = "hydrate")]
fn copy_selection() -> bool {
    use js_sys::{Function, Reflect};
    use leptos::wasm_bindgen::{JsCast, JsValue};
    let page = JsValue::from(document());
    Reflect::get(&page, &"execCommand".into())
        .ok()
        .and_then(|command| command.dyn_into::<Function>().ok())
        .and_then(|command| command.call1(&page, &"copy".into()).ok())
        .is_some_and(|done| done.is_truthy())
}

#[cfg(not(feature = "hydrate"))]
const fn copy_selection() -> bool {
    false
}
