use crate::state::use_words;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Dialog, Icon, IconShape};

/// A button that opens the dialog with the id `dialog`: by the browser itself where it knows invoker commands, so that
/// it works before wasm arrives too.
#[component]
pub fn DialogOpener(
    #[prop(into)] dialog: String,
    open: RwSignal<bool>,
    #[prop(default = "button")] class: &'static str,
    #[prop(optional)] icon: Option<IconShape>,
    #[prop(into)] label: String,
    /// Says more than `label`, for assistive technology.
    #[prop(optional, into)]
    long_label: Option<String>,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        // Only one of the two opens it.
        event.prevent_default();
        open.set(true);
    };
    view! {
        <button
            class=class
            type="button"
            command="show-modal"
            commandfor=dialog
            aria-haspopup="dialog"
            aria-label=long_label
            on:click=press
        >
            {icon.map(|shape| view! { <Icon shape /> })}
            <span>{label}</span>
        </button>
    }
}

/// A dialog that asks before an act or for a few words; the children are a form's fields, `act` and `keep` its buttons.
/// Stands within the form.
#[component]
pub fn AskingDialog(
    #[prop(into)] id: String,
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// The button that sends the form.
    #[prop(into)]
    act: String,
    #[prop(optional)] act_kind: ButtonKind,
    /// The button that leaves things as they are.
    #[prop(into)]
    keep: String,
    #[prop(optional, into)] busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let close = use_words().common().close();
    let leave = move |event: MouseEvent| {
        event.prevent_default();
        open.set(false);
    };
    view! {
        <Dialog id=id.clone() open title=title close_label=close>
            {children()}
            <div class="dialog-foot">
                <button
                    class="button"
                    type="button"
                    command="close"
                    commandfor=id
                    on:click=leave
                >
                    {keep}
                </button>
                <Button kind=act_kind submit=true busy=busy>
                    {act}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
