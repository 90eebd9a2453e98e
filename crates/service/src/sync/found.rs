//! A post as a sync found it.

use chrono::{DateTime, Utc};
use model::statistics::Counts;
use platforms::CountedPost;
use storage::remote_posts::OwnPost;

/// What was found out about a post now; of one that is known, the rest is stored already.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) about: Option<About>,
    /// None: not counted.
    pub(super) counts: Option<Counts>,
}

#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) text: String,
    pub(super) url: Option<String>,
}

impl Found {
    pub(super) fn of_own(own: OwnPost) -> Self {
        let about = About { published_at: Some(own.published_at), text: own.text, url: own.url };
        Self { about: Some(about), counts: None }
    }

    pub(super) fn of_listed(counted: CountedPost) -> Self {
        // PostgreSQL's text can't hold it.
        let text = counted.text.replace('\0', "");
        let about = About { published_at: counted.post.published_at, text, url: counted.post.url };
        Self { about: Some(about), counts: Some(counted.counts) }
    }
}
