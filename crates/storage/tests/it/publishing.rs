//! What the publisher reads and writes: due targets, the claim and its fence, the ledger, leases and heartbeats.

use crate::place::Place;
use chrono::TimeDelta;
use model::clock::{Clock as _, SystemClock};
use model::state::{Reason, Stage};
use model::{AttemptId, TargetState};
use sqlx::types::Json;
use storage::attempts::{self, AttemptRow};
use storage::ledger::{self, Claim, Remote};
use storage::publishing::{self, Outcome};
use storage::{Tx, dialect, grants, leases, sweep, workers};
use testing::each_engine;

pub(crate) fn ledger_row(here: &Place, target: model::TargetId, id: AttemptId, number: i64) -> AttemptRow {
    AttemptRow {
        id,
        workspace_id: here.workspace,
        target_id: target,
        number,
        revision: 1,
        worker: "a".to_owned(),
        stage: Stage::Claimed,
        payload: Json(serde_json::json!({"text": "hello"})),
        payload_hash: vec![7],
        progress: Json(serde_json::Value::Null),
        started_at: here.now(),
        committing_at: None,
        ended_at: None,
        outcome: None,
        reason: None,
    }
}

async fn claimed(tx: &mut Tx, here: &Place, target: model::TargetId) -> Option<AttemptId> {
    let (now, attempt) = (here.now(), here.id());
    let claim = Claim { lease_until: now + TimeDelta::seconds(90), created_at: now, now };
    let row = ledger_row(here, target, attempt, 1);
    ledger::claim(tx, &claim, &row).await.unwrap().then_some(attempt)
}

