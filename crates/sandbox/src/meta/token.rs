//! Meta's tokens: which are good, and how one is made.

use super::error::GraphError;
use crate::clock::{DAY, Millis};
use crate::state::{Code, Entry, Platform, Token, TokenKind};
use crate::world::Ledger;

/// Life of a user token that was exchanged or renewed, on both platforms.
pub(crate) const LONG_LIFE: Millis = 60 * DAY;

/// The live token of this value.
pub(crate) fn live(
    ledger: &Ledger,
    platform: Platform,
    value: &str,
    now: Millis,
) -> Result<Token, GraphError> {
    let known = |t: &&Token| t.platform == platform;
    let token = ledger.tokens.get(value).filter(known).ok_or_else(GraphError::bad_token)?;
    if ledger.is_revoked(token) {
        return Err(GraphError::app_removed());
    }
    if token.expired(now) {
        return Err(GraphError::expired());
    }
    Ok(token.clone())
}

/// What a new token belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant<'a> {
    pub(crate) platform: Platform,
    pub(crate) client_id: &'a str,
    pub(crate) account: &'a str,
    pub(crate) scopes: &'a [String],
    pub(crate) family: &'a str,
}

impl<'a> From<&'a Code> for Grant<'a> {
    fn from(code: &'a Code) -> Self {
        Self {
            platform: code.platform,
            client_id: &code.client_id,
            account: &code.account,
            scopes: &code.scopes,
            family: &code.family,
        }
    }
}

impl<'a> Grant<'a> {
    /// The grant that `token` came from.
    pub(crate) fn of(token: &'a Token) -> Self {
        Self {
            platform: token.platform,
            client_id: &token.client_id,
            account: &token.account,
            scopes: &token.scopes,
            family: &token.family,
        }
    }

    /// A user token of 60 days.
    pub(crate) fn long_lived(self, ledger: &mut Ledger, now: Millis) -> String {
        self.token(ledger, TokenKind::LongLived, Some(LONG_LIFE), now)
    }

    /// A token of this kind; without `life` it never ends.
    pub(crate) fn token(
        self,
        ledger: &mut Ledger,
        kind: TokenKind,
        life: Option<Millis>,
        now: Millis,
    ) -> String {
        let prefix = if self.platform == Platform::Instagram { "IGAA" } else { "EAA" };
        let value = format!("{prefix}{}", ledger.ids.secret(180));
        ledger.record(Entry::Token(Box::new(Token {
            value: value.clone(),
            platform: self.platform,
            kind,
            client_id: self.client_id.to_owned(),
            account: self.account.to_owned(),
            scopes: self.scopes.to_vec(),
            family: self.family.to_owned(),
            issued_at: now,
            expires_at: life.map(|life| now + life),
            revoked: false,
            used_at: None,
        })));
        value
    }
}
