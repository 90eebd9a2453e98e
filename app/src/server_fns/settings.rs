//! The workspace's settings and the person's sessions.

use leptos::prelude::*;
use model::session::SessionRow;
use model::team::WorkspaceSettings;
use model::{ApiError, SessionId};
use serde::{Deserialize, Serialize};

/// The page of settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsData {
    /// `None` for a person in no workspace.
    pub workspace: Option<WorkspaceSettings>,
    /// IANA names to choose from.
    pub zones: Vec<String>,
    /// This browser's first.
    pub sessions: Vec<SessionRow>,
}

/// Settings and sessions. For everyone who is signed in.
#[server(endpoint = "settings/get")]
pub async fn get_settings() -> Result<SettingsData, ApiError> {
    use crate::request;
    request::answer(async {
        let session = request::session()?;
        let services = request::services()?;
        let workspace = match session.membership() {
            Some(_) => Some(services.team.settings(session.actor()?).await?),
            None => None,
        };
        let mut sessions = services.auth.sessions(&session).await?;
        sessions.sort_by_key(|row| (!row.current, std::cmp::Reverse(row.last_seen_at.utc)));
        Ok(SettingsData { workspace, zones: services.team.zones(), sessions })
    })
    .await
}

/// Changes the workspace's settings. For admins.
#[server(endpoint = "settings/update")]
pub async fn update_settings(
    #[server(default)] name: String,
    #[server(default)] zone: String,
    #[server(default)] lateness_window_min: String,
) -> Result<(), ApiError> {
    use crate::request;
    use model::Problem;
    request::answer(async {
        let actor = request::actor()?;
        let lateness_window_min = lateness_window_min
            .trim()
            .parse()
            .map_err(|_| ApiError::invalid("lateness_window_min", Problem::BadValue))?;
        let settings = WorkspaceSettings { name, zone, lateness_window_min };
        request::services()?.team.update_settings(actor, settings).await?;
        // Name and zone stand all over the page.
        request::go_to("/settings?done=saved");
        Ok(())
    })
    .await
}

/// Ends one of the person's sessions. For everyone who is signed in.
#[server(endpoint = "settings/end_session")]
pub async fn end_session(session: SessionId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let own = request::session()?;
        request::services()?.auth.revoke_session(&own, session).await?;
        if session == own.id {
            request::end_session();
            request::go_to("/signin?done=signed_out");
        } else {
            request::go_to_without_wasm("/settings");
        }
        Ok(())
    })
    .await
}

/// Ends every session of the person but this one; tells how many. For everyone who is signed in.
#[server(endpoint = "settings/end_others")]
pub async fn end_other_sessions() -> Result<u32, ApiError> {
    use crate::request;
    request::answer(async {
        let own = request::session()?;
        let auth = request::services()?.auth;
        let mut ended = 0;
        for row in auth.sessions(&own).await?.into_iter().filter(|row| !row.current) {
            match auth.revoke_session(&own, row.id).await {
                Ok(()) => ended += 1,
                // Ended meanwhile.
                Err(ApiError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        request::go_to_without_wasm("/settings");
        Ok(ended)
    })
    .await
}
