//! Workspaces, their members and invitations.

mod invite;
pub(crate) mod links;
mod members;
mod workspace;

use crate::{Context, zones};
use async_trait::async_trait;
use model::services::TeamService;
use model::session::Session;
use model::team::{Invitation, InviteInput, Member, NewInvitation, WorkspaceSettings};
use model::{Actor, ApiResult, InvitationId, Role, UserId, WorkspaceId};

/// Implements [`TeamService`].
#[derive(Clone)]
pub struct Team {
    context: Context,
}

impl Team {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl TeamService for Team {
    async fn members(&self, actor: Actor) -> ApiResult<Vec<Member>> {
        members::list(&self.context, actor).await
    }

    async fn change_role(&self, actor: Actor, user: UserId, role: Role) -> ApiResult<()> {
        members::change_role(&self.context, actor, user, role).await
    }

    async fn remove_member(&self, actor: Actor, user: UserId) -> ApiResult<()> {
        members::remove(&self.context, actor, user).await
    }

    async fn invitations(&self, actor: Actor) -> ApiResult<Vec<Invitation>> {
        invite::list(&self.context, actor).await
    }

    async fn invite(&self, actor: Actor, input: InviteInput) -> ApiResult<NewInvitation> {
        invite::invite(&self.context, actor, &input).await
    }

    async fn revoke_invitation(&self, actor: Actor, id: InvitationId) -> ApiResult<()> {
        invite::revoke(&self.context, actor, id).await
    }

    async fn settings(&self, actor: Actor) -> ApiResult<WorkspaceSettings> {
        workspace::settings(&self.context, actor).await
    }

    async fn update_settings(&self, actor: Actor, settings: WorkspaceSettings) -> ApiResult<()> {
        workspace::update(&self.context, actor, &settings).await
    }

    async fn create_workspace(
        &self,
        session: &Session,
        name: String,
        zone: String,
    ) -> ApiResult<WorkspaceId> {
        workspace::create(&self.context, session, &name, &zone).await
    }

    async fn switch_workspace(&self, session: &Session, workspace: WorkspaceId) -> ApiResult<()> {
        workspace::switch(&self.context, session, workspace).await
    }

    fn zones(&self) -> Vec<String> {
        zones::names()
    }
}
