use crate::button::{Button, ButtonKind, IconButton};
use crate::icon::lucide;
use crate::mark::Mark;
use crate::tone::Tone;
use leptos::prelude::*;
use std::time::Duration;

/// How long a toast without an act stays.
const STAYS: Duration = Duration::from_secs(6);
/// With an act (undo) there is more to read and decide.
const STAYS_WITH_ACT: Duration = Duration::from_secs(12);

/// What a toast offers, such as undo.
#[derive(Clone)]
pub struct ToastAction {
    pub label: String,
    pub act: Callback<()>,
}

/// A short message over the page.
#[derive(Clone)]
pub struct Toast {
    id: u64,
    tone: Tone,
    text: String,
    action: Option<ToastAction>,
}

/// The messages being shown, newest last. Copied freely; provided by context.
#[derive(Clone, Copy, Default)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
    /// The places for them, the innermost last: what lies under a modal sheet is neither seen nor pressed.
    hosts: RwSignal<Vec<u64>>,
}

impl Toasts {
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows a message for some seconds.
    pub fn show(self, tone: Tone, text: impl Into<String>) {
        self.push(tone, text.into(), None);
    }

    /// Shows a message with something to do about it.
    pub fn offer(self, tone: Tone, text: impl Into<String>, action: ToastAction) {
        self.push(tone, text.into(), Some(action));
    }

    pub fn dismiss(self, id: u64) {
        self.shown.update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    fn push(self, tone: Tone, text: String, action: Option<ToastAction>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        // What may leave something to do stays until it is put away.
        let stays = match (tone, &action) {
            (Tone::Bad | Tone::Warning, _) => None,
            (_, Some(_)) => Some(STAYS_WITH_ACT),
            (_, None) => Some(STAYS),
        };
        self.shown.update(|toasts| toasts.push(Toast { id, tone, text, action }));
        if let Some(stays) = stays {
            set_timeout(move || self.dismiss(id), stays);
        }
    }
}

/// Where toasts appear: near the page's end, and in what lies over the page for long. The innermost shows them.
#[component]
pub fn ToastHost(toasts: Toasts, #[prop(into)] dismiss_label: Signal<String>) -> impl IntoView {
    let host = toasts.next.get_value();
    toasts.next.set_value(host + 1);
    // In the browser only: the server shows none.
    Effect::new(move || toasts.hosts.update(|hosts| hosts.push(host)));
    on_cleanup(move || {
        toasts.hosts.try_update(|hosts| hosts.retain(|other| *other != host));
    });
    let shown = move || {
        let innermost = toasts.hosts.with(|hosts| hosts.last() == Some(&host));
        if innermost { toasts.shown.get() } else { Vec::new() }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=shown key=|toast| toast.id let:toast>
                <div class="toast" data-state=toast.tone.state()>
                    {toast.tone.mark().map(|shape| view! { <Mark shape /> })}
                    <span>{toast.text}</span>
                    {toast
                        .action
                        .map(|ToastAction { label, act }| {
                            let press = move |_| {
                                act.run(());
                                toasts.dismiss(toast.id);
                            };
                            view! {
                                <Button small=true on_press=press>
                                    {label}
                                </Button>
                            }
                        })}
                    <IconButton
                        icon=lucide::X
                        label=dismiss_label
                        kind=ButtonKind::Quiet
                        small=true
                        on_press=move |_| toasts.dismiss(toast.id)
                    />
                </div>
            </For>
        </div>
    }
    .into_any()
}
