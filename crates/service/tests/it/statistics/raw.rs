//! The independent calculation.

use super::ZONE;
use chrono::{DateTime, NaiveDate, Utc};
use model::AccountId;
use model::statistics::{Course, DayRange, Metric};
use service::zones::local_time;
use storage::{Db, EngineConn};

/// A row of `account_day`, as SQL reads it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    account_id: AccountId,
    day: NaiveDate,
    followers: Option<i64>,
    views: Option<i64>,
    reach: Option<i64>,
    likes: Option<i64>,
    comments: Option<i64>,
    shares: Option<i64>,
    saves: Option<i64>,
    watch_time: Option<i64>,
    engagement: Option<i64>,
}

/// Everything in the database, of every workspace.
pub(super) struct Raw {
    rows: Vec<Row>,
    posts: Vec<(AccountId, DateTime<Utc>)>,
}

impl Raw {
    pub(super) async fn read(db: &Db) -> Self {
        let (days, posts) = ("SELECT * FROM account_day", "SELECT account_id, published_at FROM remote_post");
        let mut tx = db.read().await.unwrap();
        match tx.as_engine() {
            EngineConn::Sqlite(c) => Self {
                rows: sqlx::query_as(days).fetch_all(&mut *c).await.unwrap(),
                posts: sqlx::query_as(posts).fetch_all(&mut *c).await.unwrap(),
            },
            EngineConn::Postgres(c) => Self {
                rows: sqlx::query_as(days).fetch_all(&mut *c).await.unwrap(),
                posts: sqlx::query_as(posts).fetch_all(&mut *c).await.unwrap(),
            },
        }
    }

    /// The numbers of a metric on a day, one for each of the accounts that tell it.
    fn told(&self, metric: Metric, accounts: &[AccountId], day: NaiveDate) -> Vec<i64> {
        let mut told = Vec::new();
        for row in &self.rows {
            if row.day != day || !accounts.contains(&row.account_id) {
                continue;
            }
            let mut parts: Option<i64> = None;
            for part in [row.likes, row.comments, row.shares, row.saves].into_iter().flatten() {
                parts = Some(parts.unwrap_or(0) + part);
            }
            let value = match metric {
                Metric::Views => row.views,
                Metric::Reach => row.reach,
                Metric::Likes => row.likes,
                Metric::Comments => row.comments,
                Metric::Shares => row.shares,
                Metric::Saves => row.saves,
                Metric::WatchTime => row.watch_time,
                Metric::Engagement if row.engagement.is_some() => row.engagement,
                Metric::Engagement => parts,
                Metric::Followers | Metric::EngagementRate | Metric::Posts => unreachable!(),
            };
            if let Some(value) = value {
                told.push(value);
            }
        }
        told
    }

    fn followers(&self, accounts: &[AccountId], day: NaiveDate) -> Option<f64> {
        let mut total = None;
        for account in accounts {
            let mut last: Option<(NaiveDate, i64)> = None;
            for row in self.rows.iter().filter(|row| row.account_id == *account && row.day <= day) {
                if let Some(followers) = row.followers
                    && last.is_none_or(|(on, _)| on < row.day)
                {
                    last = Some((row.day, followers));
                }
            }
            if let Some((_, followers)) = last {
                total = Some(total.unwrap_or(0.0) + followers as f64);
            }
        }
        total
    }

    pub(super) fn followers_of(&self, account: AccountId, day: NaiveDate) -> Option<f64> {
        self.followers(&[account], day)
    }

    fn posts(&self, accounts: &[AccountId], day: NaiveDate) -> Option<f64> {
        let on = |at: &DateTime<Utc>| local_time(*at, ZONE).local.date();
        let mut known: Vec<NaiveDate> = Vec::new();
        known.extend(self.rows.iter().filter(|row| accounts.contains(&row.account_id)).map(|row| row.day));
        let of: Vec<NaiveDate> = self
            .posts
            .iter()
            .filter(|(account, _)| accounts.contains(account))
            .map(|(_, at)| on(at))
            .collect();
        known.extend(&of);
        let (first, last) = (known.iter().min()?, known.iter().max()?);
        (*first <= day && day <= *last).then(|| of.iter().filter(|posted| **posted == day).count() as f64)
    }

    fn value(&self, metric: Metric, accounts: &[AccountId], day: NaiveDate) -> Option<f64> {
        match metric {
            Metric::Followers => self.followers(accounts, day),
            Metric::Posts => self.posts(accounts, day),
            Metric::EngagementRate => {
                let engagement = self.value(Metric::Engagement, accounts, day)?;
                Some(engagement / self.followers(accounts, day)?)
            }
            counted => {
                let told = self.told(counted, accounts, day);
                if told.is_empty() { None } else { Some(told.iter().sum::<i64>() as f64) }
            }
        }
    }

    fn sum(&self, metric: Metric, accounts: &[AccountId], range: DayRange) -> (Option<f64>, usize) {
        let (mut sum, mut times) = (0.0, 0);
        for day in range.dates() {
            if metric == Metric::Posts {
                if let Some(posts) = self.posts(accounts, day) {
                    (sum, times) = (sum + posts, times + 1);
                }
                continue;
            }
            for value in self.told(metric, accounts, day) {
                (sum, times) = (sum + value as f64, times + 1);
            }
        }
        ((times > 0).then_some(sum), times)
    }

    fn figure(&self, metric: Metric, accounts: &[AccountId], range: DayRange) -> (Option<f64>, usize) {
        match metric {
            Metric::Followers => (self.followers(accounts, range.to), 1),
            Metric::EngagementRate => {
                let (sum, times) = self.sum(Metric::Engagement, accounts, range);
                (sum.zip(self.followers(accounts, range.to)).map(|(sum, followers)| sum / followers), times)
            }
            counted => self.sum(counted, accounts, range),
        }
    }

    /// Whether a course says what the rows say; `whole`: with a value for each day before, too.
    pub(super) fn check(&self, course: &Course, accounts: &[AccountId], days: DayRange, whole: bool) {
        let (metric, before) = (course.figure.metric, days.before().unwrap());
        let each = |range: DayRange| -> Vec<Option<f64>> {
            range.dates().map(|day| self.value(metric, accounts, day)).collect()
        };
        let (values, values_before) = (each(days), each(before));
        if values.iter().chain(&values_before).all(Option::is_none) {
            assert!(course.values.iter().chain(&course.before).all(Option::is_none), "{metric:?}");
        } else {
            assert_eq!(course.values, values, "{metric:?}");
            assert_eq!(course.before, if whole { values_before } else { Vec::new() }, "{metric:?}");
        }
        let ((now, known), (earlier, known_before)) =
            (self.figure(metric, accounts, days), self.figure(metric, accounts, before));
        let compared = known_before as f64 >= 0.9 * known as f64;
        assert_eq!(course.figure.now, now, "{metric:?}");
        assert_eq!(course.figure.before, earlier.filter(|_| compared), "{metric:?}");
    }
}
