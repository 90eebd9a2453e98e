//! Posts, the media in them, lists and counts, on both engines.

use crate::place::{Place, two_places};
use chrono::TimeDelta;
use model::media::ImageFormat;
use model::post::PostMedia;
use model::{Platform, PostId, TargetState};
use storage::persons::Person;
use storage::posts::{CountsRow, KeyedRow, NewPost, Wanted};
use storage::{StorageError, media, persons, posts, publishing};
use testing::each_engine;

#[tokio::test]
async fn a_post_is_read_changed_and_deleted_in_its_workspace_only() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("Bonjour à tous").await;
        let mut tx = test.db.begin().await.unwrap();
        let row = posts::get(&mut tx, here.workspace, post).await.unwrap().unwrap();
        assert_eq!((row.body.as_str(), row.author.as_str(), row.version), ("Bonjour à tous", "ana", 1));
        assert_eq!((row.zone.as_str(), row.created_at), ("Europe/Paris", here.now()));
        assert_eq!(row.variants.0[0].text, "short");

        test.clock.advance(TimeDelta::seconds(5));
        let now = here.now();
        assert!(posts::get(&mut tx, there.workspace, post).await.unwrap().is_none());
        assert!(!posts::update(&mut tx, there.workspace, post, 1, "theirs", &[], now).await.unwrap());
        assert!(!posts::touch(&mut tx, there.workspace, post, now).await.unwrap());
        assert!(!posts::mark_deleted(&mut tx, there.workspace, post, now).await.unwrap());

        assert!(!posts::update(&mut tx, here.workspace, post, 2, "stale", &[], now).await.unwrap());
        assert!(posts::update(&mut tx, here.workspace, post, 1, "Bonsoir", &[], now).await.unwrap());
        assert!(posts::touch(&mut tx, here.workspace, post, now).await.unwrap());
        let row = posts::get(&mut tx, here.workspace, post).await.unwrap().unwrap();
        assert_eq!((row.body.as_str(), row.version, row.updated_at), ("Bonsoir", 3, now));
        assert!(row.variants.0.is_empty());

        assert!(posts::mark_deleted(&mut tx, here.workspace, post, now).await.unwrap());
        assert!(!posts::mark_deleted(&mut tx, here.workspace, post, now).await.unwrap());
        assert!(posts::get(&mut tx, here.workspace, post).await.unwrap().is_none());
        assert!(!posts::touch(&mut tx, here.workspace, post, now).await.unwrap());
        let zone = posts::workspace_zone(&mut tx, here.workspace).await.unwrap();
        assert_eq!(zone.as_deref(), Some("Europe/Paris"));
        assert_eq!(posts::workspace_zone(&mut tx, here.id()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_post_is_found_by_its_key_in_its_workspace_only() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let now = here.now();
        let author = Person {
            id: here.id(),
            name: "cleo".to_owned(),
            email: "cleo@example.com".to_owned(),
            password_hash: String::new(),
            created_at: now,
        };
        let mut tx = test.db.begin().await.unwrap();
        persons::insert(&mut tx, &author).await.unwrap();
        let new = |place: &Place| NewPost {
            id: place.id(),
            workspace: place.workspace,
            author: author.id,
            body: "Bonjour",
            variants: &[],
            now,
        };
        let (ours, theirs) = (new(&here), new(&there));
        posts::insert_with_key(&mut tx, &ours, Some("key")).await.unwrap();
        posts::insert_with_key(&mut tx, &theirs, Some("key")).await.unwrap();
        for keyless in [new(&here), new(&here)] {
            posts::insert(&mut tx, &keyless).await.unwrap();
        }
        let found = KeyedRow { id: ours.id, author_id: ours.author, own: true };
        assert_eq!(posts::by_key(&mut tx, here.workspace, "key").await.unwrap(), Some(found));
        let found_there = posts::by_key(&mut tx, there.workspace, "key").await.unwrap().unwrap();
        assert_eq!(found_there.id, theirs.id);
        assert_eq!(posts::by_key(&mut tx, here.workspace, "Key").await.unwrap(), None);

        assert!(posts::update(&mut tx, here.workspace, ours.id, 1, "Bonsoir", &[], now).await.unwrap());
        let changed = Some(KeyedRow { own: false, ..found });
        assert_eq!(posts::by_key(&mut tx, here.workspace, "key").await.unwrap(), changed);
        posts::saved_by_key(&mut tx, there.workspace, ours.id).await.unwrap();
        assert_eq!(posts::by_key(&mut tx, here.workspace, "key").await.unwrap(), changed);
        posts::saved_by_key(&mut tx, here.workspace, ours.id).await.unwrap();
        assert_eq!(posts::by_key(&mut tx, here.workspace, "key").await.unwrap(), Some(found));
        assert_eq!(posts::get(&mut tx, here.workspace, ours.id).await.unwrap().unwrap().version, 2);
        assert!(posts::mark_deleted(&mut tx, here.workspace, ours.id, now).await.unwrap());
        let deleted = posts::by_key(&mut tx, here.workspace, "key").await.unwrap().unwrap();
        assert_eq!(deleted.id, ours.id, "its key isn't free again");

        let twice = posts::insert_with_key(&mut tx, &new(&here), Some("key")).await;
        assert!(matches!(twice, Err(StorageError::Duplicate(_))), "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn media_of_a_post_keep_their_order() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (post, other) = (here.post("one").await, here.post("two").await);
        let (first, second) = (here.image("a.png").await, here.image("b.png").await);
        let item = |media, alt: &str| PostMedia { media, alt: alt.to_owned(), crop: None };
        let mut tx = test.db.begin().await.unwrap();
        let crop = serde_json::from_str(r#"{"x":250000,"y":0,"width":500000,"height":1000000}"#).unwrap();
        let cropped = PostMedia { crop: Some(crop), ..item(first, "A") };
        let order = [item(second, "B"), cropped, item(second, "again")];
        posts::insert_media(&mut tx, here.workspace, post, &order).await.unwrap();
        posts::insert_media(&mut tx, here.workspace, other, &[item(first, "other")]).await.unwrap();
        let rows = posts::media(&mut tx, here.workspace, &[post]).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|m| (m.media_id, m.alt.as_str(), m.name.as_str())).collect();
        assert_eq!(shown, [(second, "B", "b.png"), (first, "A", "a.png"), (second, "again", "b.png")]);
        let crops: Vec<_> = rows.iter().map(|m| m.crop.as_ref().map(|crop| crop.0)).collect();
        assert_eq!(crops, [None, Some(crop), None]);
        let going_out = publishing::media(&mut tx, here.workspace, post).await.unwrap();
        assert_eq!(going_out, order);
        assert_eq!(
            (rows[0].format, rows[0].width, rows[0].height, rows[0].bytes),
            (ImageFormat::Png, 640, 480, 1_234)
        );
        assert_eq!(posts::media(&mut tx, here.workspace, &[post, other]).await.unwrap().len(), 4);
        assert!(posts::media(&mut tx, here.workspace, &[]).await.unwrap().is_empty());
        assert!(posts::media(&mut tx, there.workspace, &[post, other]).await.unwrap().is_empty());

        assert!(media::in_use(&mut tx, here.workspace, first).await.unwrap());
        assert!(!media::in_use(&mut tx, there.workspace, first).await.unwrap());
        posts::clear_media(&mut tx, there.workspace, post).await.unwrap();
        assert!(media::in_use(&mut tx, here.workspace, second).await.unwrap());
        posts::clear_media(&mut tx, here.workspace, post).await.unwrap();
        assert!(!media::in_use(&mut tx, here.workspace, second).await.unwrap());
        assert!(media::in_use(&mut tx, here.workspace, first).await.unwrap(), "in the other post");
        posts::mark_deleted(&mut tx, here.workspace, other, here.now()).await.unwrap();
        assert!(!media::in_use(&mut tx, here.workspace, first).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn media_that_only_variants_show_come_last_and_are_in_use() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (post, other) = (here.post("one").await, here.post("two").await);
        let (common, own) = (here.image("a.png").await, here.image("b.png").await);
        let item = |media| PostMedia { media, alt: "A".to_owned(), crop: None };
        let mut tx = test.db.begin().await.unwrap();
        posts::insert_variant_media(&mut tx, here.workspace, post, [common, own]).await.unwrap();
        posts::insert_media(&mut tx, here.workspace, post, &[item(common)]).await.unwrap();
        posts::insert_media(&mut tx, here.workspace, other, &[item(common)]).await.unwrap();
        let rows = posts::media(&mut tx, here.workspace, &[post]).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|m| (m.media_id, m.common, m.alt.as_str())).collect();
        let (first, second) = (common.min(own), common.max(own));
        assert_eq!(shown, [(common, true, "A"), (first, false, ""), (second, false, "")]);
        assert!(posts::media(&mut tx, there.workspace, &[post]).await.unwrap().is_empty());
        assert!(media::in_use(&mut tx, here.workspace, own).await.unwrap(), "{}", test.engine_name);
        assert!(!media::in_use(&mut tx, there.workspace, own).await.unwrap());
        posts::clear_media(&mut tx, here.workspace, post).await.unwrap();
        assert!(!media::in_use(&mut tx, here.workspace, own).await.unwrap());
        assert!(media::in_use(&mut tx, here.workspace, common).await.unwrap(), "in the other post");
    })
    .await;
}

