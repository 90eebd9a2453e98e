//! What is due between two instants, on both engines.

use crate::place::two_places;
use chrono::TimeDelta;
use model::{Platform, PostId, TargetState};
use storage::calendar::{self, SlotRow};
use storage::posts::{self, Wanted};
use testing::each_engine;

#[tokio::test]
async fn slots_are_posts_at_their_times() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (noon, later, end) = (
            here.now() + TimeDelta::hours(1),
            here.now() + TimeDelta::hours(2),
            here.now() + TimeDelta::hours(3),
        );
        let together = here.post("together").await;
        // Ids of one instant have no order.
        test.clock.advance(TimeDelta::milliseconds(5));
        let apart = here.post("apart").await;
        let (gone, beyond) = (here.post("gone").await, here.post("beyond").await);
        let failed = here.target(together, here.x, Some(noon)).await;
        here.target(together, here.bluesky, Some(noon)).await;
        here.target(apart, here.x, Some(later)).await;
        here.target(apart, here.bluesky, Some(noon)).await;
        here.target(gone, here.x, Some(noon)).await;
        here.target(beyond, here.x, Some(end)).await;
        here.target(here.post("draft").await, here.x, None).await;
        there.target(there.post("theirs").await, there.x, Some(noon)).await;
        here.force(failed, TargetState::Failed, false, None).await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(posts::mark_deleted(&mut tx, here.workspace, gone, here.now()).await.unwrap());

        let mut between = async |wanted: Wanted<'_>, from, to| {
            calendar::slots(&mut tx, here.workspace, &wanted, from, to).await.unwrap()
        };
        let slot = |post_id, due_at, attention| SlotRow { post_id, due_at, attention };
        let all = Wanted::default();
        assert_eq!(
            between(all, noon, end).await,
            [slot(together, noon, true), slot(apart, noon, false), slot(apart, later, false)],
            "{}",
            test.engine_name
        );
        assert_eq!(between(all, later, end).await.len(), 1, "from is within, to is not");
        let ids =
            |rows: Vec<SlotRow>| rows.into_iter().map(|row| (row.post_id, row.due_at)).collect::<Vec<_>>();
        let on_x = Wanted { platform: Some(Platform::X), ..all };
        assert_eq!(ids(between(on_x, noon, end).await), [(together, noon), (apart, later)]);
        let on_bluesky = Wanted { account: Some(here.bluesky), ..all };
        assert_eq!(ids(between(on_bluesky, noon, end).await), [(together, noon), (apart, noon)]);
        let failed = Wanted { states: &[TargetState::Failed], ..all };
        assert_eq!(ids(between(failed, noon, end).await), [(together, noon)]);
        let failed_there =
            Wanted { states: &[TargetState::Failed], platform: Some(Platform::Bluesky), ..all };
        assert!(between(failed_there, noon, end).await.is_empty(), "one target must have both");
        let of_theirs = Wanted { account: Some(there.x), ..all };
        assert!(between(of_theirs, noon, end).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn bodies_are_those_of_the_workspace() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (ours, theirs) = (here.post("ours").await, there.post("theirs").await);
        let mut tx = test.db.read().await.unwrap();
        let rows = calendar::bodies(&mut tx, here.workspace, &[ours, theirs]).await.unwrap();
        let shown: Vec<(PostId, &str)> = rows.iter().map(|row| (row.id, row.body.as_str())).collect();
        assert_eq!(shown, [(ours, "ours")]);
        assert!(calendar::bodies(&mut tx, here.workspace, &[]).await.unwrap().is_empty());
    })
    .await;
}
