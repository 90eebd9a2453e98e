//! Hands the bytes of renditions, or signed addresses of them, to the adapters.

use crate::context::Context;
use async_trait::async_trait;
use bytes::Bytes;
use chrono::TimeDelta;
use model::WorkspaceId;
use platforms::{Failure, FailureKind, MediaSource, PayloadMedia};
use url::Url;

/// How long a platform may take to fetch a file.
const ADDRESS_LIFE: TimeDelta = TimeDelta::hours(6);

pub(super) struct Source<'a> {
    context: &'a Context,
    workspace: WorkspaceId,
}

impl<'a> Source<'a> {
    pub(super) const fn new(context: &'a Context, workspace: WorkspaceId) -> Self {
        Self { context, workspace }
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Failure {
    Failure { kind: FailureKind::Transient, code: None, message: format!("the media can't be read: {error}") }
}

#[async_trait]
impl MediaSource for Source<'_> {
    async fn bytes(&self, media: &PayloadMedia) -> Result<Bytes, Failure> {
        self.context.media.get(&media.key).await.map_err(|e| unreadable(&e))
    }

    fn public_url(&self, media: &PayloadMedia) -> Result<Url, Failure> {
        let until = self.context.db.clock().now() + ADDRESS_LIFE;
        let path =
            crate::media::signed_path(&self.context.keys, self.workspace, &media.key, &media.mime, until);
        self.context.base_url.join(&path).map_err(|e| unreadable(&e))
    }
}
