//! How accounts and posts do: numbers that depend on identifier, seed and the simulated time alone, so that they grow, run
//! the same each time, and never have to be stored. A test or a demo may say what they are to be instead
//! ([`given`]); what it leaves out stays made up.

mod curve;
mod given;

pub(crate) use given::{GivenAccount, GivenCounts, GivenDay, GivenPost, Numbers};

use crate::clock::{DAY, HOUR, Millis};
use crate::state::{Account, Platform, Post, State};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::America::Los_Angeles;
use curve::{Nature, gain, settled};

/// Posts older than this no longer count in a day's numbers.
const LIVELY: Millis = 60 * DAY;

/// Counters of a post, or of one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) views: u64,
    pub(crate) reach: u64,
    pub(crate) likes: u64,
    pub(crate) comments: u64,
    pub(crate) shares: u64,
    pub(crate) saves: u64,
    /// Seconds.
    pub(crate) watch_time: u64,
}

impl Counts {
    fn zip(self, other: Self, both: impl Fn(u64, u64) -> u64) -> Self {
        Self {
            views: both(self.views, other.views),
            reach: both(self.reach, other.reach),
            likes: both(self.likes, other.likes),
            comments: both(self.comments, other.comments),
            shares: both(self.shares, other.shares),
            saves: both(self.saves, other.saves),
            watch_time: both(self.watch_time, other.watch_time),
        }
    }

    pub(crate) fn interactions(&self) -> u64 {
        self.likes + self.comments + self.shares + self.saves
    }
}

/// A platform's days: Meta and YouTube count by California's, the others by UTC's.
pub(crate) fn day_of(platform: Platform, at: Millis) -> NaiveDate {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    if pacific(platform) { at.with_timezone(&Los_Angeles).date_naive() } else { at.date_naive() }
}

/// When a platform's day begins.
pub(crate) fn start_of(platform: Platform, day: NaiveDate) -> Millis {
    let midnight = day.and_time(NaiveTime::MIN);
    let utc = midnight.and_utc();
    if !pacific(platform) {
        return utc.timestamp_millis();
    }
    // California has no change of clocks at midnight.
    Los_Angeles.from_local_datetime(&midnight).earliest().map_or(utc, |at| at.to_utc()).timestamp_millis()
}

fn pacific(platform: Platform) -> bool {
    matches!(platform, Platform::Facebook | Platform::Instagram)
}

/// Today's numbers, and those of the days before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures<'s> {
    state: &'s State,
    seed: u64,
    now: Millis,
}

impl<'s> Figures<'s> {
    pub(crate) fn new(state: &'s State, seed: u64, now: Millis) -> Self {
        Self { state, seed, now }
    }

