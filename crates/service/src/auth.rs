//! Who somebody is: first run, signing in and out, sessions, new passwords, invitations.

pub(crate) mod fields;
mod join;
mod operator;
mod reset;
mod session;
mod sign_in;
mod throttle;

pub use operator::{NewPerson, OperatorError, create_person, list_persons};
pub use reset::{ResetLinkError, create_reset_link};
pub use session::SESSION_LIFE;
pub(crate) use sign_in::LATENESS_WINDOW_MIN;

use crate::Context;
use async_trait::async_trait;
use model::services::AuthService;
use model::session::{ClientInfo, NewSession, Session, SessionRow, SetupInput, SignInInput, SignUpInput};
use model::team::InvitationView;
use model::{ApiResult, SessionId};

/// Implements [`AuthService`].
#[derive(Clone)]
pub struct Auth {
    context: Context,
}

impl Auth {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl AuthService for Auth {
    async fn setup_needed(&self) -> ApiResult<bool> {
        sign_in::setup_needed(&self.context).await
    }

    async fn setup(&self, input: SetupInput, client: ClientInfo) -> ApiResult<NewSession> {
        sign_in::setup(&self.context, input, &client).await
    }

    async fn sign_in(&self, input: SignInInput, client: ClientInfo) -> ApiResult<NewSession> {
        sign_in::sign_in(&self.context, input, &client).await
    }

    async fn sign_out(&self, session: SessionId) -> ApiResult<()> {
        session::sign_out(&self.context, session).await
    }

    async fn authenticate(&self, token: &str) -> ApiResult<Option<Session>> {
        session::authenticate(&self.context, token).await
    }

    async fn sessions(&self, session: &Session) -> ApiResult<Vec<SessionRow>> {
        session::list(&self.context, session).await
    }

    async fn revoke_session(&self, session: &Session, id: SessionId) -> ApiResult<()> {
        session::revoke(&self.context, session, id).await
    }

    async fn reset_valid(&self, token: &str) -> ApiResult<bool> {
        reset::valid(&self.context, token).await
    }

    async fn reset_password(&self, token: &str, password: String) -> ApiResult<()> {
        reset::set_password(&self.context, token, password).await
    }

    async fn invitation(&self, token: &str) -> ApiResult<InvitationView> {
        join::view(&self.context, token).await
    }

    async fn sign_up(&self, token: &str, input: SignUpInput, client: ClientInfo) -> ApiResult<NewSession> {
        join::sign_up(&self.context, token, input, &client).await
    }

    async fn accept_invitation(&self, token: &str, session: &Session) -> ApiResult<()> {
        join::accept(&self.context, token, session).await
    }
}
