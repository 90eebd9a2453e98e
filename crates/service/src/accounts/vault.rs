//! What is stored sealed: tokens, PKCE verifiers, and consents that wait for a choice.

use crate::keys::{Keys, Place, SealError};
use model::{AccountId, ConnectionId, GrantId, WorkspaceId};
use platforms::{Consent, RemoteAccount, Secret, Tokens};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use storage::grants::SealedTokens;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A stored secret can't be made or read.
#[derive(Debug, thiserror::Error)]
pub(super) enum VaultError {
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("a stored secret has an unknown form: {0}")]
    Form(#[from] serde_json::Error),
}

pub(super) fn tokens_place(workspace: WorkspaceId, grant: GrantId) -> Place {
    Place::new(workspace, grant.0, "platform_grant.sealed_tokens")
}

pub(super) fn own_token_place(workspace: WorkspaceId, account: AccountId) -> Place {
    Place::new(workspace, account.0, "account.sealed_token")
}

pub(super) fn consent_place(workspace: WorkspaceId, connection: ConnectionId) -> Place {
    Place::new(workspace, connection.0, "connection.sealed_consent")
}

/// The row has no id but the hash of its `state`, of which the first half serves.
pub(super) fn verifier_place(workspace: WorkspaceId, state_hash: &[u8; 32]) -> Place {
    let mut row = [0; 16];
    row.copy_from_slice(&state_hash[..16]);
    Place::new(workspace, Uuid::from_bytes(row), "oauth_state.sealed_verifier")
}

pub(super) fn seal<T: Serialize>(keys: &Keys, place: &Place, value: &T) -> Result<Vec<u8>, VaultError> {
    let plain = Zeroizing::new(serde_json::to_vec(value)?);
    Ok(keys.seal(place, &plain)?)
}

pub(super) fn open<T: DeserializeOwned>(keys: &Keys, place: &Place, sealed: &[u8]) -> Result<T, VaultError> {
    Ok(serde_json::from_slice(&keys.open(place, sealed)?)?)
}

/// Tokens as the grant's row takes them.
pub(super) fn seal_tokens(
    keys: &Keys,
    workspace: WorkspaceId,
    grant: GrantId,
    tokens: &Tokens,
) -> Result<SealedTokens, VaultError> {
    Ok(SealedTokens {
        sealed: seal(keys, &tokens_place(workspace, grant), tokens)?,
        access_expires_at: tokens.access_expires_at,
        refresh_expires_at: tokens.refresh_expires_at,
    })
}

pub(super) fn open_tokens(
    keys: &Keys,
    workspace: WorkspaceId,
    grant: GrantId,
    sealed: &[u8],
) -> Result<Tokens, VaultError> {
    open(keys, &tokens_place(workspace, grant), sealed)
}

pub(super) fn open_own_token(
    keys: &Keys,
    workspace: WorkspaceId,
    account: AccountId,
    sealed: &[u8],
) -> Result<Secret, VaultError> {
    open(keys, &own_token_place(workspace, account), sealed)
}

/// [`Consent`] as it waits in the database.
#[derive(Serialize, Deserialize)]
struct WaitingConsent {
    host: String,
    subject: String,
    tokens: Tokens,
    granted_scopes: Vec<String>,
    missing_scopes: Vec<String>,
    accounts: Vec<RemoteAccount>,
}

pub(super) fn seal_consent(
    keys: &Keys,
    workspace: WorkspaceId,
    connection: ConnectionId,
    consent: &Consent,
) -> Result<Vec<u8>, VaultError> {
    let Consent { host, subject, tokens, granted_scopes, missing_scopes, accounts } = consent.clone();
    let waiting = WaitingConsent { host, subject, tokens, granted_scopes, missing_scopes, accounts };
    seal(keys, &consent_place(workspace, connection), &waiting)
}

pub(super) fn open_consent(
    keys: &Keys,
    workspace: WorkspaceId,
    connection: ConnectionId,
    sealed: &[u8],
) -> Result<Consent, VaultError> {
    let WaitingConsent { host, subject, tokens, granted_scopes, missing_scopes, accounts } =
        open(keys, &consent_place(workspace, connection), sealed)?;
    Ok(Consent { host, subject, tokens, granted_scopes, missing_scopes, accounts })
}
