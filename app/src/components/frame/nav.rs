use crate::words::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use ui::{Icon, IconShape, lucide};

/// A place in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Calendar,
    Posts,
    Analytics,
    Accounts,
    Team,
    Settings,
}

impl Place {
    pub(crate) const ALL: [Self; 7] = [
        Self::Home,
        Self::Calendar,
        Self::Posts,
        Self::Analytics,
        Self::Accounts,
        Self::Team,
        Self::Settings,
    ];

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Calendar => "/calendar",
            Self::Posts => "/posts",
            Self::Analytics => "/analytics",
            Self::Accounts => "/accounts",
            Self::Team => "/team",
            Self::Settings => "/settings",
        }
    }

    /// The letter that goes there after `g`.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Home => "h",
            Self::Calendar => "c",
            Self::Posts => "p",
            Self::Analytics => "n",
            Self::Accounts => "a",
            Self::Team => "t",
            Self::Settings => "s",
        }
    }

    pub(crate) const fn icon(self) -> IconShape {
        match self {
            Self::Home => lucide::HOUSE,
            Self::Calendar => lucide::CALENDAR_DAYS,
            Self::Posts => lucide::LAYERS,
            Self::Analytics => lucide::CHART_LINE,
            Self::Accounts => lucide::AT_SIGN,
            Self::Team => lucide::USERS_ROUND,
            Self::Settings => lucide::SETTINGS,
        }
    }

    pub(crate) const fn name(self, words: Words) -> &'static str {
        let w = words.frame();
        match self {
            Self::Home => w.home(),
            Self::Calendar => w.calendar(),
            Self::Posts => w.posts(),
            Self::Analytics => w.analytics(),
            Self::Accounts => w.accounts(),
            Self::Team => w.team(),
            Self::Settings => w.settings(),
        }
    }

    /// Whether `path` lies in this place.
    fn holds(self, path: &str) -> bool {
        match path.strip_prefix(self.path()) {
            Some(rest) if self == Self::Home => rest.is_empty(),
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }
}

/// A link to a place; marked while the person is there.
#[component]
pub(super) fn PlaceLink(place: Place, words: Words, #[prop(optional)] large: bool) -> impl IntoView {
    let path = use_location().pathname;
    let name = place.name(words);
    view! {
        <a
            href=place.path()
            title=name
            aria-current=move || place.holds(&path.get()).then_some("page")
        >
            <Icon shape=place.icon() large />
            <span>{name}</span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_holds_its_pages_only() {
        assert!(Place::Home.holds("/"));
        assert!(!Place::Home.holds("/posts"));
        assert!(Place::Posts.holds("/posts/1"));
        assert!(!Place::Posts.holds("/postscript"));
    }
}
