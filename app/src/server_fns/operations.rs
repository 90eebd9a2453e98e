//! What publishing and syncing do.

use leptos::prelude::*;
use model::ApiError;
use model::operations::Operations;

/// Workers, queue, schedules, syncs and connections at this moment. For admins.
#[server(endpoint = "operations/look")]
pub async fn look_at_operations() -> Result<Operations, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.operations.look(actor).await
    })
    .await
}
