//! The way back from a platform's consent page.
//!
//! The one GET that changes something (see `csrf`). It always ends with a redirect to the page of accounts, whose address
//! tells the outcome by code: `?connected=<platform>`, or `?problem=<code>&platform=<platform>`.

use super::web::Web;
use app::request::RequestFacts;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Redirect;
use model::account::Connected;
use model::services::OAuthAnswer;
use model::{ApiError, Permission, Platform};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// As platforms send it (RFC 6749, 4.1.2).
#[derive(Deserialize)]
pub(super) struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    /// Facebook's own name for it.
    error_message: Option<String>,
}

pub(super) async fn callback(
    State(web): State<Web>,
    Path(platform): Path<String>,
    Query(answer): Query<Answer>,
    facts: Option<Extension<RequestFacts>>,
) -> Redirect {
    let Ok(platform) = platform.parse::<Platform>() else { return go("/accounts?problem=unknown_platform") };
    let Some(session) = facts.and_then(|Extension(facts)| facts.session) else { return go("/signin?next=/accounts") };
    let answer = OAuthAnswer {
        state: answer.state,
        code: answer.code,
        error: answer.error,
        error_description: answer.error_description.or(answer.error_message),
    };
    let finished = async {
        let actor = session.actor()?;
        actor.require(Permission::ManageAccounts)?;
        web.app.services.accounts.finish_connect(actor, session.id, platform, answer).await
    };
    match finished.await {
        Ok(Connected::Added { .. }) => go(&format!("/accounts?connected={platform}")),
        Ok(Connected::Choose { connection }) => go(&format!("/accounts/choose/{connection}")),
        Err(error) => go(&format!("/accounts?problem={}&platform={platform}", code_of(&error))),
    }
}

fn go(path: &str) -> Redirect {
    Redirect::to(path)
}

/// A word for the address, and for internal errors the trace. What the platform said stays in the log.
fn code_of(error: &ApiError) -> String {
    match error {
        ApiError::Platform { problem, .. } => {
            tracing::info!(%error, "an account could not be connected");
            let json = serde_json::to_value(problem).unwrap_or_default();
            json.get("code").and_then(|code| code.as_str()).unwrap_or("said").to_owned()
        }
        ApiError::Internal { trace } => {
            format!("internal&trace={}", utf8_percent_encode(trace, NON_ALPHANUMERIC))
        }
        ApiError::SignedOut => "signed_out".to_owned(),
        ApiError::Forbidden { .. } => "forbidden".to_owned(),
        ApiError::NotFound => "not_found".to_owned(),
        ApiError::Conflict { .. } => "conflict".to_owned(),
        ApiError::Invalid { .. } => "invalid".to_owned(),
        ApiError::TooMany { .. } => "too_many".to_owned(),
        ApiError::Transport { .. } => "transport".to_owned(),
    }
}
