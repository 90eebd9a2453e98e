//! Figures of a period of days, beside those of the days before.

use crate::tally::Tally;
use model::statistics::{Course, Figure, Metric, Together};

/// What is known of one day, of one account or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// At its end.
    pub followers: Option<i64>,
    pub tally: Tally,
}

/// Days together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The last that are known in it.
    pub followers: Option<i64>,
    pub tally: Tally,
}

impl Period {
    /// Of days in order of time.
    pub fn of(days: &[Day]) -> Self {
        Self {
            followers: days.iter().rev().find_map(|day| day.followers),
            tally: days.iter().map(|day| day.tally).sum(),
        }
    }

    fn value(&self, metric: Metric) -> Option<f64> {
        match metric.together() {
            Together::Last => self.followers.map(number),
            Together::Sum => self.tally.of(metric)?.value().map(number),
            Together::Ratio => rate(self.tally.engagement.value(), self.followers),
        }
    }

    /// Whether `before` knows enough to stand beside this: nine days for every ten of these. An account that was connected
    /// within the days before would seem to have grown by what was merely not counted.
    fn stands_beside(&self, before: &Self, metric: Metric) -> bool {
        let counted = if metric == Metric::EngagementRate { Metric::Engagement } else { metric };
        match (self.tally.of(counted), before.tally.of(counted)) {
            (Some(now), Some(before)) => before.days.saturating_mul(10) >= now.days.saturating_mul(9),
            _ => true,
        }
    }
}

/// One metric of a period, beside the period before.
pub fn figure(metric: Metric, now: &Period, before: &Period) -> Figure {
    let compared = now.stands_beside(before, metric);
    Figure { metric, now: now.value(metric), before: before.value(metric).filter(|_| compared) }
}

/// One metric day by day, with its figure. Followers are to be [carried](carry) first.
pub fn course(metric: Metric, now: &[Day], before: &[Day]) -> Course {
    Course {
        figure: figure(metric, &Period::of(now), &Period::of(before)),
        values: values(metric, now),
        before: values(metric, before),
    }
}

/// One metric day by day.
pub fn values(metric: Metric, days: &[Day]) -> Vec<Option<f64>> {
    days.iter().map(|day| Period { followers: day.followers, tally: day.tally }.value(metric)).collect()
}

/// Gives each day the last followers that are known, beginning with those known before the first day.
pub fn carry(days: &mut [Day], before: Option<i64>) {
    let mut known = before;
    for day in days {
        known = day.followers.or(known);
        day.followers = known;
    }
}

/// Engagement over followers, as a fraction; none of nobody.
pub fn rate(engagement: Option<i64>, followers: Option<i64>) -> Option<f64> {
    let (engagement, followers) = (engagement?, followers?);
    (followers > 0).then(|| number(engagement) / number(followers))
}

/// Counts are far below 2^53, up to which this is exact.
#[expect(clippy::cast_precision_loss, reason = "exact for counts")]
fn number(count: i64) -> f64 {
    count as f64
}
