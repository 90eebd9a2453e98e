//! What every use case works with.

use crate::keys::Keys;
use crate::live::Live;
use crate::media::MediaStore;
use model::services::Services;
use model::timing::Timing;
use platforms::registry::Registry;
use std::sync::Arc;
use storage::Db;
use tokio::sync::Notify;
use url::Url;

/// Shared by all services of a process; cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub keys: Arc<Keys>,
    pub registry: Registry,
    pub media: MediaStore,
    pub timing: Arc<Timing>,
    /// Where people reach this server; the base of links and of OAuth callbacks.
    pub base_url: Url,
    pub wake: Wake,
    /// Those who listen to changes in this process.
    pub live: Live,
}

/// Tells the worker's timer, after a commit, that something may be due sooner than it thought. A hint: the sweeper finds
/// what a lost hint would have told.
#[derive(Clone, Debug, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

/// The services of a process.
pub fn services(context: &Context) -> Services {
    Services {
        auth: Arc::new(crate::auth::Auth::new(context.clone())),
        team: Arc::new(crate::team::Team::new(context.clone())),
        accounts: Arc::new(crate::accounts::Accounts::new(context.clone())),
        posts: Arc::new(crate::posts::Posts::new(context.clone())),
        calendar: Arc::new(crate::calendar::Calendar::new(context.clone())),
        media: Arc::new(crate::media::MediaLibrary::new(context.clone())),
        statistics: Arc::new(crate::statistics::Statistics::new(context.clone())),
        operations: Arc::new(crate::operations::Operator::new(context.clone())),
    }
}
