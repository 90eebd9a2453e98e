//! Numbers as CSV files.

use super::errors::Failure;
use super::session::Member;
use super::web::Web;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use model::statistics::{CompareFilter, Range};
use model::{AccountId, ApiError, Problem};
use serde::Deserialize;

/// What an address asks for, as written there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// See [`Range::key`]; the usual one if it is left out.
    range: Option<String>,
    /// Ids with commas between them.
    accounts: String,
}

impl Asked {
    fn range(&self) -> Result<Range, Failure> {
        let Some(key) = &self.range else { return Ok(Range::default()) };
        Range::from_key(key).ok_or(Failure(ApiError::invalid("range", Problem::BadValue)))
    }

    fn accounts(&self) -> Result<Vec<AccountId>, Failure> {
        let ids = self.accounts.split(',').filter(|id| !id.is_empty()).map(account_id);
        ids.collect()
    }
}

/// The days of an account.
pub(super) async fn account(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let (id, range) = (account_id(&id)?, asked.range()?);
    let table = web.app.services.statistics.account_csv(member.actor, id, range).await?;
    Ok(file("numbers", range, table))
}

/// The posts of an account.
pub(super) async fn posts(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let (id, range) = (account_id(&id)?, asked.range()?);
    let table = web.app.services.statistics.posts_csv(member.actor, id, range).await?;
    Ok(file("posts", range, table))
}

/// Accounts side by side.
pub(super) async fn comparison(
    State(web): State<Web>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let filter = CompareFilter { accounts: asked.accounts()?, range: asked.range()? };
    let range = filter.range;
    let table = web.app.services.statistics.compare_csv(member.actor, filter).await?;
    Ok(file("comparison", range, table))
}

fn account_id(text: &str) -> Result<AccountId, Failure> {
    text.parse().map_err(|_| Failure(ApiError::NotFound))
}

fn file(name: &str, range: Range, table: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{}.csv\"", range.key())),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, table).into_response()
}
