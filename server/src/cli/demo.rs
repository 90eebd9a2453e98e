//! `fanfare demo`: everything on this machine, with simulated platforms and people who are signed up already.

use super::say::say;
use super::{DemoArgs, Fill};
use crate::config::{Config, MediaConfig, ProcessRole};
use crate::serve;
use crate::startup::App;
use anyhow::{Context as _, Result};
use app::state::{DemoAccess, DemoPerson};
use demo::{LoadError, PASSWORD, Plan, SEED, Size};
use model::session::{ClientInfo, SetupInput};
use model::{ApiError, Role};
use platforms::PlatformSettings;
use sandbox::{Sandbox, SandboxConfig};
use std::time::Instant;
use tokio_util::sync::CancellationToken;
use url::Url;

/// The one person of an empty demo, and the first of a full one.
const EMAIL: &str = "demo@example.com";

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
    let base_url = config.base_url()?;
    let mut app = App::open(config).await?;
    let filling = async {
        match args.fill.size() {
            None => create_person(&app).await,
            Some(size) => fill(&app, &sandbox.url(), size).await,
        }
    };
    // Stopped meanwhile, it begins anew at the next start.
    let filled = cancel.run_until_cancelled(filling).await;
    let Some(filled) = filled else {
        sandbox.stop().await;
        return Ok(());
    };
    filled?;
    let people = people_shown(&app).await?;
    let emails: Vec<_> = people.iter().map(|person| person.email.as_str()).collect();
    let access = match emails.as_slice() {
        [] => String::new(),
        emails => format!("  (sign in as {} with “{PASSWORD}”)", emails.join(" or ")),
    };
    // In a database that others have set up there may be none of them.
    app.demo = (!people.is_empty()).then(|| DemoAccess { password: PASSWORD.to_owned(), people });
    let running = serve::start(app, cancel).await?;
    say(&format!(
        "Fanfare:             {base_url}{access}\n\
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
    if !config.media.dir.as_os_str().is_empty() || !config.media.s3.bucket.is_empty() {
        tracing::warn!("the demo ignores the settings of `media` and keeps its uploads in {folder}");
    }
    config.database.url = args.database.clone().unwrap_or_default();
    config.media = MediaConfig::default();
    config.data.dir.clone_from(&args.data);
    config.server.listen = args.listen;
    config.server.ops_listen = None;
    config.server.role = ProcessRole::All;
}

impl Fill {
    const fn size(self) -> Option<Size> {
        match self {
            Self::None => None,
            Self::Normal => Some(Size::Normal),
            Self::BusyMonth => Some(Size::BusyMonth),
            Self::Large => Some(Size::Large),
        }
    }
}

/// The first start loads the data, before anybody can look.
async fn fill(app: &App, sandbox: &Url, size: Size) -> Result<()> {
    if !app.services.auth.setup_needed().await? {
        return Ok(());
    }
    say("Loading the demo’s data …")?;
    let now = app.context.db.clock().now();
    let started = Instant::now();
    let plan = Plan::of(size, SEED, now);
    match demo::load(&app.context, sandbox, &plan).await {
        Ok(loaded) => {
            tracing::info!(
                demo.posts = loaded.posts,
                demo.targets = loaded.targets,
                demo.ms = started.elapsed().as_millis(),
                "the demo's data is loaded"
            );
            Ok(())
        }
        // Another process on the same database was quicker.
        Err(LoadError::NotEmpty) => Ok(()),
        Err(error) => Err(error).context("the demo's data can't be loaded"),
    }
}

/// Those of the demo's own people who are in this database, which may have been filled otherwise at an earlier start.
async fn people_shown(app: &App) -> Result<Vec<DemoPerson>> {
    let mut tx = app.context.db.read().await?;
    let mut shown = Vec::new();
    for email in demo::shown_emails() {
        let Some(person) = storage::persons::by_email(&mut tx, email).await? else { continue };
        let memberships = storage::members::memberships(&mut tx, person.id).await?;
        let role = memberships.first().map_or(Role::Viewer, |membership| membership.role);
        shown.push(DemoPerson { name: person.name, email: person.email, role });
    }
    Ok(shown)
}

/// An empty demo has a person and a workspace.
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
