//! `fanfare doctor`: looks at everything a start needs, and says what to do about what is wrong.

use super::say::say;
use crate::config::Config;
use crate::readiness::{self, Signs, Worker};
use crate::startup::{StartError, connect, makes_own_key, master_key};
use anyhow::Result;
use bytes::Bytes;
use model::Platform;
use model::clock::SystemClock;
use model::timing::Timing;
use platforms::registry::Registry;
use service::keys::Keys;
use service::media::{MediaStore, S3Settings};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use storage::{Db, keycheck};

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
    if let Err(error) = Registry::policy(&config.platforms, &config.outbound.allow) {
        report.bad(&StartError::Outbound(error).to_string())?;
    }
    let mut folders = vec![("data", config.data.dir.clone())];
    match config.media_bucket() {
        Ok(None) => folders.push(("media", config.media_dir())),
        Ok(Some(settings)) => bucket(&settings, &mut report).await?,
        Err(error) => report.bad(&error.to_string())?,
    }
    for (what, folder) in folders {
        match writable(&folder) {
            Ok(()) => report.good(&format!("the {what} folder {} can be written to", folder.display()))?,
            Err(error) => report.bad(&format!("the {what} folder {}: {error}", folder.display()))?,
        }
    }
    let clock = Arc::new(SystemClock::default());
    match connect(&config, clock.clone()).await {
        Ok(db) => {
            report.good("the database answers")?;
            let timing = Timing::default().divided(config.publishing.timing_divisor);
            match readiness::look(&db, Some(&clock), &timing).await {
                Ok(signs) => signs_of_life(&signs, &mut report)?,
                Err(error) => report.bad(&format!("the database: {error}"))?,
            }
            key(&config, Some(&db), &mut report).await?;
            db.close().await;
        }
        Err(error) => {
            report.bad(&format!("the database (setting `database.url`): {error}"))?;
            key(&config, None, &mut report).await?;
        }
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

/// Writes a file, reads it and takes it away again.
async fn bucket(settings: &S3Settings, report: &mut Report) -> std::io::Result<()> {
    let key = format!("doctor/{}/probe", std::process::id());
    let tried = async {
        let store = MediaStore::s3(settings)?;
        store.put(&key, Bytes::from_static(b"probe")).await?;
        store.get(&key).await?;
        store.delete(&key).await
    };
    match tried.await {
        Ok(()) => report.good(&format!("the bucket {} can be written to", settings.bucket)),
        Err(error) => report.bad(&format!(
            "the bucket {} (settings `media.s3`): {error}. Look at its address and region, whether it is there, and what the key may do",
            settings.bucket
        )),
    }
}

fn writable(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(probe)
}

fn signs_of_life(signs: &Signs, report: &mut Report) -> std::io::Result<()> {
    if let Some(apart) = signs.clock_offset_ms {
        if signs.clocks_differ() {
            report.bad(&format!("this machine's clock and the database's are {apart} ms apart"))?;
        } else {
            report.good(&format!("clocks agree ({apart} ms apart)"))?;
        }
    }
    if !signs.migrated {
        return report.note("the database is not up to date; `fanfare migrate` or the next start does that");
    }
    report.good("the database is up to date")?;
    match signs.worker {
        Worker::Heard(age) => report.good(&format!("a worker was heard of {age} s ago"))?,
        Worker::Silent(age) => report.bad(&format!(
            "no worker has been heard of for {age} s: nothing is published. Its log tells why; if it has ended, start \
             `fanfare serve`"
        ))?,
        Worker::None => report.note("no worker runs: nothing is published until `fanfare serve` does")?,
    }
    match signs.oldest_due_age_s {
        Some(age) if signs.overdue() => report.bad(&format!("a post has been waiting for {age} s")),
        _ => Ok(()),
    }
}

/// A start needs the key, with or without a database to compare it with.
async fn key(config: &Config, db: Option<&Db>, report: &mut Report) -> std::io::Result<()> {
    let used_with = match db {
        Some(db) if has_used_a_key(db).await => Some(db),
        _ => None,
    };
    // Looking must not make a key, which would be the wrong one.
    if let Some(path) = makes_own_key(config).filter(|path| !path.exists()) {
        return match used_with {
            Some(_) => report.bad(&StartError::KeyLost { path }.to_string()),
            None => report.note(&format!("the first start makes the master key, {}", path.display())),
        };
    }
    let keys = match master_key(config).map(|key| Keys::new(&key)) {
        Ok(Ok(keys)) => keys,
        Ok(Err(error)) => return report.bad(&error.to_string()),
        Err(error) => return report.bad(&error.to_string()),
    };
    let Some(db) = used_with else {
        return report.good("there is a master key; whether it is the right one can't be told here");
    };
    match keys.check(db).await {
        Ok(()) => report.good("the master key is the right one"),
        Err(error) => report.bad(&error.to_string()),
    }
}

/// A database without tables has not.
async fn has_used_a_key(db: &Db) -> bool {
    let found = async { keycheck::get(&mut db.read().await?).await };
    found.await.is_ok_and(|sealed| sealed.is_some())
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
