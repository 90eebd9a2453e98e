//! Roles, members, invitations and settings, on both engines.

use crate::people::{PASSWORD, Team, client, team};
use chrono::TimeDelta;
use model::services::{AuthService as _, TeamService as _};
use model::session::SignInInput;
use model::team::{InviteInput, WorkspaceSettings};
use model::{Actor, ApiError, Conflict, Problem, Role, UserId};
use storage::audit;
use testing::each_engine;

const fn forbidden(needs: Role) -> ApiError {
    ApiError::Forbidden { needs }
}

async fn actor(team: &Team, token: &str) -> Actor {
    team.auth.authenticate(token).await.unwrap().unwrap().actor().unwrap()
}

#[tokio::test]
async fn a_role_may_do_what_it_may() {
    each_engine(async |test| {
        let t = team(&test).await;
        let (viewer, editor, admin) =
            (actor(&t, &t.viewer).await, actor(&t, &t.editor).await, actor(&t, &t.admin).await);
        let invite = |role| InviteInput { email: String::new(), role };
        for weak in [viewer, editor] {
            assert_eq!(t.team.members(weak).await.unwrap().len(), 4);
            assert!(t.team.settings(weak).await.is_ok());
            assert_eq!(t.team.invitations(weak).await, Err(forbidden(Role::Admin)));
            assert_eq!(t.team.invite(weak, invite(Role::Viewer)).await, Err(forbidden(Role::Admin)));
            assert_eq!(t.team.change_role(weak, weak.user, Role::Admin).await, Err(forbidden(Role::Admin)));
            assert_eq!(t.team.remove_member(weak, admin.user).await, Err(forbidden(Role::Admin)));
            let settings = t.team.settings(weak).await.unwrap();
            assert_eq!(t.team.update_settings(weak, settings).await, Err(forbidden(Role::Admin)));
        }
        assert!(t.team.invite(admin, invite(Role::Admin)).await.is_ok());
        assert_eq!(t.team.invite(admin, invite(Role::Owner)).await, Err(forbidden(Role::Owner)));
        assert_eq!(t.team.change_role(admin, editor.user, Role::Owner).await, Err(forbidden(Role::Owner)));
        assert_eq!(t.team.change_role(admin, t.owner.user, Role::Viewer).await, Err(forbidden(Role::Owner)));
        assert_eq!(t.team.remove_member(admin, t.owner.user).await, Err(forbidden(Role::Owner)));
        t.team.change_role(admin, editor.user, Role::Admin).await.unwrap();
        assert_eq!(actor(&t, &t.editor).await.role, Role::Admin);
        t.team.change_role(t.owner, editor.user, Role::Owner).await.unwrap();
        assert_eq!(actor(&t, &t.editor).await.role, Role::Owner);
        assert_eq!(
            t.team.change_role(t.owner, UserId(uuid::Uuid::nil()), Role::Viewer).await,
            Err(ApiError::NotFound)
        );
    })
    .await;
}

#[tokio::test]
async fn one_owner_always_stays() {
    each_engine(async |test| {
        let t = team(&test).await;
        let last = Err(ApiError::conflict(Conflict::LastOwner));
        assert_eq!(t.team.change_role(t.owner, t.owner.user, Role::Admin).await, last);
        assert_eq!(t.team.remove_member(t.owner, t.owner.user).await, last);
        let admin = actor(&t, &t.admin).await;
        t.team.change_role(t.owner, admin.user, Role::Owner).await.unwrap();
        let admin = actor(&t, &t.admin).await;
        // Both owners step down at once: one of them has to stay.
        let (one, two) = tokio::join!(
            t.team.change_role(t.owner, t.owner.user, Role::Editor),
            t.team.change_role(admin, admin.user, Role::Editor)
        );
        assert_eq!([&one, &two].into_iter().filter(|r| r.is_ok()).count(), 1, "{one:?} {two:?}");
        let owners =
            t.team.members(t.owner).await.unwrap().into_iter().filter(|m| m.role == Role::Owner).count();
        assert_eq!(owners, 1);
    })
    .await;
}

