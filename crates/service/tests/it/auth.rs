//! First run, signing in, sessions, new passwords and invitations, on both engines.

use crate::people::{ANA, PASSWORD, Team, client, team};
use chrono::TimeDelta;
use model::services::{AuthService as _, TeamService as _};
use model::session::{PASSWORD_MIN, SetupInput, SignInInput, SignUpInput};
use model::team::InviteInput;
use model::{ApiError, Conflict, Problem, Role};
use service::auth::{Auth, NewPerson, OperatorError, create_person, create_reset_link, list_persons};
use service::keys::{KeyCheckError, Keys, MasterKey};
use testing::each_engine;

fn setup_input(email: &str) -> SetupInput {
    SetupInput {
        name: "Ana".to_owned(),
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        workspace: "Bakery".to_owned(),
        zone: "Europe/Paris".to_owned(),
    }
}

fn sign_in_input(email: &str, password: &str) -> SignInInput {
    SignInInput { email: email.to_owned(), password: password.to_owned() }
}

fn problem_of(error: &ApiError) -> Option<(&str, &Problem)> {
    match error {
        ApiError::Invalid { problems } => problems.first().map(|p| (p.field.as_str(), &p.problem)),
        _ => None,
    }
}

#[tokio::test]
async fn the_first_visitor_becomes_owner_and_nobody_else() {
    each_engine(async |test| {
        let context = crate::people::context(&test);
        let auth = Auth::new(context.clone());
        assert!(auth.setup_needed().await.unwrap());
        let weak =
            SetupInput { password: "short".to_owned(), email: "nobody".to_owned(), ..setup_input(ANA) };
        let Err(ApiError::Invalid { problems }) = auth.setup(weak, client()).await else { panic!("refused") };
        assert_eq!(problems.len(), 2);

        // Two visitors at once: one of them is first.
        let other = Auth::new(context);
        let (one, two) = tokio::join!(
            auth.setup(setup_input(ANA), client()),
            other.setup(setup_input("b@example.com"), client())
        );
        let winners = [&one, &two].into_iter().filter(|result| result.is_ok()).count();
        assert_eq!(winners, 1, "{one:?} {two:?}");
        let loser = if one.is_err() { one.clone() } else { two.clone() };
        assert_eq!(loser, Err(ApiError::conflict(Conflict::AlreadySetUp)));
        assert!(!auth.setup_needed().await.unwrap());

        let token = one.or(two).unwrap().token;
        let session = auth.authenticate(&token).await.unwrap().unwrap();
        let membership = session.membership().unwrap();
        assert_eq!((membership.name.as_str(), membership.role), ("Bakery", Role::Owner));
        assert_eq!(membership.zone, "Europe/Paris");
    })
    .await;
}

