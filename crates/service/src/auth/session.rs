//! Sessions: a random token in the cookie, its hash in the database.

use crate::Context;
use crate::errors::{OrInternal as _, internal};
use crate::secrets::{new_token, token_hash};
use crate::zones;
use chrono::TimeDelta;
use model::session::{ClientInfo, Membership, NewSession, Session, SessionRow};
use model::{ApiError, ApiResult, SessionId, UserId, WorkspaceId};
use storage::{Tx, audit, live, members, new_id, sessions};

/// A session unused for this long ends.
pub const SESSION_LIFE: TimeDelta = TimeDelta::days(30);
/// The end slides at most this often, so that reading a page is seldom a write.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Starts a session with a new token in the caller's transaction.
pub(super) async fn start(
    context: &Context,
    tx: &mut Tx,
    person: UserId,
    workspace: Option<WorkspaceId>,
    client: &ClientInfo,
) -> ApiResult<NewSession> {
    let now = context.db.clock().now();
    let token = new_token().map_err(|e| internal(&e))?;
    let session = sessions::NewSession {
        id: new_id(now),
        person,
        workspace,
        token_hash: &token_hash(&token),
        address: &first_chars(&client.address, 64),
        user_agent: &first_chars(&client.user_agent, 300),
        now,
        expires_at: now + SESSION_LIFE,
    };
    sessions::insert(tx, &session).await.or_internal()?;
    Ok(NewSession { token, max_age_s: SESSION_LIFE.num_seconds() })
}

fn first_chars(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

pub(super) async fn authenticate(context: &Context, token: &str) -> ApiResult<Option<Session>> {
    let now = context.db.clock().now();
    let mut read = context.db.read().await.or_internal()?;
    let Some(row) = sessions::by_token(&mut read, &token_hash(token), now).await.or_internal()? else {
        return Ok(None);
    };
    let memberships = members::memberships(&mut read, row.person_id).await.or_internal()?;
    // Back to the pool before the write below waits for its turn.
    drop(read);
    if now - row.last_seen_at >= TOUCH_EVERY {
        let mut tx = context.db.begin().await.or_internal()?;
        sessions::touch(&mut tx, row.id, now, now + SESSION_LIFE).await.or_internal()?;
        tx.commit().await.or_internal()?;
    }
    let workspaces: Vec<Membership> = memberships
        .into_iter()
        .map(|m| Membership { workspace: m.workspace_id, name: m.name, role: m.role, zone: m.zone })
        .collect();
    let current = row
        .workspace_id
        .filter(|id| workspaces.iter().any(|m| m.workspace == *id))
        .or_else(|| workspaces.first().map(|m| m.workspace));
    Ok(Some(Session {
        id: row.id,
        user: row.person_id,
        name: row.name,
        email: row.email,
        workspaces,
        current,
    }))
}

pub(super) async fn sign_out(context: &Context, id: SessionId) -> ApiResult<()> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if let Some(person) = sessions::end(&mut tx, id).await.or_internal()? {
        audit::insert(&mut tx, None, Some(person), "session.signed_out", &id.to_string(), now)
            .await
            .or_internal()?;
        live::tell_access(&mut tx, person).await.or_internal()?;
    }
    context.commit_told(tx).await.or_internal()
}

pub(super) async fn list(context: &Context, session: &Session) -> ApiResult<Vec<SessionRow>> {
    let now = context.db.clock().now();
    let zone = session.membership().map_or("UTC", |m| m.zone.as_str());
    let mut read = context.db.read().await.or_internal()?;
    let rows = sessions::list(&mut read, session.user, now).await.or_internal()?;
    let shown = |row: sessions::ListedSession| SessionRow {
        id: row.id,
        current: row.id == session.id,
        address: row.address,
        user_agent: row.user_agent,
        created_at: zones::local_time(row.created_at, zone),
        last_seen_at: zones::local_time(row.last_seen_at, zone),
    };
    Ok(rows.into_iter().map(shown).collect())
}

pub(super) async fn revoke(context: &Context, session: &Session, id: SessionId) -> ApiResult<()> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if !sessions::delete(&mut tx, session.user, id).await.or_internal()? {
        return Err(ApiError::NotFound);
    }
    audit::insert(&mut tx, None, Some(session.user), "session.revoked", &id.to_string(), now)
        .await
        .or_internal()?;
    live::tell_access(&mut tx, session.user).await.or_internal()?;
    context.commit_told(tx).await.or_internal()
}
