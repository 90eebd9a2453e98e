//! How the accounts are connected, as the accounts page shows them.

use chrono::{DateTime, Utc};
use model::account::{AccountView, Health};
use model::operations::Connections;

pub(super) fn counts(accounts: &[AccountView], now: DateTime<Utc>) -> Connections {
    let those = |is: &dyn Fn(&AccountView) -> bool| {
        i64::try_from(accounts.iter().filter(|account| is(account)).count()).unwrap_or(i64::MAX)
    };
    Connections {
        accounts: those(&|_| true),
        needs_reconnect: those(&|account| account.health == Health::NeedsReconnect),
        expired: those(&|account| account.expires_at.as_ref().is_some_and(|end| end.utc <= now)),
        in_error: those(&|account| matches!(account.health, Health::NeedsReconnect | Health::Error)),
    }
}
