//! By consent page and by app password.

use super::*;

#[tokio::test]
async fn x_is_connected_by_its_consent_page() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let listed = stage.accounts.list(stage.admin).await.unwrap();
        let account = &listed[0];
        assert_eq!(
            (listed.len(), account.id, account.platform),
            (1, id, Platform::X),
            "{}",
            test.engine_name
        );
        assert_eq!((account.handle.as_str(), account.name.as_str()), ("maya", "Maya Lindqvist"));
        assert_eq!((account.health, account.sandbox, account.host.as_str()), (Health::Active, true, ""));
        assert!(
            account.missing_scopes.is_empty() && account.avatar.is_none() && account.expires_at.is_none()
        );
        assert!(stage.works(&stage.access(id).await.unwrap()).await);
        assert_eq!(stage.acts().await, ["account.connected"]);

        // No token is readable in the database.
        let access = stage.access(id).await.unwrap();
        let row =
            grants::of_account(&mut test.db.read().await.unwrap(), stage.admin.workspace, id).await.unwrap();
        let sealed = row.unwrap().grant.sealed_tokens.unwrap();
        let token = access.token.expose().as_bytes();
        assert!(!sealed.windows(token.len()).any(|bytes| bytes == token));
    })
    .await;
}

#[tokio::test]
async fn a_state_serves_once_and_only_where_it_was_made() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let page = stage.begin(Platform::X, None).await;
        let answer = stage.consent(&page, "maya", &[]).await;

        let forged = OAuthAnswer { state: Some("forged".to_owned()), ..answer.clone() };
        assert_eq!(problem(stage.finish(Platform::X, forged).await), PlatformProblem::BadState);
        let without = OAuthAnswer { state: None, ..answer.clone() };
        assert_eq!(problem(stage.finish(Platform::X, without).await), PlatformProblem::BadState);
        let viewer = Actor { role: Role::Editor, ..stage.admin };
        let demoted = stage.accounts.finish_connect(viewer, stage.session, Platform::X, answer.clone()).await;
        assert_eq!(demoted, Err(ApiError::Forbidden { needs: Role::Admin }));
        one(stage.finish(Platform::X, answer.clone()).await.unwrap());
        assert_eq!(problem(stage.finish(Platform::X, answer).await), PlatformProblem::BadState, "replayed");

        let stranger = member(&stage.context, "zoe").await;
        let other_session = new_id::<SessionId>(test.db.clock().now());
        for (actor, session, platform) in [
            (stage.admin, other_session, Platform::X),
            (stranger, stage.session, Platform::X),
            (stage.admin, stage.session, Platform::LinkedIn),
        ] {
            let page = stage.begin(Platform::X, None).await;
            let answer = stage.consent(&page, "theo", &[]).await;
            let taken = stage.accounts.finish_connect(actor, session, platform, answer.clone()).await;
            assert_eq!(problem(taken), PlatformProblem::BadState, "{}", test.engine_name);
            assert_eq!(problem(stage.finish(Platform::X, answer).await), PlatformProblem::BadState, "burnt");
        }
        let page = stage.begin(Platform::X, None).await;
        let answer = stage.consent(&page, "theo", &[]).await;
        test.clock.advance(TimeDelta::minutes(10));
        assert_eq!(problem(stage.finish(Platform::X, answer).await), PlatformProblem::BadState, "too late");
        assert_eq!(stage.accounts.list(stage.admin).await.unwrap().len(), 1);
        assert!(stage.accounts.list(stranger).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_consent_may_be_refused_or_given_in_part() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let page = stage.begin(Platform::X, None).await;
        let answer = stage.deny(&page).await;
        assert_eq!(problem(stage.finish(Platform::X, answer).await), PlatformProblem::Denied);

        let page = stage.begin(Platform::X, None).await;
        let answer = stage.consent(&page, "maya", &["tweet.write", "media.write"]).await;
        let missing = vec!["tweet.write".to_owned()];
        assert_eq!(
            problem(stage.finish(Platform::X, answer).await),
            PlatformProblem::MissingScopes { missing }
        );
        assert!(stage.accounts.list(stage.admin).await.unwrap().is_empty());

        let page = stage.begin(Platform::X, None).await;
        let answer = stage.consent(&page, "maya", &["media.write"]).await;
        one(stage.finish(Platform::X, answer).await.unwrap());
        let listed = stage.accounts.list(stage.admin).await.unwrap();
        assert_eq!(listed[0].missing_scopes, ["media.write"], "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn without_an_app_or_the_role_nothing_begins() {
    each_engine(async |test| {
        let context = people::context(&test);
        let admin = member(&context, "ana").await;
        let session = new_id(test.db.clock().now());
        let accounts = Accounts::new(context);
        let begun = accounts.begin_connect(admin, session, Platform::X, None).await;
        assert_eq!(problem(begun), PlatformProblem::NotConfigured);
        let offers = accounts.offers(admin).await.unwrap();
        let x = offers.iter().find(|offer| offer.platform == Platform::X).unwrap();
        assert_eq!(x.missing_config, ["x.client_id", "x.client_secret"]);
        let editor = Actor { role: Role::Editor, ..admin };
        let forbidden = accounts.begin_connect(editor, session, Platform::X, None).await;
        assert_eq!(forbidden, Err(ApiError::Forbidden { needs: Role::Admin }));
    })
    .await;
}

#[tokio::test]
async fn reconnecting_keeps_the_row() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        stage.post(id, TargetState::Published).await;
        stage
            .accounts
            .edit(stage.admin, id, AccountEdit { label: " Main ".to_owned(), paused: false })
            .await
            .unwrap();
        assert!(stage.needs_reconnect(id, &stage.access(id).await.unwrap()).await);
        assert_eq!(stage.health(id).await, Health::NeedsReconnect);

        let page = stage.begin(Platform::X, Some(id)).await;
        let answer = stage.consent(&page, "theo", &[]).await;
        let other = PlatformProblem::OtherAccount { expected: "@maya".to_owned() };
        assert_eq!(problem(stage.finish(Platform::X, answer).await), other);
        let page = stage.begin(Platform::X, Some(id)).await;
        let answer = stage.consent(&page, "maya", &[]).await;
        assert_eq!(one(stage.finish(Platform::X, answer).await.unwrap()), id, "{}", test.engine_name);
        let listed = stage.accounts.list(stage.admin).await.unwrap();
        assert_eq!((listed.len(), listed[0].health, listed[0].label.as_str()), (1, Health::Active, "Main"));

        // Also after it was disconnected.
        stage.accounts.disconnect(stage.admin, id).await.unwrap();
        assert_eq!(stage.connect_x("maya").await, id);
        assert!(stage.works(&stage.access(id).await.unwrap()).await);
    })
    .await;
}

