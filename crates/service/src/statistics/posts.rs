//! Posts with their counters.

use super::names::Names;
use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::local_time;
use model::statistics::{NumberedPost, PostCourse, Snapshot};
use model::text::first_words;
use model::{ApiError, ApiResult, PostId, RemotePostId, WorkspaceId};
use std::collections::HashMap;
use storage::remote_posts::{self, RemotePostRow};

/// No more of a text than lists show, in characters.
const WORDS: usize = 160;

/// None for a post of an account that isn't the workspace's.
pub(super) fn numbered(row: RemotePostRow, names: &Names, zone: &str) -> Option<NumberedPost> {
    let account = names.get(row.account_id).ok()?.clone();
    Some(NumberedPost {
        account,
        post: row.post_id,
        target: row.target_id,
        words: first_words(&row.text, WORDS),
        url: row.url,
        published_at: local_time(row.published_at, zone),
        counts: row.counts,
        engagement_rate: insights::rate(row.counts.engagement(), row.followers),
        counted_at: row.counted_at.map(|at| local_time(at, zone)),
    })
}

pub(super) async fn courses(
    context: &Context,
    workspace: WorkspaceId,
    post: PostId,
) -> ApiResult<Vec<PostCourse>> {
    let mut tx = context.db.read().await.or_internal()?;
    let zone = storage::posts::workspace_zone(&mut tx, workspace).await.or_internal()?;
    let zone = zone.ok_or(ApiError::NotFound)?;
    storage::posts::get(&mut tx, workspace, post).await.or_internal()?.ok_or(ApiError::NotFound)?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let rows = remote_posts::of_post(&mut tx, workspace, post).await.or_internal()?;
    let ids: Vec<RemotePostId> = rows.iter().map(|row| row.id).collect();
    let mut series: HashMap<RemotePostId, Vec<Snapshot>> = HashMap::new();
    for of in remote_posts::series(&mut tx, workspace, &ids).await.or_internal()? {
        let snapshot = Snapshot { at: local_time(of.count.counted_at, &zone), counts: of.count.counts };
        series.entry(of.remote_post_id).or_default().push(snapshot);
    }
    let course = |row: RemotePostRow| {
        let snapshots = series.remove(&row.id).unwrap_or_default();
        Some(PostCourse { post: numbered(row, &names, &zone)?, snapshots })
    };
    Ok(rows.into_iter().filter_map(course).collect())
}
