//! The layer before every platform: it stamps the arrival, plays the faults, and keeps the log of requests.

mod endpoint;
mod lost;
mod peek;

use crate::clock::{Millis, wall};
use crate::faults::{Call, Endpoint, Fault, FaultKind};
use crate::state::{Entry, Platform};
use crate::world::World;
use crate::{bluesky, linkedin, meta, tiktok, x, youtube};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
pub(crate) use lost::DropConnection;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Requests kept in the log.
const LOG_LENGTH: usize = 50_000;

/// When the request arrived, by the machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival(pub(crate) Millis);

/// What a handler tells the log about a request: whose it was, and the post it made or met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touched {
    pub(crate) account: Option<String>,
    pub(crate) post: Option<String>,
}

/// One line of the request log.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LoggedRequest {
    pub(crate) received_at: Millis,
    pub(crate) platform: Platform,
    pub(crate) endpoint: Endpoint,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) account: Option<String>,
    /// The post made or met.
    pub(crate) post: Option<String>,
    /// The platform's answer, even if it never arrived.
    pub(crate) status: u16,
    /// The fault that was played.
    pub(crate) fault: Option<FaultKind>,
}

#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<LoggedRequest>>);

impl RequestLog {
    fn push(&self, request: LoggedRequest) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if log.len() == LOG_LENGTH {
            log.pop_front();
        }
        log.push_back(request);
    }

    /// The latest requests, newest first.
    pub(crate) fn latest(&self, limit: usize, wanted: impl Fn(&LoggedRequest) -> bool) -> Vec<LoggedRequest> {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().rev().filter(|r| wanted(r)).take(limit).cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Lets a request through to its platform, or not.
pub(crate) async fn pass(State(world): State<World>, mut request: Request, next: Next) -> Response {
    let arrival = Arrival(wall());
    request.extensions_mut().insert(arrival);
    let path = request.uri().path().to_owned();
    let Some(platform) = endpoint::platform(&path) else { return next.run(request).await };
    let (request, peeked) = peek::peek(platform, request).await;
    let endpoint = endpoint::classify(platform, request.method(), &path, &peeked);
    let method = request.method().to_string();
    let account = {
        let ledger = world.ledger();
        peeked.token.as_ref().and_then(|t| ledger.tokens.get(t)).map(|t| t.account.clone())
    };
    let call = Call { platform, endpoint, account: account.as_deref() };
    let mut log = LoggedRequest {
        received_at: arrival.0,
        platform,
        endpoint,
        method,
        path,
        account: account.clone(),
        post: None,
        status: 0,
        fault: None,
    };

    let before = world.faults.draw(call, plays_before);
    if let Some(fault) = before.first() {
        log.fault = Some(fault.kind);
    }
    for fault in &before {
        match fault.kind {
            FaultKind::Latency => tokio::time::sleep(latency(fault, 0)).await,
            FaultKind::TokenExpiry => expire(&world, peeked.token.as_deref()),
            _ => {
                let response = refusal(&world, platform, fault);
                log.status = response.status().as_u16();
                world.log.push(log);
                return response;
            }
        }
    }
    let response = next.run(request).await;
    if let Some(touched) = response.extensions().get::<Touched>() {
        log.account = touched.account.clone().or(log.account);
        log.post.clone_from(&touched.post);
    }
    log.status = response.status().as_u16();
    if !response.status().is_success() && !response.status().is_redirection() {
        world.log.push(log);
        return response;
    }
    let whose = log.account.clone();
    let after = world.faults.draw(Call { account: whose.as_deref(), ..call }, plays_after).into_iter().next();
    log.fault = after.as_ref().map(|f| f.kind).or(log.fault);
    // Logged before the answer is lost: a client that gives up drops the rest of this function.
    world.log.push(log);
    let Some(fault) = after else { return response };
    match fault.kind {
        FaultKind::Latency => {
            tokio::time::sleep(latency(&fault, 0)).await;
            response
        }
        FaultKind::Error => refusal(&world, platform, &fault),
        _ => lost::lose(&fault).await,
    }
}

fn plays_before(fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::Latency | FaultKind::Error => !fault.after_publish,
        FaultKind::RateLimit | FaultKind::TokenExpiry => true,
        FaultKind::LostAnswer | FaultKind::ContainerError | FaultKind::SlowContainer => false,
    }
}

fn plays_after(fault: &Fault) -> bool {
    match fault.kind {
        FaultKind::Latency | FaultKind::Error => fault.after_publish,
        FaultKind::LostAnswer => true,
        _ => false,
    }
}

fn latency(fault: &Fault, default: u64) -> Duration {
    Duration::from_millis(fault.latency_ms.unwrap_or(default))
}

fn expire(world: &World, token: Option<&str>) {
    let now = world.now();
    let mut ledger = world.ledger();
    if let Some(mut token) = token.and_then(|t| ledger.tokens.get(t)).cloned() {
        token.expires_at = Some(now);
        ledger.record(Entry::Token(Box::new(token)));
    }
}

fn refusal(world: &World, platform: Platform, fault: &Fault) -> Response {
    let now = world.now();
    let until = now + fault.retry_after_s.unwrap_or(900) * 1_000;
    let limited = fault.kind == FaultKind::RateLimit;
    let status = fault.status.unwrap_or(500);
    match platform {
        Platform::X if limited => x::error::rate_limited(until),
        Platform::X => x::error::played(status),
        Platform::Facebook | Platform::Instagram if limited => {
            meta::error::throttled(platform, fault.code, until - now)
        }
        Platform::Facebook | Platform::Instagram => meta::error::played(status, fault.code, fault.subcode),
        Platform::Linkedin if limited => linkedin::error::rate_limited(),
        Platform::Linkedin => linkedin::error::played(status),
        Platform::Bluesky if limited => bluesky::error::rate_limited(until),
        Platform::Bluesky => bluesky::error::played(status),
        Platform::Tiktok if limited => tiktok::error::rate_limited(),
        Platform::Tiktok => tiktok::error::played(status),
        Platform::Youtube if limited => youtube::error::rate_limited(),
        Platform::Youtube => youtube::error::played(status),
    }
}
