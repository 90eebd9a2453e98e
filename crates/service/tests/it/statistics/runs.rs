//! Asking for a sync, and the log.

use super::*;
use model::ApiError;
use model::services::StatisticsService as _;
use model::statistics::SyncCause;
use testing::each_engine;

#[tokio::test]
async fn a_sync_is_asked_for_five_times_a_minute_at_most() {
    each_engine(async |test| {
        let office = Office::new(&test).await;
        let account = office.account(Platform::X, "two").await;
        let (numbers, owner) = (&office.numbers, office.team.owner);
        assert!(matches!(numbers.sync_now(office.viewer, account).await, Err(ApiError::Forbidden { .. })));
        let run = numbers.sync_now(owner, account).await.unwrap();
        assert_eq!((run.cause, run.ended_at.is_none(), run.account.id), (SyncCause::Asked, true, account));
        for _ in 1..5 {
            assert_eq!(numbers.sync_now(owner, account).await.unwrap(), run, "the one that is open");
        }
        test.clock.advance(TimeDelta::seconds(20));
        assert_eq!(numbers.sync_now(owner, account).await, Err(ApiError::TooMany { retry_after_s: 40 }));
        test.clock.advance(TimeDelta::seconds(41));
        assert!(numbers.sync_now(owner, account).await.is_ok());
        let log = numbers.sync_runs(office.viewer, account, None).await.unwrap();
        assert_eq!((log.items, log.next), (vec![run], None));

        let mut tx = test.db.begin().await.unwrap();
        assert!(
            accounts::disconnect(&mut tx, office.workspace(), account, test.db.clock().now()).await.unwrap()
        );
        tx.commit().await.unwrap();
        assert_eq!(numbers.sync_now(owner, account).await, Err(ApiError::NotFound));
        assert_eq!(numbers.sync_runs(office.viewer, account, None).await.unwrap().items.len(), 1);
        let bad = numbers.sync_runs(office.viewer, account, Some("guess".to_owned())).await;
        assert!(matches!(bad, Err(ApiError::Invalid { .. })));
    })
    .await;
}
