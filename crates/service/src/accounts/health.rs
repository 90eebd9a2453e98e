//! How an account's connection is, from what is stored.

use super::{is_present_host, vault};
use crate::{Context, zones};
use chrono::{DateTime, TimeDelta, Utc};
use model::account::{AccountView, Health};
use model::{Platform, WorkspaceId};
use storage::accounts::AccountRow;

/// A consent that ends this soon, and can't be renewed without the person, is shown as expiring.
const EXPIRING_DAYS: i64 = 7;

#[derive(Clone, Copy, Debug)]
struct Facts {
    paused: bool,
    needs_reconnect: bool,
    /// When the consent ends for good.
    ends_at: Option<DateTime<Utc>>,
    has_error: bool,
}

impl Facts {
    fn health(self, now: DateTime<Utc>) -> Health {
        if self.paused {
            Health::Paused
        } else if self.needs_reconnect || self.ends_at.is_some_and(|end| end <= now) {
            Health::NeedsReconnect
        } else if self.ends_at.is_some_and(|end| end <= now + TimeDelta::days(EXPIRING_DAYS)) {
            Health::Expiring
        } else if self.has_error {
            Health::Error
        } else {
            Health::Active
        }
    }
}

/// When the person has to consent again. A token that can be refreshed doesn't end by itself, and an account's own token
/// (Facebook Pages) has no end.
fn ends_at(context: &Context, workspace: WorkspaceId, row: &AccountRow) -> Option<DateTime<Utc>> {
    if row.sealed_token.is_some() {
        return None;
    }
    let sealed = row.sealed_tokens.as_deref()?;
    match vault::open_tokens(&context.keys, workspace, row.grant_id, sealed) {
        Ok(tokens) if context.registry.get(row.platform).can_refresh(&tokens) => row.refresh_expires_at,
        Ok(_) => row.access_expires_at,
        Err(error) => {
            tracing::error!(account.id = %row.id, %error, "tokens can't be opened");
            row.access_expires_at
        }
    }
}

/// A row as screens show it. Avatars are not copied to us in this version, and the platforms' own addresses end: initials
/// are shown.
pub(super) fn view(context: &Context, workspace: WorkspaceId, row: AccountRow) -> AccountView {
    let now = context.db.clock().now();
    let ends_at = ends_at(context, workspace, &row);
    let elsewhere = !is_present_host(context, row.platform, &row.host);
    let is_refused = row.refused.is_some();
    let last_error = match row.refused.or(row.last_error).or(row.grant_error) {
        None if elsewhere => Some(other_host(&row.host)),
        error => error,
    };
    let facts = Facts {
        paused: row.paused,
        needs_reconnect: row.needs_reconnect || is_refused || elsewhere || row.sealed_tokens.is_none(),
        ends_at,
        has_error: last_error.is_some(),
    };
    AccountView {
        id: row.id,
        platform: row.platform,
        handle: row.handle,
        name: row.name,
        label: row.label,
        avatar: None,
        url: row.url,
        health: facts.health(now),
        last_error,
        expires_at: ends_at.map(|end| zones::local_time(end, &row.zone)),
        missing_scopes: row.missing_scopes.0,
        waiting_posts: row.waiting_posts,
        sandbox: context.registry.is_sandbox(row.platform)
            && row.host == context.registry.get(row.platform).host(),
        host: if row.platform == Platform::Bluesky { row.host } else { String::new() },
    }
}

/// Why a grant of another host is not used.
pub(super) fn other_host(host: &str) -> String {
    format!("Connected at {host}, which is not the host in the settings any more. Connect the account again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL: Facts = Facts { paused: false, needs_reconnect: false, ends_at: None, has_error: false };

    #[test]
    fn the_worst_is_shown_and_a_pause_hides_it() {
        let now = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        let days = |n| Some(now + TimeDelta::days(n));
        let health = |facts: Facts| facts.health(now);
        assert_eq!(health(WELL), Health::Active);
        assert_eq!(health(Facts { ends_at: days(8), ..WELL }), Health::Active);
        assert_eq!(health(Facts { ends_at: days(7), has_error: true, ..WELL }), Health::Expiring);
        assert_eq!(health(Facts { ends_at: days(0), ..WELL }), Health::NeedsReconnect);
        assert_eq!(health(Facts { has_error: true, ..WELL }), Health::Error);
        assert_eq!(health(Facts { needs_reconnect: true, has_error: true, ..WELL }), Health::NeedsReconnect);
        assert_eq!(health(Facts { paused: true, needs_reconnect: true, ..WELL }), Health::Paused);
    }
}