#[tokio::test]
async fn media_of_a_deleted_post_that_is_going_out_are_in_use() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let (post, image) = (here.post("out").await, here.image("a.png").await);
        let target = here.target(post, here.x, Some(here.now())).await;
        here.force(target, TargetState::Publishing, false, None).await;
        let mut tx = test.db.begin().await.unwrap();
        let media = [PostMedia { media: image, alt: String::new(), crop: None }];
        posts::insert_media(&mut tx, here.workspace, post, &media).await.unwrap();
        posts::mark_deleted(&mut tx, here.workspace, post, here.now()).await.unwrap();
        assert!(media::in_use(&mut tx, here.workspace, image).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn lists_filter_search_and_go_on_from_a_cursor() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        there.post("not yours").await;
        let mut ids = Vec::new();
        for body in ["bare draft", "Été 100%_sure", "three", "four"] {
            ids.push(here.post(body).await);
            test.clock.advance(TimeDelta::seconds(1));
        }
        let late = here.now() + TimeDelta::hours(2);
        let soon = here.now() + TimeDelta::hours(1);
        here.target(ids[1], here.x, Some(late)).await;
        here.target(ids[2], here.x, Some(late)).await;
        here.target(ids[2], here.bluesky, Some(soon)).await;
        let failed = here.target(ids[3], here.bluesky, Some(soon)).await;
        here.force(failed, TargetState::Failed, false, None).await;

        let mut tx = test.db.read().await.unwrap();
        let workspace = here.workspace;
        let mut newest = async |wanted: Wanted<'_>, before: Option<PostId>, limit: i64| -> Vec<PostId> {
            let rows = posts::list_newest(&mut tx, workspace, &wanted, before, limit).await.unwrap();
            rows.into_iter().map(|row| row.id).collect()
        };
        let all = Wanted::default();
        assert_eq!(newest(all, None, 10).await, [ids[3], ids[2], ids[1], ids[0]], "{}", test.engine_name);
        assert_eq!(newest(all, None, 2).await, [ids[3], ids[2]]);
        assert_eq!(newest(all, Some(ids[2]), 10).await, [ids[1], ids[0]]);
        let of = |states| Wanted { states, ..all };
        assert_eq!(newest(of(&[TargetState::Draft]), None, 10).await, [ids[0]]);
        let two = [TargetState::Failed, TargetState::Scheduled];
        assert_eq!(newest(of(&two), None, 10).await, [ids[3], ids[2], ids[1]]);
        assert_eq!(newest(Wanted { account: Some(here.bluesky), ..all }, None, 10).await, [ids[3], ids[2]]);
        let failed_on_x = Wanted { states: &two[..1], platform: Some(Platform::X), ..all };
        assert!(newest(failed_on_x, None, 10).await.is_empty(), "one target must have both");
        assert_eq!(newest(Wanted { platform: Some(Platform::X), ..all }, None, 10).await, [ids[2], ids[1]]);
        for (search, found) in [
            ("DRAFT", ids[0]),
            ("Été", ids[1]),
            ("ÉTÉ 1", ids[1]),
            ("été", ids[1]),
            ("100%_S", ids[1]),
            ("THREE", ids[2]),
        ] {
            assert_eq!(
                newest(Wanted { search, ..all }, None, 10).await,
                [found],
                "{search} {}",
                test.engine_name
            );
        }
        for search in ["100%!", "100__", "a%t", "ete"] {
            assert!(newest(Wanted { search, ..all }, None, 10).await.is_empty(), "{search}");
        }

        let coming = of(&[TargetState::Scheduled]);
        let rows = posts::list_by_due(&mut tx, workspace, &coming, None, 10).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|row| (row.post.id, row.due)).collect();
        assert_eq!(shown, [(ids[2], soon), (ids[1], late)]);
        let after = posts::list_by_due(&mut tx, workspace, &coming, Some(shown[0].1).zip(Some(ids[2])), 10)
            .await
            .unwrap();
        assert_eq!(after.len(), 1);
        assert_eq!(after[0].post.id, ids[1]);
        assert_eq!(posts::list_by_due(&mut tx, workspace, &coming, None, 1).await.unwrap().len(), 1);
        let on_x = Wanted { account: Some(here.x), platform: Some(Platform::X), search: "three", ..coming };
        let rows = posts::list_by_due(&mut tx, workspace, &on_x, None, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| (row.post.id, row.due)).collect::<Vec<_>>(), [(ids[2], late)]);
        assert!(posts::list_by_due(&mut tx, there.workspace, &coming, None, 10).await.unwrap().is_empty());

        let counts = posts::counts(&mut tx, workspace).await.unwrap();
        assert_eq!(counts, CountsRow { drafts: 1, scheduled: 2, published: 0, attention: 1 });
        let counts = posts::counts(&mut tx, there.workspace).await.unwrap();
        assert_eq!(counts, CountsRow { drafts: 1, scheduled: 0, published: 0, attention: 0 });
    })
    .await;
}