#[tokio::test]
async fn due_targets_are_taken_once_and_again_when_their_mark_ends() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let now = here.now();
        let later = here.target(here.post("later").await, here.x, Some(now + TimeDelta::hours(1))).await;
        let due = here.target(here.post("due").await, here.x, Some(now)).await;
        let bare = here.post("none").await;
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(sweep::next_due(&mut tx, now).await.unwrap(), Some(now), "{}", test.engine_name);
        assert_eq!(sweep::oldest_overdue(&mut tx, now).await.unwrap(), Some(now));
        let mark = now + TimeDelta::seconds(10);
        assert_eq!(sweep::take_due(&mut tx, now, mark, 10).await.unwrap(), [due]);
        assert!(sweep::take_due(&mut tx, now, mark, 10).await.unwrap().is_empty());
        assert_eq!(sweep::next_due(&mut tx, now).await.unwrap(), Some(now + TimeDelta::hours(1)));
        assert_eq!(sweep::take_due(&mut tx, mark, mark, 10).await.unwrap(), [due]);
        let hour = now + TimeDelta::hours(1);
        assert_eq!(
            sweep::take_due(&mut tx, hour, hour, 1).await.unwrap(),
            [due],
            "the longest due comes first"
        );
        assert_eq!(sweep::take_due(&mut tx, hour, hour + TimeDelta::hours(1), 10).await.unwrap().len(), 2);
        assert_eq!(sweep::forget_marks(&mut tx).await.unwrap(), 2);
        assert_eq!(sweep::take_due(&mut tx, now, mark, 10).await.unwrap(), [due], "at once after a start");
        assert!(publishing::load(&mut tx, later).await.unwrap().is_some_and(|row| !row.has_media()));
        assert!(publishing::media(&mut tx, here.workspace, bare).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn several_targets_are_read_at_once_each_with_its_own_access() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let there = Place::new(&test.db, "bo").await;
        let mut wanted = Vec::new();
        for n in 0..publishing::TOGETHER {
            let place = if n % 2 == 0 { &here } else { &there };
            let post = place.post(&format!("post {n}")).await;
            wanted.push((place, place.target(post, place.bluesky, Some(place.now())).await));
        }
        let other = here.target(here.post("not asked for").await, here.x, Some(here.now())).await;
        let ids: Vec<_> = wanted.iter().map(|(_, id)| *id).collect();
        let mut tx = test.db.read().await.unwrap();
        for some in [&ids[..], &ids[..3], &[here.id()]] {
            let rows = publishing::load_some(&mut tx, some).await.unwrap();
            let accesses = grants::of_targets(&mut tx, some).await.unwrap();
            let found = wanted.iter().filter(|(_, id)| some.contains(id)).count();
            assert_eq!((rows.len(), accesses.len()), (found, found), "{}", test.engine_name);
            assert!(rows.iter().all(|row| row.id != other));
            for (place, id) in wanted.iter().filter(|(_, id)| some.contains(id)) {
                let row = rows.iter().find(|row| row.id == *id).unwrap();
                let mine = accesses.iter().find(|mine| mine.target_id == *id).unwrap();
                assert_eq!((row.workspace_id, row.account_id), (place.workspace, place.bluesky));
                let alone = grants::of_account(&mut tx, place.workspace, place.bluesky).await.unwrap();
                assert_eq!((Some(&mine.access), mine.access.grant.id), (alone.as_ref(), row.grant_id));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn every_write_of_an_attempt_is_fenced() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let now = here.now();
        let target = here.target(here.post("hello").await, here.x, Some(now)).await;
        let mut tx = test.db.begin().await.unwrap();
        let attempt = claimed(&mut tx, &here, target).await.unwrap();
        assert!(claimed(&mut tx, &here, target).await.is_none(), "a second claim finds nothing");
        let opened = attempts::get(&mut tx, here.workspace, attempt).await.unwrap().unwrap();
        assert_eq!((opened.number, opened.stage, opened.worker.as_str()), (1, Stage::Claimed, "a"));
        assert_eq!((opened.payload_hash, opened.started_at), (vec![7], now));

        let (until, stranger) = (now + TimeDelta::seconds(200), here.id());
        assert!(publishing::renew(&mut tx, target, attempt, now, until).await.unwrap());
        assert!(!publishing::renew(&mut tx, target, stranger, now, until).await.unwrap());
        assert!(
            !publishing::renew(&mut tx, target, attempt, until, until).await.unwrap(),
            "an ended lease stays ended"
        );
        attempts::store_progress(&mut tx, attempt, Stage::Prepared, &serde_json::json!({"id": 1}))
            .await
            .unwrap();
        attempts::set_committing(&mut tx, attempt, now).await.unwrap();
        assert!(!attempts::may_have_committed(&mut tx, here.workspace, target, attempt, &[7]).await.unwrap());
        assert!(attempts::may_have_committed(&mut tx, here.workspace, target, stranger, &[7]).await.unwrap());

        // Released to wait for the platform, taken up again, lost, found.
        assert!(publishing::release(&mut tx, target, attempt, now).await.unwrap());
        let row = publishing::load(&mut tx, target).await.unwrap().unwrap();
        assert!(publishing::resume(&mut tx, &row, "b", now, until).await.unwrap());
        assert!(!publishing::resume(&mut tx, &row, "c", now, until).await.unwrap(), "only one takes it up");
        let reason = Reason::AnswerLost { message: "reset".to_owned() };
        let lost = Outcome {
            from: TargetState::Publishing,
            to: TargetState::Unknown,
            next_attempt_at: Some(now),
            reason: Some(reason.clone()),
            asks: false,
            absent_seen_at: None,
            keeps_attempt: true,
        };
        assert!(!publishing::write_outcome(&mut tx, &row, Some(stranger), &lost, now).await.unwrap());
        assert!(publishing::write_outcome(&mut tx, &row, Some(attempt), &lost, now).await.unwrap());
        attempts::end(&mut tx, attempt, false, "lost", Some(&reason), now).await.unwrap();
        attempts::set_outcome(&mut tx, attempt, "found").await.unwrap();
        let ended = attempts::latest(&mut tx, here.workspace, target).await.unwrap().unwrap();
        assert_eq!((ended.stage, ended.outcome.as_deref()), (Stage::Committing, Some("found")));
        assert!(attempts::get(&mut tx, here.id(), attempt).await.unwrap().is_none(), "another workspace");

        let row = publishing::load(&mut tx, target).await.unwrap().unwrap();
        let there = Remote { id: "17".to_owned(), url: None, published_at: now };
        assert!(!publishing::remote_taken(&mut tx, here.workspace, here.x, "17").await.unwrap());
        assert!(ledger::write_published(&mut tx, &row, attempt, &there, now).await.unwrap());
        assert!(!ledger::write_published(&mut tx, &row, attempt, &there, now).await.unwrap());
        assert!(publishing::remote_taken(&mut tx, here.workspace, here.x, "17").await.unwrap());
        publishing::set_url(&mut tx, here.workspace, target, "https://x.example/17").await.unwrap();
        let row = publishing::load(&mut tx, target).await.unwrap().unwrap();
        assert_eq!((row.state, row.next_attempt_at, row.attempt_id), (TargetState::Published, None, None));
        publishing::write_deletion(&mut tx, &row, Some(now), None, None, now).await.unwrap();
        assert_eq!(publishing::load(&mut tx, target).await.unwrap().unwrap().remote_deleted_at, Some(now));
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn targets_that_wait_for_their_account_are_woken() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let now = here.now();
        let target = here.target(here.post("hello").await, here.x, Some(now)).await;
        let mut tx = test.db.begin().await.unwrap();
        let row = publishing::load(&mut tx, target).await.unwrap().unwrap();
        let waits = Outcome {
            from: TargetState::Scheduled,
            to: TargetState::Scheduled,
            next_attempt_at: Some(now + TimeDelta::minutes(1)),
            reason: Some(Reason::Paused),
            asks: false,
            absent_seen_at: None,
            keeps_attempt: false,
        };
        assert!(publishing::write_outcome(&mut tx, &row, None, &waits, now).await.unwrap());
        assert_eq!(publishing::wake_account(&mut tx, here.workspace, here.x, now).await.unwrap(), 1);
        let row = publishing::load(&mut tx, target).await.unwrap().unwrap();
        assert_eq!(row.next_attempt_at, Some(now), "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn only_a_database_server_has_a_clock_of_its_own() {
    each_engine(async |test| {
        let machine = SystemClock::default();
        let clock = SystemClock::default();
        clock.set_offset_ms(60_000);
        let mut read = test.db.read().await.unwrap();
        let there = dialect::database_now(&mut read).await.unwrap();
        let ahead = dialect::clock_offset(&mut read, &clock).await.unwrap();
        assert_eq!((there.is_some(), ahead.is_some()), (test.db.is_postgres(), test.db.is_postgres()));
        if let (Some(there), Some(ahead)) = (there, ahead) {
            // The test's server runs on this machine.
            assert!((machine.now() - there).num_seconds().abs() < 5);
            assert!((ahead.num_seconds() + 60).abs() < 5, "{ahead}");
        }
    })
    .await;
}

#[tokio::test]
async fn leases_and_heartbeats() {
    each_engine(async |test| {
        let now = test.db.clock().now();
        let mut tx = test.db.begin().await.unwrap();
        let until = now + TimeDelta::seconds(10);
        assert!(leases::take(&mut tx, "upkeep", "a", now, until).await.unwrap());
        assert!(!leases::take(&mut tx, "upkeep", "b", now, until).await.unwrap(), "{}", test.engine_name);
        assert!(leases::take(&mut tx, "upkeep", "a", now, until).await.unwrap(), "its owner renews it");
        assert!(leases::take(&mut tx, "upkeep", "b", until, until + TimeDelta::seconds(10)).await.unwrap());

        assert_eq!(workers::latest(&mut tx).await.unwrap(), None);
        workers::beat(&mut tx, "a", "0.1.0", true, now).await.unwrap();
        workers::beat(&mut tx, "b", "0.1.0", true, now).await.unwrap();
        workers::beat(&mut tx, "a", "0.1.0", false, until).await.unwrap();
        assert_eq!(workers::latest(&mut tx).await.unwrap(), Some(until));
        let all = workers::list(&mut tx).await.unwrap();
        let told: Vec<_> =
            all.iter().map(|w| (w.name.as_str(), w.serves, w.started_at, w.heartbeat_at)).collect();
        assert_eq!(told, [("a", true, now, until), ("b", true, now, now)]);
        assert_eq!(workers::forget(&mut tx, until).await.unwrap(), 1);
        workers::leave(&mut tx, "a").await.unwrap();
        assert_eq!(workers::latest(&mut tx).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_answer_ends_the_attempt_with_the_target_and_only_once() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let now = here.now();
        let one = here.target(here.post("one").await, here.x, Some(now)).await;
        let two = here.target(here.post("two").await, here.x, Some(now)).await;
        let mut tx = test.db.begin().await.unwrap();
        let mut made = Vec::new();
        for target in [one, two] {
            let attempt = claimed(&mut tx, &here, target).await.unwrap();
            made.push((publishing::load(&mut tx, target).await.unwrap().unwrap(), attempt));
        }
        let [(one, first), (two, second)] = &made[..] else { unreachable!() };
        let there =
            Remote { id: "17".to_owned(), url: Some("https://x.example/17".to_owned()), published_at: now };
        assert!(
            !ledger::publish_and_end(&mut tx, one, *second, &there, now).await.unwrap(),
            "another's attempt"
        );
        assert!(ledger::publish_and_end(&mut tx, one, *first, &there, now).await.unwrap());
        assert!(!ledger::publish_and_end(&mut tx, one, *first, &there, now).await.unwrap(), "once");
        assert!(
            !ledger::publish_and_end(&mut tx, two, *second, &there, now).await.unwrap(),
            "one post, one target"
        );
        let ended = attempts::get(&mut tx, here.workspace, *first).await.unwrap().unwrap();
        assert_eq!((ended.stage, ended.outcome.as_deref()), (Stage::Answered, Some("published")));
        let open = attempts::get(&mut tx, here.workspace, *second).await.unwrap().unwrap();
        assert_eq!((open.ended_at, open.outcome), (None, None));
        assert_eq!(publishing::load(&mut tx, two.id).await.unwrap().unwrap().state, TargetState::Publishing);
    })
    .await;
}

#[tokio::test]
async fn writers_share_a_transaction_but_not_their_faults() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let now = here.now();
        let mut targets = Vec::new();
        for n in 0..40 {
            targets.push(here.target(here.post(&format!("post {n}")).await, here.x, Some(now)).await);
        }
        let claim = Claim { lease_until: now + TimeDelta::seconds(90), created_at: now, now };
        let claims = targets.iter().enumerate().map(|(n, target)| {
            // Every fifth breaks a rule of the database: its target isn't there.
            let of = if n % 5 == 0 { here.id() } else { *target };
            let row = std::sync::Arc::new(ledger_row(&here, *target, here.id(), 1));
            test.db.write_shared(move |tx| {
                let row = std::sync::Arc::clone(&row);
                Box::pin(async move {
                    if of == row.target_id {
                        return ledger::claim(tx, &claim, &row).await;
                    }
                    attempts::insert(tx, &AttemptRow { target_id: of, ..(*row).clone() }).await?;
                    Ok(true)
                })
            })
        });
        let results = futures::future::join_all(claims).await;
        let mut tx = test.db.read().await.unwrap();
        for (n, result) in results.into_iter().enumerate() {
            let row = publishing::load(&mut tx, targets[n]).await.unwrap().unwrap();
            let claimed = row.state == TargetState::Publishing;
            assert_eq!(
                (result.is_ok_and(|done| done), claimed),
                (n % 5 != 0, n % 5 != 0),
                "{n} {}",
                test.engine_name
            );
        }
    })
    .await;
}
