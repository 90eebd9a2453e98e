//! Faults on demand: what to play, where, how often. All of them have been seen at the real platforms.

use crate::state::Platform;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// What kind of call a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Endpoint {
    /// The call that makes a post public.
    Commit,
    /// Uploads, containers, unpublished photos.
    Prepare,
    /// Code exchange, refresh, sign-in.
    Token,
    /// Everything else.
    Read,
    /// In a fault: every kind.
    Any,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// The call succeeds and its answer never arrives; see [`LostMode`].
    LostAnswer,
    /// The call takes `latency_ms` longer, before it is done or, with `after_publish`, after.
    Latency,
    /// The platform's own rate-limit refusal, nothing done.
    RateLimit,
    /// `status` (500 when absent) in the platform's error shape, nothing done unless `after_publish`.
    Error,
    /// The access token of the call expires as the call arrives.
    TokenExpiry,
    /// Instagram: the container ends in `ERROR` with `code` and `subcode`.
    ContainerError,
    /// Instagram: the container stays `IN_PROGRESS` for `latency_ms`.
    SlowContainer,
}

/// How an answer gets lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LostMode {
    /// The connection is reset without a byte.
    #[default]
    Reset,
    /// No answer until the client gives up (at most `latency_ms`, 120,000 when absent), then a reset.
    Hang,
    /// `status` (502 when absent) from a proxy in between, as HTML.
    Gateway,
}

/// A fault as the control endpoint takes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// A platform's key or `*`.
    #[serde(default = "any_platform")]
    pub(crate) platform: String,
    pub(crate) kind: FaultKind,
    #[serde(default = "any_endpoint")]
    pub(crate) endpoint: Endpoint,
    /// Chance of each matching call, 0 to 1; 1 when absent.
    pub(crate) probability: Option<f64>,
    /// Play it at most so often.
    pub(crate) count: Option<u32>,
    /// Let so many matching calls pass first.
    #[serde(default)]
    pub(crate) skip: u32,
    /// Only calls of this account's identifier.
    pub(crate) account: Option<String>,
    pub(crate) latency_ms: Option<u64>,
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) after_publish: bool,
    #[serde(default)]
    pub(crate) mode: LostMode,
    /// Meta's error code and subcode.
    pub(crate) code: Option<i64>,
    pub(crate) subcode: Option<i64>,
    /// Seconds a rate limit lasts; 900 when absent.
    pub(crate) retry_after_s: Option<i64>,
    /// Start of this fault's own draws.
    pub(crate) seed: Option<u64>,
}

fn any_platform() -> String {
    "*".to_owned()
}

fn any_endpoint() -> Endpoint {
    Endpoint::Any
}

/// A fault in force and how often it was played.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Active {
    pub(crate) id: u64,
    pub(crate) played: u32,
    #[serde(skip)]
    draws: u64,
    #[serde(skip)]
    seen: u32,
    #[serde(flatten)]
    pub(crate) fault: Fault,
}

/// A call that a fault may hit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) platform: Platform,
    pub(crate) endpoint: Endpoint,
    pub(crate) account: Option<&'a str>,
}

#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    active: Mutex<(u64, Vec<Active>)>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, active: Mutex::default() }
    }

    pub(crate) fn add(&self, fault: Fault) -> Active {
        let mut active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        active.0 += 1;
        let id = active.0;
        let draws = fault.seed.unwrap_or(self.seed ^ id);
        let added = Active { id, played: 0, draws, seen: 0, fault };
        active.1.push(added.clone());
        added
    }

    pub(crate) fn list(&self) -> Vec<Active> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Ends one fault, or all; gives how many ended.
    pub(crate) fn clear(&self, id: Option<u64>) -> usize {
        let mut active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        let before = active.1.len();
        active.1.retain(|a| id.is_some_and(|id| a.id != id));
        before - active.1.len()
    }

    /// The faults that hit this call, among those `wanted`; counts them as played.
    pub(crate) fn draw(&self, call: Call<'_>, wanted: impl Fn(&Fault) -> bool) -> Vec<Fault> {
        let mut active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        active.1.iter_mut().filter(|a| wanted(&a.fault)).filter_map(|a| a.hit(call)).collect()
    }
}

impl Active {
    fn hit(&mut self, call: Call<'_>) -> Option<Fault> {
        let fault = &self.fault;
        let here = (fault.platform == "*" || fault.platform == call.platform.key())
            && (fault.endpoint == Endpoint::Any || fault.endpoint == call.endpoint)
            && fault.account.as_deref().is_none_or(|wanted| call.account == Some(wanted));
        if !here || fault.count.is_some_and(|count| self.played >= count) {
            return None;
        }
        self.seen += 1;
        if self.seen <= fault.skip || !chance(&mut self.draws, fault.probability.unwrap_or(1.0)) {
            return None;
        }
        self.played += 1;
        Some(fault.clone())
    }
}

/// SplitMix64, <https://prng.di.unimi.it/splitmix64.c>: 53 bits against the probability.
fn chance(state: &mut u64, probability: f64) -> bool {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    let high = u32::try_from(z >> 32).unwrap_or(u32::MAX);
    f64::from(high) / 4_294_967_296.0 < probability
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_ten_is_about_one_in_ten_and_repeats() {
        let count = |seed: u64| {
            let mut state = seed;
            (0..1_000).filter(|_| chance(&mut state, 0.1)).count()
        };
        assert!((60..=140).contains(&count(3)));
        assert_eq!(count(3), count(3));
    }
}
