//! The good end of an attempt.

use super::attempt::LiveRow;
use super::outcome::Trouble;
use super::{Advanced, PublishError, Publisher};
use model::TargetState;
use platforms::{Access, RemotePost};
use std::sync::Arc;
use storage::ledger::{self, Remote};
use storage::publishing::{self, PublishRow};

impl Publisher {
    /// Writes that the platform has it.
    pub(super) async fn published(
        &self,
        live: &LiveRow,
        access: &Access,
        remote: RemotePost,
    ) -> Result<Advanced, PublishError> {
        let now = self.now();
        let attempt = live.attempt;
        let published_at = remote.published_at.unwrap_or(now);
        let remote = Arc::new(Remote { id: remote.id, url: remote.url, published_at });
        let (fenced, there) = (Arc::clone(&live.row), Arc::clone(&remote));
        let written = self.context.db.write_shared(move |tx| {
            let (row, there) = (Arc::clone(&fenced), Arc::clone(&there));
            Box::pin(async move { ledger::publish_and_end(tx, &row, attempt, &there, now).await })
        });
        if !written.await? {
            return self.not_written(live, &remote.id).await;
        }
        let row = &live.row;
        tracing::info!(
            target.id = %row.id, platform = %row.platform, remote.id = %remote.id,
            late_ms = row.due_at.map_or(0, |due| (now - due).num_milliseconds()), "published"
        );
        if row.delete_requested_at.is_some() {
            self.context.wake.ring();
        }
        if remote.url.is_none() {
            self.find_link(row, access, &remote.id).await;
        }
        Ok(Advanced::To(TargetState::Published))
    }

    /// The attempt was somebody else's meanwhile; or the platform named another post of ours, and this one is to be looked for.
    async fn not_written(&self, live: &LiveRow, remote_id: &str) -> Result<Advanced, PublishError> {
        let row = &live.row;
        let mut tx = self.context.db.read().await?;
        let taken = publishing::remote_taken(&mut tx, row.workspace_id, row.account_id, remote_id).await?;
        drop(tx);
        if !taken {
            return Ok(Advanced::Nothing);
        }
        let message = format!("the platform answered with {remote_id}, which is another post of yours");
        self.end_in_trouble(live, Trouble::AnswerLost { message }).await
    }

    /// Best effort: a link that can't be read changes nothing about the post.
    pub(super) async fn find_link(&self, row: &PublishRow, access: &Access, remote_id: &str) {
        let found = self.context.registry.get(row.platform).permalink(access, remote_id).await;
        let Ok(Some(url)) = found else {
            tracing::debug!(target.id = %row.id, ?found, "no link yet");
            return;
        };
        let stored = async {
            let mut tx = self.context.db.begin().await?;
            publishing::set_url(&mut tx, row.workspace_id, row.id, &url).await?;
            tx.commit().await
        };
        if let Err(error) = stored.await {
            tracing::warn!(target.id = %row.id, %error, "the link was not stored");
        }
    }
}