#[tokio::test]
async fn signing_in_gives_a_new_token_and_signing_out_ends_it() {
    each_engine(async |test| {
        let Team { auth, token, .. } = team(&test).await;
        let first = auth.sign_in(sign_in_input(" ANA@example.com ", PASSWORD), client()).await.unwrap();
        assert_ne!(first.token, token);
        let session = auth.authenticate(&first.token).await.unwrap().unwrap();
        assert_eq!((session.name.as_str(), session.email.as_str()), ("Ana", ANA));
        assert!(session.membership().is_some(), "she comes back to where she was");
        let listed = auth.sessions(&session).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(
            listed.iter().filter(|row| row.current).map(|row| row.id).collect::<Vec<_>>(),
            [session.id]
        );
        assert_eq!(listed[0].created_at.zone, "Europe/Paris");

        auth.sign_out(session.id).await.unwrap();
        assert_eq!(auth.authenticate(&first.token).await.unwrap(), None);
        assert!(auth.authenticate(&token).await.unwrap().is_some(), "the other browser stays");
        assert_eq!(auth.authenticate("").await.unwrap(), None);
        auth.sign_out(session.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_session_is_revoked_by_its_person_only() {
    each_engine(async |test| {
        let Team { auth, token, editor, .. } = team(&test).await;
        let ana = auth.authenticate(&token).await.unwrap().unwrap();
        let ed = auth.authenticate(&editor).await.unwrap().unwrap();
        assert_eq!(auth.revoke_session(&ed, ana.id).await, Err(ApiError::NotFound));
        assert!(auth.authenticate(&token).await.unwrap().is_some());
        auth.revoke_session(&ana, ana.id).await.unwrap();
        assert_eq!(auth.authenticate(&token).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_session_slides_while_used_and_ends_unused() {
    each_engine(async |test| {
        let Team { auth, token, .. } = team(&test).await;
        for _ in 0..3 {
            test.clock.advance(TimeDelta::days(29));
            assert!(auth.authenticate(&token).await.unwrap().is_some());
        }
        test.clock.advance(TimeDelta::days(30));
        assert_eq!(auth.authenticate(&token).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn wrong_and_unknown_names_get_one_answer_and_then_a_pause() {
    each_engine(async |test| {
        let Team { auth, .. } = team(&test).await;
        let wrong = auth.sign_in(sign_in_input(ANA, "wrong password"), client()).await.unwrap_err();
        let unknown =
            auth.sign_in(sign_in_input("nobody@example.com", "wrong password"), client()).await.unwrap_err();
        assert_eq!(wrong, unknown);
        assert_eq!(problem_of(&wrong), Some(("password", &Problem::WrongCredentials)));

        for _ in 0..9 {
            let again = auth.sign_in(sign_in_input(ANA, "wrong password"), client()).await.unwrap_err();
            assert_eq!(again, wrong);
        }
        let paused = auth.sign_in(sign_in_input(ANA, PASSWORD), client()).await.unwrap_err();
        assert_eq!(paused, ApiError::TooMany { retry_after_s: 15 * 60 + 1 }, "even with the right password");
        let other = auth.sign_in(sign_in_input("ed@example.com", PASSWORD), client()).await;
        assert!(other.is_ok(), "another person isn't kept waiting");

        test.clock.advance(TimeDelta::minutes(15));
        auth.sign_in(sign_in_input(ANA, PASSWORD), client()).await.unwrap();
        for _ in 0..9 {
            auth.sign_in(sign_in_input(ANA, "wrong password"), client()).await.unwrap_err();
        }
        auth.sign_in(sign_in_input(ANA, PASSWORD), client()).await.expect("a success had cleared the tries");
    })
    .await;
}

#[tokio::test]
async fn one_address_may_not_try_every_name() {
    each_engine(async |test| {
        let Team { auth, .. } = team(&test).await;
        for n in 0..50 {
            let tried =
                auth.sign_in(sign_in_input(&format!("n{n}@example.com"), "x"), client()).await.unwrap_err();
            assert!(problem_of(&tried).is_some(), "{tried}");
        }
        let limited = auth.sign_in(sign_in_input("other@example.com", "x"), client()).await.unwrap_err();
        assert!(matches!(limited, ApiError::TooMany { .. }), "{limited}");
        let elsewhere = model::session::ClientInfo { address: "192.0.2.7".to_owned(), ..client() };
        assert!(auth.sign_in(sign_in_input(ANA, PASSWORD), elsewhere).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_sets_the_password_once_and_ends_all_sessions() {
    each_engine(async |test| {
        let Team { auth, token, context, .. } = team(&test).await;
        let link = create_reset_link(&context.db, &context.base_url, "Ana@Example.com").await.unwrap();
        let unused = create_reset_link(&context.db, &context.base_url, ANA).await.unwrap();
        assert!(link.starts_with("http://localhost:3000/reset/"), "{link}");
        let secret = link.rsplit('/').next().unwrap();
        assert!(auth.reset_valid(secret).await.unwrap());
        let short = auth.reset_password(secret, "short".to_owned()).await.unwrap_err();
        assert_eq!(problem_of(&short), Some(("password", &Problem::TooShort { min: PASSWORD_MIN })));

        auth.reset_password(secret, "another password".to_owned()).await.unwrap();
        assert_eq!(auth.authenticate(&token).await.unwrap(), None);
        let again = auth.reset_password(secret, "a third password".to_owned()).await.unwrap_err();
        assert_eq!(problem_of(&again), Some(("token", &Problem::LinkExpired)));
        assert!(!auth.reset_valid(unused.rsplit('/').next().unwrap()).await.unwrap(), "other links end too");
        assert!(auth.sign_in(sign_in_input(ANA, PASSWORD), client()).await.is_err());
        assert!(auth.sign_in(sign_in_input(ANA, "another password"), client()).await.is_ok());

        let late = create_reset_link(&context.db, &context.base_url, ANA).await.unwrap();
        test.clock.advance(TimeDelta::hours(24));
        assert!(!auth.reset_valid(late.rsplit('/').next().unwrap()).await.unwrap());
        assert!(create_reset_link(&context.db, &context.base_url, "nobody@example.com").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_link_makes_one_member() {
    each_engine(async |test| {
        let Team { auth, team, owner, .. } = team(&test).await;
        let open = InviteInput { email: String::new(), role: Role::Viewer };
        let link = team.invite(owner, open).await.unwrap().link;
        let secret = link.rsplit('/').next().unwrap().to_owned();
        let view = auth.invitation(&secret).await.unwrap();
        assert_eq!(
            (view.workspace.as_str(), view.invited_by.as_str(), view.role),
            ("Bakery", "Ana", Role::Viewer)
        );
        assert!(!view.has_account);

        let input = |email: &str| SignUpInput {
            name: "Uma".to_owned(),
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let taken = auth.sign_up(&secret, input(ANA), client()).await.unwrap_err();
        assert_eq!(problem_of(&taken), Some(("email", &Problem::AlreadyTaken)));
        let new = auth.sign_up(&secret, input("uma@example.com"), client()).await.unwrap();
        let session = auth.authenticate(&new.token).await.unwrap().unwrap();
        assert_eq!(session.actor().unwrap().role, Role::Viewer);
        let again = auth.sign_up(&secret, input("wu@example.com"), client()).await.unwrap_err();
        assert_eq!(problem_of(&again), Some(("token", &Problem::LinkExpired)));
        assert!(auth.invitation("guess").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_to_an_address_is_for_nobody_else() {
    each_engine(async |test| {
        let Team { auth, team, owner, editor, token, .. } = team(&test).await;
        let second = auth.authenticate(&editor).await.unwrap().unwrap();
        let own = team.create_workspace(&second, "Bikes".to_owned(), String::new()).await.unwrap();
        let ed = auth.authenticate(&editor).await.unwrap().unwrap();
        assert_eq!(ed.current, Some(own), "the session goes to the new workspace");
        let input = InviteInput { email: "ANA@example.com".to_owned(), role: Role::Admin };
        let link = team.invite(ed.actor().unwrap(), input).await.unwrap().link;
        let secret = link.rsplit('/').next().unwrap();
        assert!(auth.invitation(secret).await.unwrap().has_account);

        let sign_up = SignUpInput {
            name: "Eve".to_owned(),
            email: "eve@example.com".to_owned(),
            password: PASSWORD.to_owned(),
        };
        let other = ApiError::conflict(Conflict::OtherPerson);
        assert_eq!(auth.sign_up(secret, sign_up, client()).await.unwrap_err(), other);
        assert_eq!(auth.accept_invitation(secret, &ed).await.unwrap_err(), other);
        let ana = auth.authenticate(&token).await.unwrap().unwrap();
        auth.accept_invitation(secret, &ana).await.unwrap();
        let ana = auth.authenticate(&token).await.unwrap().unwrap();
        assert_eq!((ana.current, ana.actor().unwrap().role), (Some(own), Role::Admin));
        assert_eq!(ana.workspaces.len(), 2);

        let open = InviteInput { email: String::new(), role: Role::Viewer };
        let link = team.invite(owner, open).await.unwrap().link;
        let member_already =
            auth.accept_invitation(link.rsplit('/').next().unwrap(), &ana).await.unwrap_err();
        assert_eq!(member_already, ApiError::conflict(Conflict::AlreadyThere));
        let still_open = auth.invitation(link.rsplit('/').next().unwrap()).await;
        assert!(still_open.is_ok(), "it isn't used up by that");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_master_key_is_told_at_start() {
    each_engine(async |test| {
        let keys = |byte| Keys::new(&MasterKey::from_bytes([byte; 32])).unwrap();
        keys(1).check(&test.db).await.unwrap();
        keys(1).check(&test.db).await.unwrap();
        assert!(matches!(keys(2).check(&test.db).await, Err(KeyCheckError::WrongKey)));
    })
    .await;
}

#[tokio::test]
async fn an_operator_adds_people() {
    each_engine(async |test| {
        let Team { auth, context, .. } = team(&test).await;
        let new = |email: &str, workspace: &str| NewPerson {
            name: "Olu".to_owned(),
            email: email.to_owned(),
            workspace: workspace.to_owned(),
            role: Role::Editor,
        };
        let link =
            create_person(&context.db, &context.base_url, &new("Olu@example.com", "Bakery")).await.unwrap();
        auth.reset_password(link.rsplit('/').next().unwrap(), PASSWORD.to_owned()).await.unwrap();
        let token = auth.sign_in(sign_in_input("olu@example.com", PASSWORD), client()).await.unwrap().token;
        let session = auth.authenticate(&token).await.unwrap().unwrap();
        assert_eq!(session.membership().map(|m| (m.name.as_str(), m.role)), Some(("Bakery", Role::Editor)));

        let again = create_person(&context.db, &context.base_url, &new("olu@example.com", "Bakery")).await;
        assert!(matches!(again, Err(OperatorError::AlreadyThere(_))), "{again:?}");
        create_person(&context.db, &context.base_url, &new("oz@example.com", "Bikes")).await.unwrap();
        let people = list_persons(&context.db).await.unwrap();
        assert_eq!(people.len(), 6);
        assert!(people.contains(&("Olu".to_owned(), "oz@example.com".to_owned())));
    })
    .await;
}
