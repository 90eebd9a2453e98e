use crate::server_fns::preferences::SetTheme;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};

/// Light, dark, or as the device says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The cookie's name.
    pub const COOKIE: &str = "theme";

    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// `data-theme` of the document; absent, the device decides.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light | Self::Dark => Some(self.key()),
        }
    }

    /// Of the browser's own bars around the page: `--paper` where the device is light, then where it is dark.
    pub const fn bar_colours(self) -> [&'static str; 2] {
        const LIGHT: &str = "#fcfbf9";
        const DARK: &str = "#161311";
        match self {
            Self::System => [LIGHT, DARK],
            Self::Light => [LIGHT, LIGHT],
            Self::Dark => [DARK, DARK],
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.key() == key)
    }
}

/// The theme that the person chose last. By context.
#[derive(Clone, Copy)]
struct Chosen(RwSignal<Theme>);

pub(super) fn provide_theme(theme: Theme) {
    provide_context(Chosen(RwSignal::new(theme)));
}

/// The theme that the person chose last.
pub fn use_theme() -> Signal<Theme> {
    use_context::<Chosen>().map(|Chosen(theme)| theme.into()).unwrap_or_default()
}

/// Changes the theme: on the page at once, and for the next ones.
pub fn set_theme() -> Callback<Theme> {
    let chosen = use_context::<Chosen>();
    let keep = ServerAction::<SetTheme>::new();
    Callback::new(move |theme: Theme| {
        apply(theme);
        if let Some(Chosen(chosen)) = chosen {
            chosen.set(theme);
        }
        keep.dispatch(SetTheme { theme, next: String::new() });
    })
}

/// Puts the theme on the document.
fn apply(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    // Fails only for an invalid attribute name.
    drop(match theme.attribute() {
        Some(value) => root.set_attribute("data-theme", value),
        None => root.remove_attribute("data-theme"),
    });
    let Ok(bars) = document().query_selector_all("meta[name=theme-color]") else { return };
    for (at, colour) in (0..).zip(theme.bar_colours()) {
        if let Some(bar) = bars.get(at).and_then(|bar| bar.dyn_into::<web_sys::Element>().ok()) {
            drop(bar.set_attribute("content", colour));
        }
    }
}
