//! Limits of signing in, per address and per name, counted before the password is looked at.

use crate::Context;
use crate::errors::OrInternal as _;
use crate::secrets::token_hash;
use chrono::TimeDelta;
use model::session::ClientInfo;
use model::{ApiError, ApiResult};
use storage::{Tx, throttle};

const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// An office may share one address.
const PER_ADDRESS: i64 = 50;
const PER_NAME: i64 = 10;

/// Counts a try, and refuses it beyond the limits.
pub(super) async fn count(context: &Context, email: &str, client: &ClientInfo) -> ApiResult<()> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let mut refused = None;
    for (key, limit) in [(address_key(client), PER_ADDRESS), (name_key(email), PER_NAME)] {
        let tries = throttle::hit(&mut tx, &key, now, now + WINDOW).await.or_internal()?;
        if tries.tries > limit {
            refused = refused.max(Some(tries.reset_at));
        }
    }
    tx.commit().await.or_internal()?;
    match refused {
        None => Ok(()),
        Some(until) => {
            let wait = (until - now).num_seconds().max(0) + 1;
            Err(ApiError::TooMany { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) })
        }
    }
}

/// The person has shown to be the right one.
pub(super) async fn clear_name(tx: &mut Tx, email: &str) -> ApiResult<()> {
    throttle::clear(tx, &name_key(email)).await.or_internal()
}

fn address_key(client: &ClientInfo) -> String {
    format!("sign-in address {}", client.address)
}

/// Hashed: people type passwords into the wrong field.
fn name_key(email: &str) -> String {
    format!("sign-in name {}", hex::encode(token_hash(email)))
}
