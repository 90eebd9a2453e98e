//! One installation: a folder, a database, and the settings that the program is started with.

use crate::Result;
use crate::engine::{Database, Engine};
use crate::process::Fanfare;
use crate::simulated::Platforms;
use model::clock::{SharedClock, SystemClock};
use model::timing::Timing;
use platforms::settings::PlatformSettings;
use serde_json::Value;
use service::Context;
use std::sync::Arc;
use storage::{ConnectOptions, Db};
use tempfile::TempDir;
use url::Url;

/// The key that `seeding` seals tokens with.
const MASTER_KEY: [u8; 32] = [7; 32];

pub(crate) struct Installation {
    pub(crate) folder: TempDir,
    pub(crate) database: Database,
    /// None: the program keeps to its defaults, the real hosts, and calls nobody.
    sandbox: Option<Url>,
}

impl Installation {
    pub(crate) async fn new(engine: Engine, platforms: Option<&Platforms>) -> Result<Self> {
        let folder = testing::temp_dir()?;
        let database = engine.database(folder.path()).await?;
        Ok(Self { folder, database, sandbox: platforms.map(Platforms::url) })
    }

    /// Opens the database from this process, to fill it. Close it before measuring: its connections look like the program's.
    pub(crate) async fn open(&self) -> Result<Context> {
        let clock: SharedClock = Arc::new(SystemClock::default());
        let options = ConnectOptions { url: self.database.url.clone(), max_connections: 4 };
        let db = Db::connect(&options, clock).await?;
        db.migrate().await?;
        let media = self.folder.path().join("media");
        std::fs::create_dir_all(&media)?;
        let here = Url::parse("http://127.0.0.1:3000")?;
        seeding::context(db, self.sandbox.as_ref().unwrap_or(&here), &media, here.clone(), Timing::default())
    }

    /// Starts the program on a free port and waits until it answers.
    pub(crate) async fn start(&self) -> Result<Fanfare> {
        let fanfare = self.spawn()?;
        fanfare.until_ok("healthz").await?;
        Ok(fanfare)
    }

    /// Starts the program on a free port.
    pub(crate) fn spawn(&self) -> Result<Fanfare> {
        let listen = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut settings = vec![
            ("FANFARE_SERVER__LISTEN".to_owned(), listen.to_string()),
            ("FANFARE_DATA__DIR".to_owned(), self.folder.path().display().to_string()),
            ("FANFARE_DATABASE__URL".to_owned(), self.database.url.clone()),
            ("FANFARE_SECRETS__MASTER_KEY".to_owned(), MASTER_KEY.map(|byte| format!("{byte:02x}")).concat()),
        ];
        if let Some(sandbox) = &self.sandbox {
            settings.extend(variables(&PlatformSettings::sandbox(sandbox))?);
        }
        Fanfare::spawn(listen, settings, &self.folder.path().join("fanfare.log"))
    }
}

/// `FANFARE_PLATFORMS__X__API_BASE` and so on.
fn variables(settings: &PlatformSettings) -> Result<Vec<(String, String)>> {
    let Value::Object(platforms) = serde_json::to_value(settings)? else {
        return Err("settings are a table".into());
    };
    let mut variables = Vec::new();
    for (platform, keys) in &platforms {
        for (key, value) in keys.as_object().into_iter().flatten() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            variables.push((format!("FANFARE_PLATFORMS__{platform}__{key}").to_uppercase(), text));
        }
    }
    Ok(variables)
}
