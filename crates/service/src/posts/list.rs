//! Lists of posts in pages: three queries a page.

use super::load::load_all;
use super::{Posts, Stop};
use crate::errors::OrInternal as _;
use chrono::{DateTime, Utc};
use model::page::Page;
use model::post::{PostFilter, PostView};
use model::{ApiError, ApiResult, PostId, Problem, TargetState, WorkspaceId};
use storage::Tx;
use storage::posts::{DueRow, PostRow, Wanted};

const PAGE: usize = 20;
/// In characters.
const MAX_SEARCH: usize = 500;

/// What is still to come is listed by its time, everything else newest first.
const COMING: [TargetState; 3] =
    [TargetState::Scheduled, TargetState::AwaitingApproval, TargetState::Publishing];

impl Posts {
    pub(super) async fn page(
        &self,
        workspace: WorkspaceId,
        filter: &PostFilter,
    ) -> ApiResult<Page<PostView>> {
        let got = filter.search.chars().count();
        if got > MAX_SEARCH {
            // SQLite refuses longer patterns.
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let problem = Problem::TooLong { max: count(MAX_SEARCH), got: count(got) };
            return Err(ApiError::invalid("search", problem));
        }
        if filter.search.contains('\0') {
            // PostgreSQL's text can't hold it.
            return Err(ApiError::invalid("search", Problem::BadValue));
        }
        let wanted = Wanted {
            states: &filter.states,
            account: filter.account,
            platform: filter.platform,
            search: filter.search.trim(),
            ..Wanted::default()
        };
        let by_due = !filter.states.is_empty() && filter.states.iter().all(|state| COMING.contains(state));
        let mut tx = self.context.db.read().await.or_internal()?;
        let cursor = filter.cursor.as_deref();
        let (rows, next) = if by_due {
            page_by_due(&mut tx, workspace, &wanted, cursor).await?
        } else {
            page_newest(&mut tx, workspace, &wanted, cursor).await?
        };
        let loaded = load_all(&mut tx, workspace, rows).await?;
        let items = loaded.into_iter().map(|post| post.into_view(&self.context.registry)).collect();
        Ok(Page { items, next })
    }
}

/// Asked for beyond a page, to know whether there is another.
fn limit() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

async fn page_newest(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    cursor: Option<&str>,
) -> Result<(Vec<PostRow>, Option<String>), Stop> {
    let before = cursor.map(read_id).transpose()?;
    let mut rows = storage::posts::list_newest(tx, workspace, wanted, before, limit()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok((rows, next))
}

async fn page_by_due(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    cursor: Option<&str>,
) -> Result<(Vec<PostRow>, Option<String>), Stop> {
    let after = cursor.map(read_due).transpose()?;
    let mut rows = storage::posts::list_by_due(tx, workspace, wanted, after, limit()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(write_due);
    Ok((rows.into_iter().map(|row| row.post).collect(), next))
}

fn bad_cursor() -> ApiError {
    ApiError::invalid("cursor", Problem::BadValue)
}

fn read_id(cursor: &str) -> ApiResult<PostId> {
    cursor.parse().map_err(|_| bad_cursor())
}

/// `<milliseconds since 1970>.<post>`.
fn write_due(row: &DueRow) -> String {
    format!("{}.{}", row.due.timestamp_millis(), row.post.id)
}

fn read_due(cursor: &str) -> ApiResult<(DateTime<Utc>, PostId)> {
    let (millis, id) = cursor.split_once('.').ok_or_else(bad_cursor)?;
    let due = millis.parse().ok().and_then(DateTime::from_timestamp_millis).ok_or_else(bad_cursor)?;
    Ok((due, read_id(id)?))
}
