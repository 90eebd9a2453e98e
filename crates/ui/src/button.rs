use crate::icon::{Icon, IconShape};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// How much a button asks to be pressed. A view has at most one primary button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonKind {
    #[default]
    Plain,
    Primary,
    Quiet,
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Primary => " is-primary",
            Self::Quiet => " is-quiet",
            Self::Danger => " is-danger",
        }
    }
}

fn classes(kind: ButtonKind, small: bool, icon_only: bool) -> String {
    let small = if small { " is-small" } else { "" };
    let icon = if icon_only { " is-icon" } else { "" };
    format!("button{}{small}{icon}", kind.class())
}

/// A button with words. While `busy` it keeps the focus, says so, and swallows presses, so that a form is sent once.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconShape>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// The act is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_press: Option<Callback<MouseEvent>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(act) = on_press {
            act.run(event);
        }
    };
    view! {
        <button
            class=classes(kind, small, false)
            class:is-busy=busy
            type=if submit { "submit" } else { "button" }
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            on:click=press
        >
            {icon.map(|shape| view! { <Icon shape /> })}
            {children()}
        </button>
    }
}

/// A button that shows only an icon; `label` is its accessible name and its tooltip.
#[component]
pub fn IconButton(
    icon: IconShape,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] submit: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Has nothing to do for now, but keeps the focus, unlike a disabled one.
    #[prop(optional, into)]
    idle: Signal<bool>,
    #[prop(optional, into)] on_press: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let press = move |event: MouseEvent| {
        if let Some(act) = on_press.filter(|_| !idle.get_untracked()) {
            act.run(event);
        }
    };
    view! {
        <button
            class=classes(kind, small, true)
            type=if submit { "submit" } else { "button" }
            disabled=disabled
            aria-disabled=move || idle.get().then_some("true")
            aria-label=label
            title=label
            on:click=press
        >
            <Icon shape=icon />
        </button>
    }
}

/// A link that looks like a button, for what has an address of its own.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] small: bool,
    #[prop(optional)] icon: Option<IconShape>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=classes(kind, small, false) href=href>
            {icon.map(|shape| view! { <Icon shape /> })}
            {children()}
        </a>
    }
}
