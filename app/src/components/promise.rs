use crate::components::PlatformBadge;
use crate::components::state_mark;
use crate::state::use_words;
use leptos::prelude::*;
use model::{Platform, TargetState};
use ui::Mark;

/// The hours at the foot of the picture, with their place in percent of the line.
const HOURS: [(&str, f32); 6] =
    [("06", 0.0), ("09", 18.75), ("12", 37.5), ("15", 56.25), ("18", 75.0), ("21", 93.75)];

/// The picture's day: marks with their place in percent.
fn marks(platform: Platform) -> &'static [(f32, TargetState)] {
    use TargetState::{Draft, Published, Publishing, Scheduled};
    match platform {
        Platform::Instagram => &[(9.4, Published), (18.8, Published), (68.8, Scheduled), (87.5, Scheduled)],
        Platform::Facebook => &[(18.8, Published), (68.8, Scheduled)],
        Platform::X => &[(18.8, Published), (26.2, Publishing), (56.3, Scheduled), (81.3, Scheduled)],
        Platform::LinkedIn => &[(40.6, Scheduled), (68.8, Scheduled)],
        Platform::Bluesky => &[(9.4, Published), (26.2, Publishing), (75.0, Scheduled), (90.6, Draft)],
        Platform::TikTok | Platform::YouTube => &[],
    }
}

/// Beside the forms of people who aren't signed in: what Fanfare promises, as a picture of one day.
#[component]
pub fn Promise() -> impl IntoView {
    let w = use_words().sign_in();
    let at = |place: f32| ("--x", format!("{place}%"));
    let lines = Platform::PUBLISHING.map(|platform| {
        let notes = marks(platform)
            .iter()
            .map(|(place, state)| {
                view! {
                    <li style=at(*place) data-state=state.key()>
                        <Mark shape=state_mark(*state) />
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="stave-line">
                <span class="stave-name">
                    <PlatformBadge platform silent=true />
                    <span>{platform.name()}</span>
                </span>
                <ol>{notes}</ol>
            </div>
        }
    });
    let hours = HOURS.map(|(hour, place)| view! { <li style=at(place)>{hour}</li> });
    view! {
        <aside class="score" aria-label=w.promise_label()>
            <div>
                <h2>
                    <span>{w.promise_first()}</span>
                    " "
                    <span>{w.promise_then()}</span>
                </h2>
                <div class="stave" aria-hidden="true">
                    {lines.collect_view()}
                    <ol class="stave-hours">{hours.collect_view()}</ol>
                    <div class="stave-now" style=at(26.9)>
                        <span>{NOW}</span>
                    </div>
                </div>
                <p>{w.promise_text()}</p>
            </div>
        </aside>
    }
    .into_any()
}

/// The picture's present.
const NOW: &str = "10:18";
