//! The same numbers as CSV: raw values, ISO dates, and nothing where nothing is known.

use super::account::days;
use super::compare::compare;
use super::days::Window;
use super::names::Names;
use crate::context::Context;
use crate::errors::{OrInternal as _, internal};
use chrono::{NaiveDate, SecondsFormat};
use csv::Writer;
use model::statistics::{CompareFilter, Comparison, Metric, NumberedAccount, Range};
use model::{AccountId, ApiResult, WorkspaceId};
use std::borrow::Cow;
use storage::remote_posts::{self, RemotePostRow};

/// Most posts in one file.
const POSTS: i64 = 50_000;

const COUNTED: [Metric; 7] = [
    Metric::Views,
    Metric::Reach,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Saves,
    Metric::WatchTime,
];

pub(super) async fn of_account(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    range: Range,
) -> ApiResult<String> {
    let mut tx = context.db.read().await.or_internal()?;
    let window = Window::of(&mut tx, workspace, range, context.db.clock().now()).await?;
    Names::of(context, &mut tx, workspace).await?.get(account)?;
    let (_, days) = days(&mut tx, workspace, account, &window).await?;
    let columns = Metric::ALL.map(|metric| insights::values(metric, &days));
    let mut table = Table::new(std::iter::once("day").chain(Metric::ALL.map(Metric::key)))?;
    for (place, date) in window.days.dates().enumerate() {
        let values = columns.iter().map(|column| number(column.get(place).copied().flatten()));
        table.row(std::iter::once(date.to_string()).chain(values))?;
    }
    table.text()
}

pub(super) async fn of_posts(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    range: Range,
) -> ApiResult<String> {
    let mut tx = context.db.read().await.or_internal()?;
    let window = Window::of(&mut tx, workspace, range, context.db.clock().now()).await?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let named = names.get(account)?;
    let (from, to) = (window.days.from, window.days.to);
    let rows = remote_posts::in_range(&mut tx, workspace, account, from, to, POSTS).await.or_internal()?;
    let first = ["published_at", "platform", "account", "text", "url"];
    let rates = [Metric::Engagement, Metric::EngagementRate].map(Metric::key);
    let mut table = Table::new(first.into_iter().chain(COUNTED.map(Metric::key)).chain(rates))?;
    for row in &rows {
        let about = [
            row.published_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            named.platform.key().to_owned(),
            text(plain(named)).into_owned(),
            text(&row.text).into_owned(),
            text(row.url.as_deref().unwrap_or_default()).into_owned(),
        ];
        table.row(about.into_iter().chain(counts(row)))?;
    }
    table.text()
}

fn counts(row: &RemotePostRow) -> impl Iterator<Item = String> {
    let engagement = row.counts.engagement();
    let rate = number(insights::rate(engagement, row.followers));
    let whole = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    let counted = COUNTED.map(|metric| whole(row.counts.of(metric)));
    counted.into_iter().chain([whole(engagement), rate])
}

pub(super) async fn of_comparison(
    context: &Context,
    workspace: WorkspaceId,
    filter: &CompareFilter,
) -> ApiResult<String> {
    let comparison = compare(context, workspace, filter).await?;
    let metrics = Comparison::METRICS.map(Metric::key);
    let mut table = Table::new(["day", "platform", "account"].into_iter().chain(metrics))?;
    let dates: Vec<NaiveDate> = comparison.days.dates().collect();
    for compared in &comparison.accounts {
        for (place, date) in dates.iter().enumerate() {
            let about = [
                date.to_string(),
                compared.account.platform.key().to_owned(),
                text(plain(&compared.account)).into_owned(),
            ];
            let values =
                compared.courses.iter().map(|course| number(course.values.get(place).copied().flatten()));
            table.row(about.into_iter().chain(values))?;
        }
    }
    table.text()
}

/// The handle, without the `@` that would have to be kept from being a formula; else the name.
fn plain(account: &NumberedAccount) -> &str {
    if account.handle.is_empty() { &account.name } else { &account.handle }
}

/// Text that no spreadsheet takes for a formula (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A table under way, in memory.
struct Table(Writer<Vec<u8>>);

impl Table {
    fn new<'a>(header: impl Iterator<Item = &'a str>) -> ApiResult<Self> {
        let mut table = Self(Writer::from_writer(Vec::new()));
        table.0.write_record(header).map_err(|error| internal(&error))?;
        Ok(table)
    }

    fn row(&mut self, values: impl Iterator<Item = String>) -> ApiResult<()> {
        self.0.write_record(values).map_err(|error| internal(&error))
    }

    fn text(self) -> ApiResult<String> {
        let bytes = self.0.into_inner().map_err(|error| internal(&error))?;
        String::from_utf8(bytes).map_err(|error| internal(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for formula in ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        assert_eq!(text("Bread = life"), "Bread = life");
    }

    #[test]
    fn numbers_are_raw_and_what_is_unknown_is_empty() {
        assert_eq!(
            (number(Some(1234.0)), number(Some(0.0125)), number(None)),
            ("1234".into(), "0.0125".into(), String::new())
        );
    }
}
