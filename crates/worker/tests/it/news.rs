//! What a worker does is told to pages, and a burst isn't told post by post.

use crate::crew::Crew;
use crate::scene::until as holds;
use crate::stories::on_both;
use chrono::TimeDelta;
use storage::live;

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_is_told_now_and_then() {
    on_both(async |scene| {
        let workspace = scene.actor.workspace;
        let tally = async || {
            let mut read = scene.context.db.read().await.unwrap();
            live::tally(&mut read, workspace).await.unwrap().posts
        };
        let before = tally().await;
        let posts = 40;
        let expected = scene.schedule(posts, "news").await;
        let crew = Crew::start(scene, &["first"]);
        scene.settled(&expected, TimeDelta::seconds(60)).await;
        // The last word comes after the last post.
        crew.stop().await;
        let told = tally().await - before;
        assert!((1..20).contains(&told), "{posts} posts were told in {told} words");
        let again = Crew::start(scene, &["second"]);
        holds("a worker that begins tells what another may have left", TimeDelta::seconds(20), async || {
            tally().await > before + told
        })
        .await;
        again.stop().await;
    })
    .await;
}
