use leptos_router::params::ParamsMap;
use model::TargetState;
use model::post::PostFilter;

/// A tab of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Tab {
    #[default]
    All,
    Drafts,
    Scheduled,
    Published,
    Attention,
}

impl Tab {
    pub(super) const ALL: [Self; 5] =
        [Self::All, Self::Attention, Self::Drafts, Self::Scheduled, Self::Published];

    /// The value in the address.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Drafts => "drafts",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Attention => "attention",
        }
    }

    fn states(self) -> Vec<TargetState> {
        use TargetState as S;
        match self {
            Self::All => Vec::new(),
            Self::Drafts => vec![S::Draft],
            Self::Scheduled => vec![S::Scheduled, S::AwaitingApproval, S::Publishing],
            Self::Published => vec![S::Published],
            Self::Attention => vec![S::Failed, S::Unknown, S::Missed],
        }
    }
}

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Asked {
    pub(super) tab: Tab,
    /// As written in the address; empty: all.
    pub(super) account: String,
    pub(super) platform: String,
    pub(super) search: String,
    pub(super) cursor: Option<String>,
}

impl Asked {
    pub(super) fn of(query: &ParamsMap) -> Self {
        let get = |key: &str| query.get(key).unwrap_or_default();
        let tab = get("tab");
        Self {
            tab: Tab::ALL.into_iter().find(|known| known.key() == tab).unwrap_or_default(),
            account: get("account"),
            platform: get("platform"),
            search: get("q"),
            cursor: query.get("cursor"),
        }
    }

    /// For the server; what can't be read asks for nothing in particular.
    pub(super) fn filter(&self) -> PostFilter {
        PostFilter {
            states: self.tab.states(),
            account: self.account.parse().ok(),
            platform: self.platform.parse().ok(),
            search: self.search.clone(),
            cursor: self.cursor.clone(),
        }
    }

    /// Whether anything but the tab narrows the list.
    pub(super) fn is_narrowed(&self) -> bool {
        !(self.account.is_empty() && self.platform.is_empty() && self.search.is_empty())
    }

    /// The address of the same list under another tab, from its start.
    pub(super) fn in_tab(&self, tab: Tab) -> String {
        Self { tab, cursor: None, ..self.clone() }.address()
    }

    pub(super) fn at_cursor(&self, cursor: Option<String>) -> String {
        Self { cursor, ..self.clone() }.address()
    }

    fn address(&self) -> String {
        let mut query = ParamsMap::new();
        for (key, value) in [
            ("tab", self.tab.key()),
            ("account", &self.account),
            ("platform", &self.platform),
            ("q", &self.search),
            ("cursor", self.cursor.as_deref().unwrap_or_default()),
        ] {
            if !value.is_empty() {
                query.insert(key, value.to_owned());
            }
        }
        format!("/posts{}", query.to_query_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_the_filters() {
        let asked = Asked {
            tab: Tab::Attention,
            platform: "x".to_owned(),
            search: "été".to_owned(),
            cursor: Some("c".to_owned()),
            ..Asked::default()
        };
        assert_eq!(Asked::default().in_tab(Tab::All), "/posts");
        assert!(!asked.in_tab(Tab::Drafts).contains("cursor"));
        let filter = asked.filter();
        assert_eq!(filter.platform, Some(model::Platform::X));
        assert_eq!(filter.states.len(), 3);
    }
}
