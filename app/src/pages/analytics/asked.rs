use leptos_router::params::ParamsMap;
use model::AccountId;
use model::statistics::{CompareFilter, Metric, Range};

/// What the address of the overview asks for. What can't be read asks for nothing in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskedOverview {
    /// None: the first.
    pub(super) account: Option<AccountId>,
    pub(super) range: Range,
    /// Of the second chart.
    pub(super) metric: Metric,
}

impl AskedOverview {
    pub(super) fn of(query: &ParamsMap) -> Self {
        let get = |key: &str| query.get(key).unwrap_or_default();
        Self {
            account: get("account").parse().ok(),
            range: range_of(query),
            metric: Metric::from_key(&get("metric")).unwrap_or(Metric::Engagement),
        }
    }

    pub(super) fn address(&self) -> String {
        let account = self.account.map(|account| format!("account={account}"));
        let metric = (self.metric != Metric::Engagement).then(|| format!("metric={}", self.metric.key()));
        address("/analytics", account.into_iter().chain(range_part(self.range)).chain(metric))
    }

    /// The same numbers as CSV.
    pub(super) fn csv(account: AccountId, range: Range) -> String {
        format!("/accounts/{account}/numbers.csv?range={}", range.key())
    }

    /// The account's posts of these days as CSV.
    pub(super) fn posts_csv(account: AccountId, range: Range) -> String {
        format!("/accounts/{account}/posts.csv?range={}", range.key())
    }
}

/// What the address of the comparison asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AskedCompare {
    pub(super) filter: CompareFilter,
    pub(super) metric: Metric,
    /// 100 where each begins.
    pub(super) indexed: bool,
}

impl AskedCompare {
    pub(super) fn of(query: &ParamsMap) -> Self {
        let accounts = query.get_all("account").unwrap_or_default();
        Self {
            filter: CompareFilter {
                accounts: accounts.iter().filter_map(|id| id.parse().ok()).collect(),
                range: range_of(query),
            },
            metric: query.get("metric").and_then(|key| Metric::from_key(&key)).unwrap_or(Metric::Followers),
            indexed: query.get("scale").as_deref() == Some("index"),
        }
    }

    pub(super) fn address(&self) -> String {
        let metric = (self.metric != Metric::Followers).then(|| format!("metric={}", self.metric.key()));
        let scale = self.indexed.then(|| "scale=index".to_owned());
        let parts = self.account_parts().chain(range_part(self.filter.range)).chain(metric).chain(scale);
        address("/analytics/compare", parts)
    }

    /// The same numbers as CSV.
    pub(super) fn csv(&self) -> String {
        let ids: Vec<String> = self.filter.accounts.iter().map(AccountId::to_string).collect();
        let accounts = (!ids.is_empty()).then(|| format!("accounts={}", ids.join(",")));
        address("/compare.csv", accounts.into_iter().chain(range_part(self.filter.range)))
    }

    fn account_parts(&self) -> impl Iterator<Item = String> {
        self.filter.accounts.iter().map(|id| format!("account={id}"))
    }
}

fn range_of(query: &ParamsMap) -> Range {
    let between = || Range::from_key(&format!("{}..{}", query.get("from")?, query.get("to")?));
    query.get("range").and_then(|key| Range::from_key(&key)).or_else(between).unwrap_or_default()
}

fn range_part(range: Range) -> Option<String> {
    (range != Range::default()).then(|| format!("range={}", range.key()))
}

/// Ids, days and keys need no escapes.
fn address(path: &str, parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
        let mut map = ParamsMap::new();
        pairs.iter().for_each(|(key, value)| map.insert(*key, (*value).to_owned()));
        map
    }

    #[test]
    fn addresses_hold_what_is_asked() {
        let one = "0192e4a0-0000-7000-8000-000000000001";
        let two = "0192e4a0-0000-7000-8000-000000000002";
        let asked = AskedCompare::of(&query(&[
            ("account", one),
            ("account", two),
            ("range", "90d"),
            ("scale", "index"),
        ]));
        assert_eq!(asked.filter.accounts.len(), 2);
        assert_eq!(
            asked.address(),
            format!("/analytics/compare?account={one}&account={two}&range=90d&scale=index")
        );
        assert_eq!(asked.csv(), format!("/compare.csv?accounts={one},{two}&range=90d"));
        let nothing = AskedCompare::of(&query(&[("account", "x"), ("range", "x"), ("metric", "x")]));
        assert_eq!(nothing.address(), "/analytics/compare");
    }

    #[test]
    fn two_dates_of_a_form_are_a_range() {
        let asked = AskedOverview::of(&query(&[("from", "2026-03-01"), ("to", "2026-03-31")]));
        assert_eq!(asked.address(), "/analytics?range=2026-03-01..2026-03-31");
    }
}