    fn given(&self, account: &Account) -> Option<&'s GivenAccount> {
        self.state.numbers.account(account.platform, &account.id)
    }

    /// Followers at this moment.
    pub(crate) fn followers(&self, account: &Account) -> u64 {
        let today = day_of(account.platform, self.now);
        let end = self.followers_on(account, today);
        let told_today = self.known_followers(account, today).0 >= today;
        let Some(yesterday) = today.pred_opt().filter(|_| !told_today) else { return end };
        let before = self.followers_on(account, yesterday);
        let passed = self.now - start_of(account.platform, today);
        let won = end.saturating_sub(before) * u64::try_from(passed).unwrap_or(0) / DAY.unsigned_abs();
        (before + won).min(end.max(before))
    }

    /// Followers at the end of a day.
    pub(crate) fn followers_on(&self, account: &Account, day: NaiveDate) -> u64 {
        let (from, known) = self.known_followers(account, day);
        let nature = Nature::of(self.seed, account.platform, &account.id);
        let won = |from: NaiveDate, to: NaiveDate| -> u64 {
            from.iter_days().skip(1).take_while(|day| *day <= to).map(|day| gain(nature, known, day)).sum()
        };
        if from <= day { known + won(from, day) } else { known.saturating_sub(won(day, from)) }
    }

    /// The nearest day whose followers were told, the earlier one first.
    fn known_followers(&self, account: &Account, day: NaiveDate) -> (NaiveDate, u64) {
        let told = |(day, given): (&NaiveDate, &GivenDay)| Some((*day, given.followers?));
        let days = self.given(account).map(|given| &given.days);
        days.and_then(|days| days.range(..=day).rev().find_map(told))
            .or_else(|| days.and_then(|days| days.range(day..).find_map(told)))
            .unwrap_or_else(|| {
                (day_of(account.platform, account.followers_since), u64::from(account.followers))
            })
    }

    /// Followers won on a day, less those lost.
    pub(crate) fn gained_on(&self, account: &Account, day: NaiveDate) -> i64 {
        let before = day.pred_opt().map_or(0, |before| self.followers_on(account, before));
        self.followers_on(account, day).cast_signed() - before.cast_signed()
    }

    /// What a post has had so far.
    pub(crate) fn post(&self, post: &Post) -> Counts {
        self.post_at(post, self.now)
    }

    /// What was said of a post.
    pub(crate) fn said_of(&self, post: &Post) -> Option<&'s GivenPost> {
        self.state.numbers.post(post.platform, &post.id)
    }

    fn post_at(&self, post: &Post, at: Millis) -> Counts {
        let age = at - post.created_at;
        if age <= 0 {
            return Counts::default();
        }
        let author = self.state.account(post.platform, &post.account);
        let nature = Nature::of(self.seed, post.platform, &post.id);
        let day = day_of(post.platform, post.created_at);
        let made = nature.finally(author.map_or(100, |author| author.followers), day, !post.media.is_empty());
        let said = self.said_of(post);
        let all = said.map_or(made, |said| said.counts.over(made));
        let half_life = match said {
            Some(said) => said.half_life_hours,
            None => Some(nature.half_life_hours()),
        };
        half_life.map_or(all, |hours| settled(all, age, hours))
    }

    /// What an account's posts had on one day, of which a part may be still to come.
    pub(crate) fn day(&self, account: &Account, day: NaiveDate) -> Counts {
        let start = start_of(account.platform, day);
        let end = day.succ_opt().map_or(start, |next| start_of(account.platform, next)).min(self.now);
        let lively = |post: &&Post| post.created_at < end && post.created_at > start - LIVELY;
        let made = self
            .state
            .posts_of(account.platform, &account.id)
            .rev()
            .skip_while(|post| post.created_at >= end)
            .take_while(lively)
            .filter(|post| !post.deleted)
            .map(|post| self.post_at(post, end).zip(self.post_at(post, start), u64::saturating_sub))
            .fold(Counts::default(), |sum, of_one| sum.zip(of_one, |a, b| a + b));
        let given = self.given(account).and_then(|given| given.days.get(&day));
        given.map_or(made, |given| given.counts.over(made))
    }

    /// Whether the platform has a day's numbers together: "data used to calculate metrics can be delayed up to 48 hours".
    /// Accounts whose days were told have no delay unless one was asked for.
    pub(crate) fn is_ready(&self, account: &Account, day: NaiveDate) -> bool {
        let given = self.given(account);
        let hours = match given.and_then(|given| given.late_hours) {
            Some(hours) => i64::from(hours),
            None if given.is_some_and(|given| !given.days.is_empty()) => 0,
            None => Nature::of(self.seed, account.platform, &account.id).late_hours(day),
        };
        let end = day.checked_add_days(Days::new(1)).map(|next| start_of(account.platform, next));
        end.is_some_and(|end| end + hours * HOUR <= self.now)
    }
}

/// Monday is 0.
fn weekday(day: NaiveDate) -> usize {
    usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn meta_s_days_begin_at_midnight_in_california() {
        let noon = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis();
        assert_eq!(start_of(Platform::Instagram, day("2026-11-20")), noon("2026-11-20T08:00:00Z"));
        assert_eq!(start_of(Platform::Facebook, day("2026-07-01")), noon("2026-07-01T07:00:00Z"));
        assert_eq!(start_of(Platform::X, day("2026-07-01")), noon("2026-07-01T00:00:00Z"));
        assert_eq!(day_of(Platform::Instagram, noon("2026-11-20T07:59:59Z")), day("2026-11-19"));
    }
}
