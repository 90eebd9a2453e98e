//! `fanfare doctor`: looks at everything a start needs, and says what to do about what is wrong.

use super::say::say;
use crate::config::Config;
use crate::startup::{StartError, connect, makes_own_key, master_key};
use anyhow::Result;
use model::Platform;
use model::clock::{Clock as _, SystemClock};
use service::keys::Keys;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use storage::{Db, StorageError, dialect, keycheck, sweep, workers};

/// Counts what would keep posts from going out.
#[derive(Default)]
struct Report {
    failures: usize,
}

impl Report {
    fn good(&self, what: &str) -> std::io::Result<()> {
        say(&format!("ok    {what}"))
    }

    fn note(&self, what: &str) -> std::io::Result<()> {
        say(&format!("note  {what}"))
    }

    fn bad(&mut self, what: &str) -> std::io::Result<()> {
        self.failures += 1;
        say(&format!("FAIL  {what}"))
    }
}

pub(super) async fn run(config: Config) -> Result<ExitCode> {
    let mut report = Report::default();
    addresses(&config, &mut report)?;
    for (what, folder) in [("data", config.data.dir.clone()), ("media", config.media_dir())] {
        match writable(&folder) {
            Ok(()) => report.good(&format!("the {what} folder {} can be written to", folder.display()))?,
            Err(error) => report.bad(&format!("the {what} folder {}: {error}", folder.display()))?,
        }
    }
    match connect(&config, Arc::new(SystemClock::default())).await {
        Ok(db) => {
            report.good("the database answers")?;
            if let Err(error) = database(&config, &db, &mut report).await? {
                report.bad(&format!("the database: {error}"))?;
            }
            db.close().await;
        }
        Err(error) => report.bad(&format!("the database (setting `database.url`): {error}"))?,
    }
    platforms(&config, &report)?;
    if report.failures == 0 {
        say("Nothing is wrong.")?;
        Ok(ExitCode::SUCCESS)
    } else {
        say(&format!("{} to put right.", report.failures))?;
        Ok(ExitCode::FAILURE)
    }
}

fn addresses(config: &Config, report: &mut Report) -> Result<()> {
    match config.base_url() {
        Ok(url) if url.scheme() == "https" => report.good(&format!("people come by {url}"))?,
        Ok(url) => report.note(&format!(
            "people come by {url}, without encryption: fine on this machine; elsewhere set `server.base_url` to an https address"
        ))?,
        Err(error) => report.bad(&error.to_string())?,
    }
    Ok(())
}

fn writable(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(probe)
}

async fn database(
    config: &Config,
    db: &Db,
    report: &mut Report,
) -> std::io::Result<Result<(), StorageError>> {
    let looked = async {
        let migrated = db.is_migrated().await?;
        let mut read = db.read().await?;
        let now = SystemClock::default().now();
        let theirs = dialect::database_now(&mut read).await?;
        if !migrated {
            return Ok((migrated, now, theirs, None, None, None));
        }
        let heartbeat = workers::latest(&mut read).await?;
        let overdue = sweep::oldest_overdue(&mut read, now).await?;
        let sealed = keycheck::get(&mut read).await?;
        Ok::<_, StorageError>((migrated, now, theirs, heartbeat, overdue, sealed))
    };
    let (migrated, now, theirs, heartbeat, overdue, sealed) = match looked.await {
        Ok(found) => found,
        Err(error) => return Ok(Err(error)),
    };
    if let Some(theirs) = theirs {
        let apart = (theirs - now).num_milliseconds();
        if apart.abs() > 2_000 {
            report.bad(&format!("this machine's clock and the database's are {apart} ms apart"))?;
        } else {
            report.good(&format!("clocks agree ({apart} ms apart)"))?;
        }
    }
    if !migrated {
        report.note("the database is not up to date; `fanfare migrate` or the next start does that")?;
        return Ok(Ok(()));
    }
    report.good("the database is up to date")?;
    key(config, db, sealed.is_some(), report).await?;
    match heartbeat {
        Some(at) => report.good(&format!("a worker was heard of {} s ago", (now - at).num_seconds()))?,
        None => report.note("no worker runs: nothing is published until `fanfare serve` does")?,
    }
    if let Some(due) = overdue {
        report.bad(&format!("a post has been waiting for {} s", (now - due).num_seconds()))?;
    }
    Ok(Ok(()))
}

async fn key(config: &Config, db: &Db, used_before: bool, report: &mut Report) -> std::io::Result<()> {
    if !used_before {
        return report
            .note("no master key was used with this database yet; the first start writes its check value");
    }
    // Looking must not make a key, which would be the wrong one.
    if let Some(path) = makes_own_key(config).filter(|path| !path.exists()) {
        return report.bad(&StartError::KeyLost { path }.to_string());
    }
    let keys = match master_key(config).map(|key| Keys::new(&key)) {
        Ok(Ok(keys)) => keys,
        Ok(Err(error)) => return report.bad(&error.to_string()),
        Err(error) => return report.bad(&error.to_string()),
    };
    match keys.check(db).await {
        Ok(()) => report.good("the master key is the right one"),
        Err(error) => report.bad(&error.to_string()),
    }
}

fn platforms(config: &Config, report: &Report) -> std::io::Result<()> {
    for platform in Platform::ALL {
        let missing = config.platforms.missing(platform);
        let name = platform.name();
        if config.platforms.is_sandbox(platform) {
            report.note(&format!("{name} is simulated"))?;
        } else if missing.is_empty() {
            report.good(&format!("{name} can be connected"))?;
        } else {
            let keys: Vec<_> = missing.iter().map(|key| format!("`platforms.{key}`")).collect();
            report.note(&format!("{name} can't be connected yet: set {}", keys.join(" and ")))?;
        }
    }
    Ok(())
}