#[tokio::test]
async fn a_removed_member_loses_the_workspace_at_once() {
    each_engine(async |test| {
        let t = team(&test).await;
        let admin = actor(&t, &t.admin).await;
        let open = InviteInput { email: String::new(), role: Role::Admin };
        let link = t.team.invite(admin, open).await.unwrap().link;
        t.team.remove_member(t.owner, admin.user).await.unwrap();

        let session = t.auth.authenticate(&t.admin).await.unwrap().expect("still signed in");
        assert_eq!((session.current, session.workspaces.len()), (None, 0));
        assert_eq!(session.actor(), Err(ApiError::NotFound));
        assert_eq!(t.team.switch_workspace(&session, t.owner.workspace).await, Err(ApiError::NotFound));
        let back = t.auth.accept_invitation(link.rsplit('/').next().unwrap(), &session).await;
        assert!(
            matches!(back, Err(ApiError::Invalid { .. })),
            "the invitation left behind is void: {back:?}"
        );
        // An actor from before the removal does nothing any more.
        let viewer = actor(&t, &t.viewer).await;
        assert_eq!(t.team.remove_member(admin, viewer.user).await, Err(ApiError::NotFound));
        assert_eq!(t.team.change_role(admin, viewer.user, Role::Admin).await, Err(ApiError::NotFound));
        let again = InviteInput { email: String::new(), role: Role::Viewer };
        assert_eq!(t.team.invite(admin, again).await, Err(ApiError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn anyone_may_leave() {
    each_engine(async |test| {
        let t = team(&test).await;
        let viewer = actor(&t, &t.viewer).await;
        test.clock.advance(TimeDelta::seconds(1));
        t.team.remove_member(viewer, viewer.user).await.unwrap();
        assert_eq!(t.auth.authenticate(&t.viewer).await.unwrap().unwrap().current, None);
        let mut read = test.db.read().await.unwrap();
        let acts = audit::list(&mut read, t.owner.workspace, 1).await.unwrap();
        assert_eq!((acts[0].act.as_str(), acts[0].person_id), ("member.left", Some(viewer.user)));
    })
    .await;
}

#[tokio::test]
async fn invitations_are_listed_revoked_and_end_after_a_week() {
    each_engine(async |test| {
        let t = team(&test).await;
        let input = |email: &str| InviteInput { email: email.to_owned(), role: Role::Editor };
        let new = t.team.invite(t.owner, input("Bo@Example.com")).await.unwrap();
        assert_eq!(
            (new.invitation.email.as_str(), new.invitation.invited_by.as_str()),
            ("bo@example.com", "Ana")
        );
        assert!(new.link.starts_with("http://localhost:3000/invite/"));
        assert_eq!(t.team.invitations(t.owner).await.unwrap(), std::slice::from_ref(&new.invitation));
        let bad = t.team.invite(t.owner, input("bo@")).await;
        assert_eq!(bad, Err(ApiError::invalid("email", Problem::BadEmail)));
        let member = t.team.invite(t.owner, input("ed@example.com")).await;
        assert_eq!(member, Err(ApiError::invalid("email", Problem::AlreadyTaken)));

        t.team.revoke_invitation(t.owner, new.invitation.id).await.unwrap();
        assert_eq!(t.team.revoke_invitation(t.owner, new.invitation.id).await, Err(ApiError::NotFound));
        assert!(t.auth.invitation(new.link.rsplit('/').next().unwrap()).await.is_err());
        let next = t.team.invite(t.owner, input("")).await.unwrap();
        test.clock.advance(TimeDelta::days(7));
        assert!(t.auth.invitation(next.link.rsplit('/').next().unwrap()).await.is_err());
        assert_eq!(t.team.invitations(t.owner).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn another_workspaces_people_and_invitations_are_not_found() {
    each_engine(async |test| {
        let t = team(&test).await;
        let editor = t.auth.authenticate(&t.editor).await.unwrap().unwrap();
        t.team.create_workspace(&editor, "Bikes".to_owned(), "America/New_York".to_owned()).await.unwrap();
        let stranger = actor(&t, &t.editor).await;
        assert_eq!((stranger.role, stranger.workspace == t.owner.workspace), (Role::Owner, false));
        let theirs =
            t.team.invite(t.owner, InviteInput { email: String::new(), role: Role::Viewer }).await.unwrap();
        assert_eq!(t.team.revoke_invitation(stranger, theirs.invitation.id).await, Err(ApiError::NotFound));
        assert_eq!(t.team.remove_member(stranger, t.owner.user).await, Err(ApiError::NotFound));
        assert_eq!(t.team.change_role(stranger, t.owner.user, Role::Viewer).await, Err(ApiError::NotFound));
        assert_eq!(t.team.members(stranger).await.unwrap().len(), 1);
        assert_eq!(t.team.invitations(stranger).await.unwrap(), []);
        let back = t.auth.authenticate(&t.editor).await.unwrap().unwrap();
        t.team.switch_workspace(&back, t.owner.workspace).await.unwrap();
        assert_eq!(actor(&t, &t.editor).await.workspace, t.owner.workspace);
        // The workspace is remembered for the next sign-in.
        let input = SignInInput { email: "ed@example.com".to_owned(), password: PASSWORD.to_owned() };
        let new = t.auth.sign_in(input, client()).await.unwrap();
        assert_eq!(actor(&t, &new.token).await.workspace, t.owner.workspace);
    })
    .await;
}

#[tokio::test]
async fn settings_are_checked() {
    each_engine(async |test| {
        let t = team(&test).await;
        let good = WorkspaceSettings {
            name: "Boulangerie".to_owned(),
            zone: "America/Montreal".to_owned(),
            lateness_window_min: 30,
        };
        t.team.update_settings(t.owner, good.clone()).await.unwrap();
        assert_eq!(t.team.settings(t.owner).await.unwrap(), good);
        let bad =
            WorkspaceSettings { name: " ".to_owned(), zone: "Mars/Base".to_owned(), lateness_window_min: 0 };
        let Err(ApiError::Invalid { problems }) = t.team.update_settings(t.owner, bad).await else {
            panic!("refused")
        };
        let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["name", "zone", "lateness_window_min"]);
        assert_eq!(t.team.settings(t.owner).await.unwrap(), good);
        assert!(t.team.zones().contains(&"Europe/Paris".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn changes_of_the_team_and_of_sessions_are_told() {
    each_engine(async |test| {
        let t = team(&test).await;
        let tally = async || t.context.tally(t.owner.workspace).await.unwrap();
        let before = tally().await;
        let viewer = actor(&t, &t.viewer).await;
        t.team.change_role(t.owner, viewer.user, Role::Editor).await.unwrap();
        assert_eq!((tally().await.team, tally().await.access), (before.team + 1, before.access));
        t.team.remove_member(t.owner, viewer.user).await.unwrap();
        assert_eq!((tally().await.team, tally().await.access), (before.team + 2, before.access + 1));
        let editor = t.auth.authenticate(&t.editor).await.unwrap().unwrap();
        t.auth.sign_out(editor.id).await.unwrap();
        assert_eq!((tally().await.team, tally().await.access), (before.team + 2, before.access + 2));
        let owner = t.auth.authenticate(&t.token).await.unwrap().unwrap();
        t.team.create_workspace(&owner, "Elsewhere".to_owned(), "UTC".to_owned()).await.unwrap();
        t.team.switch_workspace(&owner, t.owner.workspace).await.unwrap();
        assert_eq!(tally().await.access, before.access + 4);
    })
    .await;
}
