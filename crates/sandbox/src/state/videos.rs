//! What the personas have uploaded to TikTok and YouTube, where nothing can be published from outside yet.

use super::{Past, Platform};
use crate::clock::{DAY, HOUR, Millis};
use crate::ids::stable_number;

/// Days between two videos.
const EVERY: Millis = 4;
/// How many are there.
const VIDEOS: Millis = 40;

const TITLES: [&str; 12] = [
    "First crack, and why we wait for it",
    "Five minutes uphill",
    "Glazing forty bowls in one go",
    "What happens between order and door",
    "The mistake everybody makes once",
    "A morning in the workshop",
    "Three small things that helped",
    "Questions you asked last week",
    "Rain or shine",
    "How it looked a year ago",
    "Slow, on purpose",
    "Packing day",
];

/// The last videos of an account at this time, oldest first. Each keeps its name and its time however late it is asked for.
pub(super) fn of(platform: Platform, account: &str, now: Millis) -> Vec<Past> {
    let own = stable_number(0, &format!("videos/{}/{account}", platform.key()));
    let turn = now / (EVERY * DAY);
    let past = |turn: Millis| {
        let draw = own.wrapping_add(turn.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let hours = i64::try_from(draw >> 32).unwrap_or(0) % (EVERY * 24);
        let title = TITLES[usize::try_from(draw >> 48).unwrap_or(0) % TITLES.len()];
        Past {
            platform,
            account: account.to_owned(),
            key: format!("video-{turn}"),
            text: title.to_owned(),
            created_at: turn * EVERY * DAY + hours * HOUR,
            media: Vec::new(),
        }
    };
    (turn - VIDEOS..=turn).map(past).filter(|video| video.created_at < now).collect()
}
