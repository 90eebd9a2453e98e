//! Writing a plan into an empty database.
//!
//! Everything is invisible until one small transaction at the end: see [`storage::demo`]. So a load that is killed leaves a
//! database in which nobody is there, and the next one sweeps it and begins anew. The sandbox names a past post by its
//! account, key and time, and a new load lets each account begin without posts: nothing is there twice.

mod accounts;
mod history;
mod numbers;
mod posts;
mod syncs;
mod team;

use crate::Plan;
use crate::sandbox_accounts::{ConnectError, Connected};
use crate::sandbox_control::{Control, ControlError};
use model::{ApiError, MediaId};
use service::Context;
use service::secrets::{NoRandomness, PasswordError};
use service::zones::ZoneError;
use storage::StorageError;
use url::Url;

/// Posts written in one transaction; some ten milliseconds.
const BATCH: usize = 100;

/// The demo's data can't be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Only an empty database is filled.
    #[error("somebody has set Fanfare up in this database already")]
    NotEmpty,
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Sandbox(#[from] ControlError),
    #[error("an account: {0}")]
    Account(#[from] ConnectError),
    #[error(transparent)]
    Zone(#[from] ZoneError),
    #[error("a picture: {0}")]
    Picture(ApiError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error("the thread that was at it ended")]
    Thread,
    /// The sandbox left out an account or a post.
    #[error("the simulated platforms didn’t answer for all that they were given")]
    Short,
}

/// What a plan's workspace has become.
#[derive(Debug)]
struct Place {
    /// As in the plan.
    accounts: Vec<Connected>,
    pictures: Vec<MediaId>,
}

/// How much there is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    pub posts: usize,
    pub targets: usize,
}

/// Loads a plan step by step.
pub struct Loader<'p> {
    context: Context,
    control: Control,
    plan: &'p Plan,
    places: Vec<Place>,
    digests: history::Digests,
    numbers: numbers::Numbers<'p>,
    /// Posts that are written.
    done: usize,
    targets: usize,
}

/// Loads the whole plan; people see all of it or nothing.
///
/// # Errors
/// When somebody is there already, or the database or the sandbox fails.
pub async fn load(context: &Context, sandbox: &Url, plan: &Plan) -> Result<Loaded, LoadError> {
    let mut loader = Loader::begin(context, sandbox, plan).await?;
    // Each takes some hundredths of a second of a core, which the database leaves free.
    let hashes = team::hash_passwords(plan);
    let batches = async {
        while loader.next_batch().await? {}
        Ok(())
    };
    let ((), hashes) = tokio::try_join!(batches, hashes)?;
    loader.finish(&hashes).await
}

impl<'p> Loader<'p> {
    /// Makes room, and everything that posts refer to.
    ///
    /// # Errors
    /// As [`load`].
    pub async fn begin(context: &Context, sandbox: &Url, plan: &'p Plan) -> Result<Self, LoadError> {
        if storage::persons::any(&mut context.db.read().await?).await? {
            return Err(LoadError::NotEmpty);
        }
        team::sweep(context).await?;
        team::insert(context, plan).await?;
        let control = Control::new(sandbox);
        let (accounts, pictures, digests) = tokio::try_join!(
            accounts::connect_all(context, &control, plan),
            team::hang_pictures(context, plan),
            history::give_pictures(&control, plan),
        )?;
        let places = accounts.into_iter().zip(pictures);
        let places = places.map(|(accounts, pictures)| Place { accounts, pictures }).collect();
        let numbers = numbers::Numbers::of(plan, crate::SEED)?;
        Ok(Self { context: context.clone(), control, plan, places, digests, numbers, done: 0, targets: 0 })
    }

    /// Writes some more posts; `false` when all are written.
    ///
    /// # Errors
    /// When the database or the sandbox fails.
    pub async fn next_batch(&mut self) -> Result<bool, LoadError> {
        let rest = &self.plan.posts[self.done..];
        let batch = &rest[..rest.len().min(BATCH)];
        if batch.is_empty() {
            return Ok(false);
        }
        let out = history::tell(&self.control, &self.places, &self.digests, self.plan, batch).await?;
        self.targets += posts::write(&self.context, &self.places, self.plan, batch, &out).await?;
        self.numbers.write(&self.context, &self.control, &self.places, batch, &out).await?;
        self.done += batch.len();
        Ok(true)
    }

    /// Lets people in, by the hashes of their passwords.
    async fn finish(mut self, hashes: &[String]) -> Result<Loaded, LoadError> {
        for videos in self.plan.videos.chunks(BATCH) {
            let out = history::tell_videos(&self.control, &self.places, self.plan, videos).await?;
            self.numbers.write_videos(&self.context, &self.control, &self.places, videos, &out).await?;
        }
        self.numbers.finish(&self.context, &self.control, &self.places).await?;
        team::appear(&self.context, self.plan, hashes).await?;
        self.context.wake.ring();
        Ok(Loaded { posts: self.done, targets: self.targets })
    }
}
