//! Images in posts, and deleting them.

use super::*;

#[tokio::test]
async fn what_a_post_shows_is_not_deleted() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let view = shelf.add("a.png", &encoded(&halves(40, 30), Codec::Png)).await.unwrap();
        let posts = Posts::new(shelf.context.clone());
        let media = vec![PostMedia { media: view.id, alt: "Halves".to_owned(), crop: None }];
        let input = PostInput { media: media.clone(), ..PostInput::default() };
        let save = SavePost { post: None, version: None, key: None, input, when: None };
        let post = posts.save(shelf.editor, save).await.unwrap();
        assert_eq!((&post.input.media, &post.media), (&media, &vec![view.clone()]));
        let in_use = Err(ApiError::conflict(Conflict::InUse));
        assert_eq!(shelf.library.delete(shelf.editor, view.id).await, in_use);
        let copy = posts.duplicate(shelf.editor, post.id).await.unwrap();
        assert_eq!(copy.input.media, media);
        posts.delete(shelf.editor, post.id).await.unwrap();
        assert_eq!(shelf.library.delete(shelf.editor, view.id).await, in_use, "the copy shows it");
        let without = SavePost {
            post: Some(copy.id),
            version: Some(copy.version),
            key: None,
            input: PostInput::default(),
            when: None,
        };
        assert!(posts.save(shelf.editor, without).await.unwrap().media.is_empty());
        let (row, _) = shelf.made(view.id, Platform::X).await;

        shelf.library.delete(shelf.editor, view.id).await.unwrap();
        assert_eq!(shelf.library.get(shelf.editor, view.id).await, Err(ApiError::NotFound));
        assert!(
            matches!(shelf.context.media.get(&row.store_key).await, Err(StoreError::NotFound)),
            "its files too"
        );
        let opened = open_rendition(&shelf.context, shelf.editor, view.id, ScreenSize::Thumb).await;
        assert_eq!(opened, Err(ApiError::NotFound));
        let again = SavePost {
            post: None,
            version: None,
            key: None,
            input: PostInput { media, ..PostInput::default() },
            when: None,
        };
        assert_eq!(posts.save(shelf.editor, again).await, Err(ApiError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn deleting_an_image_and_posting_it_at_once_has_one_winner() {
    each_engine(async |test| {
        let shelf = Shelf::new(&test, "ana").await;
        let posts = Posts::new(shelf.context.clone());
        for round in 0..10 {
            let view = shelf.add("a.png", &encoded(&halves(40, 30), Codec::Png)).await.unwrap();
            let media = vec![PostMedia { media: view.id, alt: String::new(), crop: None }];
            let input = PostInput { media, ..PostInput::default() };
            let save = SavePost { post: None, version: None, key: None, input, when: None };
            let save = posts.save(shelf.editor, save);
            let delete = shelf.library.delete(shelf.editor, view.id);
            let (saved, deleted) = if round % 2 == 0 {
                tokio::join!(save, delete)
            } else {
                let (deleted, saved) = tokio::join!(delete, save);
                (saved, deleted)
            };
            match (&saved, &deleted) {
                (Ok(post), Err(error)) => {
                    assert_eq!(*error, ApiError::conflict(Conflict::InUse));
                    assert_eq!(post.media, [view]);
                }
                (Err(error), Ok(())) => assert_eq!(*error, ApiError::NotFound),
                both => panic!("round {round}, {}: {both:?}", test.engine_name),
            }
        }
    })
    .await;
}
