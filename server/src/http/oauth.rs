//! The way back from a platform's consent page.
//!
//! The one GET that changes something (see `csrf`). It always ends with a redirect to the page of accounts, whose address
//! tells the outcome by code: `?connected=<platform>`, or `?platform=<platform>&problem=<code>` and what belongs to the code.

use super::web::Web;
use app::request::RequestFacts;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Redirect;
use http::header::ALLOW;
use http::{HeaderName, StatusCode};
use model::account::Connected;
use model::error::PlatformProblem;
use model::services::OAuthAnswer;
use model::{ApiError, Permission, Platform};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// Of a platform's words, in characters; an address has to stay short.
const MAX_WORDS: usize = 300;

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

/// A look ahead must not use the state up.
pub(super) async fn only_get() -> (StatusCode, [(HeaderName, &'static str); 1]) {
    (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")])
}

pub(super) async fn callback(
    State(web): State<Web>,
    Path(platform): Path<String>,
    answer: Result<Query<Answer>, QueryRejection>,
    facts: Option<Extension<RequestFacts>>,
) -> Redirect {
    let Ok(platform) = platform.parse::<Platform>() else { return go("/accounts?problem=unknown_platform") };
    let Some(session) = facts.and_then(|Extension(facts)| facts.session) else {
        return go("/signin?next=/accounts");
    };
    // Such as two `state`: no platform sends that.
    let Ok(Query(answer)) = answer else {
        return go(&format!("/accounts?platform={platform}&problem=bad_state"));
    };
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
        Err(error) => go(&format!("/accounts?platform={platform}&problem={}", code_of(&error))),
    }
}

fn go(path: &str) -> Redirect {
    Redirect::to(path)
}

/// A word for the address, with what belongs to it.
fn code_of(error: &ApiError) -> String {
    let with = |code: &str, name: &str, value: &str| {
        let short: String = value.chars().take(MAX_WORDS).collect();
        format!("{code}&{name}={}", utf8_percent_encode(&short, NON_ALPHANUMERIC))
    };
    match error {
        ApiError::Platform { problem, .. } => {
            tracing::info!(%error, "an account could not be connected");
            match problem {
                PlatformProblem::MissingScopes { missing } => {
                    with("missing_scopes", "missing", &missing.join(","))
                }
                PlatformProblem::OtherAccount { expected } => with("other_account", "expected", expected),
                PlatformProblem::Said { message } => with("said", "message", message),
                PlatformProblem::NotConfigured => "not_configured".to_owned(),
                PlatformProblem::Denied => "denied".to_owned(),
                PlatformProblem::BadState => "bad_state".to_owned(),
                PlatformProblem::NothingToConnect => "nothing_to_connect".to_owned(),
                PlatformProblem::WrongCredentials => "wrong_credentials".to_owned(),
                PlatformProblem::SecondFactor => "second_factor".to_owned(),
                PlatformProblem::RateLimited { .. } => "rate_limited".to_owned(),
                PlatformProblem::Unreachable => "unreachable".to_owned(),
            }
        }
        ApiError::Internal { trace } => with("internal", "trace", trace),
        ApiError::SignedOut => "signed_out".to_owned(),
        ApiError::Forbidden { .. } => "forbidden".to_owned(),
        ApiError::NotFound => "not_found".to_owned(),
        ApiError::Conflict { .. } => "conflict".to_owned(),
        ApiError::Invalid { .. } => "invalid".to_owned(),
        ApiError::TooMany { .. } => "too_many".to_owned(),
        ApiError::Transport { .. } => "transport".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_platform_says_stays_one_parameter() {
        let said = PlatformProblem::Said { message: "no & never\r\n#x=1".to_owned() };
        let error = ApiError::Platform { platform: Platform::X, problem: said };
        assert_eq!(code_of(&error), "said&message=no%20%26%20never%0D%0A%23x%3D1");
        let missing = PlatformProblem::MissingScopes { missing: vec!["a.b".to_owned(), "c".to_owned()] };
        let error = ApiError::Platform { platform: Platform::X, problem: missing };
        assert_eq!(code_of(&error), "missing_scopes&missing=a%2Eb%2Cc");
    }
}
