//! From the configuration to running parts: database, keys, platforms, services.

use crate::config::{Config, ConfigError};
use crate::telemetry::{self, TelemetryError};
use metrics_exporter_prometheus::PrometheusHandle;
use model::clock::{SharedClock, SystemClock};
use model::services::Services;
use model::timing::Timing;
use platforms::http::{BadAllowEntry, Http, HttpSetupError};
use platforms::registry::Registry;
use service::keys::{KeyCheckError, Keys, MasterKey, MasterKeyError, SealError};
use service::live::Live;
use service::media::{MediaStore, StoreError};
use service::{Context, Wake};
use std::path::PathBuf;
use std::sync::Arc;
use storage::{ConnectOptions, Db, StorageError, keycheck};

/// The server can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("the database at `database.url`: {0}")]
    Database(#[from] StorageError),
    #[error(
        "with PostgreSQL a master key is needed: set `secrets.master_key` (32 bytes, such as `openssl rand -hex 32` gives) or \
         `secrets.master_key_file`. Keep it: without it the connected accounts can't be used"
    )]
    NoMasterKey,
    #[error(
        "the master key's file {} is gone, and this database was made with it: put the copy you kept back there, or set \
         `secrets.master_key`. Without the key the connected accounts can't be used", path.display()
    )]
    KeyLost { path: PathBuf },
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    #[error(transparent)]
    Keys(#[from] SealError),
    #[error(transparent)]
    KeyCheck(#[from] KeyCheckError),
    #[error("the setting `outbound.allow`: {0}")]
    Outbound(#[from] BadAllowEntry),
    #[error(transparent)]
    Http(#[from] HttpSetupError),
    #[error(transparent)]
    Media(#[from] StoreError),
    #[error("the data folder {}: {source}", path.display())]
    DataDir { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
}

/// Everything a process works with.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub context: Context,
    pub services: Services,
    /// The clock behind the context's, which is kept with the database's; none in tests with a clock of their own.
    pub system_clock: Option<Arc<SystemClock>>,
    pub metrics: PrometheusHandle,
    /// How to sign in to the demo; `None` outside it.
    pub demo: Option<app::state::DemoAccess>,
}

impl App {
    /// Connects, migrates, checks the key and puts the services together.
    ///
    /// # Errors
    /// Each says which setting to look at.
    pub async fn open(config: Config) -> Result<Self, StartError> {
        let clock = Arc::new(SystemClock::default());
        Self::open_at(config, clock.clone(), Some(clock)).await
    }

    /// As [`App::open`], under a clock of the caller's.
    ///
    /// # Errors
    /// Each says which setting to look at.
    pub async fn open_at(
        config: Config,
        clock: SharedClock,
        system_clock: Option<Arc<SystemClock>>,
    ) -> Result<Self, StartError> {
        let metrics = telemetry::metrics()?;
        std::fs::create_dir_all(&config.data.dir)
            .map_err(|source| StartError::DataDir { path: config.data.dir.clone(), source })?;
        let db = connect(&config, clock.clone()).await?;
        db.migrate().await?;
        if let Some(clock) = &system_clock {
            worker::set_clock(&db, clock).await?;
        }
        // Before a new key is made, which would be the wrong one and hide that the right one is missing.
        let lost = makes_own_key(&config).filter(|path| !path.exists());
        if let Some(path) = lost
            && keycheck::get(&mut db.read().await?).await?.is_some()
        {
            return Err(StartError::KeyLost { path });
        }
        let keys = Keys::new(&master_key(&config)?)?;
        keys.check(&db).await?;
        let timing = Timing::default().divided(config.publishing.timing_divisor);
        let policy = Registry::policy(&config.platforms, &config.outbound.allow)?;
        let http = Http::new(policy, &timing)?;
        let context = Context {
            db,
            keys: Arc::new(keys),
            registry: Registry::new(config.platforms.clone(), http, clock),
            media: media_store(&config)?,
            timing: Arc::new(timing),
            base_url: config.base_url()?,
            wake: Wake::default(),
            live: Live::default(),
        };
        let services = service::services(&context);
        Ok(Self { config: Arc::new(config), context, services, system_clock, metrics, demo: None })
    }
}

/// The database of the configuration, not migrated.
///
/// # Errors
/// When it can't be reached.
pub async fn connect(config: &Config, clock: SharedClock) -> Result<Db, StorageError> {
    let options =
        ConnectOptions { url: config.database_url(), max_connections: config.database.max_connections };
    Db::connect(&options, clock).await
}

/// The configured bucket, or else a folder, which is made if it isn't there.
///
/// # Errors
/// When the settings can't be used, or the folder can't be made.
pub fn media_store(config: &Config) -> Result<MediaStore, StartError> {
    Ok(match config.media_bucket()? {
        Some(settings) => MediaStore::s3(&settings)?,
        None => MediaStore::local(&config.media_dir())?,
    })
}

/// The file of the key that the first start makes; none where the key is configured or has to be.
pub fn makes_own_key(config: &Config) -> Option<PathBuf> {
    let secrets = &config.secrets;
    let configured = !secrets.master_key.is_empty() || !secrets.master_key_file.as_os_str().is_empty();
    (!configured && config.uses_sqlite()).then(|| config.data.dir.join("master.key"))
}

/// The configured key. With SQLite the first start makes one in the data folder; PostgreSQL is shared by several
/// machines, so there it must be given.
pub fn master_key(config: &Config) -> Result<MasterKey, StartError> {
    let secrets = &config.secrets;
    if !secrets.master_key.is_empty() {
        Ok(MasterKey::parse(secrets.master_key.expose())?)
    } else if !secrets.master_key_file.as_os_str().is_empty() {
        Ok(MasterKey::load(&secrets.master_key_file)?)
    } else {
        let path = makes_own_key(config).ok_or(StartError::NoMasterKey)?;
        Ok(MasterKey::load_or_create(&path)?)
    }
}
