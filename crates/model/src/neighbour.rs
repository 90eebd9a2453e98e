//! Other posts that one about to be scheduled comes close to: worth knowing, and no hindrance.

use crate::ids::PostId;
use crate::local_time::LocalTime;
use crate::platform::Platform;
use crate::post::{PostInput, When};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// The same words on an account this close before or after are told.
pub const SAME_TEXT_WITHIN: TimeDelta = TimeDelta::days(30);
/// Another post on an account this close before or after is told.
pub const SAME_TIME_WITHIN: TimeDelta = TimeDelta::minutes(15);

/// A post as it is being composed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composed {
    /// Itself, once it is kept.
    pub post: Option<PostId>,
    pub input: PostInput,
    /// `None`: nobody knows yet.
    pub when: Option<When>,
}

/// A post that is scheduled, going out or published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub nearness: Nearness,
    pub post: PostId,
    /// Its first words.
    pub text: String,
    /// Where both go: the platform, and what the account is called.
    pub on: Vec<(Platform, String)>,
    /// When it goes out or went out, in the workspace's zone.
    pub at: LocalTime,
}

/// In what the posts come close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// The same words on the same account; see [`SAME_TEXT_WITHIN`].
    SameText,
    /// About the same time on the same account; see [`SAME_TIME_WITHIN`].
    SameTime,
}
