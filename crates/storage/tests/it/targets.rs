//! Targets as people change them, on both engines.

use crate::place::{Place, two_places};
use crate::publishing::ledger_row;
use chrono::TimeDelta;
use model::{AttemptId, Platform, TargetState};
use storage::attempts::AttemptRow;
use storage::ledger::{self, Claim};
use storage::targets;
use storage::targets::{Due, Seen};
use testing::each_engine;

#[tokio::test]
async fn targets_are_read_with_their_account() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let at = here.now() + TimeDelta::hours(1);
        let target = here.target(post, here.x, Some(at)).await;
        let draft = here.target(post, here.bluesky, None).await;
        let row = here.row(target).await;
        assert_eq!((row.state, row.revision, row.attempts, row.asks), (TargetState::Scheduled, 1, 0, false));
        assert_eq!(
            (row.due_at, row.next_attempt_at, row.zone.as_deref()),
            (Some(at), Some(at), Some("Asia/Tokyo"))
        );
        assert_eq!(
            (row.platform, row.handle.as_str(), row.account_name.as_str()),
            (Platform::X, "ana", "ana")
        );
        assert!(!row.paused && !row.disconnected && row.reason.is_none() && row.stage.is_none());
        let row = here.row(draft).await;
        assert_eq!(
            (row.state, row.due_at, row.next_attempt_at, row.zone),
            (TargetState::Draft, None, None, None)
        );

        let mut tx = test.db.read().await.unwrap();
        assert!(targets::of_posts(&mut tx, there.workspace, &[post]).await.unwrap().is_empty());
        assert_eq!(targets::post_of(&mut tx, here.workspace, target).await.unwrap(), Some(post));
        assert_eq!(targets::post_of(&mut tx, there.workspace, target).await.unwrap(), None);
        let ids = [here.x, there.x, here.bluesky];
        let mut found = targets::accounts(&mut tx, here.workspace, &ids).await.unwrap();
        found.sort_by_key(|account| account.id);
        let found: Vec<_> =
            found.iter().map(|a| (a.id, a.platform, a.handle.as_str(), a.paused, a.disconnected)).collect();
        let mut wanted = [
            (here.x, Platform::X, "ana", false, false),
            (here.bluesky, Platform::Bluesky, "ana", false, false),
        ];
        wanted.sort_by_key(|account| account.0);
        assert_eq!(found, wanted);
    })
    .await;
}

#[tokio::test]
async fn a_write_holds_only_for_the_state_and_revision_that_were_read() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let target = here.target(post, here.x, Some(here.now())).await;
        let read = here.row(target).await.seen();
        let stale = Seen { revision: read.revision + 1, ..read };
        let other_state = Seen { state: TargetState::Draft, ..read };
        let due = Due { at: here.now() + TimeDelta::days(1), zone: "UTC".to_owned() };
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        for (workspace, seen) in [(ours, stale), (ours, other_state), (theirs, read)] {
            let mut tx = test.db.begin().await.unwrap();
            let to = TargetState::Scheduled;
            assert!(!targets::schedule(&mut tx, workspace, seen, to, &due, now).await.unwrap());
            assert!(!targets::edit(&mut tx, workspace, seen, to, now).await.unwrap());
            assert!(!targets::cancel(&mut tx, workspace, seen, TargetState::Cancelled, now).await.unwrap());
            assert!(!targets::remove(&mut tx, workspace, seen).await.unwrap());
            tx.commit().await.unwrap();
        }
        assert_eq!(here.row(target).await.seen(), read);

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::edit(&mut tx, ours, read, TargetState::Scheduled, now).await.unwrap());
        let read = Seen { revision: 2, ..read };
        assert!(targets::schedule(&mut tx, ours, read, TargetState::Scheduled, &due, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.revision, row.due_at, row.next_attempt_at), (3, Some(due.at), Some(due.at)));
        assert_eq!(row.zone.as_deref(), Some("UTC"));

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::cancel(&mut tx, ours, row.seen(), TargetState::Cancelled, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.state, row.revision), (TargetState::Cancelled, 4));
        assert_eq!((row.due_at, row.next_attempt_at), (Some(due.at), None));

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::remove(&mut tx, ours, row.seen()).await.unwrap());
        assert_eq!(targets::post_of(&mut tx, ours, target).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_edit_loses_against_a_claim_and_what_was_attempted_stays() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let post = here.post("hello").await;
        let target = here.target(post, here.x, Some(here.now())).await;
        let read = here.row(target).await.seen();
        let (now, attempt): (_, AttemptId) = (here.now(), here.id());
        let mut tx = test.db.begin().await.unwrap();
        let claim = Claim { lease_until: now + TimeDelta::seconds(90), created_at: now, now };
        let row = AttemptRow { revision: read.revision, ..ledger_row(&here, target, attempt, 1) };
        assert!(ledger::claim(&mut tx, &claim, &row).await.unwrap(), "{}", test.engine_name);
        assert!(!targets::edit(&mut tx, here.workspace, read, TargetState::Scheduled, now).await.unwrap());
        assert!(!targets::cancel(&mut tx, here.workspace, read, TargetState::Cancelled, now).await.unwrap());
        assert!(!targets::remove(&mut tx, here.workspace, read).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.state, row.attempts, row.attempt_id), (TargetState::Publishing, 1, Some(attempt)));
        here.force(target, TargetState::Failed, false, None).await;
        let mut tx = test.db.begin().await.unwrap();
        let failed = Seen { state: TargetState::Failed, ..read };
        assert!(!targets::remove(&mut tx, here.workspace, failed).await.unwrap(), "the ledger knows it");
    })
    .await;
}

