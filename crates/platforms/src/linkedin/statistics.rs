//! Numbers of members, where LinkedIn lets the app have them (setting `linkedin.analytics`):
//! <https://learn.microsoft.com/linkedin/marketing/community-management/members/post-statistics>,
//! <https://learn.microsoft.com/linkedin/marketing/community-management/members/follower-statistics>. Each kind of number is
//! a call of its own, and members can't list their posts (`r_member_social` is closed).

use super::LinkedIn;
use crate::contract::{Access, Failure, FailureKind};
use crate::failure::Call;
use crate::statistics::{AccountCounters, DayCounters};
use chrono::{Datelike, Days, NaiveDate};
use model::statistics::{Counts, Metric};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Without the gated permissions a post published from here is all that is known.
pub(super) const UNTOLD: [Metric; 1] = [Metric::Posts];
pub(super) const METRICS: [Metric; 10] = [
    Metric::Followers,
    Metric::Reach,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Saves,
    Metric::Posts,
];
/// Where a number goes.
type Place = fn(&mut Counts) -> &mut Option<i64>;

/// What is asked for, and where it goes. Told by day too, but for those reached.
const KINDS: [(&str, Place); 6] = [
    ("MEMBERS_REACHED", |counts| &mut counts.reach),
    ("IMPRESSION", |counts| &mut counts.views),
    ("REACTION", |counts| &mut counts.likes),
    ("COMMENT", |counts| &mut counts.comments),
    ("RESHARE", |counts| &mut counts.shares),
    ("POST_SAVE", |counts| &mut counts.saves),
];

#[derive(Deserialize)]
struct Elements<T> {
    elements: Vec<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Followers {
    member_followers_count: i64,
    date_range: Option<DateRange>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    count: i64,
    date_range: Option<DateRange>,
}

#[derive(Deserialize)]
struct DateRange {
    start: Date,
}

#[derive(Deserialize)]
struct Date {
    day: u32,
    month: u32,
    year: i32,
}

impl DateRange {
    fn day(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.start.year, self.start.month, self.start.day)
    }
}

/// As Rest.li writes it; its end is left out of it.
fn date_range(from: NaiveDate, to: NaiveDate) -> String {
    let date = |day: NaiveDate| format!("(day:{},month:{},year:{})", day.day(), day.month(), day.year());
    format!("(start:{},end:{})", date(from), date(to + Days::new(1)))
}

/// A post as the finder `entity` takes it: the URN encoded, the brackets not.
fn entity(urn: &str) -> String {
    let kind = if urn.starts_with("urn:li:ugcPost:") { "ugc" } else { "share" };
    format!("({kind}:{})", urn.replace(':', "%3A"))
}

impl LinkedIn {
    /// `None` where the permission is not there: it is LinkedIn's to give, and posting goes on without it.
    async fn told<T: DeserializeOwned>(
        &self,
        access: &Access,
        query: &str,
    ) -> Result<Option<Vec<T>>, Failure> {
        // Written out, since Rest.li takes brackets and commas as they are only.
        let request = self.http.get(self.settings.api_base.at(&format!("/rest/{query}")));
        match self.ask(access, request, Call::Repeatable).await {
            Ok(answer) => {
                let elements: Elements<T> =
                    answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
                Ok(Some(elements.elements))
            }
            Err(failure) if failure.code.as_deref() == Some("ACCESS_DENIED") => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let told: Option<Vec<Followers>> = self.told(access, "memberFollowersCount?q=me").await?;
        let followers = told.and_then(|told| told.first().map(|followers| followers.member_followers_count));
        Ok(AccountCounters { followers, ..AccountCounters::default() })
    }

    pub(super) async fn by_day(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        let range = date_range(from, to);
        let mut days: BTreeMap<NaiveDate, DayCounters> = BTreeMap::new();
        let query = format!("memberFollowersCount?q=dateRange&dateRange={range}");
        for told in self.told::<Followers>(access, &query).await?.unwrap_or_default() {
            if let Some(day) = told.date_range.as_ref().and_then(DateRange::day) {
                days.entry(day).or_insert_with(|| DayCounters::of(day)).gained =
                    Some(told.member_followers_count);
            }
        }
        for (kind, place) in KINDS.into_iter().filter(|(kind, _)| *kind != "MEMBERS_REACHED") {
            let query = format!(
                "memberCreatorPostAnalytics?q=me&queryType={kind}&aggregation=DAILY&dateRange={range}"
            );
            let Some(told) = self.told::<Counted>(access, &query).await? else { break };
            for told in told {
                if let Some(day) = told.date_range.as_ref().and_then(DateRange::day) {
                    *place(&mut days.entry(day).or_insert_with(|| DayCounters::of(day)).counts) =
                        Some(told.count);
                }
            }
        }
        Ok(days.into_values().collect())
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for id in ids {
            match self.count_one(access, id).await {
                Ok(Some(counts)) => counted.push((id.clone(), counts)),
                Ok(None) => break,
                Err(failure) if is_gone(&failure) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(counted)
    }

    /// `None` without the permission.
    async fn count_one(&self, access: &Access, id: &str) -> Result<Option<Counts>, Failure> {
        let mut counts = Counts::default();
        let entity = entity(id);
        for (kind, place) in KINDS {
            let query = format!(
                "memberCreatorPostAnalytics?q=entity&entity={entity}&queryType={kind}&aggregation=TOTAL"
            );
            let Some(told) = self.told::<Counted>(access, &query).await? else { return Ok(None) };
            *place(&mut counts) = told.first().map(|told| told.count);
        }
        Ok(Some(counts))
    }
}

fn is_gone(failure: &Failure) -> bool {
    failure.kind == FailureKind::Rejected && matches!(failure.code.as_deref(), Some("NOT_FOUND" | "404"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the samples of the documents named above write them.
    #[test]
    fn ranges_and_posts_are_written_as_rest_li_reads_them() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            date_range(day("2024-05-04"), day("2024-05-05")),
            "(start:(day:4,month:5,year:2024),end:(day:6,month:5,year:2024))"
        );
        assert_eq!(entity("urn:li:share:72"), "(share:urn%3Ali%3Ashare%3A72)");
        assert_eq!(entity("urn:li:ugcPost:7"), "(ugc:urn%3Ali%3AugcPost%3A7)");
    }
}
