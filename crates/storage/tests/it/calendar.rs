//! What is due between two instants, on both engines.

use crate::place::two_places;
use chrono::TimeDelta;
use model::{Platform, PostId, TargetState};
use storage::calendar::{self, InstantRow, SlotRow};
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

        let slot = |post_id, due_at, attention| SlotRow { post_id, due_at, attention };
        let instant = |due_at, posts, attention| InstantRow { due_at, posts, attention };
        let all = Wanted::default();
        let instants = calendar::instants(&mut tx, here.workspace, &all, noon, end).await.unwrap();
        assert_eq!(instants, [instant(noon, 2, 1), instant(later, 1, 0)], "{}", test.engine_name);
        let from_later = calendar::instants(&mut tx, here.workspace, &all, later, end).await.unwrap();
        assert_eq!(from_later.len(), 1, "from is within, to is not");
        let slots = calendar::slots(&mut tx, here.workspace, &all, &[noon, later]).await.unwrap();
        let expected = [slot(together, noon, true), slot(apart, noon, false), slot(apart, later, false)];
        assert_eq!(slots, expected, "{}", test.engine_name);
        assert!(calendar::slots(&mut tx, here.workspace, &all, &[]).await.unwrap().is_empty());

        // Both ask for the same posts.
        let mut between = async |wanted: Wanted<'_>| {
            let counted = calendar::instants(&mut tx, here.workspace, &wanted, noon, end).await.unwrap();
            let at: Vec<_> = counted.iter().map(|instant| instant.due_at).collect();
            let slots = calendar::slots(&mut tx, here.workspace, &wanted, &at).await.unwrap();
            assert_eq!(counted.iter().map(|instant| instant.posts).sum::<i64>(), slots.len() as i64);
            slots.into_iter().map(|row| (row.post_id, row.due_at)).collect::<Vec<_>>()
        };
        let on_x = Wanted { platform: Some(Platform::X), ..all };
        assert_eq!(between(on_x).await, [(together, noon), (apart, later)]);
        let on_bluesky = Wanted { account: Some(here.bluesky), ..all };
        assert_eq!(between(on_bluesky).await, [(together, noon), (apart, noon)]);
        let failed = Wanted { states: &[TargetState::Failed], ..all };
        assert_eq!(between(failed).await, [(together, noon)]);
        let failed_there =
            Wanted { states: &[TargetState::Failed], platform: Some(Platform::Bluesky), ..all };
        assert!(between(failed_there).await.is_empty(), "one target must have both");
        assert!(between(Wanted { account: Some(there.x), ..all }).await.is_empty());
        assert_eq!(between(Wanted { author: Some(here.person), ..all }).await.len(), 3);
        assert!(between(Wanted { author: Some(there.person), ..all }).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_deleted_post_that_asks_something_is_there() {
    each_engine(async |test| {
        let (here, _) = two_places(&test).await;
        let (noon, end) = (here.now(), here.now() + TimeDelta::hours(1));
        let post = here.post("gone, or is it?").await;
        let target = here.target(post, here.x, Some(noon)).await;
        here.force(target, TargetState::Unknown, true, None).await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(posts::mark_deleted(&mut tx, here.workspace, post, here.now()).await.unwrap());
        let all = Wanted::default();
        let instants = calendar::instants(&mut tx, here.workspace, &all, noon, end).await.unwrap();
        assert_eq!(instants, [InstantRow { due_at: noon, posts: 1, attention: 1 }], "{}", test.engine_name);
        let slots = calendar::slots(&mut tx, here.workspace, &all, &[noon]).await.unwrap();
        assert_eq!(slots, [SlotRow { post_id: post, due_at: noon, attention: true }]);
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
