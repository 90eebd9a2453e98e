//! Joining a workspace by an invitation's link.

use leptos::prelude::*;
use model::ApiError;
use model::team::InvitationView;

/// What the holder of the link sees first. For whoever holds the link.
#[server(endpoint = "invitations/view")]
pub async fn invitation(token: String) -> Result<InvitationView, ApiError> {
    use crate::request;
    request::answer(async { request::services()?.auth.invitation(&token).await }).await
}

/// Creates the person, joins and signs in. For whoever holds the link.
#[server(endpoint = "invitations/sign_up")]
pub async fn sign_up(token: String, name: String, email: String, password: String) -> Result<(), ApiError> {
    use crate::request;
    use model::session::SignUpInput;
    request::answer(async {
        let input = SignUpInput { name, email, password };
        let new = request::services()?.auth.sign_up(&token, input, request::facts().client).await?;
        request::start_session(&new);
        request::go_to("/");
        Ok(())
    })
    .await
}

/// Joins with the signed-in person. For whoever holds the link and is signed in.
#[server(endpoint = "invitations/accept")]
pub async fn accept_invitation(token: String) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let session = request::session()?;
        request::services()?.auth.accept_invitation(&token, &session).await?;
        request::go_to("/");
        Ok(())
    })
    .await
}
