//! Who sends a request: the session behind its cookie, looked up once per request and only if there is a cookie.

use super::errors::Failure;
use super::web::Web;
use app::request::{RequestFacts, session_cookie};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT, COOKIE, HeaderValue, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, Method};
use model::live::Tally;
use model::session::{ClientInfo, Session};
use model::{Actor, ApiError};
use service::auth::SESSION_LIFE;
use std::net::SocketAddr;

/// Finds out the [`RequestFacts`] and leaves them to the handlers.
pub(super) async fn attach(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let headers = request.headers();
    let arrival = web.origins.arrival(headers, request.uri());
    let mut facts = RequestFacts {
        session: None,
        insecure: arrival.insecure(),
        secure_cookies: arrival.secure_cookies(),
        sandbox: web.sandbox,
        tally: Tally::default(),
        client: ClientInfo {
            address: web.origins.client_address(headers, peer),
            user_agent: headers.get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned(),
        },
    };
    let token = cookie(headers, facts.session_cookie()).map(str::to_owned);
    if let Some(token) = &token {
        match web.app.services.auth.authenticate(token).await {
            Ok(session) => facts.session = session,
            Err(error) => return Failure(error).into_response(),
        }
    }
    let is_page = is_page_load(request.method(), headers);
    if let Some(workspace) = facts.session.as_ref().and_then(|session| session.current)
        && is_page
    {
        match web.app.context.tally(workspace).await {
            Ok(tally) => facts.tally = tally.for_pages(),
            Err(error) => tracing::warn!(%error, "a page is made without numbers of changes"),
        }
    }
    // The cookie's end slides with the session's, once per page.
    let renew = (facts.session.is_some() && is_page)
        .then(|| token.map(|token| session_cookie(&facts, &token, SESSION_LIFE.num_seconds())))
        .flatten();
    request.extensions_mut().insert(facts);
    let mut response = next.run(request).await;
    if let Some(value) = renew.and_then(|line| HeaderValue::try_from(line).ok())
        && !response.headers().contains_key(SET_COOKIE)
    {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

fn is_page_load(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::GET
        && headers
            .get(ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The session of the request, or a refusal.
pub(super) struct SignedIn(pub(super) Session);

/// The person in the workspace of the session, or a refusal.
pub(super) struct Member {
    pub(super) session: Session,
    pub(super) actor: Actor,
}

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let session = parts.extensions.get::<RequestFacts>().and_then(|facts| facts.session.clone());
        session.map(Self).ok_or(Failure(ApiError::SignedOut))
    }
}

impl<S: Sync> FromRequestParts<S> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, state).await?;
        let actor = session.actor().map_err(Failure)?;
        Ok(Self { session, actor })
    }
}
