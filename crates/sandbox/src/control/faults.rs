//! Faults, rate limits, the clock, a fresh start.

use super::{ControlError, platform, read};
use crate::clock::wall;
use crate::faults::{Active, Fault};
use crate::state::Entry;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, Request, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) async fn list(State(world): State<World>) -> Json<Vec<Active>> {
    Json(world.faults.list())
}

pub(super) async fn add(
    State(world): State<World>,
    request: Request,
) -> Result<(StatusCode, Json<Active>), ControlError> {
    let fault: Fault = read(request).await?;
    if fault.platform != "*" {
        platform(&fault.platform)?;
    }
    if fault.probability.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
        return Err(ControlError::Unreadable("probability must be between 0 and 1".to_owned()));
    }
    if fault.status.is_some_and(|s| !(400..=599).contains(&s)) {
        return Err(ControlError::Unreadable("status must be between 400 and 599".to_owned()));
    }
    Ok((StatusCode::CREATED, Json(world.faults.add(fault))))
}

pub(super) async fn clear(State(world): State<World>) -> Json<Value> {
    Json(json!({"cleared": world.faults.clear(None)}))
}

pub(super) async fn clear_one(State(world): State<World>, Path(id): Path<u64>) -> Json<Value> {
    Json(json!({"cleared": world.faults.clear(Some(id))}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsBody {
    enforce: bool,
}

/// Whether calls over a rate limit are refused.
pub(super) async fn limits(
    State(world): State<World>,
    request: Request,
) -> Result<Json<Value>, ControlError> {
    let body: LimitsBody = read(request).await?;
    world.limits.lift(!body.enforce);
    Ok(Json(json!({"enforce": body.enforce})))
}

pub(super) async fn clock(State(world): State<World>) -> Json<Value> {
    Json(json!({"now": world.now(), "offset_ms": world.now() - wall()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockBody {
    advance_seconds: i64,
}

/// Moves the simulated time forward.
pub(super) async fn move_clock(
    State(world): State<World>,
    request: Request,
) -> Result<Json<Value>, ControlError> {
    let body: ClockBody = read(request).await?;
    if body.advance_seconds < 0 {
        return Err(ControlError::Unreadable("time only goes forward".to_owned()));
    }
    let mut ledger = world.ledger();
    let offset = ledger.clock_offset + body.advance_seconds * 1_000;
    ledger.record(Entry::ClockMoved(offset));
    world.clock.set_offset(offset);
    Ok(Json(json!({"now": world.now(), "offset_ms": offset})))
}

/// Back to the first personas and apps: posts, tokens, faults, counters, log and clock are as new.
pub(super) async fn reset(State(world): State<World>) -> Json<Value> {
    world.ledger().record(Entry::Reset);
    world.clock.set_offset(0);
    world.faults.clear(None);
    world.limits.clear();
    world.limits.lift(false);
    world.log.clear();
    Json(json!({"reset": true}))
}
