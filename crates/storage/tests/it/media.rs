//! Uploads and the files made of them, on both engines.

use crate::place::{Place, two_places};
use chrono::TimeDelta;
use model::MediaId;
use model::post::PostMedia;
use std::time::Duration;
use storage::media::RenditionRow;
use storage::{Db, media, posts};
use testing::each_engine;
use tokio::time::timeout;

#[tokio::test]
async fn uploads_are_listed_described_and_deleted() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        there.image("theirs.png").await;
        let first = here.image("a.png").await;
        test.clock.advance(TimeDelta::seconds(1));
        let second = here.image("b.png").await;
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        let names = |rows: Vec<media::MediaRow>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names(media::list(&mut tx, ours, None, 10).await.unwrap()), ["b.png", "a.png"]);
        assert_eq!(names(media::list(&mut tx, ours, None, 1).await.unwrap()), ["b.png"]);
        assert_eq!(names(media::list(&mut tx, ours, Some(second), 10).await.unwrap()), ["a.png"]);
        assert_eq!(media::get_to_attach(&mut tx, ours, &[first, second, first]).await.unwrap().len(), 2);
        assert!(media::get_to_attach(&mut tx, theirs, &[first, second]).await.unwrap().is_empty());
        assert!(media::get(&mut tx, theirs, first).await.unwrap().is_none());

        assert!(!media::set_alt(&mut tx, theirs, first, "x").await.unwrap());
        assert!(media::set_alt(&mut tx, ours, first, "Un café").await.unwrap());
        let row = media::get(&mut tx, ours, first).await.unwrap().unwrap();
        assert_eq!((row.alt.as_str(), row.width, row.height, row.bytes), ("Un café", 640, 480, 1_234));

        assert!(!media::mark_deleted(&mut tx, theirs, first, now).await.unwrap());
        assert!(media::mark_deleted(&mut tx, ours, first, now).await.unwrap());
        assert!(!media::mark_deleted(&mut tx, ours, first, now).await.unwrap());
        assert!(media::get(&mut tx, ours, first).await.unwrap().is_none());
        assert!(!media::set_alt(&mut tx, ours, first, "x").await.unwrap());
        assert_eq!(names(media::list(&mut tx, ours, None, 10).await.unwrap()), ["b.png"]);
    })
    .await;
}

#[tokio::test]
async fn a_rendition_is_recorded_once() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let media_id = here.image("a.png").await;
        let row = |spec: &str, bytes| RenditionRow {
            media_id,
            spec: spec.to_owned(),
            store_key: format!("key/{spec}"),
            mime: "image/jpeg".to_owned(),
            bytes,
            width: 320,
            height: 240,
        };
        let (ours, theirs) = (here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("thumb", 10)).await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("thumb", 11)).await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("preview", 12)).await.unwrap();
        let first = media::rendition(&mut tx, ours, media_id, "thumb").await.unwrap();
        assert_eq!(first, Some(row("thumb", 10)), "the first stays");
        assert_eq!(media::rendition(&mut tx, theirs, media_id, "thumb").await.unwrap(), None);
        assert_eq!(media::rendition(&mut tx, ours, media_id, "other").await.unwrap(), None);
        let all = media::renditions(&mut tx, ours, media_id).await.unwrap();
        assert_eq!(all, [row("preview", 12), row("thumb", 10)]);
        media::remove_renditions(&mut tx, theirs, media_id).await.unwrap();
        assert_eq!(media::renditions(&mut tx, ours, media_id).await.unwrap().len(), 2);
        media::remove_renditions(&mut tx, ours, media_id).await.unwrap();
        assert!(media::renditions(&mut tx, ours, media_id).await.unwrap().is_empty());
    })
    .await;
}

/// Long enough for a statement, were it not to wait for the other transaction.
const A_WHILE: Duration = Duration::from_millis(300);

/// Hides the image; gives whether a post shows it. Commits if none does.
async fn delete(db: Db, here: model::WorkspaceId, image: MediaId) -> bool {
    let now = db.clock().now();
    let mut tx = db.begin().await.unwrap();
    assert!(media::mark_deleted(&mut tx, here, image, now).await.unwrap());
    let used = media::in_use(&mut tx, here, image).await.unwrap();
    if !used {
        tx.commit().await.unwrap();
    }
    used
}

#[tokio::test]
async fn an_image_is_either_deleted_or_taken_into_a_post() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let (post, image) = (here.post("hello").await, here.image("a.png").await);
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(media::get_to_attach(&mut tx, here.workspace, &[image]).await.unwrap().len(), 1);
        let mut deleting = tokio::spawn(delete(test.db.clone(), here.workspace, image));
        assert!(timeout(A_WHILE, &mut deleting).await.is_err(), "it doesn't wait: {}", test.engine_name);
        let shown = [PostMedia { media: image, alt: String::new(), crop: None }];
        posts::insert_media(&mut tx, here.workspace, post, &shown).await.unwrap();
        tx.commit().await.unwrap();
        assert!(deleting.await.unwrap(), "the post was faster");

        let image = here.image("b.png").await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(media::mark_deleted(&mut tx, here.workspace, image, here.now()).await.unwrap());
        let (db, workspace) = (test.db.clone(), here.workspace);
        let mut attaching = tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            media::get_to_attach(&mut tx, workspace, &[image]).await.unwrap().len()
        });
        assert!(timeout(A_WHILE, &mut attaching).await.is_err(), "it doesn't wait: {}", test.engine_name);
        tx.commit().await.unwrap();
        assert_eq!(attaching.await.unwrap(), 0, "the deletion was faster");
    })
    .await;
}
