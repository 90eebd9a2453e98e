//! What each platform's rules say about text and media; the same code in the browser and on the server.

mod check;
mod count;
mod emoji;
mod entities;
mod first_words;
mod hashtag;
mod limits;
pub mod linkedin;
mod loosely;
mod punctuation;
mod render;
mod tld;
mod x;

pub use check::{Finding, MediaFacts, Severity, check};
pub use count::{Counter, Measure, counter, measure, utf16_units};
pub use entities::{Entity, EntityKind, entities};
pub use first_words::first_words;
pub use hashtag::hashtags;
pub use limits::{Limits, RatioRange, TextUnit};
pub use loosely::{find_loosely, words_around};
pub use render::RenditionSpec;

use serde::{Deserialize, Serialize};

/// A rule of a platform that a post breaks (or nearly breaks). Words are chosen in the UI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Rule {
    /// Fanfare doesn't publish there: accounts are connected for their numbers only.
    PublishesNothing,
    /// Neither text nor media.
    Empty,
    TextTooLong {
        max: u32,
        over: u32,
    },
    /// Bluesky counts bytes too.
    TextTooManyBytes {
        max: u32,
        over: u32,
    },
    TooManyHashtags {
        max: u32,
        got: u32,
    },
    TooManyMentions {
        max: u32,
        got: u32,
    },
    NeedsImage,
    TooManyImages {
        max: u32,
        got: u32,
    },
    AltTooLong {
        index: u32,
        max: u32,
        over: u32,
    },
    /// A warning: people who can't see the image get nothing.
    NoAlt {
        index: u32,
    },
    /// Outside the platform's width:height range; it will be padded.
    RatioOutOfRange {
        index: u32,
    },
}
