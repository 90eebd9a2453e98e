//! Lists, and who may see and touch what.

use super::*;

#[tokio::test]
async fn lists_come_in_pages_each_post_once() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let mut made = Vec::new();
        for n in 0..25_u32 {
            let hours = When::At { local: wall(16 + (24 - n) / 24, (24 - n) % 24), zone: "UTC".to_owned() };
            made.push(
                desk.save(input(&format!("post {n}"), &[desk.x, desk.bluesky]), Some(hours))
                    .await
                    .unwrap()
                    .id,
            );
            test.clock.advance(TimeDelta::milliseconds(5));
        }
        desk.save(input("draft", &[]), None).await.unwrap();
        let pages = async |states: Vec<TargetState>| {
            let mut filter = PostFilter { states, ..PostFilter::default() };
            let mut all = Vec::new();
            loop {
                let page = desk.posts.list(desk.editor, filter.clone()).await.unwrap();
                assert!(page.items.len() <= 20);
                all.extend(page.items);
                filter.cursor = page.next;
                if filter.cursor.is_none() {
                    return all;
                }
            }
        };
        let all = pages(Vec::new()).await;
        assert_eq!(all.len(), 26);
        assert!(all[1..].iter().map(|post| post.id).eq(made.iter().rev().copied()), "newest first");
        assert_eq!(all[1], desk.get(all[1].id).await, "as it is shown alone");
        let coming = pages(vec![RIGHT]).await;
        assert!(coming.iter().map(|post| post.id).eq(made.iter().rev().copied()), "the next due first");
        assert!(coming.windows(2).all(|pair| {
            let due = |post: &PostView| post.due_at.as_ref().unwrap().utc;
            due(&pair[0]) < due(&pair[1])
        }));
        let search = PostFilter { search: " POST 7 ".to_owned(), ..PostFilter::default() };
        let found = desk.posts.list(desk.editor, search).await.unwrap();
        assert_eq!(found.items.iter().map(|post| post.id).collect::<Vec<_>>(), [made[7]]);
        for (states, cursor) in [(vec![], "x"), (vec![RIGHT], "12.x"), (vec![RIGHT], "x")] {
            let filter = PostFilter { states, cursor: Some(cursor.to_owned()), ..PostFilter::default() };
            let bad = desk.posts.list(desk.editor, filter).await;
            assert_eq!(problems(bad), [("cursor".to_owned(), Problem::BadValue)]);
        }
        let counts = desk.posts.counts(desk.editor).await.unwrap();
        assert_eq!((counts.drafts, counts.scheduled, counts.published, counts.attention), (1, 25, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn another_workspace_sees_and_touches_nothing() {
    each_engine(async |test| {
        let (desk, other) = (Desk::new(&test, "ana").await, Desk::new(&test, "bo").await);
        let post = desk.scheduled("ours", &[desk.x]).await;
        let target = post.targets[0].id;
        let (posts, they) = (&other.posts, other.editor);
        let save =
            |post: Option<PostId>, input| SavePost { post, version: Some(1), key: None, input, when: None };
        let media = PostMedia { media: new_id::<MediaId>(desk.now()), alt: String::new(), crop: None };
        let foreign_media = PostInput { media: vec![media], ..input("x", &[]) };
        let answers = [
            posts.get(they, post.id).await.map(drop),
            posts.save(they, save(Some(post.id), input("theirs", &[]))).await.map(drop),
            posts.save(they, save(None, input("x", &[desk.x]))).await.map(drop),
            posts.save(they, save(None, foreign_media)).await.map(drop),
            posts.reschedule(they, post.id, When::Now).await.map(drop),
            posts.cancel(they, post.id).await.map(drop),
            posts.cancel_target(they, target).await.map(drop),
            posts.retry_target(they, target, When::Now).await.map(drop),
            posts.resolve_unknown(they, target, UnknownAnswer::Absent).await.map(drop),
            posts.delete(they, post.id).await,
            posts.delete_remote(they, target).await.map(drop),
            posts.duplicate(they, post.id).await.map(drop),
        ];
        assert!(answers.iter().all(|answer| *answer == Err(ApiError::NotFound)), "{answers:?}");
        assert!(posts.list(they, PostFilter::default()).await.unwrap().items.is_empty());
        assert_eq!(posts.counts(they).await.unwrap().scheduled, 0);
        assert_eq!(desk.get(post.id).await, post);
    })
    .await;
}

#[tokio::test]
async fn a_viewer_reads_only() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("ours", &[desk.x]).await;
        let target = post.targets[0].id;
        let viewer = Actor { role: Role::Viewer, user: new_id::<UserId>(desk.now()), ..desk.editor };
        let posts = &desk.posts;
        assert_eq!(posts.get(viewer, post.id).await.unwrap(), post);
        let save = SavePost { post: None, version: None, key: None, input: input("x", &[]), when: None };
        let answers = [
            posts.save(viewer, save).await.map(drop),
            posts.reschedule(viewer, post.id, When::Now).await.map(drop),
            posts.cancel(viewer, post.id).await.map(drop),
            posts.cancel_target(viewer, target).await.map(drop),
            posts.retry_target(viewer, target, When::Now).await.map(drop),
            posts.resolve_unknown(viewer, target, UnknownAnswer::Absent).await.map(drop),
            posts.delete(viewer, post.id).await,
            posts.delete_remote(viewer, target).await.map(drop),
            posts.duplicate(viewer, post.id).await.map(drop),
        ];
        assert!(
            answers.iter().all(|a| *a == Err(ApiError::Forbidden { needs: Role::Editor })),
            "{answers:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_letters_of_either_case_and_signs_as_they_are() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.save(input("L’été à Nantes : 100%_sûr, ΟΔΥΣΣΕΥΣ", &[]), None).await.unwrap();
        let scheduled = desk.scheduled("Œuvres d’ÉTÉ", &[desk.x]).await;
        let found = async |search: &str, states: &[TargetState]| {
            let filter =
                PostFilter { search: search.to_owned(), states: states.to_vec(), ..PostFilter::default() };
            let page = desk.posts.list(desk.editor, filter).await.unwrap();
            page.items.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        for search in ["ÉTÉ À", "été à nantes", "100%_SÛR", "οδυσ", "L’"] {
            assert_eq!(found(search, &[]).await, [post.id], "{search} {}", test.engine_name);
        }
        assert_eq!(found("œuvres D’été", &[RIGHT]).await, [scheduled.id], "{}", test.engine_name);
        for search in ["100__sûr", "L%Nantes", "!", "ete"] {
            assert!(found(search, &[]).await.is_empty(), "{search} {}", test.engine_name);
        }
        let edited = desk.change(&post, input("ÇA", &[]), None).await.unwrap();
        assert_eq!((found("ça", &[]).await, found("nantes", &[]).await), (vec![edited.id], vec![]));
    })
    .await;
}