#[tokio::test]
async fn deleting_is_noted_while_going_out_and_asked_for_when_out() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let going = here.target(post, here.x, Some(here.now())).await;
        let out = here.target(post, here.bluesky, Some(here.now())).await;
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        let waiting = Seen { id: going, state: TargetState::Scheduled, revision: 1 };
        assert!(
            !targets::note_delete(&mut tx, ours, waiting, now).await.unwrap(),
            "a waiting one is cancelled instead"
        );
        assert!(!targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap(), "not out yet");
        tx.commit().await.unwrap();
        here.force(going, TargetState::Publishing, false, None).await;
        here.force(out, TargetState::Published, false, None).await;

        let mut tx = test.db.begin().await.unwrap();
        let seen = Seen { state: TargetState::Publishing, ..waiting };
        assert!(!targets::note_delete(&mut tx, theirs, seen, now).await.unwrap());
        assert!(targets::note_delete(&mut tx, ours, seen, now).await.unwrap());
        assert!(
            !targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap(),
            "its id isn't known"
        );
        tx.commit().await.unwrap();
        assert_eq!(here.row(going).await.delete_requested_at, Some(now));

        here.force(out, TargetState::Published, false, Some("42")).await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(!targets::request_remote_delete(&mut tx, theirs, out, now).await.unwrap());
        assert!(targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(out).await;
        assert_eq!((row.delete_requested_at, row.next_attempt_at), (Some(now), Some(now)));
    })
    .await;
}

#[tokio::test]
async fn a_persons_word_settles_only_what_asks() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let there_it_is = here.target(post, here.x, Some(here.now())).await;
        let it_is_not = here.target(post, here.bluesky, Some(here.now())).await;
        let seen = |id| Seen { id, state: TargetState::Unknown, revision: 1 };
        let (to, again) = (TargetState::Published, TargetState::Scheduled);
        let (now, ours, theirs) = (here.now() + TimeDelta::minutes(3), here.workspace, there.workspace);
        let (url, sent) = (Some("https://x.com/ana/status/1"), here.now());
        for (asks, workspace, written) in [(false, ours, false), (true, theirs, false), (true, ours, true)] {
            here.force(there_it_is, TargetState::Unknown, asks, None).await;
            here.force(it_is_not, TargetState::Unknown, asks, None).await;
            let mut tx = test.db.begin().await.unwrap();
            let present =
                targets::settle_present(&mut tx, workspace, seen(there_it_is), to, url, sent, now).await;
            let absent =
                targets::settle_absent(&mut tx, workspace, seen(it_is_not), again, Some(now), now).await;
            assert_eq!((present.unwrap(), absent.unwrap()), (written, written));
            tx.commit().await.unwrap();
        }
        let row = here.row(there_it_is).await;
        assert_eq!((row.state, row.published_at, row.remote_url.as_deref()), (to, Some(sent), url));
        assert_eq!((row.asks, row.next_attempt_at), (false, None));
        let row = here.row(it_is_not).await;
        assert_eq!((row.state, row.revision, row.asks), (again, 2, false));
        assert_eq!((row.due_at, row.next_attempt_at), (Some(now), Some(now)));
    })
    .await;
}
