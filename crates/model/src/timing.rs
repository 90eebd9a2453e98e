//! Every wait of publishing, and some others, in one value, which tests shorten.

use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// Between two rounds of the sweeper.
    pub sweep: Duration,
    /// After how long a due target whose job was lost is enqueued again.
    pub requeue: Duration,
    /// How long a claim holds without being renewed.
    pub lease: Duration,
    /// How long may be read at a platform for a target before it is claimed, which no lease covers. The rest is read under the claim.
    pub unclaimed: Duration,
    /// Time-out of one request to a platform.
    pub request: Duration,
    /// The lease must outlast a commit request's time-out by this much.
    pub lease_margin: Duration,
    /// After a lost answer: how long a platform may take until its lists show the post.
    pub settle_window: Duration,
    /// Between two looks at a platform for one target.
    pub settle_every: Duration,
    /// Looks without an answer before a person is asked.
    pub settle_give_up: Duration,
    /// First wait after a passing fault; doubles up to `backoff_max`.
    pub backoff: Duration,
    pub backoff_max: Duration,
    /// After the due time, how long passing faults are tried again.
    pub give_up: Duration,
    /// Between two looks at media that a platform still processes.
    pub processing_poll: Duration,
    /// A token is refreshed when it ends within this.
    pub refresh_ahead: Duration,
    /// How long one refresh may hold a grant.
    pub refresh_lease: Duration,
    /// Between two heartbeats of a worker.
    pub heartbeat: Duration,
    /// A worker without a heartbeat for this long is gone.
    pub heartbeat_stale: Duration,
    /// Between two looks whether somebody who hears of changes still may.
    pub listener_check: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            sweep: Duration::from_secs(2),
            requeue: Duration::from_secs(10),
            lease: Duration::from_secs(90),
            unclaimed: Duration::from_secs(2),
            request: Duration::from_secs(30),
            lease_margin: Duration::from_secs(10),
            settle_window: Duration::from_secs(20),
            settle_every: Duration::from_secs(15),
            settle_give_up: Duration::from_secs(30 * 60),
            backoff: Duration::from_secs(10),
            backoff_max: Duration::from_secs(15 * 60),
            give_up: Duration::from_secs(60 * 60),
            processing_poll: Duration::from_secs(5),
            refresh_ahead: Duration::from_secs(10 * 60),
            refresh_lease: Duration::from_secs(60),
            heartbeat: Duration::from_secs(5),
            heartbeat_stale: Duration::from_secs(30),
            listener_check: Duration::from_secs(60),
        }
    }
}

impl Timing {
    /// Every wait divided by `factor` (at least a millisecond remains), for tests.
    pub fn divided(&self, factor: u32) -> Self {
        let d = |wait: Duration| (wait / factor.max(1)).max(Duration::from_millis(1));
        Self {
            sweep: d(self.sweep),
            requeue: d(self.requeue),
            lease: d(self.lease),
            unclaimed: d(self.unclaimed),
            request: d(self.request),
            lease_margin: d(self.lease_margin),
            settle_window: d(self.settle_window),
            settle_every: d(self.settle_every),
            settle_give_up: d(self.settle_give_up),
            backoff: d(self.backoff),
            backoff_max: d(self.backoff_max),
            give_up: d(self.give_up),
            processing_poll: d(self.processing_poll),
            refresh_ahead: d(self.refresh_ahead),
            refresh_lease: d(self.refresh_lease),
            heartbeat: d(self.heartbeat),
            heartbeat_stale: d(self.heartbeat_stale),
            listener_check: d(self.listener_check),
        }
    }
}
