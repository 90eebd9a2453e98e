use super::Words;
use model::statistics::Metric;

impl Words {
    pub const fn metric_name(self, metric: Metric) -> &'static str {
        let w = self.metrics();
        match metric {
            Metric::Followers => w.followers(),
            Metric::Reach => w.reach(),
            Metric::Views => w.views(),
            Metric::Engagement => w.engagement(),
            Metric::EngagementRate => w.engagement_rate(),
            Metric::Likes => w.likes(),
            Metric::Comments => w.comments(),
            Metric::Shares => w.shares(),
            Metric::Saves => w.saves(),
            Metric::WatchTime => w.watch_time(),
            Metric::Posts => w.posts(),
        }
    }

    /// How it comes about.
    pub const fn about_metric(self, metric: Metric) -> &'static str {
        let w = self.metrics();
        match metric {
            Metric::Followers => w.about_followers(),
            Metric::Reach => w.about_reach(),
            Metric::Views => w.about_views(),
            Metric::Engagement => w.about_engagement(),
            Metric::EngagementRate => w.about_engagement_rate(),
            Metric::Posts => w.about_posts(),
            Metric::Likes | Metric::Comments | Metric::Shares | Metric::Saves | Metric::WatchTime => {
                w.about_count()
            }
        }
    }
}
