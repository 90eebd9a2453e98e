use crate::components::PlatformGlyph;
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use model::text::counter;

/// From this share of the limit on, the counter warns.
const NEAR: f64 = 0.9;

/// Around the ring, in its own units.
const RING: f64 = 37.7;

/// How much of a platform's limit the text takes: `291/300`, or how much it is over: `−18`.
#[component]
pub fn PlatformCounter(
    platform: Platform,
    #[prop(into)] text: Signal<String>,
    /// Shown only from where it warns, for assistive technology and in dense places.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let words = use_words();
    let state = Memo::new(move |_| text.with(|text| counter(platform, text)));
    let level = move || {
        let state = state.get();
        if state.overflow.is_some() {
            Some("over")
        } else if state.fraction() >= NEAR {
            Some("near")
        } else {
            None
        }
    };
    let shown = move || {
        let state = state.get();
        if state.left() < 0 {
            format::signed(words.0, state.left())
        } else {
            format::count(words.0, u64::from(state.used))
        }
    };
    let limit = move || {
        let state = state.get();
        (state.left() >= 0).then(|| format!("/{}", format::count(words.0, u64::from(state.max))))
    };
    view! {
        <span class="counter" data-level=level hidden=move || quiet && level().is_none()>
            <PlatformGlyph platform />
            <svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="6"></circle>
                <circle
                    cx="8"
                    cy="8"
                    r="6"
                    stroke-dasharray=move || {
                        let drawn = state.get().fraction().min(1.0) * RING;
                        format!("{drawn:.1} {RING}")
                    }
                ></circle>
            </svg>
            <span>
                <span class="visually-hidden">{words.composer().counter_of(platform.name())}</span>
                " "
                {shown}
                <span class="faint">{limit}</span>
            </span>
        </span>
    }
}
