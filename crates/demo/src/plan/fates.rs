//! What went wrong lately, each thing once, and what was called off.

use super::{Fate, PlannedPost};
use crate::teams::Team;
use chrono::{DateTime, TimeDelta, Utc};
use model::Platform;
use model::state::Reason;

/// Something that happened to a team's post of about that age, in hours; below zero: one that is to come.
struct Trouble {
    team: usize,
    hours: i64,
    platform: Platform,
    what: What,
}

enum What {
    /// A code and the platform's words.
    Rejected(Option<&'static str>, &'static str),
    GaveUp(&'static str),
    Media(&'static str),
    Undecidable(&'static str),
    /// The account could not be used at its time.
    Missed(&'static str),
    /// All of the post.
    Cancelled,
}

const fn trouble_of(team: usize, hours: i64, platform: Platform, what: What) -> Trouble {
    Trouble { team, hours, platform, what }
}

/// In the platforms' own words and codes, as the sandbox and their documents have them.
const TROUBLES: &[Trouble] = &[
    trouble_of(
        0,
        20,
        Platform::X,
        What::Rejected(Some("duplicate"), "You are not allowed to create a Tweet with duplicate content."),
    ),
    trouble_of(
        0,
        31,
        Platform::X,
        What::Undecidable("it answered with a post that it doesn’t know any more when asked for it"),
    ),
    trouble_of(0, 46, Platform::LinkedIn, What::Missed("The token used in the request has expired")),
    trouble_of(
        0,
        70,
        Platform::Instagram,
        What::Rejected(
            Some("2207051"),
            "We restrict certain activity to protect our community. Tell us if you think we made a mistake.",
        ),
    ),
    trouble_of(
        0,
        98,
        Platform::Facebook,
        What::Rejected(
            Some("368"),
            "The action attempted has been deemed abusive or is otherwise disallowed",
        ),
    ),
    trouble_of(0, 120, Platform::Instagram, What::Cancelled),
    trouble_of(
        0,
        150,
        Platform::Bluesky,
        What::Rejected(
            Some("BlobTooLarge"),
            "This file is too large. It is 2.1MB but the maximum size is 2MB.",
        ),
    ),
    trouble_of(0, -150, Platform::Facebook, What::Cancelled),
    trouble_of(1, 60, Platform::Instagram, What::Media("the file is damaged: unexpected end of the data")),
    trouble_of(2, 90, Platform::LinkedIn, What::GaveUp("LinkedIn had a fault on its side: HTTP 503")),
    trouble_of(2, 140, Platform::Instagram, What::Cancelled),
];

/// `posts` by the time they are due.
pub(super) fn trouble(place: usize, team: &Team, now: DateTime<Utc>, posts: &mut [PlannedPost]) {
    for trouble in TROUBLES.iter().filter(|trouble| trouble.team == place) {
        let about = now - TimeDelta::hours(trouble.hours);
        let on_it = |account: usize| {
            team.profiles.get(account).is_some_and(|profile| profile.platform == trouble.platform)
        };
        if matches!(trouble.what, What::Missed(_)) {
            send_there_alone(team, trouble.platform, about, posts);
        }
        let free = |post: &&mut PlannedPost| {
            let untouched = |fate: &Fate| matches!(fate, Fate::Published { .. } | Fate::Scheduled);
            post.targets.iter().any(|target| on_it(target.account))
                && post.targets.iter().all(|target| untouched(&target.fate))
        };
        // The next older one; of what is to come the next later one.
        let found = if trouble.hours < 0 {
            posts.iter_mut().filter(|post| post.due >= Some(about)).find(free)
        } else {
            posts.iter_mut().rev().filter(|post| post.due <= Some(about)).find(free)
        };
        let Some(post) = found else { continue };
        let due = post.due.unwrap_or(now);
        for target in &mut post.targets {
            if matches!(trouble.what, What::Cancelled) || on_it(target.account) {
                target.fate = trouble.what.fate(due);
            }
        }
    }
}

/// Makes a post of that time one for this platform alone.
fn send_there_alone(team: &Team, platform: Platform, about: DateTime<Utc>, posts: &mut [PlannedPost]) {
    let account = team.profiles.iter().position(|profile| profile.platform == platform);
    let plain = |post: &&mut PlannedPost| {
        post.due <= Some(about)
            && post.variants.is_empty()
            && post.targets.iter().all(|target| matches!(target.fate, Fate::Published { .. }))
    };
    if let (Some(account), Some(post)) = (account, posts.iter_mut().rev().find(plain)) {
        post.targets.truncate(1);
        if let Some(target) = post.targets.first_mut() {
            target.account = account;
        }
    }
}

impl What {
    fn fate(&self, due: DateTime<Utc>) -> Fate {
        let at = due + TimeDelta::milliseconds(2_350);
        match self {
            Self::Rejected(code, message) => Fate::Failed {
                at,
                reason: Reason::Rejected { code: code.map(str::to_owned), message: (*message).to_owned() },
            },
            // Tried for an hour.
            Self::GaveUp(message) => Fate::Failed {
                at: due + TimeDelta::minutes(58),
                reason: Reason::GaveUp { message: (*message).to_owned() },
            },
            Self::Media(message) => {
                Fate::Failed { at, reason: Reason::Media { message: (*message).to_owned() } }
            }
            Self::Undecidable(message) => {
                Fate::Unknown { at, reason: Reason::Undecidable { message: (*message).to_owned() } }
            }
            Self::Missed(message) => {
                Fate::Missed { reason: Reason::Reconnect { message: (*message).to_owned() } }
            }
            Self::Cancelled => Fate::Cancelled,
        }
    }
}
