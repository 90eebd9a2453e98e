//! Pages of one consent, of which Facebook refuses some.

use super::*;
use model::TargetId;
use model::state::Reason;
use platforms::{Consent, RemoteAccount, Tokens};
use service::accounts::adopt_all;
use service::publishing::{Advanced, Publisher};

/// Connects two of Maya's Pages by one consent.
async fn two_pages(stage: &Stage) -> [AccountId; 2] {
    let page = stage.begin(Platform::Facebook, None).await;
    let answer = stage.consent(&page, "maya", &[]).await;
    let Connected::Choose { connection } = stage.finish(Platform::Facebook, answer).await.unwrap() else {
        panic!("Maya holds several Pages")
    };
    let choices = stage.accounts.choices(stage.admin, connection).await.unwrap().choices;
    let ids = choices.iter().take(2).map(|choice| choice.remote_id.clone()).collect();
    stage.accounts.choose(stage.admin, connection, ids).await.unwrap().try_into().unwrap()
}

async fn reconnect(stage: &Stage, account: AccountId, persona: &str) -> Result<Connected, ApiError> {
    let page = stage.begin(Platform::Facebook, Some(account)).await;
    let answer = stage.consent(&page, persona, &[]).await;
    stage.finish(Platform::Facebook, answer).await
}

/// A new consent that covers this Page alone, by whoever gave the last one or by `another`.
async fn renew_alone(stage: &Stage, account: AccountId, another: Option<&str>) {
    let mut read = stage.context.db.read().await.unwrap();
    let row = grants::of_account(&mut read, stage.admin.workspace, account).await.unwrap().unwrap();
    drop(read);
    let Access { host, token, remote_id, handle, .. } = stage.access(account).await.unwrap();
    let tokens =
        Tokens { access: token.clone(), refresh: None, access_expires_at: None, refresh_expires_at: None };
    let name = "Page".to_owned();
    let page = RemoteAccount { remote_id, handle, name, avatar_url: None, url: None, token: Some(token) };
    let consent = Consent {
        host,
        subject: another.map_or(row.grant.subject, str::to_owned),
        tokens,
        granted_scopes: Vec::new(),
        missing_scopes: Vec::new(),
        accounts: vec![page],
    };
    adopt_all(&stage.context, stage.admin, Platform::Facebook, &consent).await.unwrap();
}

/// One post to all of the accounts, due now.
async fn due_post<const N: usize>(stage: &Stage, body: &str, to_accounts: [AccountId; N]) -> [TargetId; N] {
    let (workspace, author, now) = (stage.admin.workspace, stage.admin.user, stage.context.db.clock().now());
    let post = new_id(now);
    let mut tx = stage.context.db.begin().await.unwrap();
    posts::insert(&mut tx, &NewPost { id: post, workspace, author, body, variants: &[], now }).await.unwrap();
    let due = Due { at: now, zone: "UTC".to_owned() };
    let mut made = Vec::new();
    for account in to_accounts {
        let (id, state) = (new_id(now), TargetState::Scheduled);
        let new = NewTarget { id, workspace, post, account, state, due: Some(&due), publish_key: "k", now };
        targets::insert(&mut tx, &new).await.unwrap();
        made.push(id);
    }
    tx.commit().await.unwrap();
    made.try_into().unwrap()
}

/// Does what is due for the target, as a worker does it; gives its state.
async fn advance(stage: &Stage, target: TargetId) -> TargetState {
    let publisher = Publisher::new(stage.context.clone(), "worker".to_owned());
    let seen = publisher.look(&[target]).await.unwrap().pop().unwrap();
    let Advanced::To(state) = publisher.advance(seen).await.unwrap() else { panic!("nothing was due") };
    state
}

/// Why the target waits for its account, if it does.
async fn waits(stage: &Stage, target: TargetId) -> Option<String> {
    let mut read = stage.context.db.read().await.unwrap();
    let row = storage::publishing::load(&mut read, target).await.unwrap().unwrap();
    match row.reason?.0 {
        Reason::Reconnect { message } if row.state == TargetState::Scheduled => Some(message),
        _ => None,
    }
}

/// From now on Facebook refuses what the account publishes, as it does after a lost role.
async fn refuse(stage: &Stage, account: AccountId, code: i64, subcode: Option<i64>) {
    let page = stage.access(account).await.unwrap().remote_id;
    let fault = json!({
        "platform": "facebook", "kind": "error", "endpoint": "commit", "account": page, "status": 403, "code": code,
        "subcode": subcode,
    });
    stage.control("/control/faults", fault).await;
}

async fn take_back(stage: &Stage) {
    let url = stage.sandbox.url().join("/control/faults").unwrap();
    assert!(stage.browser.send(stage.browser.delete(url)).await.unwrap().is_success());
}

async fn commits(stage: &Stage) -> usize {
    let url = stage.sandbox.url().join("/control/requests?platform=facebook&limit=1000").unwrap();
    let answer = stage.browser.send(stage.browser.get(url)).await.unwrap();
    answer.json::<Vec<Value>>().unwrap().len()
}

