//! What admins see of publishing and syncs, on both databases.

use crate::people::{self, Team, team};
use chrono::{DateTime, TimeDelta, Utc};
use model::operations::{Connections, Goal, Operations, QueueCounts, Schedule};
use model::post::{PostInput, SavePost, When};
use model::services::{AuthService as _, OperationsService as _, PostService as _};
use model::state::Reason;
use model::statistics::SyncCause;
use model::{AccountId, Actor, ApiError, Platform, Role};
use service::auth::{NewPerson, create_person};
use service::operations::Operator;
use service::posts::Posts;
use storage::accounts::{self, NewAccount};
use storage::grants::{self, GrantKey};
use storage::sync_runs::{self, End, NewRun};
use storage::{schedule_runs, workers};
use testing::{TestDb, each_engine};

/// An actor of the team by the token of a session.
async fn actor(team: &Team, token: &str) -> Actor {
    team.auth.authenticate(token).await.unwrap().unwrap().actor().unwrap()
}

/// The owner of another workspace of the installation.
async fn stranger(test: &TestDb) -> Actor {
    let context = people::context(test);
    let person = NewPerson {
        name: "Zoe".to_owned(),
        email: "zoe@example.com".to_owned(),
        workspace: "Elsewhere".to_owned(),
        role: Role::Owner,
    };
    create_person(&context.db, &context.base_url, &person).await.unwrap();
    let mut read = test.db.read().await.unwrap();
    let found = storage::workspaces::by_name(&mut read, "Elsewhere").await.unwrap();
    let zoe = storage::persons::by_email(&mut read, "zoe@example.com").await.unwrap().unwrap();
    Actor { user: zoe.id, workspace: found[0].id, role: Role::Owner }
}

