use chrono::NaiveDate;
use leptos_router::params::ParamsMap;
use model::TargetState;
use model::calendar::{CalendarFilter, Span};

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Asked {
    pub(super) span: Span,
    /// Today if none.
    pub(super) on: Option<NaiveDate>,
    /// As written in the address; empty: all.
    pub(super) state: String,
    pub(super) account: String,
    pub(super) platform: String,
    pub(super) author: String,
}

impl Asked {
    /// What can't be read asks for nothing in particular.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let get = |key: &str| query.get(key).unwrap_or_default();
        Self {
            span: get("view").parse().unwrap_or_default(),
            on: get("on").parse().ok(),
            state: get("state"),
            account: get("account"),
            platform: get("platform"),
            author: get("author"),
        }
    }

    pub(super) fn filter(&self) -> CalendarFilter {
        CalendarFilter {
            span: self.span,
            on: self.on,
            states: self.state.parse::<TargetState>().into_iter().collect(),
            account: self.account.parse().ok(),
            platform: self.platform.parse().ok(),
            author: self.author.parse().ok(),
        }
    }

    pub(super) fn is_narrowed(&self) -> bool {
        self.narrowing().iter().any(|(_, value)| !value.is_empty())
    }

    /// The same without filters.
    pub(super) fn widened(&self) -> String {
        Self { span: self.span, on: self.on, ..Self::default() }.address()
    }

    pub(super) fn today(&self) -> String {
        Self { on: None, ..self.clone() }.address()
    }

    pub(super) fn at(&self, span: Span, on: NaiveDate) -> String {
        Self { span, on: Some(on), ..self.clone() }.address()
    }

    /// The one before or after; `on` is the day that is shown.
    pub(super) fn step(&self, on: NaiveDate, forward: bool) -> Option<String> {
        self.span.step(on, forward).map(|to| self.at(self.span, to))
    }

    /// The filters as the address has them.
    fn narrowing(&self) -> [(&'static str, &str); 4] {
        [
            ("account", &self.account),
            ("platform", &self.platform),
            ("state", &self.state),
            ("author", &self.author),
        ]
    }

    fn address(&self) -> String {
        let mut filters = ParamsMap::new();
        for (key, value) in self.narrowing().into_iter().filter(|(_, value)| !value.is_empty()) {
            filters.insert(key, value.to_owned());
        }
        // Days and spans need no escapes, which `ParamsMap` would give their hyphens.
        let span = (self.span != Span::default()).then(|| format!("view={}", self.span.key()));
        let on = self.on.map(|on| format!("on={on}"));
        let filters = filters.to_query_string();
        let filters = filters.strip_prefix('?').filter(|filters| !filters.is_empty()).map(str::to_owned);
        let query: Vec<String> = span.into_iter().chain(on).chain(filters).collect();
        if query.is_empty() { "/calendar".to_owned() } else { format!("/calendar?{}", query.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_what_is_asked() {
        let on: NaiveDate = "2026-11-18".parse().expect("a date");
        let asked = Asked { state: "failed".to_owned(), ..Asked::default() };
        assert_eq!(Asked::default().today(), "/calendar");
        assert_eq!(asked.at(Span::Week, on), "/calendar?view=week&on=2026-11-18&state=failed");
        assert_eq!(asked.step(on, true).as_deref(), Some("/calendar?on=2026-12-01&state=failed"));
        assert_eq!(asked.widened(), "/calendar");
        assert_eq!(asked.filter().states, [TargetState::Failed]);
        let odd = Asked { state: "odd".to_owned(), platform: "odd".to_owned(), ..Asked::default() };
        assert_eq!(odd.filter(), CalendarFilter::default());
    }
}
