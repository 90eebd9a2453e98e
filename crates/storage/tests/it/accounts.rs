//! Consents, grants and accounts, on both engines.

use crate::place::Place;
use crate::publishing::ledger_row;
use chrono::TimeDelta;
use model::{AccountId, ConnectionId, GrantId, Platform, SessionId, TargetState, UserId, WorkspaceId};
use storage::accounts::NewAccount;
use storage::connections::{ConnectionRow, StateRow};
use storage::grants::{GrantKey, GrantRow, SealedTokens};
use storage::ledger::{self, Claim};
use storage::persons::Person;
use storage::posts::NewPost;
use storage::targets::{Due, NewTarget};
use storage::workspaces::Workspace;
use storage::{Db, accounts, connections, grants, new_id, persons, posts, publishing, targets, workspaces};
use testing::each_engine;

const HOST: &str = "https://api.x.com";

async fn place(db: &Db, name: &str) -> (WorkspaceId, UserId) {
    let now = db.clock().now();
    let person = Person {
        id: new_id(now),
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        password_hash: "$argon2id$…".to_owned(),
        created_at: now,
    };
    let workspace = Workspace {
        id: new_id(now),
        name: name.to_owned(),
        zone: "Europe/Paris".to_owned(),
        lateness_window_min: 60,
        created_at: now,
    };
    let mut tx = db.begin().await.unwrap();
    persons::insert(&mut tx, &person).await.unwrap();
    workspaces::insert(&mut tx, &workspace).await.unwrap();
    tx.commit().await.unwrap();
    (workspace.id, person.id)
}

fn tokens(db: &Db, pair: &[u8]) -> SealedTokens {
    let now = db.clock().now();
    SealedTokens {
        sealed: pair.to_vec(),
        access_expires_at: Some(now + TimeDelta::hours(2)),
        refresh_expires_at: Some(now + TimeDelta::days(90)),
    }
}

