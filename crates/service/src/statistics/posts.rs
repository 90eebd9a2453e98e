//! Posts with their counters.

use super::names::Names;
use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::local_time;
use model::statistics::{NumberedPost, PostCourse, Snapshot};
use model::text::first_words;
use model::{ApiError, ApiResult, PostId, RemotePostId, WorkspaceId};
use std::collections::HashMap;
use storage::Tx;
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

/// What is stored of a post of ours at the platforms, and what it takes to tell it.
struct Stored {
    rows: Vec<RemotePostRow>,
    names: Names,
    zone: String,
}

impl Stored {
    async fn of(context: &Context, tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> ApiResult<Self> {
        let zone = storage::posts::workspace_zone(tx, workspace).await.or_internal()?;
        let zone = zone.ok_or(ApiError::NotFound)?;
        storage::posts::get(tx, workspace, post).await.or_internal()?.ok_or(ApiError::NotFound)?;
        let names = Names::of(context, tx, workspace).await?;
        let rows = remote_posts::of_post(tx, workspace, post).await.or_internal()?;
        Ok(Self { rows, names, zone })
    }
}

/// The latest counters on each account.
pub(super) async fn counts(
    context: &Context,
    workspace: WorkspaceId,
    post: PostId,
) -> ApiResult<Vec<NumberedPost>> {
    let mut tx = context.db.read().await.or_internal()?;
    let Stored { rows, names, zone } = Stored::of(context, &mut tx, workspace, post).await?;
    Ok(rows.into_iter().filter_map(|row| numbered(row, &names, &zone)).collect())
}

/// The counters on each account as they grew.
pub(super) async fn courses(
    context: &Context,
    workspace: WorkspaceId,
    post: PostId,
) -> ApiResult<Vec<PostCourse>> {
    let mut tx = context.db.read().await.or_internal()?;
    let Stored { rows, names, zone } = Stored::of(context, &mut tx, workspace, post).await?;
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
