//! Which workspace the session is in.

use leptos::prelude::*;
use model::{ApiError, WorkspaceId};

/// Goes to another workspace of the person. For its members.
#[server(endpoint = "workspaces/switch")]
pub async fn switch_workspace(workspace: WorkspaceId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let session = request::session()?;
        request::services()?.team.switch_workspace(&session, workspace).await?;
        request::go_to("/");
        Ok(())
    })
    .await
}

/// Creates a workspace with the person as its owner and goes there. For everyone who is signed in.
#[server(endpoint = "workspaces/create")]
pub async fn create_workspace(name: String, zone: String) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let session = request::session()?;
        request::services()?.team.create_workspace(&session, name, zone).await?;
        request::go_to("/");
        Ok(())
    })
    .await
}
