//! `fanfare user`: accounts of people, for whoever runs the server.

use super::say::say;
use crate::config::Config;
use crate::startup::connect;
use anyhow::Result;
use clap::Subcommand;
use model::Role;
use model::clock::SystemClock;
use service::auth::{NewPerson, create_person, create_reset_link, list_persons};
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add a person, and print the link with which they set their password.
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Made, with the person as its owner, if there is none of that name.
        #[arg(long)]
        workspace: String,
        /// owner, admin, editor or viewer.
        #[arg(long, default_value = "editor")]
        role: Role,
    },
    /// Print a link with which the person sets a new password; it works once, for a day.
    Reset {
        /// The person's e-mail address.
        email: String,
    },
    /// Print everybody's address and name.
    List,
}

pub(super) async fn run(config: Config, command: UserCommand) -> Result<()> {
    let base_url = config.base_url()?;
    let db = connect(&config, Arc::new(SystemClock::default())).await?;
    db.migrate().await?;
    match command {
        UserCommand::Create { email, name, workspace, role } => {
            say(&create_person(&db, &base_url, &NewPerson { name, email, workspace, role }).await?)?;
        }
        UserCommand::Reset { email } => say(&create_reset_link(&db, &base_url, &email).await?)?,
        UserCommand::List => {
            for (name, email) in list_persons(&db).await? {
                say(&format!("{email}\t{name}"))?;
            }
        }
    }
    db.close().await;
    Ok(())
}
