//! The log of syncs and of schedules, on both engines.

use crate::place::{Place, two_places};
use crate::statistics::date;
use chrono::TimeDelta;
use model::state::Reason;
use model::statistics::SyncCause;
use model::{AccountId, SyncRunId};
use storage::schedule_runs;
use storage::sync_runs::{self, End, NewRun};
use testing::each_engine;

fn run(place: &Place, account: AccountId, cause: SyncCause, on: u32) -> NewRun {
    NewRun { workspace: place.workspace, account, cause, day: date(on) }
}

#[tokio::test]
async fn an_account_has_one_open_run_and_one_daily_run_a_day() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let mut tx = test.db.begin().await.unwrap();
        let now = here.now();
        let connected = sync_runs::connected(&mut tx, here.workspace, None, 9).await.unwrap();
        assert_eq!(connected.len(), 2);
        let second = sync_runs::connected(&mut tx, here.workspace, Some(connected[0]), 9).await.unwrap();
        assert_eq!(second, [connected[1]]);
        let daily = run(&here, here.x, SyncCause::Daily, 15);
        sync_runs::insert(&mut tx, &[daily, run(&here, here.bluesky, SyncCause::Daily, 15)], now)
            .await
            .unwrap();
        sync_runs::insert(&mut tx, &[daily, run(&here, here.x, SyncCause::Asked, 15)], now).await.unwrap();
        let until = now + TimeDelta::minutes(1);
        assert!(sync_runs::any_due(&mut tx, now).await.unwrap());
        let due = sync_runs::take_due(&mut tx, now, until, 9).await.unwrap();
        assert_eq!(due.len(), 2, "{}", test.engine_name);
        assert!(sync_runs::take_due(&mut tx, now, until, 9).await.unwrap().is_empty(), "on their way");
        assert!(!sync_runs::any_due(&mut tx, now).await.unwrap());

        let runs = sync_runs::list(&mut tx, here.workspace, here.x, None, 9).await.unwrap();
        let id = runs[0].id;
        assert_eq!(sync_runs::host(&mut tx, id).await.unwrap().unwrap().host, "https://host");
        let claimed = sync_runs::claim(&mut tx, id, "one", now, until).await.unwrap().unwrap();
        assert_eq!((claimed.account_id, claimed.cause, claimed.attempts), (here.x, SyncCause::Daily, 1));
        assert_eq!(
            (claimed.zone.as_str(), claimed.synced_at, claimed.connected),
            ("Europe/Paris", None, true)
        );
        assert!(sync_runs::claim(&mut tx, id, "two", now, until).await.unwrap().is_none(), "somebody has it");
        assert!(sync_runs::hold(&mut tx, here.workspace, id, "one", 30, until).await.unwrap());
        assert!(!sync_runs::hold(&mut tx, here.workspace, id, "two", 30, until).await.unwrap());
        let later = until + TimeDelta::seconds(1);
        assert!(
            sync_runs::claim(&mut tx, id, "two", until, later).await.unwrap().is_some(),
            "its worker died"
        );
        assert!(!sync_runs::hold(&mut tx, here.workspace, id, "one", 30, later).await.unwrap(), "fenced");
        assert!(!sync_runs::end(&mut tx, here.workspace, id, "one", End::default(), later).await.unwrap());
        let reason = Reason::RateLimited;
        assert!(sync_runs::postpone(&mut tx, here.workspace, id, "two", &reason, later).await.unwrap());
        assert!(sync_runs::claim(&mut tx, id, "two", later, later).await.unwrap().is_some());
        let begun_anew = sync_runs::list(&mut tx, here.workspace, here.x, None, 9).await.unwrap();
        assert_eq!(begun_anew[0].posts, 0, "what it counted before is counted again");
        assert!(sync_runs::hold(&mut tx, here.workspace, id, "two", 30, later).await.unwrap());
        assert!(
            sync_runs::end(&mut tx, here.workspace, id, "two", End { listed: true, ..End::default() }, later)
                .await
                .unwrap()
        );
        assert_eq!(sync_runs::last_end(&mut tx, here.workspace).await.unwrap(), Some(later));
        assert_eq!(sync_runs::last_end(&mut tx, there.workspace).await.unwrap(), None);
        test.clock.advance(TimeDelta::minutes(5));

        sync_runs::insert(&mut tx, &[daily], here.now()).await.unwrap();
        let runs = sync_runs::list(&mut tx, here.workspace, here.x, None, 9).await.unwrap();
        assert_eq!(
            (runs.len(), runs[0].posts, runs[0].ended_at),
            (1, 30, Some(later)),
            "the day has its run"
        );
        sync_runs::insert(&mut tx, &[run(&here, here.x, SyncCause::Asked, 15)], here.now()).await.unwrap();
        let runs = sync_runs::list(&mut tx, here.workspace, here.x, None, 9).await.unwrap();
        assert_eq!(
            runs.iter().map(|run| run.cause).collect::<Vec<_>>(),
            [SyncCause::Asked, SyncCause::Daily]
        );
        let older = sync_runs::list(&mut tx, here.workspace, here.x, Some(runs[0].id), 9).await.unwrap();
        assert_eq!(older.len(), 1);
        assert!(sync_runs::list(&mut tx, there.workspace, here.x, None, 9).await.unwrap().is_empty());
        let again =
            sync_runs::claim(&mut tx, runs[0].id, "one", here.now(), here.now()).await.unwrap().unwrap();
        assert_eq!(again.synced_at, Some(claimed.started_at));
        let before = later + TimeDelta::seconds(1);
        assert_eq!(sync_runs::prune(&mut tx, there.workspace, before, 9).await.unwrap(), 0);
        assert_eq!(sync_runs::prune(&mut tx, here.workspace, before, 9).await.unwrap(), 1);
        let left: Vec<SyncRunId> = sync_runs::list(&mut tx, here.workspace, here.x, None, 9)
            .await
            .unwrap()
            .into_iter()
            .map(|run| run.id)
            .collect();
        assert_eq!(left, [runs[0].id], "what is open stays");
    })
    .await;
}

#[tokio::test]
async fn a_schedule_is_noted_once_a_day() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let mut tx = test.db.begin().await.unwrap();
        let zones = schedule_runs::workspaces(&mut tx).await.unwrap();
        assert_eq!(zones.len(), 2);
        assert_eq!(zones[0].zone, "Europe/Paris");
        let mut note = async |workspace, on| {
            schedule_runs::note(&mut tx, workspace, "sync", date(on), here.now()).await.unwrap()
        };
        assert!(note(here.workspace, 14).await);
        assert!(!note(here.workspace, 14).await, "{}", test.engine_name);
        assert!(note(here.workspace, 15).await && note(there.workspace, 14).await);
        assert_eq!(
            schedule_runs::since(&mut tx, date(15)).await.unwrap(),
            [(here.workspace, "sync".to_owned(), date(15))]
        );
        assert_eq!(schedule_runs::prune(&mut tx, date(15)).await.unwrap(), 2);
        assert_eq!(schedule_runs::since(&mut tx, date(1)).await.unwrap().len(), 1);
    })
    .await;
}
