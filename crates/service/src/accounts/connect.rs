//! Connecting by a platform's consent page.
//!
//! The callback is the one GET of the server that changes something. What protects it is `state`: random, stored as a hash,
//! taken out by whoever presents it first, bound to session, person, workspace and platform, and good for ten minutes.

use super::{adopt, refused, scopes, vault};
use crate::errors::{OrInternal as _, internal};
use crate::{Context, secrets};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use model::account::{ConnectHow, Connected, PlatformOffer, called};
use model::error::PlatformProblem;
use model::services::OAuthAnswer;
use model::{AccountId, Actor, ApiError, ApiResult, ConnectionId, Permission, Platform, SessionId};
use platforms::{AuthorizeRequest, Consent, Secret};
use sha2::{Digest as _, Sha256};
use storage::connections::{self, ConnectionRow, StateRow};
use storage::{accounts, new_id};

/// How long a consent page may stay open.
const STATE_LIFE: TimeDelta = TimeDelta::minutes(10);
/// How long a person may take to choose accounts.
const CHOICE_LIFE: TimeDelta = TimeDelta::minutes(30);
/// Longest text taken from a refusal, in characters.
const MAX_SAID: usize = 300;
/// How platforms say that the person said no: RFC 6749, and LinkedIn's own words
/// (<https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow>).
const DENIALS: [&str; 3] = ["access_denied", "user_cancelled_login", "user_cancelled_authorize"];

pub(super) fn offers(context: &Context, actor: Actor) -> ApiResult<Vec<PlatformOffer>> {
    actor.require(Permission::View)?;
    let offer = |platform| PlatformOffer {
        platform,
        how: if platform == Platform::Bluesky { ConnectHow::AppPassword } else { ConnectHow::OAuth },
        sandbox: context.registry.is_sandbox(platform),
        scopes: context.registry.get(platform).scopes(),
        missing_config: context.registry.missing_config(platform),
    };
    Ok(Platform::ALL.map(offer).into())
}

/// Where the platform sends the person back to; registered there to the letter.
pub(super) fn redirect_uri(context: &Context, platform: Platform) -> String {
    format!("{}/oauth/{platform}/callback", context.base_url.as_str().trim_end_matches('/'))
}

pub(super) async fn begin(
    context: &Context,
    actor: Actor,
    session: SessionId,
    platform: Platform,
    reconnect: Option<AccountId>,
) -> ApiResult<String> {
    actor.require(Permission::ManageAccounts)?;
    if !context.registry.is_configured(platform) {
        return Err(refused(platform, PlatformProblem::NotConfigured));
    }
    let state = secrets::new_token().map_err(|e| internal(&e))?;
    let verifier = Secret::new(secrets::new_token().map_err(|e| internal(&e))?);
    let request = AuthorizeRequest {
        redirect_uri: redirect_uri(context, platform),
        pkce_challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes())),
        state: state.clone(),
    };
    let page = context
        .registry
        .get(platform)
        .authorize_url(&request)
        .map_err(|problem| refused(platform, problem))?;

    let state_hash = secrets::token_hash(&state);
    let place = vault::verifier_place(actor.workspace, &state_hash);
    let sealed_verifier = vault::seal(&context.keys, &place, &verifier).map_err(|e| internal(&e))?;
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if let Some(id) = reconnect {
        let account = accounts::get(&mut tx, actor.workspace, id).await.or_internal()?;
        account.filter(|account| account.platform == platform).ok_or(ApiError::NotFound)?;
    }
    connections::purge(&mut tx, now).await.or_internal()?;
    let row = StateRow {
        state_hash: state_hash.to_vec(),
        session_id: session,
        workspace_id: actor.workspace,
        person_id: actor.user,
        platform,
        sealed_verifier,
        reconnect_account_id: reconnect,
        expires_at: now + STATE_LIFE,
    };
    connections::insert_state(&mut tx, &row).await.or_internal()?;
    tx.commit().await.or_internal()?;
    Ok(page.into())
}

