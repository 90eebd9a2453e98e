use super::asked::AskedCompare;
use crate::components::ChartOf;
use crate::format::{self, Unit};
use crate::words::Words;
use charts::{Line, Lines, Role};
use chrono::Datelike;
use insights::indexed;
use model::statistics::{ComparedAccount, Comparison, Course, Metric, NumberedAccount, Together};

/// The course of an account that is compared by `metric`.
pub(super) fn course(account: &ComparedAccount, metric: Metric) -> Option<&Course> {
    account.courses.iter().find(|course| course.figure.metric == metric)
}

/// The accounts' lines over each other.
pub(super) fn compare_chart(words: Words, comparison: &Comparison, asked: &AskedCompare) -> ChartOf {
    let w = words.analytics();
    let (metric, days) = (asked.metric, comparison.days);
    let unit = if asked.indexed { Unit::Index } else { Unit::of(metric) };
    let name = words.metric_name(metric);
    let lines: Vec<Line> = comparison
        .accounts
        .iter()
        .enumerate()
        .filter_map(|(place, account)| {
            let values = &course(account, metric)?.values;
            let values = if asked.indexed { indexed(values) } else { values.clone() };
            let last = values.iter().rev().flatten().next()?;
            let called = called(comparison, &account.account);
            let label = format!("{called} {}", unit.short(words.0, *last));
            Some(Line { name: called, label, values, role: Role::Main(place) })
        })
        .collect();
    let from_zero = !asked.indexed && metric.together() != Together::Last;
    let whole = format::days(words.0, days.from, days.to);
    let note = if asked.indexed {
        w.index_note(name, &format::short_day_of(words.0, days.from, days.to.year()))
    } else {
        w.compare_note(name, &whole)
    };
    let about = if asked.indexed {
        format!("{} {}", words.about_metric(metric), w.about_index())
    } else {
        words.about_metric(metric).to_owned()
    };
    ChartOf {
        title: title(words, comparison, asked, &lines),
        note,
        about,
        lines: Lines {
            days: days.dates().map(|day| format::short_day_of(words.0, day, days.to.year())).collect(),
            named: ends_apart(&lines, from_zero),
            lines,
            from_zero,
        },
        unit,
        csv: Some(asked.csv()),
    }
}

/// The account's name among the others: with its platform where another one is called the same.
fn called(comparison: &Comparison, account: &NumberedAccount) -> String {
    let name = account.called();
    let same = comparison.accounts.iter().filter(|other| other.account.called() == name).count();
    if same > 1 { format!("{} {name}", account.platform.name()) } else { name }
}

/// Who is ahead: by the last value of the index, else by the figure of the whole time.
fn title(words: Words, comparison: &Comparison, asked: &AskedCompare, lines: &[Line]) -> String {
    let w = words.analytics();
    let best = if asked.indexed {
        let ends = lines
            .iter()
            .filter_map(|line| Some((line.name.clone(), *line.values.iter().rev().flatten().next()?)));
        ends.max_by(|a, b| a.1.total_cmp(&b.1))
    } else {
        let figures = comparison.accounts.iter().filter_map(|account| {
            Some((called(comparison, &account.account), course(account, asked.metric)?.figure.now?))
        });
        figures.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    match best {
        None => w.none_known().to_owned(),
        Some((account, index)) if asked.indexed => {
            w.grew_fastest(&account, &Unit::Index.short(words.0, index))
        }
        Some((account, value)) => w.leads(&account, &Unit::of(asked.metric).short(words.0, value)),
    }
}

/// Whether the names of the lines have room beside their ends: a twentieth of the height each.
fn ends_apart(lines: &[Line], from_zero: bool) -> bool {
    let known = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let low = if from_zero { 0.0 } else { known().fold(f64::INFINITY, f64::min) };
    let high = known().fold(f64::NEG_INFINITY, f64::max);
    let mut ends: Vec<f64> =
        lines.iter().filter_map(|line| line.values.iter().rev().flatten().next().copied()).collect();
    ends.sort_by(f64::total_cmp);
    ends.windows(2).all(|pair| pair[1] - pair[0] >= (high - low) / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Platform;
    use model::statistics::DayRange;

    #[test]
    fn accounts_of_one_name_are_told_apart_by_their_platforms() {
        let account = |platform, handle: &str| NumberedAccount {
            id: "0192e4a0-0000-7000-8000-000000000001".parse().expect("an id"),
            platform,
            handle: handle.to_owned(),
            name: String::new(),
            avatar: None,
            sandbox: true,
            gone: false,
        };
        let accounts = [
            account(Platform::X, "bakery"),
            account(Platform::TikTok, "bakery"),
            account(Platform::X, "lane"),
        ];
        let day = "2026-11-22".parse().expect("a day");
        let comparison = Comparison {
            days: DayRange { from: day, to: day },
            accounts: accounts
                .iter()
                .map(|account| ComparedAccount { account: account.clone(), courses: Vec::new() })
                .collect(),
            choices: Vec::new(),
        };
        assert_eq!(
            accounts.map(|account| called(&comparison, &account)),
            ["X @bakery", "TikTok @bakery", "@lane"]
        );
    }
}
