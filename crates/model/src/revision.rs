//! What a post held earlier, and what changed from one time to the next.

use crate::ids::RevisionId;
use crate::local_time::LocalTime;
use crate::platform::Platform;
use crate::post::{PostInput, PostMedia, Variant};
use serde::{Deserialize, Serialize};

/// What a revision keeps: all that goes out, without where and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub text: String,
    pub media: Vec<PostMedia>,
    pub variants: Vec<Variant>,
}

impl From<&PostInput> for Content {
    fn from(input: &PostInput) -> Self {
        Self { text: input.text.clone(), media: input.media.clone(), variants: input.variants.clone() }
    }
}

/// A revision as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionView {
    pub id: RevisionId,
    /// Who wrote it.
    pub person: String,
    /// When it was last worked on.
    pub at: LocalTime,
    /// It is what the post holds now.
    pub current: bool,
    /// Against the revision before; of the first one against nothing.
    pub changes: Vec<Change>,
}

/// What changed for all platforms or for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// `None`: what all share.
    pub platform: Option<Platform>,
    /// The platform got a version of its own, or lost it.
    pub own: Option<OwnVersion>,
    /// The whole text in pieces; empty if it is the same.
    pub text: Vec<Piece>,
    pub images: Option<ImagesChange>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnVersion {
    Made,
    Removed,
}

/// A piece of a text that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub kind: PieceKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    Same,
    Added,
    Removed,
}

/// How the images changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagesChange {
    pub added: u32,
    pub removed: u32,
    /// The order, a crop or a description of those that stayed.
    pub rearranged: bool,
}
