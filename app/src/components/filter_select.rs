use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// A choice that narrows what a page shows: it sends the form around it by itself; without wasm the form's button does.
#[component]
pub fn FilterSelect(
    name: &'static str,
    label: &'static str,
    /// Stands for no choice.
    any: &'static str,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// A value, as the address has it; empty: none.
    chosen: String,
) -> impl IntoView {
    let send = |event: leptos::ev::Event| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        if let Some(form) = field.and_then(|field| field.form()) {
            // Fails only for an invalid form; these have no rules.
            drop(form.request_submit());
        }
    };
    let options = options
        .into_iter()
        .map(|(value, called)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{called}</option> }
        })
        .collect_view();
    // The property besides: a choice made by hand outlives the attributes.
    view! {
        <select class="input" name=name aria-label=label prop:value=chosen on:change=send>
            <option value="">{any}</option>
            {options}
        </select>
    }
    .into_any()
}
