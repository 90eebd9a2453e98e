//! The command line.

mod backup;
mod demo;
mod doctor;
mod healthcheck;
mod say;
mod user;

pub use say::complain;

use crate::config::{Config, ProcessRole};
use crate::startup::App;
use crate::{serve, telemetry};
use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use sandbox::{Sandbox, SandboxConfig};
use say::say;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

/// Fanfare: publish to Instagram, Facebook, X, LinkedIn and Bluesky from a server of your own.
#[derive(Debug, Parser)]
#[command(name = "fanfare", version)]
struct Cli {
    /// The configuration, a TOML file. Variables such as FANFARE_SERVER__LISTEN go over it.
    #[arg(long, global = true, env = "FANFARE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages and publish what is due.
    Serve(ServeArgs),
    /// Try it: Fanfare with simulated platforms on this machine, and three teams at work in it.
    Demo(DemoArgs),
    /// Only the simulated platforms.
    Sandbox(SandboxArgs),
    /// Bring the database's tables up to date; `serve` does so too.
    Migrate,
    /// Look at configuration, database, key, folders and workers, and say what is wrong.
    Doctor,
    /// Ask the server of this configuration whether it answers; for containers.
    Healthcheck,
    /// Write everything but the master key to one file; the server may run meanwhile.
    Backup(backup::BackupArgs),
    /// Put a backup into an empty database, of the same kind or another.
    Restore(backup::RestoreArgs),
    /// People's accounts.
    #[command(subcommand)]
    User(user::UserCommand),
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// What this process does, instead of the setting `server.role`.
    #[arg(long)]
    role: Option<ProcessRole>,
    /// Address to listen on, instead of the setting `server.listen`.
    #[arg(long)]
    listen: Option<SocketAddr>,
}

#[derive(Debug, Args)]
struct DemoArgs {
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Address of the simulated platforms.
    #[arg(long, default_value = "127.0.0.1:4100")]
    sandbox_listen: SocketAddr,
    /// Folder for everything the demo keeps.
    #[arg(long, default_value = "demo-data", value_name = "DIR")]
    data: PathBuf,
    /// Database of the demo, instead of a SQLite file in its folder. That of the configuration is never used.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// What an empty database is filled with; one in use stays as it is.
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    fill: Fill,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Fill {
    /// One person and an empty workspace.
    None,
    /// Three workspaces, 14 accounts, 2,000 posts of the last 18 months and the weeks to come.
    #[default]
    Normal,
    /// And 5,000 posts more in the present month.
    BusyMonth,
    /// 200 accounts and 100,000 posts.
    Large,
}

#[derive(Debug, Args)]
struct SandboxArgs {
    #[arg(long, default_value = "127.0.0.1:4100")]
    listen: SocketAddr,
    /// Folder for what the simulated platforms remember; without one it is forgotten at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Does what the arguments say.
///
/// # Errors
/// Whatever keeps it from doing so.
pub async fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    let config =
        Config::load(cli.config.as_deref(), std::env::vars()).context("the configuration can't be used")?;
    telemetry::start_logs(&config.log)?;
    match cli.command {
        Command::Serve(args) => serve_until_stopped(config, &args).await?,
        Command::Demo(args) => demo::run(config, &args).await?,
        Command::Sandbox(args) => sandbox_until_stopped(args).await?,
        Command::Migrate => {
            App::open(config).await?.context.db.close().await;
            say("The database is up to date.")?;
        }
        Command::Doctor => return doctor::run(config).await,
        Command::Healthcheck => healthcheck::run(&config)?,
        Command::Backup(args) => backup::back_up_to(config, &args).await?,
        Command::Restore(args) => backup::restore_from(config, &args).await?,
        Command::User(command) => user::run(config, command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve_until_stopped(mut config: Config, args: &ServeArgs) -> Result<()> {
    config.server.role = args.role.unwrap_or(config.server.role);
    config.server.listen = args.listen.unwrap_or(config.server.listen);
    let cancel = CancellationToken::new();
    serve::cancel_on_signal(cancel.clone());
    let base_url = config.base_url()?;
    let running = serve::start(App::open(config).await?, cancel).await?;
    match running.address {
        Some(address) => tracing::info!(server.address = %address, server.base_url = %base_url, "serving"),
        None => tracing::info!("publishing, without pages"),
    }
    if let Some(address) = running.ops_address {
        tracing::info!(server.ops_address = %address, "answering operators");
    }
    Ok(running.stopped().await?)
}

async fn sandbox_until_stopped(args: SandboxArgs) -> Result<()> {
    let cancel = CancellationToken::new();
    serve::cancel_on_signal(cancel.clone());
    let config = SandboxConfig { listen: args.listen, state_dir: args.data, ..SandboxConfig::in_memory() };
    let sandbox = Sandbox::start(config).await?;
    say(&format!("The simulated platforms are at {}", sandbox.url()))?;
    cancel.cancelled().await;
    sandbox.stop().await;
    Ok(())
}
