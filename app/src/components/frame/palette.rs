//! Opening the command palette: by keys from everywhere, and by a button in the top bar. What it shows comes as a part of its own.

use crate::state::use_words;
use leptos::ev;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Icon, lucide};

/// With Ctrl, or ⌘ on a Mac.
const KEY: &str = "k";
const KEYS: &str = "Ctrl K";
const KEYS_OF_MAC: &str = "⌘ K";
pub(super) const BOTH: &str = "Ctrl K / ⌘ K";
/// Whoever has no script finds posts there.
const WITHOUT_SCRIPT: &str = "/posts";

/// What the frame opens over its page. Copied freely; by context.
#[derive(Clone, Copy)]
pub(crate) struct Overlays {
    pub(crate) palette: RwSignal<bool>,
    /// The list of keys.
    pub(crate) keys: RwSignal<bool>,
}

impl Overlays {
    pub(super) fn new() -> Self {
        Self { palette: RwSignal::new(false), keys: RwSignal::new(false) }
    }
}

/// Listens to the keys, and shows the palette from its first opening on.
#[component]
pub(super) fn PaletteOverPage(overlays: Overlays) -> impl IntoView {
    let open = overlays.palette;
    let ready = RwSignal::new(false);
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            let modified = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if modified && event.key().eq_ignore_ascii_case(KEY) && !event.default_prevented() {
                // Not the browser's own search.
                event.prevent_default();
                if open.get_untracked() {
                    open.set(false);
                } else if !is_dialog_open() {
                    open.set(true);
                }
            }
        });
        on_cleanup(move || listener.remove());
    });
    Effect::new(move || {
        if open.get() && !ready.get_untracked() {
            spawn_local(async move {
                crate::lazy::load_palette().await;
                ready.try_set(true);
            });
        }
    });
    move || {
        ready.get().then(|| {
            let palette = Suspend::new(async move { crate::lazy::palette_over_page(overlays).await });
            view! { <Suspense>{palette}</Suspense> }
        })
    }
}

/// What is open wants an answer first.
fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// The button in the top bar.
#[component]
pub(crate) fn SearchButton() -> impl IntoView {
    let w = use_words().palette();
    let overlays = use_context::<Overlays>();
    let keys = RwSignal::new(KEYS);
    Effect::new(move || {
        if window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac")) {
            keys.set(KEYS_OF_MAC);
        }
    });
    let press = move |event: MouseEvent| {
        let Some(overlays) = overlays else { return };
        event.prevent_default();
        overlays.palette.set(true);
    };
    view! {
        <a
            class="button search-open push"
            href=WITHOUT_SCRIPT
            aria-label=w.open()
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=press
        >
            <Icon shape=lucide::SEARCH />
            <span>{w.open()}</span>
            <kbd aria-hidden="true">{keys}</kbd>
        </a>
    }
    .into_any()
}