async fn account(test: &TestDb, of: Actor, handle: &str) -> AccountId {
    let (now, workspace) = (test.db.clock().now(), of.workspace);
    let (platform, host) = (Platform::X, "https://host");
    let mut tx = test.db.begin().await.unwrap();
    let key = GrantKey { workspace, platform, host, app: "app", subject: handle };
    let grant = grants::claim(&mut tx, &key, now).await.unwrap();
    let new =
        NewAccount { workspace, grant, platform, host, remote_id: handle, handle, name: handle, url: None };
    let id = accounts::connect(&mut tx, &new, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn schedule(team: &Team, of: Actor, account: AccountId, text: &str, at: DateTime<Utc>) {
    let wall = service::zones::local_time(at, "UTC").local;
    let input = PostInput { text: text.to_owned(), accounts: vec![account], ..PostInput::default() };
    let when = Some(When::At { local: wall, zone: "UTC".to_owned() });
    let save = SavePost { post: None, version: None, key: None, input, when };
    Posts::new(team.context.clone()).save(of, save).await.unwrap();
}

/// A run that took `took`, a minute after the one before.
async fn run(test: &TestDb, of: Actor, account: AccountId, took: TimeDelta, reason: Option<&Reason>) {
    test.clock.advance(TimeDelta::minutes(1));
    let begun = test.db.clock().now();
    let day = begun.date_naive();
    let mut tx = test.db.begin().await.unwrap();
    let new = NewRun { workspace: of.workspace, account, cause: SyncCause::Asked, day };
    sync_runs::insert(&mut tx, &[new], begun).await.unwrap();
    let id = sync_runs::list(&mut tx, of.workspace, account, None, 1).await.unwrap()[0].id;
    sync_runs::claim(&mut tx, id, "w", begun, begun + TimeDelta::minutes(5)).await.unwrap().unwrap();
    let end = End { listed: reason.is_none(), reason };
    assert!(sync_runs::end(&mut tx, of.workspace, id, "w", end, begun + took).await.unwrap());
    tx.commit().await.unwrap();
}

async fn look(team: &Team, of: Actor) -> Result<Operations, ApiError> {
    Operator::new(team.context.clone()).look(of).await
}

#[tokio::test]
async fn only_admins_and_owners_see_them() {
    each_engine(async |test| {
        let team = team(&test).await;
        for (token, may) in
            [(&team.viewer, false), (&team.editor, false), (&team.admin, true), (&team.token, true)]
        {
            let seen = look(&team, actor(&team, token).await).await;
            assert_eq!(seen.is_ok(), may, "{}: {seen:?}", test.engine_name);
        }
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_counted_here_and_in_all() {
    each_engine(async |test| {
        let team = team(&test).await;
        let (here, there) = (team.owner, stranger(&test).await);
        let (mine, theirs) = (account(&test, here, "mine").await, account(&test, there, "secret").await);
        let now = test.db.clock().now();
        schedule(&team, here, mine, "soon", now + TimeDelta::hours(1)).await;
        schedule(&team, here, mine, "later", now + TimeDelta::hours(9)).await;
        schedule(&team, there, theirs, "a secret", now + TimeDelta::hours(1)).await;
        test.clock.advance(TimeDelta::hours(2));
        let seen = look(&team, here).await.unwrap();
        let counts =
            |due, waiting| QueueCounts { due, waiting, oldest_due_s: Some(3_600), ..QueueCounts::default() };
        assert_eq!((seen.here, seen.everywhere), (counts(1, 1), counts(2, 1)), "{}", test.engine_name);
        let told = format!("{seen:?}");
        assert!(!told.contains("secret") && !told.contains("Elsewhere"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn workers_are_told_with_their_age() {
    each_engine(async |test| {
        let team = team(&test).await;
        assert!(look(&team, team.owner).await.unwrap().workers.is_empty());
        let now = test.db.clock().now();
        let mut tx = test.db.begin().await.unwrap();
        workers::beat(&mut tx, "gone", "0.1.0", false, now - TimeDelta::minutes(1)).await.unwrap();
        workers::beat(&mut tx, "here", "0.1.0", true, now - TimeDelta::seconds(3)).await.unwrap();
        tx.commit().await.unwrap();
        let seen = look(&team, team.owner).await.unwrap().workers;
        let told: Vec<_> = seen.iter().map(|w| (w.name.as_str(), w.heard_s, w.silent, w.serves)).collect();
        assert_eq!(told, [("here", 3, false, true), ("gone", 60, true, false)]);
    })
    .await;
}

#[tokio::test]
async fn schedules_tell_their_last_and_next_time_in_the_workspace_s_zone() {
    each_engine(async |test| {
        let team = team(&test).await;
        let now = test.db.clock().now(); // a Wednesday, 13:00 in Paris
        let mut tx = test.db.begin().await.unwrap();
        for (schedule, day) in
            [(Schedule::SyncAccounts, "2025-01-14"), (Schedule::SyncAccounts, "2025-01-15")]
        {
            let day = day.parse().unwrap();
            schedule_runs::note(&mut tx, team.owner.workspace, schedule.key(), day, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        let seen = look(&team, team.owner).await.unwrap();
        let of = |schedule| {
            let line = seen.schedules.iter().find(|line| line.schedule == schedule).unwrap();
            (line.last.clone().map(|at| at.local.to_string()), line.next.clone().unwrap().local.to_string())
        };
        assert_eq!(seen.schedules.len(), 4);
        let at = |text: &str| text.to_owned();
        assert_eq!(of(Schedule::SyncAccounts), (Some(at("2025-01-15 13:00:00")), at("2025-01-16 08:00:00")));
        assert_eq!(of(Schedule::RefreshTokens), (None, at("2025-01-15 02:00:00")), "not done yet today");
        assert_eq!(of(Schedule::PruneSyncs), (None, at("2025-01-19 03:00:00")), "on Sunday");
    })
    .await;
}

#[tokio::test]
async fn syncs_are_measured_over_seven_days_and_only_one_s_own() {
    each_engine(async |test| {
        let team = team(&test).await;
        let (here, there) = (team.owner, stranger(&test).await);
        let (one, two) = (account(&test, here, "one").await, account(&test, here, "two").await);
        let theirs = account(&test, there, "secret").await;
        let refused = |message: &str| Reason::Rejected { code: None, message: message.to_owned() };
        run(&test, here, one, TimeDelta::seconds(50), Some(&refused("long ago"))).await;
        test.clock.advance(TimeDelta::days(8));
        assert_eq!(look(&team, here).await.unwrap().syncs.runs, 0);
        run(&test, here, one, TimeDelta::seconds(2), None).await;
        run(&test, here, one, TimeDelta::seconds(4), Some(&refused("first"))).await;
        run(&test, here, two, TimeDelta::seconds(6), Some(&refused("other"))).await;
        run(&test, here, one, TimeDelta::seconds(8), Some(&refused("then"))).await;
        run(&test, there, theirs, TimeDelta::seconds(90), Some(&refused("a secret"))).await;
        let seen = look(&team, here).await.unwrap();
        let syncs = &seen.syncs;
        assert_eq!((syncs.runs, syncs.failed), (4, 3), "{}", test.engine_name);
        assert_eq!((syncs.mean_ms, syncs.p95_ms), (Some(5_000), Some(8_000)));
        let faults: Vec<_> =
            syncs.faults.iter().map(|f| (f.account.handle.as_str(), f.failed, f.reason.clone())).collect();
        assert_eq!(faults, [("one", 2, refused("then")), ("two", 1, refused("other"))]);
        assert!(!format!("{seen:?}").contains("secret"));
        // Connected without tokens: both want a new consent.
        let all = Connections { accounts: 2, needs_reconnect: 2, expired: 0, in_error: 2 };
        assert_eq!(seen.connections, all);
        let reached = Goal::ALL.map(|goal| goal.is_reached(goal.value(&seen).unwrap()));
        assert_eq!(reached, [false, false, true, false]);
    })
    .await;
}