pub(super) async fn finish(
    context: &Context,
    actor: Actor,
    session: SessionId,
    platform: Platform,
    answer: OAuthAnswer,
) -> ApiResult<Connected> {
    // The role may have changed since the consent page was opened.
    actor.require(Permission::ManageAccounts)?;
    let (state, verifier) = take_state(context, actor, session, platform, answer.state.as_deref()).await?;
    let no = |problem| refused(platform, problem);
    if let Some(error) = answer.error {
        return Err(no(refusal(&error, answer.error_description)));
    }
    let code = answer.code.filter(|code| !code.is_empty()).ok_or_else(|| no(PlatformProblem::BadState))?;
    let network = context.registry.get(platform);
    let consent = network.exchange(&code, &verifier, &redirect_uri(context, platform)).await.map_err(no)?;

    let missing = scopes::essential_among(platform, &consent.missing_scopes);
    if !missing.is_empty() {
        return Err(no(PlatformProblem::MissingScopes { missing }));
    }
    if consent.accounts.is_empty() {
        return Err(no(PlatformProblem::NothingToConnect));
    }
    if let Some(id) = state.reconnect_account_id {
        return renew(context, actor, platform, &consent, id).await;
    }
    if consent.accounts.len() > 1 {
        return wait_for_choice(context, actor, platform, &consent).await;
    }
    let accounts = adopt::adopt(context, actor, platform, &consent, |_| true, None).await?;
    Ok(Connected::Added { accounts })
}

/// Takes the `state` out of the database, whoever presents it, and compares all it is bound to.
async fn take_state(
    context: &Context,
    actor: Actor,
    session: SessionId,
    platform: Platform,
    state: Option<&str>,
) -> ApiResult<(StateRow, Secret)> {
    let bad = || refused(platform, PlatformProblem::BadState);
    let state_hash = secrets::token_hash(state.ok_or_else(bad)?);
    let mut tx = context.db.begin().await.or_internal()?;
    let row = connections::take_state(&mut tx, &state_hash).await.or_internal()?.ok_or_else(bad)?;
    tx.commit().await.or_internal()?;
    let fits = row.session_id == session
        && row.workspace_id == actor.workspace
        && row.person_id == actor.user
        && row.platform == platform
        && row.expires_at > context.db.clock().now();
    if !fits {
        return Err(bad());
    }
    let place = vault::verifier_place(actor.workspace, &state_hash);
    let verifier = vault::open(&context.keys, &place, &row.sealed_verifier).map_err(|e| internal(&e))?;
    Ok((row, verifier))
}

fn refusal(error: &str, description: Option<String>) -> PlatformProblem {
    if DENIALS.contains(&error) {
        return PlatformProblem::Denied;
    }
    // Anyone can put words into the address of the callback: they are shown as a quotation, and short.
    let message = description.filter(|words| !words.is_empty()).unwrap_or_else(|| error.to_owned());
    PlatformProblem::Said { message: message.chars().take(MAX_SAID).collect() }
}

/// Renews one account; the consent must be for that very one.
async fn renew(
    context: &Context,
    actor: Actor,
    platform: Platform,
    consent: &Consent,
    id: AccountId,
) -> ApiResult<Connected> {
    let mut read = context.db.read().await.or_internal()?;
    let account =
        accounts::get(&mut read, actor.workspace, id).await.or_internal()?.ok_or(ApiError::NotFound)?;
    drop(read);
    if !consent.accounts.iter().any(|found| found.remote_id == account.remote_id) {
        let expected = called(&account.handle, &account.name);
        return Err(refused(platform, PlatformProblem::OtherAccount { expected }));
    }
    let wanted = |remote_id: &str| remote_id == account.remote_id;
    let accounts = adopt::adopt(context, actor, platform, consent, wanted, None).await?;
    Ok(Connected::Added { accounts })
}

async fn wait_for_choice(
    context: &Context,
    actor: Actor,
    platform: Platform,
    consent: &Consent,
) -> ApiResult<Connected> {
    let now = context.db.clock().now();
    let id: ConnectionId = new_id(now);
    let sealed_consent =
        vault::seal_consent(&context.keys, actor.workspace, id, consent).map_err(|e| internal(&e))?;
    let row = ConnectionRow {
        id,
        workspace_id: actor.workspace,
        person_id: actor.user,
        platform,
        sealed_consent,
        expires_at: now + CHOICE_LIFE,
    };
    let mut tx = context.db.begin().await.or_internal()?;
    connections::insert(&mut tx, &row).await.or_internal()?;
    tx.commit().await.or_internal()?;
    Ok(Connected::Choose { connection: id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_denial_or_a_short_quotation() {
        assert_eq!(refusal("access_denied", Some("anything".to_owned())), PlatformProblem::Denied);
        assert_eq!(refusal("user_cancelled_login", None), PlatformProblem::Denied);
        assert_eq!(
            refusal("server_error", Some("x".repeat(5_000))),
            PlatformProblem::Said { message: "x".repeat(MAX_SAID) }
        );
        assert_eq!(
            refusal("server_error", None),
            PlatformProblem::Said { message: "server_error".to_owned() }
        );
    }
}
