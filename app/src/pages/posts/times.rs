use crate::format;
use crate::state::is_in_the_way;
use crate::words::Words;
use chrono::{Datelike, TimeDelta};
use leptos::prelude::*;
use model::LocalTime;
use model::post::PostView;
use std::time::Duration;

/// `Today, 09:00`, `Tomorrow, …`, else the date; relative to `now`.
pub(crate) fn near(words: Words, at: &LocalTime, now: &LocalTime) -> String {
    let w = words.posts();
    let time = format::time(at.local.time());
    let days = (at.local.date() - now.local.date()).num_days();
    match days {
        0 => w.today(&time),
        1 => w.tomorrow(&time),
        -1 => w.yesterday(&time),
        _ => format::day_and_time(words.0, at.local, now.local.year()),
    }
}

/// As [`near`], inside a sentence: `out today, 09:00`.
pub(crate) fn near_inside(words: Words, at: &LocalTime, now: &LocalTime) -> String {
    let text = near(words, at, now);
    let days = (at.local.date() - now.local.date()).num_days();
    // A weekday keeps its capital.
    if days.abs() > 1 { text } else { lower_first(&text) }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}

/// A time near now, with the whole date and the zone in the tooltip.
#[component]
pub(crate) fn NearTime(at: LocalTime, now: LocalTime) -> impl IntoView {
    let words = crate::state::use_words();
    let title = format!(
        "{}, {} {} ({})",
        format::full_date(words.0, at.local.date()),
        format::time(at.local.time()),
        at.abbreviation,
        at.zone
    );
    view! {
        <time datetime=at.utc.to_rfc3339() title=title>
            {near(words, &at, &now)}
        </time>
    }
}

/// When the post went out, or will.
pub(crate) fn time_of(post: &PostView) -> Option<LocalTime> {
    let out = post.targets.iter().filter_map(|target| target.published_at.clone()).min_by_key(|at| at.utc);
    let next = post.targets.iter().filter_map(|target| target.due_at.clone()).min_by_key(|at| at.utc);
    if post.state == model::TargetState::Published {
        out.or(next)
    } else {
        post.due_at.clone().or(next).or(out)
    }
}

/// Between two looks while something is going out.
const QUICK: Duration = Duration::from_secs(2);
/// A post due within this is looked at quickly.
const SOON: TimeDelta = TimeDelta::minutes(1);
/// Browsers can't wait longer than some weeks; an hour is often enough.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// When to look again at posts that looked so at `now`: soon while something is going out or being settled, else shortly
/// before the next is due; never when nothing will happen by itself.
pub(crate) fn look_again(posts: &[PostView], now: &LocalTime) -> Option<Duration> {
    use model::TargetState as S;
    let mut next: Option<TimeDelta> = None;
    for target in posts.iter().flat_map(|post| &post.targets) {
        let moves = match target.state {
            S::Publishing => true,
            S::Unknown => !target.asks,
            _ => target.delete_requested && target.deleted_at.is_none(),
        };
        if moves {
            return Some(QUICK);
        }
        let at =
            target.next_attempt_at.as_ref().into_iter().chain(target.due_at.as_ref()).map(|at| at.utc).max();
        if let Some(at) = at.filter(|_| target.state == S::Scheduled) {
            let wait = at - now.utc;
            next = Some(next.map_or(wait, |other| other.min(wait)));
        }
    }
    let wait = (next? - SOON).min(LONGEST);
    Some(wait.to_std().unwrap_or(QUICK).max(QUICK))
}

/// Loads the resource again by [`look_again`], as long as the component lives.
pub(crate) fn follow<T>(
    resource: Resource<Result<T, model::ApiError>>,
    posts: impl Fn(&T) -> Option<Duration> + Send + Sync + 'static,
) where
    T: Clone + Send + Sync + 'static + serde::Serialize + serde::de::DeserializeOwned,
{
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    Effect::new(move || {
        let wait = match resource.get() {
            Some(Ok(value)) => posts(&value),
            // The server may be restarting.
            Some(Err(model::ApiError::Transport { .. })) => Some(QUICK),
            _ => None,
        };
        stop();
        if let Some(wait) = wait {
            load_later(timer, wait, Callback::new(move |()| resource.refetch()));
        }
    });
    on_cleanup(stop);
}

/// Loads after `wait`, but not while something is in the way.
fn load_later(timer: StoredValue<Option<TimeoutHandle>>, wait: Duration, load: Callback<()>) {
    let later = move || {
        if is_in_the_way() {
            load_later(timer, QUICK, load);
        } else {
            load.run(());
        }
    };
    // Without a timer the page shows what it knows until it is loaded again.
    timer.try_set_value(set_timeout_with_handle(later, wait).ok());
}
