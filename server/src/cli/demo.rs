//! `fanfare demo`: everything on this machine, with simulated platforms and a person who is signed up already.

use super::DemoArgs;
use super::say::say;
use crate::config::{Config, ProcessRole};
use crate::serve;
use crate::startup::App;
use anyhow::{Context as _, Result};
use app::state::DemoAccess;
use model::ApiError;
use model::session::{ClientInfo, SetupInput};
use platforms::PlatformSettings;
use sandbox::{Sandbox, SandboxConfig};
use std::path::PathBuf;
use tokio_util::sync::CancellationToken;

const EMAIL: &str = "demo@example.com";
const PASSWORD: &str = "demo password";

pub(super) async fn run(mut config: Config, args: &DemoArgs) -> Result<()> {
    let cancel = CancellationToken::new();
    serve::cancel_on_signal(cancel.clone());
    let sandbox = SandboxConfig {
        listen: args.sandbox_listen,
        state_dir: Some(args.data.join("sandbox")),
        ..SandboxConfig::in_memory()
    };
    let sandbox = Sandbox::start(sandbox).await.context("the simulated platforms can't start")?;
    set_apart(&mut config, args);
    config.platforms = PlatformSettings::sandbox(&sandbox.url());
    // Such as servers of Bluesky on this machine.
    let base_url = config.base_url()?;
    let mut app = App::open(config).await?;
    app.demo = Some(DemoAccess { email: EMAIL.to_owned(), password: PASSWORD.to_owned() });
    create_person(&app).await?;
    let running = serve::start(app, cancel).await?;
    say(&format!(
        "Fanfare:             {base_url}  (sign in as {EMAIL} with “{PASSWORD}”)\n\
         Simulated platforms: {}",
        sandbox.url()
    ))?;
    running.stopped().await?;
    sandbox.stop().await;
    Ok(())
}

/// The configuration may be that of an installation in earnest. The demo must have nothing of it: it would publish what is due
/// there, to platforms that are none.
fn set_apart(config: &mut Config, args: &DemoArgs) {
    let folder = args.data.display();
    if !config.database.url.is_empty() && args.database.is_none() {
        tracing::warn!(
            "the demo ignores the setting `database.url` and keeps a database of its own in {folder}; \
             `--database` names another"
        );
    }
    if !config.media.dir.as_os_str().is_empty() {
        tracing::warn!("the demo ignores the setting `media.dir` and keeps its uploads in {folder}");
    }
    config.database.url = args.database.clone().unwrap_or_default();
    config.media.dir = PathBuf::new();
    config.data.dir.clone_from(&args.data);
    config.server.listen = args.listen;
    config.server.ops_listen = None;
    config.server.role = ProcessRole::All;
}

/// The first start makes the person and a workspace.
async fn create_person(app: &App) -> Result<()> {
    let auth = &app.services.auth;
    if !auth.setup_needed().await? {
        return Ok(());
    }
    let input = SetupInput {
        name: "Demo".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        workspace: "Corner Bakery".to_owned(),
        zone: "Europe/Paris".to_owned(),
    };
    match auth.setup(input, ClientInfo::default()).await {
        // Another process on the same folder was quicker.
        Ok(_) | Err(ApiError::Conflict { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
