//! A new password, by a link that works once. An operator makes the link: `fanfare user reset`.

use super::fields::{Fields, normalised};
use super::throttle;
use crate::Context;
use crate::errors::{OrInternal as _, internal};
use crate::secrets::{NoRandomness, hash_password, new_token, token_hash};
use crate::team::links::link;
use chrono::TimeDelta;
use model::{ApiError, ApiResult, Problem};
use storage::{Db, StorageError, audit, live, persons, resets, sessions};
use url::Url;

const LINK_LIFE: TimeDelta = TimeDelta::hours(24);

#[derive(Debug, thiserror::Error)]
pub enum ResetLinkError {
    #[error("nobody has the address {0}")]
    NoSuchPerson(String),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

/// A link with which the person sets a new password; it works once, for a day.
///
/// # Errors
/// When nobody has that address, or the database fails.
pub async fn create_reset_link(db: &Db, base_url: &Url, email: &str) -> Result<String, ResetLinkError> {
    let email = normalised(email);
    let now = db.clock().now();
    let token = new_token()?;
    let mut tx = db.begin().await?;
    let person = persons::by_email(&mut tx, &email)
        .await?
        .ok_or_else(|| ResetLinkError::NoSuchPerson(email.clone()))?;
    resets::insert(&mut tx, &token_hash(&token), person.id, now, now + LINK_LIFE).await?;
    audit::insert(&mut tx, None, Some(person.id), "password.reset_link", "", now).await?;
    tx.commit().await?;
    Ok(link(base_url, "reset", &token))
}

pub(super) async fn valid(context: &Context, token: &str) -> ApiResult<bool> {
    let now = context.db.clock().now();
    let mut read = context.db.read().await.or_internal()?;
    Ok(resets::person(&mut read, &token_hash(token), now).await.or_internal()?.is_some())
}

pub(super) async fn set_password(context: &Context, token: &str, password: String) -> ApiResult<()> {
    let expired = || ApiError::invalid("token", Problem::LinkExpired);
    if !valid(context, token).await? {
        return Err(expired());
    }
    let mut fields = Fields::default();
    fields.password("password", &password);
    fields.finish()?;
    let hash = hash_password(password).await.map_err(|e| internal(&e))?;

    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let person = resets::take(&mut tx, &token_hash(token), now).await.or_internal()?.ok_or_else(expired)?;
    persons::set_password(&mut tx, person, &hash).await.or_internal()?;
    resets::end_all(&mut tx, person, now).await.or_internal()?;
    sessions::delete_all(&mut tx, person).await.or_internal()?;
    // Whoever needs a new password has often used up the tries.
    if let Some(person) = persons::by_id(&mut tx, person).await.or_internal()? {
        throttle::clear_name(&mut tx, &person.email).await?;
    }
    audit::insert(&mut tx, None, Some(person), "password.reset", "", now).await.or_internal()?;
    live::tell_access(&mut tx, person).await.or_internal()?;
    context.commit_told(tx).await.or_internal()
}
