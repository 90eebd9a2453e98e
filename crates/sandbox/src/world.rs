//! Everything a request handler can reach, and the only way to change it.

use crate::blobs::{Blobs, inspect};
use crate::clock::{Clock, Millis};
use crate::config::SandboxConfig;
use crate::error::SandboxError;
use crate::faults::Faults;
use crate::fetch::Fetcher;
use crate::gate::RequestLog;
use crate::ids::Ids;
use crate::journal::Journal;
use crate::limits::Limits;
use crate::state::{Entry, Media, Platform, State};
use crate::statistics::Figures;
use bytes::Bytes;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use url::Url;

/// The sandbox as handlers share it.
#[derive(Clone, Debug)]
pub(crate) struct World(Arc<Shared>);

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) url: Url,
    pub(crate) clock: Clock,
    pub(crate) blobs: Blobs,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) log: RequestLog,
    pub(crate) fetcher: Fetcher,
    seed: u64,
    ledger: Mutex<Ledger>,
}

/// The state with its journal and its source of identifiers, behind one short lock.
#[derive(Debug)]
pub(crate) struct Ledger {
    state: State,
    pub(crate) ids: Ids,
    journal: Option<Journal>,
}

impl Ledger {
    /// Writes one change to the journal and makes it.
    pub(crate) fn record(&mut self, entry: Entry) {
        if let Some(journal) = &mut self.journal
            && let Err(error) = journal.append(self.ids.counter(), &entry)
        {
            tracing::error!(error = %error, "sandbox.journal.write_failed");
        }
        self.state.apply(entry);
    }
}

impl Deref for Ledger {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Deref for World {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl World {
    pub(crate) fn open(config: &SandboxConfig, url: Url) -> Result<Self, SandboxError> {
        let mut state = State::seeded();
        let mut ids = Ids::new(config.seed);
        let mut journal = None;
        if let Some(dir) = &config.state_dir {
            let (opened, counter) = Journal::open(dir, &mut state)?;
            ids.advance_to(counter);
            journal = Some(opened);
        }
        let blobs = Blobs::open(config.state_dir.as_ref()).map_err(|source| SandboxError::StateDir {
            path: config.state_dir.clone().unwrap_or_default(),
            source,
        })?;
        let clock = Clock::default();
        clock.set_offset(state.clock_offset);
        Ok(Self(Arc::new(Shared {
            url,
            clock,
            blobs,
            faults: Faults::new(config.seed),
            limits: Limits::default(),
            log: RequestLog::default(),
            fetcher: Fetcher::new()?,
            seed: config.seed,
            ledger: Mutex::new(Ledger { state, ids, journal }),
        })))
    }

    /// The state, locked; never held over an await.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// How accounts and posts do now.
    pub(crate) fn figures<'s>(&self, state: &'s State) -> Figures<'s> {
        Figures::new(state, self.seed, self.now())
    }

    /// An address of this server: `path` begins with `/`.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url.as_str().trim_end_matches('/'))
    }

    /// Keeps uploaded bytes and describes them; the caller records the medium under an id of its own.
    pub(crate) async fn take_in(
        &self,
        platform: Platform,
        account: &str,
        bytes: Bytes,
        declared: Option<&str>,
    ) -> std::io::Result<Media> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (mime, dims) = inspect(&bytes);
        let sha256 = self.blobs.put(bytes).await?;
        Ok(Media {
            id: String::new(),
            platform,
            account: account.to_owned(),
            sha256,
            mime: mime.or(declared).unwrap_or("application/octet-stream").to_owned(),
            bytes: size,
            width: dims.map(|d| d.0),
            height: dims.map(|d| d.1),
            alt: None,
            created_at: self.now(),
            expires_at: None,
        })
    }
}
