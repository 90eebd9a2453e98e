//! `fanfare backup` and `fanfare restore`.

use super::say::say;
use crate::config::Config;
use crate::startup::{connect, makes_own_key, master_key, media_store};
use ::backup::{Installation, Since, Taken, back_up, restore};
use anyhow::{Result, bail};
use clap::Args;
use model::clock::SystemClock;
use service::keys::Keys;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files that are named one by one.
const MOST_NAMED: usize = 5;

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file to write, such as fanfare-2026-11-21.tar.gz.
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// The file that `fanfare backup` wrote.
    file: PathBuf,
    /// The server was stopped before the backup and has not run since: posts that are due go out as usual. Without it they become
    /// missed, because they may be out already.
    #[arg(long)]
    moved: bool,
}

/// Works while the server runs.
pub(super) async fn back_up_to(config: Config, args: &BackupArgs) -> Result<()> {
    if let Some(path) = sqlite_file(&config)
        && !path.exists()
    {
        bail!("there is no database at {}: look at `data.dir` and `database.url`", path.display());
    }
    let keys = own_keys(&config)?;
    let media = media_store(&config)?;
    let db = connect(&config, Arc::new(SystemClock::default())).await?;
    let from = Installation { db: &db, media: &media, keys: &keys, version: env!("CARGO_PKG_VERSION") };
    let taken = back_up(from, &args.file).await;
    db.close().await;
    let Taken { rows, files, missing } = taken?;
    say(&format!("{} holds {rows} rows and {files} files.", args.file.display()))?;
    if !missing.is_empty() {
        say(&format!("{} files are missing in the media store, such as:", missing.len()))?;
        for key in missing.iter().take(MOST_NAMED) {
            say(&format!("  {key}"))?;
        }
    }
    say(&format!(
        "The master key is not in it. Keep a copy of {} in another place: without it the backup can't be restored.",
        whereabouts(&config)
    ))?;
    Ok(())
}

pub(super) async fn restore_from(config: Config, args: &RestoreArgs) -> Result<()> {
    let keys = own_keys(&config)?;
    std::fs::create_dir_all(&config.data.dir)?;
    let media = media_store(&config)?;
    let db = connect(&config, Arc::new(SystemClock::default())).await?;
    let into = Installation { db: &db, media: &media, keys: &keys, version: env!("CARGO_PKG_VERSION") };
    let since = if args.moved { Since::Stopped } else { Since::MayHaveRun };
    let restored = restore(into, &args.file, since).await;
    db.close().await;
    let restored = restored?;
    say(&format!(
        "Restored {} rows and {} files, as they were on {}.",
        restored.rows,
        restored.files,
        restored.taken_at.format("%Y-%m-%d at %H:%M:%S UTC")
    ))?;
    let held = restored.held;
    if held.missed > 0 {
        say(&format!(
            "{} posts on an account were due since. They may be out already, so they are marked as missed: look at each, then \
             publish or move it.",
            held.missed
        ))?;
    }
    if held.looked_for > 0 {
        say(&format!("{} were going out; they are looked for before anything is sent.", held.looked_for))?;
    }
    if restored.invitations > 0 {
        say(&format!(
            "{} open invitations were ended: they may have been used or taken back since.",
            restored.invitations
        ))?;
    }
    if since == Since::MayHaveRun {
        say(
            "What is due later is as it was then: a post that was sent ahead of its time, moved, cancelled or edited since is \
             scheduled as before. Look through the calendar before you start the server.",
        )?;
    }
    say("Everybody signs in anew. Start `fanfare serve`, and `fanfare doctor` to see that all is well.")?;
    Ok(())
}

/// The key of the configuration; none is made, which would be the wrong one.
fn own_keys(config: &Config) -> Result<Keys> {
    if let Some(path) = makes_own_key(config).filter(|path| !path.exists()) {
        bail!(
            "there is no master key: put the one of the installation at {}, or set `secrets.master_key`. Backups are signed with \
             it, and the connected accounts are sealed with it",
            path.display()
        );
    }
    Ok(Keys::new(&master_key(config)?)?)
}

fn sqlite_file(config: &Config) -> Option<PathBuf> {
    let url = config.database_url();
    let path = url.strip_prefix("sqlite:")?;
    Some(Path::new(path.trim_start_matches("//").split('?').next()?).to_owned())
}

fn whereabouts(config: &Config) -> String {
    let secrets = &config.secrets;
    if !secrets.master_key.is_empty() {
        "the setting `secrets.master_key`".to_owned()
    } else if let Some(path) = makes_own_key(config) {
        path.display().to_string()
    } else {
        secrets.master_key_file.display().to_string()
    }
}
