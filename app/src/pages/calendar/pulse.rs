use leptos::prelude::*;
use model::calendar::HourCount;
use std::fmt::Write as _;

/// Of the drawing, in its own units: four for each hour.
const HEIGHT: u32 = 14;
const HOUR: u32 = 4;
const BAR: u32 = 3;

/// A crowded day hour by hour: how many posts, and where some need somebody. Told in words beside it.
#[component]
pub(super) fn Pulse(hours: Vec<HourCount>) -> impl IntoView {
    let most = hours.iter().map(|hour| hour.posts).max().unwrap_or(1);
    let bars = |attention: bool| {
        hours.iter().filter(|hour| hour.attention == attention).fold(String::new(), |mut path, hour| {
            let height = (hour.posts * (HEIGHT - 1)).div_ceil(most).max(2);
            // Writing to a string can't fail.
            let _ = write!(path, "M{} {HEIGHT}v-{height}h{BAR}v{height}z", hour.hour * HOUR);
            path
        })
    };
    view! {
        <svg class="pulse" viewBox="0 0 96 14" preserveAspectRatio="none" aria-hidden="true">
            <path d="M0 14H96" class="ground" />
            <path d=bars(false) />
            <path d=bars(true) class="bad" />
        </svg>
    }
}
