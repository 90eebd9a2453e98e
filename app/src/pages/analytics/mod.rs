//! `/analytics`: the numbers of one account; `/analytics/compare`: of several beside each other.

mod account;
mod asked;
mod compare;
mod compare_chart;
mod course_chart;
mod post_course;
mod post_table;
mod range_menu;
mod ranking;
mod skeleton;
mod stats;
mod sync;
mod sync_log;
mod tabs;

pub use account::AnalyticsPage;
pub use compare::ComparePage;
pub(crate) use post_course::PostCurves;
