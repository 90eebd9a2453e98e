//! First run, signing in and out, new passwords.

use leptos::prelude::*;
use model::ApiError;

/// Whether nobody has set Fanfare up yet. For everyone.
#[server(endpoint = "auth/setup_needed")]
pub async fn setup_needed() -> Result<bool, ApiError> {
    use crate::request;
    request::answer(async { request::services()?.auth.setup_needed().await }).await
}

/// Creates the owner and the first workspace, and signs in. For everyone, once.
#[server(endpoint = "auth/setup")]
pub async fn set_up(
    name: String,
    email: String,
    password: String,
    workspace: String,
    zone: String,
) -> Result<(), ApiError> {
    use crate::request;
    use model::session::SetupInput;
    request::answer(async {
        let input = SetupInput { name, email, password, workspace, zone };
        let new = request::services()?.auth.setup(input, request::facts().client).await?;
        request::start_session(&new);
        request::go_to("/");
        Ok(())
    })
    .await
}

/// Signs in and goes to `next`. For everyone.
#[server(endpoint = "auth/sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<(), ApiError> {
    use crate::request;
    use model::session::SignInInput;
    request::answer(async {
        let input = SignInInput { email, password };
        let new = request::services()?.auth.sign_in(input, request::facts().client).await?;
        request::start_session(&new);
        request::go_to(&next);
        Ok(())
    })
    .await
}

/// Ends the session of the request. For everyone; without a session it only clears the cookie.
#[server(endpoint = "auth/sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        if let Some(session) = request::facts().session {
            request::services()?.auth.sign_out(session.id).await?;
        }
        request::end_session();
        request::go_to("/signin?done=signed_out");
        Ok(())
    })
    .await
}

/// Whether a link to a new password still works. For whoever holds the link.
#[server(endpoint = "auth/reset_valid")]
pub async fn reset_valid(token: String) -> Result<bool, ApiError> {
    use crate::request;
    request::answer(async { request::services()?.auth.reset_valid(&token).await }).await
}

/// Sets the password and ends every session of the person. For whoever holds the link.
#[server(endpoint = "auth/reset_password")]
pub async fn reset_password(token: String, password: String) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        request::services()?.auth.reset_password(&token, password).await?;
        request::end_session();
        request::go_to("/signin?done=password_changed");
        Ok(())
    })
    .await
}
