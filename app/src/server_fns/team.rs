//! Members of the workspace and invitations to it.

use leptos::prelude::*;
use model::team::{Invitation, Member, NewInvitation};
use model::{ApiError, InvitationId, Role, UserId};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
mod shown_once;

/// The page of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamList {
    pub members: Vec<Member>,
    /// Empty for whoever may not invite.
    pub invitations: Vec<Invitation>,
    /// The link just made by a form sent without wasm.
    pub fresh_link: Option<String>,
}

/// Members, and for admins the open invitations. For members.
#[server(endpoint = "team/list")]
pub async fn list_team() -> Result<TeamList, ApiError> {
    use crate::request;
    use model::Permission;
    request::answer(async {
        let actor = request::actor()?;
        let team = request::services()?.team;
        let may_invite = actor.role.allows(Permission::ManageTeam);
        let invitations = if may_invite { team.invitations(actor).await? } else { Vec::new() };
        Ok(TeamList { members: team.members(actor).await?, invitations, fresh_link: shown_once::take() })
    })
    .await
}

/// Gives a member another role. For admins; of owners and to owner, for owners.
#[server(endpoint = "team/role")]
pub async fn change_role(user: UserId, role: Role) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.team.change_role(actor, user, role).await?;
        if user == actor.user {
            // The page shows what the new role may do.
            request::go_to("/team");
        } else {
            request::go_to_without_wasm("/team");
        }
        Ok(())
    })
    .await
}

/// Removes a member, or leaves. For admins; of owners, for owners; of oneself, for everyone.
#[server(endpoint = "team/remove")]
pub async fn remove_member(user: UserId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.team.remove_member(actor, user).await?;
        if user == actor.user {
            request::go_to("/");
        } else {
            request::go_to_without_wasm("/team");
        }
        Ok(())
    })
    .await
}

/// Makes an invitation; its link is told this once. For admins.
#[server(endpoint = "team/invite")]
pub async fn invite(#[server(default)] email: String, role: Role) -> Result<NewInvitation, ApiError> {
    use crate::request;
    use model::team::InviteInput;
    request::answer(async {
        let actor = request::actor()?;
        let new = request::services()?.team.invite(actor, InviteInput { email, role }).await?;
        if request::is_plain_form() {
            shown_once::keep(&new.link);
            request::go_to("/team");
        }
        Ok(new)
    })
    .await
}

/// Ends an invitation. For admins.
#[server(endpoint = "team/revoke")]
pub async fn revoke_invitation(invitation: InvitationId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.team.revoke_invitation(actor, invitation).await?;
        request::go_to_without_wasm("/team");
        Ok(())
    })
    .await
}
