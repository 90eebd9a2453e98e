//! What goes out on an account around a time, on both engines.

use crate::place::two_places;
use chrono::TimeDelta;
use model::TargetState;
use storage::{neighbours, posts};
use testing::each_engine;

#[tokio::test]
async fn neighbours_are_what_goes_out_or_went_out_on_the_account() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let at = |minutes| here.now() + TimeDelta::minutes(minutes);
        let (from, to) = (at(10), at(30));
        let mut shown = Vec::new();
        for (text, minutes) in [("begin", 10), ("middle", 20), ("end", 30)] {
            let post = here.post(text).await;
            here.target(post, here.x, Some(at(minutes))).await;
            shown.push((post, at(minutes), text.to_owned()));
        }
        let published = here.post("published").await;
        let target = here.target(published, here.x, Some(at(15))).await;
        here.force(target, TargetState::Published, false, Some("1")).await;
        shown.insert(1, (published, at(15), "published".to_owned()));
        for (text, state) in [("failed", TargetState::Failed), ("cancelled", TargetState::Cancelled)] {
            let target = here.target(here.post(text).await, here.x, Some(at(20))).await;
            here.force(target, state, false, None).await;
        }
        here.target(here.post("before").await, here.x, Some(at(9))).await;
        here.target(here.post("after").await, here.x, Some(at(31))).await;
        here.target(here.post("elsewhere").await, here.bluesky, Some(at(20))).await;
        here.target(here.post("draft").await, here.x, None).await;
        there.target(there.post("theirs").await, there.x, Some(at(20))).await;
        let deleted = here.post("deleted").await;
        here.target(deleted, here.x, Some(at(20))).await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(posts::mark_deleted(&mut tx, here.workspace, deleted, here.now()).await.unwrap());

        let rows = neighbours::on_account(&mut tx, here.workspace, here.x, from, to).await.unwrap();
        let found: Vec<_> = rows.iter().map(|row| (row.post_id, row.due_at, row.body.clone())).collect();
        assert_eq!(found, shown, "{}", test.engine_name);
        assert_eq!((rows[0].handle.as_str(), rows[0].account_name.as_str()), ("ana", "ana"));
        assert_eq!(rows[0].variants.0[0].text, "short");
        let theirs = neighbours::on_account(&mut tx, there.workspace, here.x, from, to).await.unwrap();
        assert!(theirs.is_empty(), "another workspace's account");
    })
    .await;
}