#[tokio::test]
async fn a_page_that_is_refused_waits_alone_until_it_is_connected_again() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let engine = test.engine_name;
        let [first, second] = two_pages(&stage).await;
        for (code, subcode) in [(200, None), (10, None), (190, Some(492))] {
            let case = format!("{code} {subcode:?} {engine}");
            refuse(&stage, first, code, subcode).await;
            let [stopped, free] = due_post(&stage, &case, [first, second]).await;
            assert_eq!(advance(&stage, stopped).await, TargetState::Scheduled, "{case}");
            assert_eq!(advance(&stage, free).await, TargetState::Published, "{case}");
            assert!(waits(&stage, stopped).await.unwrap().contains("refused"), "{case}");
            let listed = stage.accounts.list(stage.admin).await.unwrap();
            let shown = |id| listed.iter().find(|view| view.id == id).unwrap();
            assert_eq!(shown(first).health, Health::NeedsReconnect, "{case}");
            assert!(shown(first).last_error.as_deref().unwrap().contains("refused"), "{case}");
            assert_eq!((shown(second).health, &shown(second).last_error), (Health::Active, &None), "{case}");

            // While it waits nothing is sent, and neither a look nor another person's consent helps.
            test.clock.advance(TimeDelta::minutes(2));
            let sent = commits(&stage).await;
            assert_eq!(advance(&stage, stopped).await, TargetState::Scheduled);
            let checked = stage.accounts.check(stage.admin, first).await.unwrap();
            assert_eq!((checked.health, commits(&stage).await), (Health::NeedsReconnect, sent), "{case}");
            let others = reconnect(&stage, first, "theo").await;
            assert!(matches!(problem(others), PlatformProblem::OtherAccount { .. }), "{case}");
            assert!(waits(&stage, stopped).await.is_some());
            assert_eq!(stage.health(second).await, Health::Active);

            take_back(&stage).await;
            assert_eq!(one(reconnect(&stage, first, "maya").await.unwrap()), first);
            assert_eq!(stage.health(first).await, Health::Active, "{case}");
            assert_eq!(advance(&stage, stopped).await, TargetState::Published, "it is woken: {case}");
        }
    })
    .await;
}

/// Who has lost the role at one Page can still connect the others again.
#[tokio::test]
async fn connecting_another_page_again_changes_nothing_for_the_refused_one() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let engine = test.engine_name;
        let [first, second] = two_pages(&stage).await;
        refuse(&stage, first, 190, Some(492)).await;
        let [stopped] = due_post(&stage, "lost role", [first]).await;
        assert_eq!(advance(&stage, stopped).await, TargetState::Scheduled);

        let old = stage.access(second).await.unwrap();
        renew_alone(&stage, second, None).await;
        let new = stage.access(second).await.unwrap();
        assert!(new.version > old.version, "{engine}");
        assert_eq!(
            (stage.health(first).await, stage.health(second).await),
            (Health::NeedsReconnect, Health::Active)
        );
        test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(advance(&stage, stopped).await, TargetState::Scheduled);
        assert!(waits(&stage, stopped).await.is_some(), "{engine}");
        let [free] = due_post(&stage, "free", [second]).await;
        assert_eq!(advance(&stage, free).await, TargetState::Published, "{engine}");
    })
    .await;
}

/// A worker may come back late with what an old token met, and a colleague's consent counts its versions anew.
#[tokio::test]
async fn what_an_old_page_token_met_says_nothing_about_a_new_one() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let [first, second] = two_pages(&stage).await;
        let (old, mine) = (stage.access(first).await.unwrap(), stage.access(second).await.unwrap());
        assert!(stage.needs_reconnect(first, &old).await && stage.needs_reconnect(first, &old).await);
        assert_eq!(stage.health(second).await, Health::Active, "{}", test.engine_name);
        assert!(matches!(stage.access(first).await, Err(AccessError::Reconnect { .. })));
        renew_alone(&stage, second, Some("colleague")).await;
        assert!(!stage.needs_reconnect(second, &mine).await, "{}", test.engine_name);
        assert_eq!(stage.health(second).await, Health::Active);
        let present = stage.access(second).await.unwrap();
        assert!(stage.needs_reconnect(second, &present).await && !stage.needs_reconnect(second, &mine).await);

        one(reconnect(&stage, first, "maya").await.unwrap());
        assert!(!stage.needs_reconnect(first, &old).await, "{}", test.engine_name);
        assert_eq!(stage.health(first).await, Health::Active);
        assert_eq!(stage.health(second).await, Health::NeedsReconnect, "it is the colleague's");
    })
    .await;
}

/// The end of the whole consent is found out by each Page's own next call.
#[tokio::test]
async fn a_consent_that_has_ended_shows_on_each_page_and_one_renewal_helps_all() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let [first, second] = two_pages(&stage).await;
        stage.control("/control/revoke", json!({"platform": "facebook", "account": "maya"})).await;
        for id in [first, second] {
            assert_eq!(stage.health(id).await, Health::Active, "nothing is known yet");
            let checked = stage.accounts.check(stage.admin, id).await.unwrap();
            assert_eq!(checked.health, Health::NeedsReconnect, "{}", test.engine_name);
            assert!(checked.last_error.is_some());
        }
        one(reconnect(&stage, second, "maya").await.unwrap());
        for id in [first, second] {
            assert_eq!(stage.accounts.check(stage.admin, id).await.unwrap().health, Health::Active);
        }
    })
    .await;
}
