//! The simulated platforms, in this process, and what they saw.

use crate::Result;
use model::Platform;
use sandbox::{Sandbox, SandboxConfig};
use seeding::sandbox_control::{Control, Published};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use url::Url;

/// Where the posts of the benches go.
pub(crate) const NETWORKS: [Platform; 3] = [Platform::X, Platform::Facebook, Platform::LinkedIn];

pub(crate) struct Platforms {
    sandbox: Sandbox,
    pub(crate) control: Control,
}

/// A fault in force, to ask how often it was played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault(u64);

impl Platforms {
    /// Without rate limits, which would measure the platforms' rules instead of us.
    pub(crate) async fn start() -> Result<Self> {
        let sandbox = Sandbox::start(SandboxConfig::in_memory()).await?;
        let control = Control::new(&sandbox.url());
        control.post("control/limits", &json!({"enforce": false})).await?;
        Ok(Self { sandbox, control })
    }

    pub(crate) fn url(&self) -> Url {
        self.sandbox.url()
    }

    /// Every commit takes this much longer, before it is done or after.
    pub(crate) async fn slow_commits(&self, latency: Duration, after_publish: bool) -> Result<Fault> {
        let latency = u64::try_from(latency.as_millis())?;
        let wanted = json!({"kind": "latency", "endpoint": "commit", "latency_ms": latency, "after_publish": after_publish});
        let made = self.control.fault(wanted).await?;
        Ok(Fault(made["id"].as_u64().ok_or("the sandbox named no fault")?))
    }

    /// Every read takes this much longer.
    pub(crate) async fn slow_reads(&self, latency: Duration) -> Result<()> {
        let latency = u64::try_from(latency.as_millis())?;
        self.control.fault(json!({"kind": "latency", "endpoint": "read", "latency_ms": latency})).await?;
        Ok(())
    }

    /// How often a fault was played; cheap enough to ask while measuring.
    pub(crate) async fn played(&self, fault: Fault) -> Result<u64> {
        let faults: Vec<Value> = self.control.get("control/faults").await?;
        let found = faults.iter().find(|one| one["id"] == fault.0);
        Ok(found.and_then(|one| one["played"].as_u64()).ok_or("the fault is gone")?)
    }

    pub(crate) async fn wait_played(&self, fault: Fault, times: u64, within: Duration) -> Result<()> {
        let end = Instant::now() + within;
        loop {
            let played = self.played(fault).await?;
            if played >= times {
                return Ok(());
            }
            if Instant::now() > end {
                return Err(
                    format!("only {played} of {times} posts arrived within {} s", within.as_secs()).into()
                );
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) async fn arrivals(&self) -> Result<Arrivals> {
        Ok(Arrivals::new(self.control.posts().await?))
    }

    /// What arrived, once each of `texts` is there.
    pub(crate) async fn wait_for<T: AsRef<str>>(&self, texts: &[T], within: Duration) -> Result<Arrivals> {
        let end = Instant::now() + within;
        loop {
            let arrivals = self.arrivals().await?;
            let missing = texts.iter().filter(|text| arrivals.times(text.as_ref()).is_empty()).count();
            if missing == 0 {
                return Ok(arrivals);
            }
            if Instant::now() > end {
                return Err(format!(
                    "{missing} of {} posts did not arrive within {} s",
                    texts.len(),
                    within.as_secs()
                )
                .into());
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
}

/// When each post's committing requests arrived, in ms since 1970, by its text.
pub(crate) struct Arrivals(HashMap<String, Vec<i64>>);

impl Arrivals {
    fn new(posts: Vec<Published>) -> Self {
        let mut times: HashMap<String, Vec<i64>> = HashMap::new();
        for post in posts {
            times.entry(post.text).or_default().push(post.received_at);
        }
        Self(times)
    }

    pub(crate) fn times(&self, text: &str) -> &[i64] {
        self.0.get(text).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many of `texts` are not there exactly once.
    pub(crate) fn not_once<T: AsRef<str>>(&self, texts: &[T]) -> usize {
        texts.iter().filter(|text| self.times(text.as_ref()).len() != 1).count()
    }

    /// The last arrival among `texts`.
    pub(crate) fn last<T: AsRef<str>>(&self, texts: &[T]) -> Option<i64> {
        texts.iter().flat_map(|text| self.times(text.as_ref())).copied().max()
    }

    /// The first arrival at or after `since`.
    pub(crate) fn first_since(&self, since: i64) -> Option<i64> {
        self.0.values().flatten().copied().filter(|at| *at >= since).min()
    }
}
