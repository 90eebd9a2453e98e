//! Posts as composed and as shown.

use crate::crop::Crop;
use crate::error::ApiError;
use crate::ids::{AccountId, MediaId, PostId, TargetId};
use crate::local_time::LocalTime;
use crate::media::MediaView;
use crate::platform::Platform;
use crate::state::{Reason, Stage, TargetState};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a person composed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostInput {
    pub text: String,
    /// In the order of display.
    pub media: Vec<PostMedia>,
    pub accounts: Vec<AccountId>,
    /// What is different for some platforms, each at most once.
    #[serde(default)]
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMedia {
    pub media: MediaId,
    pub alt: String,
    /// The part that is shown; `None`: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crop: Option<Crop>,
}

/// A platform's own text, and its own images where it has some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    pub platform: Platform,
    pub text: String,
    /// In the order of display; `None`: those of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Vec<PostMedia>>,
}

impl Variant {
    /// The variant of a platform.
    pub fn of(variants: &[Self], platform: Platform) -> Option<&Self> {
        variants.iter().find(|variant| variant.platform == platform)
    }
}

impl PostInput {
    /// The text that goes to `platform`.
    pub fn text_for(&self, platform: Platform) -> &str {
        Variant::of(&self.variants, platform).map_or(&self.text, |variant| &variant.text)
    }

    /// The images that go to `platform`.
    pub fn media_for(&self, platform: Platform) -> &[PostMedia] {
        Variant::of(&self.variants, platform)
            .and_then(|variant| variant.media.as_deref())
            .unwrap_or(&self.media)
    }

    /// The images of all platforms; some come more than once.
    pub fn every_media(&self) -> impl Iterator<Item = &PostMedia> {
        self.media.iter().chain(self.variants.iter().filter_map(|variant| variant.media.as_ref()).flatten())
    }
}

/// When a post goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum When {
    Now,
    /// Wall time in `zone` (IANA); a gap goes forward, an overlap takes the first.
    At {
        local: NaiveDateTime,
        zone: String,
    },
    /// The very instant, where a wall time could mean another; `zone` (IANA) is the one it was chosen in.
    Exactly {
        at: DateTime<Utc>,
        zone: String,
    },
}

/// A post that is to be given another time, among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMove {
    pub post: PostId,
    pub when: When,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMoved {
    pub post: PostId,
    /// Why it stays where it was; none: it moved.
    pub refused: Option<ApiError>,
}

/// No more posts are moved at once.
pub const MOST_MOVES: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostView {
    pub id: PostId,
    /// Grows with every change; sent back on saving, so that two people don't overwrite each other.
    pub version: i64,
    pub input: PostInput,
    /// Of every image of the post: first those for all platforms, in their order.
    pub media: Vec<MediaView>,
    pub author: String,
    pub state: TargetState,
    pub due_at: Option<LocalTime>,
    pub targets: Vec<TargetView>,
    pub updated_at: LocalTime,
    pub created_at: LocalTime,
    /// Somebody deleted it, and it is shown only because a person has to say whether it is out, or because it could not be
    /// deleted at a platform.
    pub deleted: bool,
}

/// One post on one account, as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetView {
    pub id: TargetId,
    pub account: AccountId,
    pub platform: Platform,
    /// Without `@`; empty where the platform gives none.
    pub handle: String,
    pub account_name: String,
    pub sandbox: bool,
    pub state: TargetState,
    pub due_at: Option<LocalTime>,
    /// The next try, when it waits.
    pub next_attempt_at: Option<LocalTime>,
    pub reason: Option<Reason>,
    /// How far the running attempt is.
    pub stage: Option<Stage>,
    pub attempts: i64,
    /// A person has to say whether it is there.
    pub asks: bool,
    pub published_at: Option<LocalTime>,
    /// Its public address.
    pub url: Option<String>,
    pub deleted_at: Option<LocalTime>,
    /// Somebody asked to delete it while it was going out.
    pub delete_requested: bool,
}

impl TargetView {
    /// What its account is called; see [`called`](crate::account::called).
    pub fn called(&self) -> String {
        crate::account::called(&self.handle, &self.account_name)
    }

    /// Somebody has to do something about it.
    pub fn needs_attention(&self) -> bool {
        self.state.needs_attention() || self.deletion_failed()
    }

    /// It is still at the platform though it was to be deleted there, and nothing more is tried.
    pub fn deletion_failed(&self) -> bool {
        // Publishing ends every reason, so this one came later.
        self.state == TargetState::Published
            && self.deleted_at.is_none()
            && !self.delete_requested
            && self.reason.is_some()
    }
}

/// Which posts a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFilter {
    /// Any of these states of a target; empty: all.
    #[serde(default)]
    pub states: Vec<TargetState>,
    #[serde(default)]
    pub account: Option<AccountId>,
    #[serde(default)]
    pub platform: Option<Platform>,
    /// Words that the text contains.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub cursor: Option<String>,
}

/// How many posts there are in each state, for the tabs of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostCounts {
    pub drafts: i64,
    pub scheduled: i64,
    pub published: i64,
    pub attention: i64,
}

/// Saving or scheduling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePost {
    /// `None` makes a new one, unless the key is known.
    pub post: Option<PostId>,
    /// The version the person saw; `None` for a new one.
    pub version: Option<i64>,
    /// What the sender calls the new post until it knows the id, so that a save that comes again, since its answer got lost,
    /// makes no second post. 1 to 64 letters, digits, `-` and `_` that nobody else comes upon.
    #[serde(default)]
    pub key: Option<String>,
    pub input: PostInput,
    /// `None` saves without scheduling.
    pub when: Option<When>,
}

/// A person's answer about a target whose outcome nobody can see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum UnknownAnswer {
    /// It is there, at this address if known.
    Present { url: Option<String> },
    /// It isn't: send it again.
    Absent,
}