#[tokio::test]
async fn facebook_pages_are_chosen_and_share_a_consent() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let page = stage.begin(Platform::Facebook, None).await;
        let answer = stage.consent(&page, "maya", &[]).await;
        let Connected::Choose { connection } = stage.finish(Platform::Facebook, answer).await.unwrap() else {
            panic!("Maya holds several Pages")
        };
        let accounts = &stage.accounts;
        let choices = accounts.choices(stage.admin, connection).await.unwrap().choices;
        assert!(choices.len() == 3 && choices.iter().all(|choice| !choice.connected), "{choices:?}");
        let ids: Vec<String> = choices.iter().map(|choice| choice.remote_id.clone()).collect();
        let stranger = member(&stage.context, "zoe").await;
        assert_eq!(accounts.choices(stranger, connection).await, Err(ApiError::NotFound));
        assert_eq!(accounts.choose(stranger, connection, ids.clone()).await, Err(ApiError::NotFound));
        let none = accounts.choose(stage.admin, connection, Vec::new()).await;
        assert_eq!(none, Err(ApiError::invalid("accounts", Problem::NoAccount)));
        let unknown = accounts.choose(stage.admin, connection, vec!["1".to_owned()]).await;
        assert_eq!(unknown, Err(ApiError::invalid("accounts", Problem::BadValue)));
        let added = accounts.choose(stage.admin, connection, ids[..2].to_vec()).await.unwrap();
        assert_eq!(added.len(), 2);
        assert_eq!(accounts.choose(stage.admin, connection, ids).await, Err(ApiError::NotFound), "once");

        // Each Page has a token of its own; the consent ends with the last of them.
        let (first, second) = (stage.access(added[0]).await.unwrap(), stage.access(added[1]).await.unwrap());
        assert_ne!(first.token, second.token);
        let facebook = stage.context.registry.get(Platform::Facebook);
        accounts.disconnect(stage.admin, added[0]).await.unwrap();
        facebook.profile(&second).await.unwrap();
        accounts.disconnect(stage.admin, added[1]).await.unwrap();
        assert!(facebook.profile(&second).await.is_err(), "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn bluesky_is_connected_by_app_password_on_a_host_that_may_be_called() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let url = stage.sandbox.url().join("/control/accounts?platform=bluesky").unwrap();
        let people: Vec<Value> = stage.browser.send(stage.browser.get(url)).await.unwrap().json().unwrap();
        let maya = people.iter().find(|person| person["handle"] == "maya.sandbox.test").unwrap();
        let password = maya["password"].as_str().unwrap();
        let input = |host: &str, handle: &str, app_password: &str| BlueskyInput {
            host: host.to_owned(),
            handle: handle.to_owned(),
            app_password: app_password.to_owned(),
        };
        let connect = |input| stage.accounts.connect_bluesky(stage.admin, input);
        let inside = connect(input("http://127.0.0.1:1", "maya.sandbox.test", password)).await;
        let reason = match inside {
            Err(ApiError::Invalid { problems }) => problems[0].problem.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(reason, Problem::BadHost { reason: HostProblem::PortNotAllowed });
        assert_eq!(
            connect(input("", "maya", "x")).await,
            Err(ApiError::invalid("handle", Problem::BadHandle))
        );
        let wrong = connect(input("", "maya.sandbox.test", "aaaa-bbbb-cccc-dddd")).await;
        assert_eq!(problem(wrong), PlatformProblem::WrongCredentials);

        let id = connect(input("", "@maya.sandbox.test ", password)).await.unwrap();
        let listed = stage.accounts.list(stage.admin).await.unwrap();
        assert_eq!(
            (listed[0].id, listed[0].handle.as_str()),
            (id, "maya.sandbox.test"),
            "{}",
            test.engine_name
        );
        assert!(listed[0].sandbox && !listed[0].host.is_empty());
        assert_eq!(stage.accounts.check(stage.admin, id).await.unwrap().health, Health::Active);
        assert_eq!(connect(input("", "maya.sandbox.test", password)).await, Ok(id), "renewed");
    })
    .await;
}

/// LinkedIn tells self-serve apps no handle.
#[tokio::test]
async fn an_account_without_a_handle_goes_by_its_name() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let page = stage.begin(Platform::LinkedIn, None).await;
        let answer = stage.consent(&page, "maya", &[]).await;
        let id = one(stage.finish(Platform::LinkedIn, answer).await.unwrap());
        let shown = &stage.accounts.list(stage.admin).await.unwrap()[0];
        assert!(shown.handle.is_empty() && !shown.name.is_empty(), "{shown:?}");
        assert_eq!(shown.called(), shown.name, "{}", test.engine_name);
        let page = stage.begin(Platform::LinkedIn, Some(id)).await;
        let answer = stage.consent(&page, "theo", &[]).await;
        let other = PlatformProblem::OtherAccount { expected: shown.name.clone() };
        assert_eq!(problem(stage.finish(Platform::LinkedIn, answer).await), other);
    })
    .await;
}
