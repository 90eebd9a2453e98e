//! What posts held earlier, on both engines.

use crate::place::two_places;
use chrono::TimeDelta;
use model::post::{PostMedia, Variant};
use model::revision::Content;
use model::{Platform, RevisionId};
use storage::revisions::{self, LatestRow, NewRevision};
use testing::each_engine;

#[tokio::test]
async fn revisions_are_kept_with_their_post_in_its_workspace_only() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (post, other) = (here.post("now").await, here.post("another").await);
        let begun = here.now();
        let mut tx = test.db.begin().await.unwrap();
        assert_eq!(revisions::latest(&mut tx, here.workspace, post).await.unwrap(), None);
        let content = |text: &str| Content { text: text.to_owned(), ..Content::default() };
        let mut ids = Vec::new();
        for text in ["first", "second"] {
            let id: RevisionId = here.id();
            let content = content(text);
            let (workspace, person, at) = (here.workspace, here.person, here.now());
            let new = NewRevision { id, workspace, post, person, content: &content, at };
            revisions::insert(&mut tx, &new).await.unwrap();
            ids.push(id);
            test.clock.advance(TimeDelta::minutes(1));
        }
        let latest = revisions::latest(&mut tx, here.workspace, post).await.unwrap();
        let created_at = begun + TimeDelta::minutes(1);
        assert_eq!(latest, Some(LatestRow { id: ids[1], person_id: here.person, created_at }));
        assert_eq!(revisions::latest(&mut tx, there.workspace, post).await.unwrap(), None);
        assert_eq!(revisions::latest(&mut tx, here.workspace, other).await.unwrap(), None);

        let crop = serde_json::from_str(r#"{"x":0,"y":0,"width":500000,"height":1000000}"#).unwrap();
        let image = PostMedia { media: here.id(), alt: "half".to_owned(), crop: Some(crop) };
        let own = Variant { platform: Platform::X, text: "short".to_owned(), media: Some(vec![image]) };
        let worked_on = Content { variants: vec![own], ..content("second, worked on") };
        revisions::replace(&mut tx, there.workspace, ids[1], &content("theirs"), here.now()).await.unwrap();
        revisions::replace(&mut tx, here.workspace, ids[1], &worked_on, here.now()).await.unwrap();
        let rows = revisions::list(&mut tx, here.workspace, post, 10).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|row| (row.id, row.person.as_str(), row.updated_at)).collect();
        assert_eq!(shown, [(ids[1], "ana", here.now()), (ids[0], "ana", begun)], "{}", test.engine_name);
        assert_eq!((&rows[0].content.0, &rows[1].content.0), (&worked_on, &content("first")));
        assert_eq!(revisions::list(&mut tx, here.workspace, post, 1).await.unwrap().len(), 1);
        assert!(revisions::list(&mut tx, there.workspace, post, 10).await.unwrap().is_empty());

        let of = async |tx: &mut storage::Tx, workspace, post, id| {
            revisions::content(tx, workspace, post, id).await.unwrap()
        };
        assert_eq!(of(&mut tx, here.workspace, post, ids[0]).await, Some(content("first")));
        assert_eq!(of(&mut tx, there.workspace, post, ids[0]).await, None);
        assert_eq!(of(&mut tx, here.workspace, other, ids[0]).await, None, "another post's");
    })
    .await;
}
