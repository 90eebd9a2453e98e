//! Posts that are due, written in few transactions.

use crate::Error;
use chrono::{DateTime, Utc};
use model::post::PostMedia;
use model::{AccountId, MediaId, PostId, TargetId, TargetState, UserId, WorkspaceId};
use service::Context;
use storage::posts::NewPost;
use storage::targets::{Due, NewTarget};

/// One post on one account.
#[derive(Clone, Debug)]
pub struct DuePost {
    pub account: AccountId,
    pub text: String,
    pub media: Option<MediaId>,
}

/// Schedules them all for `due_at`; the targets in the same order.
pub async fn due_posts(
    context: &Context,
    workspace: WorkspaceId,
    author: UserId,
    posts: &[DuePost],
    due_at: DateTime<Utc>,
) -> Result<Vec<TargetId>, Error> {
    let now = context.db.clock().now();
    let due = Due { at: due_at, zone: String::from("UTC") };
    let mut targets = Vec::with_capacity(posts.len());
    for batch in posts.chunks(200) {
        let mut tx = context.db.begin().await?;
        for post in batch {
            let id: PostId = storage::new_id(now);
            let new = NewPost { id, workspace, author, body: &post.text, variants: &[], now };
            storage::posts::insert(&mut tx, &new).await?;
            if let Some(media) = post.media {
                let media = [PostMedia { media, alt: String::from("A seeded image"), crop: None }];
                storage::posts::insert_media(&mut tx, workspace, id, &media).await?;
            }
            let target: TargetId = storage::new_id(now);
            let key = platforms::rkey::tid(now, u16::try_from(targets.len() % 1024)?);
            storage::targets::insert(
                &mut tx,
                &NewTarget {
                    id: target,
                    workspace,
                    post: id,
                    account: post.account,
                    state: TargetState::Scheduled,
                    due: Some(&due),
                    publish_key: &key,
                    now,
                },
            )
            .await?;
            targets.push(target);
        }
        tx.commit().await?;
    }
    context.wake.ring();
    Ok(targets)
}
