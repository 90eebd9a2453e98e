use crate::format;
use crate::state::use_locale;
use leptos::prelude::*;
use model::LocalTime;

/// An instant in its zone: `Thu 19 Nov, 12:30`; the zone stands in the tooltip. The year is shown unless it is
/// `this_year`.
#[component]
pub fn LocalTimeView(
    time: LocalTime,
    /// The current year in the workspace's zone, as the server resolved it.
    #[prop(optional)]
    this_year: i32,
) -> impl IntoView {
    let shown = format::day_and_time(use_locale(), time.local, this_year);
    let title = format!(
        "{} {} ({})",
        format::full_date(use_locale(), time.local.date()),
        time.abbreviation,
        time.zone
    );
    view! {
        <time datetime=time.utc.to_rfc3339() title=title>
            {shown}
        </time>
    }
}