async fn grant(db: &Db, workspace: WorkspaceId, subject: &str) -> GrantRow {
    let now = db.clock().now();
    let key = GrantKey { workspace, platform: Platform::X, host: HOST, app: "app", subject };
    let mut tx = db.begin().await.unwrap();
    let id = grants::claim(&mut tx, &key, now).await.unwrap();
    let granted = ["tweet.read".to_owned()];
    let missing = ["media.write".to_owned()];
    grants::store_consent(&mut tx, workspace, id, &tokens(db, b"pair"), &granted, &missing, now)
        .await
        .unwrap();
    let row = grants::get(&mut tx, workspace, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    row
}

async fn account(db: &Db, grant: &GrantRow, remote_id: &str, handle: &str) -> AccountId {
    let mut tx = db.begin().await.unwrap();
    let new = NewAccount {
        workspace: grant.workspace_id,
        grant: grant.id,
        platform: grant.platform,
        host: &grant.host,
        remote_id,
        handle,
        name: "Maya",
        url: None,
    };
    let id = accounts::connect(&mut tx, &new, db.clock().now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn target(db: &Db, (workspace, author): (WorkspaceId, UserId), account: AccountId, state: TargetState) {
    let now = db.clock().now();
    let post = new_id(now);
    let mut tx = db.begin().await.unwrap();
    let new = NewPost { id: post, workspace, author, body: "Hello", variants: &[], now };
    posts::insert(&mut tx, &new).await.unwrap();
    let due = Due { at: now + TimeDelta::hours(1), zone: "UTC".to_owned() };
    let due = (state != TargetState::Draft).then_some(&due);
    let new = NewTarget { id: new_id(now), workspace, post, account, state, due, publish_key: "key", now };
    targets::insert(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_state_is_taken_once_and_both_kinds_of_waiting_end() {
    each_engine(async |test| {
        let db = &test.db;
        let (workspace, person) = place(db, "ana").await;
        let (elsewhere, stranger) = place(db, "zoe").await;
        let now = db.clock().now();
        let state = |hash: u8| StateRow {
            state_hash: vec![hash; 32],
            session_id: new_id::<SessionId>(now),
            workspace_id: workspace,
            person_id: person,
            platform: Platform::LinkedIn,
            sealed_verifier: vec![9; 60],
            reconnect_account_id: None,
            expires_at: now + TimeDelta::minutes(10),
        };
        let (first, second) = (state(1), state(2));
        let waiting = ConnectionRow {
            id: new_id(now),
            workspace_id: workspace,
            person_id: person,
            platform: Platform::Facebook,
            sealed_consent: vec![7; 300],
            expires_at: now + TimeDelta::minutes(30),
        };
        let mut tx = db.begin().await.unwrap();
        connections::insert_state(&mut tx, &first).await.unwrap();
        connections::insert_state(&mut tx, &second).await.unwrap();
        connections::insert(&mut tx, &waiting).await.unwrap();
        assert_eq!(connections::take_state(&mut tx, &[1; 32]).await.unwrap(), Some(first));
        assert_eq!(connections::take_state(&mut tx, &[1; 32]).await.unwrap(), None, "{}", test.engine_name);

        let id = waiting.id;
        assert_eq!(
            connections::get(&mut tx, workspace, person, id, now).await.unwrap(),
            Some(waiting.clone())
        );
        assert_eq!(connections::get(&mut tx, elsewhere, person, id, now).await.unwrap(), None);
        assert_eq!(connections::get(&mut tx, workspace, stranger, id, now).await.unwrap(), None);
        assert_eq!(connections::get(&mut tx, workspace, person, id, waiting.expires_at).await.unwrap(), None);
        assert!(!connections::remove(&mut tx, elsewhere, id).await.unwrap());
        assert!(connections::remove(&mut tx, workspace, id).await.unwrap());
        assert!(!connections::remove(&mut tx, workspace, id).await.unwrap());

        let later = ConnectionRow { id: new_id::<ConnectionId>(now), ..waiting };
        connections::insert(&mut tx, &later).await.unwrap();
        connections::purge(&mut tx, now + TimeDelta::minutes(10)).await.unwrap();
        assert_eq!(connections::take_state(&mut tx, &[2; 32]).await.unwrap(), None);
        assert!(connections::get(&mut tx, workspace, person, later.id, now).await.unwrap().is_some());
        connections::purge(&mut tx, now + TimeDelta::minutes(30)).await.unwrap();
        assert!(!connections::remove(&mut tx, workspace, later.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_consent_of_the_same_person_renews_the_grant() {
    each_engine(async |test| {
        let db = &test.db;
        let (workspace, _) = place(db, "ana").await;
        let (elsewhere, _) = place(db, "zoe").await;
        let first = grant(db, workspace, "42").await;
        assert_eq!((first.version, first.granted_scopes.0.len(), first.missing_scopes.0.len()), (1, 1, 1));
        assert_eq!(first.sealed_tokens.as_deref(), Some(b"pair".as_slice()));

        let mut tx = db.begin().await.unwrap();
        let now = db.clock().now();
        assert!(grants::set_needs_reconnect(&mut tx, workspace, first.id, 1, "gone", now).await.unwrap());
        assert!(!grants::set_needs_reconnect(&mut tx, elsewhere, first.id, 1, "gone", now).await.unwrap());
        assert!(!grants::set_needs_reconnect(&mut tx, workspace, first.id, 0, "older", now).await.unwrap());
        let broken = grants::get(&mut tx, workspace, first.id).await.unwrap().unwrap();
        assert_eq!((broken.needs_reconnect, broken.last_error.as_deref()), (true, Some("gone")));
        assert_eq!(grants::get(&mut tx, elsewhere, first.id).await.unwrap(), None, "{}", test.engine_name);
        tx.commit().await.unwrap();

        let again = grant(db, workspace, "42").await;
        assert_eq!((again.id, again.version, again.needs_reconnect), (first.id, 2, false));
        assert_eq!(again.last_error, None);
        assert_ne!(grant(db, workspace, "43").await.id, first.id);
        let mut tx = db.begin().await.unwrap();
        assert!(!grants::is_shared(&mut tx, &again).await.unwrap());
        drop(tx);
        assert_ne!(grant(db, elsewhere, "42").await.id, first.id);
        let mut tx = db.begin().await.unwrap();
        assert!(grants::is_shared(&mut tx, &again).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn one_refreshes_at_a_time_and_only_the_next_pair_is_stored() {
    each_engine(async |test| {
        let db = &test.db;
        let (workspace, _) = place(db, "ana").await;
        let row = grant(db, workspace, "42").await;
        let now = db.clock().now();
        let until = now + TimeDelta::seconds(60);
        let mut tx = db.begin().await.unwrap();
        assert!(grants::lease_refresh(&mut tx, &row, "a", now, until).await.unwrap());
        assert!(
            !grants::lease_refresh(&mut tx, &row, "b", now, until).await.unwrap(),
            "{}",
            test.engine_name
        );
        assert!(
            grants::lease_refresh(&mut tx, &row, "b", until, until + TimeDelta::seconds(60)).await.unwrap()
        );
        // The owner that lost its lease comes late, but with the only good pair.
        assert!(grants::store_refreshed(&mut tx, &row, &tokens(db, b"next"), now).await.unwrap());
        assert!(!grants::store_refreshed(&mut tx, &row, &tokens(db, b"other"), now).await.unwrap());
        let renewed = grants::get(&mut tx, workspace, row.id).await.unwrap().unwrap();
        assert_eq!(renewed.sealed_tokens.as_deref(), Some(b"next".as_slice()));
        assert_eq!((renewed.version, &renewed.refresh_owner, renewed.refresh_until), (2, &None, None));
        assert!(
            !grants::set_needs_reconnect(&mut tx, workspace, row.id, row.version, "old", now).await.unwrap()
        );

        assert!(grants::lease_refresh(&mut tx, &renewed, "c", now, until).await.unwrap());
        assert!(!grants::postpone_refresh(&mut tx, &renewed, "b", until, "busy").await.unwrap());
        assert!(grants::postpone_refresh(&mut tx, &renewed, "c", until, "busy").await.unwrap());
        let postponed = grants::get(&mut tx, workspace, row.id).await.unwrap().unwrap();
        assert_eq!((&postponed.refresh_owner, postponed.refresh_until), (&None, Some(until)));
        assert_eq!(postponed.last_error.as_deref(), Some("busy"));
        assert!(!grants::lease_refresh(&mut tx, &postponed, "d", now, until).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_grant_is_left_over_once_nothing_uses_it() {
    each_engine(async |test| {
        let db = &test.db;
        let people = place(db, "ana").await;
        let (workspace, _) = people;
        let row = grant(db, workspace, "42").await;
        let id = account(db, &row, "42", "maya").await;
        let (now, engine) = (db.clock().now(), test.engine_name);
        let (tomorrow, hour) = (now + TimeDelta::days(1), TimeDelta::hours(1));
        let expiring = async |ends, since| {
            grants::expiring(&mut db.read().await.unwrap(), workspace, ends, since).await.unwrap()
        };
        assert_eq!(expiring(tomorrow, now + hour).await, [row.id], "{engine}");
        assert!(expiring(now + hour, now + hour).await.is_empty(), "ends later");
        assert!(expiring(tomorrow, now).await.is_empty(), "renewed since");

        target(db, people, id, TargetState::Publishing).await;
        let mut tx = db.begin().await.unwrap();
        assert!(!grants::is_left_over(&mut tx, workspace, row.id).await.unwrap(), "connected");
        assert!(accounts::disconnect(&mut tx, workspace, id, now).await.unwrap());
        assert!(!accounts::disconnect(&mut tx, workspace, id, now).await.unwrap());
        assert!(!grants::is_left_over(&mut tx, workspace, row.id).await.unwrap(), "going out");
        assert!(grants::left_over(&mut tx, 10).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        assert!(expiring(tomorrow, now + hour).await.is_empty(), "no account");

        // The second one's account has nothing going out.
        let other = grant(db, workspace, "43").await;
        let second = account(db, &other, "43", "theo").await;
        let mut tx = db.begin().await.unwrap();
        assert!(accounts::disconnect(&mut tx, workspace, second, now).await.unwrap());
        accounts::set_token(&mut tx, workspace, second, Some(b"own")).await.unwrap();
        assert_eq!(grants::left_over(&mut tx, 10).await.unwrap(), [(workspace, other.id)]);
        assert!(grants::is_left_over(&mut tx, workspace, other.id).await.unwrap());
        let outdated = GrantRow { version: 0, ..other.clone() };
        assert!(!grants::revoke(&mut tx, &outdated, now).await.unwrap());
        assert!(grants::revoke(&mut tx, &other, now).await.unwrap());
        assert!(!grants::is_left_over(&mut tx, workspace, other.id).await.unwrap());
        let access = grants::of_account(&mut tx, workspace, second).await.unwrap().unwrap();
        assert_eq!((access.sealed_token, access.grant.sealed_tokens), (None, None));
        assert_eq!(access.grant.revoked_at, Some(now));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_is_revived_with_its_row_and_its_targets_are_cancelled() {
    each_engine(async |test| {
        let db = &test.db;
        let people = place(db, "ana").await;
        let (workspace, _) = people;
        let (elsewhere, _) = place(db, "zoe").await;
        let row = grant(db, workspace, "42").await;
        let id = account(db, &row, "42", "maya").await;
        for state in
            [TargetState::Draft, TargetState::Scheduled, TargetState::Scheduled, TargetState::Publishing]
        {
            target(db, people, id, state).await;
        }
        let now = db.clock().now();
        let mut tx = db.begin().await.unwrap();
        accounts::set_token(&mut tx, workspace, id, Some(b"own")).await.unwrap();
        assert!(accounts::edit(&mut tx, workspace, id, "Main", true).await.unwrap());
        assert!(!accounts::edit(&mut tx, elsewhere, id, "Theirs", false).await.unwrap());
        accounts::store_check(&mut tx, workspace, id, Err("no answer"), now).await.unwrap();
        let listed = accounts::list(&mut tx, workspace).await.unwrap();
        let shown = &listed[0];
        assert_eq!((listed.len(), shown.id, shown.waiting_posts), (1, id, 2), "{}", test.engine_name);
        assert_eq!((shown.label.as_str(), shown.paused, shown.zone.as_str()), ("Main", true, "Europe/Paris"));
        assert_eq!(shown.last_error.as_deref(), Some("no answer"));
        assert_eq!(shown.missing_scopes.0, ["media.write"]);
        assert_eq!(shown.sealed_token.as_deref(), Some(b"own".as_slice()));
        assert!(accounts::list(&mut tx, elsewhere).await.unwrap().is_empty());
        assert_eq!(accounts::get(&mut tx, elsewhere, id).await.unwrap(), None);
        assert_eq!(grants::of_account(&mut tx, elsewhere, id).await.unwrap(), None);
        let access = grants::of_account(&mut tx, workspace, id).await.unwrap().unwrap();
        assert_eq!((access.grant, access.handle.as_str()), (row.clone(), "maya"));
        accounts::store_check(
            &mut tx,
            workspace,
            id,
            Ok(("maya2", "Maya L", Some("https://x.com/maya2"))),
            now,
        )
        .await
        .unwrap();
        let shown = accounts::get(&mut tx, workspace, id).await.unwrap().unwrap();
        assert_eq!((shown.handle.as_str(), &shown.last_error), ("maya2", &None));
        assert_eq!(shown.url.as_deref(), Some("https://x.com/maya2"));

        assert_eq!(accounts::cancel_waiting(&mut tx, elsewhere, id, now).await.unwrap(), 0);
        assert_eq!(accounts::cancel_waiting(&mut tx, workspace, id, now).await.unwrap(), 3);
        assert_eq!(accounts::cancel_waiting(&mut tx, workspace, id, now).await.unwrap(), 0);
        assert!(!accounts::disconnect(&mut tx, elsewhere, id, now).await.unwrap());
        assert!(accounts::disconnect(&mut tx, workspace, id, now).await.unwrap());
        assert!(accounts::list(&mut tx, workspace).await.unwrap().is_empty());
        assert!(!accounts::edit(&mut tx, workspace, id, "Late", false).await.unwrap());
        tx.commit().await.unwrap();

        let another = grant(db, workspace, "colleague").await;
        assert_eq!(account(db, &another, "42", "maya3").await, id);
        let mut read = db.read().await.unwrap();
        let known = accounts::known(&mut read, workspace, Platform::X, HOST).await.unwrap();
        assert_eq!(
            (known.len(), known[0].id, known[0].grant_id, known[0].connected),
            (1, id, another.id, true)
        );
        assert!(
            accounts::known(&mut read, workspace, Platform::X, "https://other").await.unwrap().is_empty()
        );
        let revived = accounts::get(&mut read, workspace, id).await.unwrap().unwrap();
        assert_eq!((revived.label.as_str(), revived.paused, revived.waiting_posts), ("Main", false, 0));
        assert_eq!(grants::get(&mut read, workspace, new_id::<GrantId>(now)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_own_token_that_is_refused_stops_its_account_alone() {
    each_engine(async |test| {
        let db = &test.db;
        let here = Place::new(db, "ana").await;
        let (elsewhere, _) = place(db, "zoe").await;
        let (workspace, now, engine) = (here.workspace, here.now(), test.engine_name);
        let consent = grant(db, workspace, "42").await;
        let first = account(db, &consent, "1", "bakery").await;
        let second = account(db, &consent, "2", "cafe").await;
        let post = here.post("to both").await;
        let stopped = here.target(post, first, Some(now)).await;
        let free = here.target(post, second, Some(now)).await;

        let mut tx = db.begin().await.unwrap();
        assert!(!accounts::set_refused(&mut tx, workspace, first, 0, "no").await.unwrap(), "no own token");
        for id in [first, second] {
            accounts::set_token(&mut tx, workspace, id, Some(b"own")).await.unwrap();
        }
        let access = grants::of_account(&mut tx, workspace, first).await.unwrap().unwrap();
        assert_eq!((access.version(), &access.refused), (1, &None));
        assert!(!accounts::set_refused(&mut tx, elsewhere, first, 1, "role lost").await.unwrap());
        assert!(!accounts::set_refused(&mut tx, workspace, first, 0, "older").await.unwrap());
        assert!(accounts::set_refused(&mut tx, workspace, first, 1, "role lost").await.unwrap(), "{engine}");
        let shown = accounts::get(&mut tx, workspace, first).await.unwrap().unwrap();
        assert_eq!((shown.refused.as_deref(), shown.needs_reconnect), (Some("role lost"), false));
        assert_eq!(accounts::get(&mut tx, workspace, second).await.unwrap().unwrap().refused, None);

        let rows = publishing::load_some(&mut tx, &[stopped, free]).await.unwrap();
        let seen = |id| {
            let row = rows.iter().find(|row| row.id == id).unwrap();
            (row.grant_needs_reconnect, row.grant_error.as_deref())
        };
        assert_eq!((seen(stopped), seen(free)), ((true, Some("role lost")), (false, None)), "{engine}");
        let claim = Claim { lease_until: now + TimeDelta::seconds(90), created_at: now, now };
        let attempt = |target| ledger_row(&here, target, here.id(), 1);
        assert!(!ledger::claim(&mut tx, &claim, &attempt(stopped)).await.unwrap(), "{engine}");
        assert!(ledger::claim(&mut tx, &claim, &attempt(free)).await.unwrap(), "{engine}");

        // A new token is not the refused one, whatever is still heard of that.
        accounts::set_token(&mut tx, workspace, first, Some(b"new")).await.unwrap();
        assert!(!accounts::set_refused(&mut tx, workspace, first, 1, "role lost").await.unwrap());
        let access = grants::of_account(&mut tx, workspace, first).await.unwrap().unwrap();
        assert_eq!((access.version(), &access.refused), (2, &None), "{engine}");
        assert!(ledger::claim(&mut tx, &claim, &attempt(stopped)).await.unwrap(), "{engine}");
    })
    .await;
}
