//! Composing and scheduling, and what is refused.

use super::*;

#[tokio::test]
async fn a_post_is_scheduled_for_several_accounts() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let wake = desk.context.wake.clone();
        let post = desk.scheduled("Bonjour 🌍", &[desk.x, desk.bluesky, desk.x]).await;
        assert_eq!(states(&post), [RIGHT, RIGHT], "an account named twice counts once");
        assert_eq!((post.state, post.version, post.author.as_str()), (RIGHT, 1, "ana"));
        let due = post.due_at.clone().unwrap();
        assert_eq!((due.local, due.zone.as_str()), (wall(16, 12), "America/New_York"));
        assert_eq!(due.utc, wall(16, 17).and_utc());
        assert_eq!((post.created_at.zone.as_str(), post.created_at.local), ("Europe/Paris", wall(15, 13)));
        let target = &post.targets[0];
        assert_eq!((target.platform, target.handle.as_str(), target.sandbox), (Platform::X, "ana", false));
        assert_eq!(target.next_attempt_at.as_ref().unwrap().local, wall(16, 18));
        tokio::time::timeout(Duration::from_secs(5), wake.rung()).await.expect("the timer is told");
        assert_eq!(desk.get(post.id).await, post);

        let mut tx = test.db.read().await.unwrap();
        let mut keys = Vec::new();
        for target in &post.targets {
            keys.push(storage::publishing::load(&mut tx, target.id).await.unwrap().unwrap().publish_key);
        }
        assert!(keys[0] != keys[1] && keys.iter().all(|key| key.len() == 13), "{keys:?}");
    })
    .await;
}

#[tokio::test]
async fn now_is_due_at_once() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.save(input("now", &[desk.x]), Some(When::Now)).await.unwrap();
        let due = post.due_at.unwrap();
        assert_eq!((due.utc, due.zone.as_str()), (desk.now(), "Europe/Paris"));
    })
    .await;
}

#[tokio::test]
async fn a_draft_may_be_incomplete_but_a_schedule_not() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let draft = desk.save(PostInput::default(), None).await.unwrap();
        assert_eq!((draft.state, draft.targets.len(), draft.due_at.is_none()), (TargetState::Draft, 0, true));
        let nobody = desk.change(&draft, input("text", &[]), Some(When::Now)).await;
        assert_eq!(problems(nobody), [("accounts".to_owned(), Problem::NoAccount)]);

        let long = "a".repeat(281);
        let draft = desk.change(&draft, input(&long, &[desk.x, desk.instagram]), None).await.unwrap();
        assert_eq!((draft.version, states(&draft)), (2, vec![TargetState::Draft; 2]));
        let found = problems(desk.posts.reschedule(desk.editor, draft.id, When::Now).await);
        let broken = |platform, rule| Problem::Platform { platform, rule };
        assert_eq!(
            found,
            [
                ("media".to_owned(), broken(Platform::Instagram, Rule::NeedsImage)),
                ("text".to_owned(), broken(Platform::X, Rule::TextTooLong { max: 280, over: 1 })),
            ]
        );
        assert_eq!(desk.get(draft.id).await, draft, "nothing is kept of a refused schedule");

        let own = Variant { platform: Platform::X, text: "short".to_owned(), media: None };
        let with_own = PostInput { variants: vec![own], ..input(&long, &[desk.x]) };
        let post = desk.change(&draft, with_own.clone(), Some(When::Now)).await.unwrap();
        assert_eq!((states(&post), post.input), (vec![RIGHT], with_own));
    })
    .await;
}

#[tokio::test]
async fn bounds_hold_for_drafts_too() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let text = "é".repeat(70_001);
        let long = problems(desk.save(input(&text, &[]), None).await);
        assert_eq!(long, [("text".to_owned(), Problem::TooLong { max: 70_000, got: 70_001 })]);
        let nul = problems(desk.save(input("a\0b", &[]), None).await);
        assert_eq!(nul, [("text".to_owned(), Problem::BadValue)]);
        let twice = Variant { platform: Platform::X, text: String::new(), media: None };
        let twice = PostInput { variants: vec![twice.clone(), twice], ..input("x", &[]) };
        assert_eq!(problems(desk.save(twice, None).await), [("variants".to_owned(), Problem::BadValue)]);
    })
    .await;
}

/// Saves as a page does that doesn't know the post's id.
async fn by_key(desk: &Desk, key: &str, input: PostInput, when: Option<When>) -> Result<PostView, ApiError> {
    let save = SavePost { post: None, version: None, key: Some(key.to_owned()), input, when };
    desk.posts.save(desk.editor, save).await
}

async fn all_posts(desk: &Desk) -> Vec<PostId> {
    let page = desk.posts.list(desk.editor, PostFilter::default()).await.unwrap();
    page.items.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn a_draft_saved_again_by_its_key_is_one_draft() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let first = by_key(&desk, "K-1_a", input("one", &[desk.x, desk.bluesky]), None).await.unwrap();
        let again = by_key(&desk, "K-1_a", input("one", &[desk.bluesky, desk.x]), None).await.unwrap();
        assert_eq!(again, first, "the same content");
        for (version, text) in [(2, "two"), (3, "three")] {
            let next = by_key(&desk, "K-1_a", input(text, &[desk.x]), None).await.unwrap();
            assert_eq!((next.id, next.version, next.input), (first.id, version, input(text, &[desk.x])));
        }
        let next = by_key(&desk, "K-1_a", input("three", &[desk.x]), Some(tomorrow())).await.unwrap();
        assert_eq!((next.id, states(&next)), (first.id, vec![RIGHT]));
        assert_eq!(all_posts(&desk).await, [first.id]);

        let other = by_key(&desk, "k-1_a", input("one", &[]), None).await.unwrap();
        assert_ne!(other.id, first.id, "another key");
        desk.posts.duplicate(desk.editor, first.id).await.unwrap();
        desk.save(input("three", &[desk.x]), None).await.unwrap();
        desk.save(input("three", &[desk.x]), None).await.unwrap();
        assert_eq!(all_posts(&desk).await.len(), 5, "what has no key is a post of its own");
    })
    .await;
}

#[tokio::test]
async fn what_is_to_go_out_and_is_sent_again_by_its_key_goes_out_once() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let (now, later) = (Some(When::Now), Some(tomorrow()));
        let text = || input("out", &[desk.x]);
        let first = by_key(&desk, "key", text(), now.clone()).await.unwrap();
        let target = first.targets[0].id;
        test.clock.advance(TimeDelta::seconds(20));
        assert_eq!(by_key(&desk, "key", text(), now.clone()).await.unwrap(), first, "waits for its turn");

        assert!(desk.claim(target, 1).await);
        for when in [&now, &None] {
            let again = by_key(&desk, "key", text(), when.clone()).await.unwrap();
            assert_eq!((again.id, states(&again)), (first.id, vec![TargetState::Publishing]));
        }
        for (input, when) in
            [(input("other", &[desk.x]), &now), (input("other", &[]), &None), (text(), &later)]
        {
            let going_out = by_key(&desk, "key", input, when.clone()).await;
            assert_eq!(refused(going_out), Conflict::GoingOut);
        }

        desk.published(target, "1").await;
        test.clock.advance(TimeDelta::minutes(5));
        for when in [&now, &None] {
            let again = by_key(&desk, "key", text(), when.clone()).await.unwrap();
            assert_eq!((again.id, states(&again)), (first.id, vec![TargetState::Published]));
        }
        for (input, when) in
            [(input("other", &[desk.x]), &now), (input("other", &[]), &None), (text(), &later)]
        {
            let published = by_key(&desk, "key", input, when.clone()).await;
            assert_eq!(refused(published), Conflict::AlreadyPublished);
        }
        assert_eq!(desk.revision(target).await, 1);
        assert_eq!(all_posts(&desk).await, [first.id]);
    })
    .await;
}

#[tokio::test]
async fn what_is_scheduled_changes_by_its_key_only_with_a_time() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let text = || input("one", &[desk.x]);
        let first = by_key(&desk, "key", text(), Some(tomorrow())).await.unwrap();
        assert_eq!(by_key(&desk, "key", text(), Some(tomorrow())).await.unwrap(), first);
        assert_eq!(by_key(&desk, "key", text(), None).await.unwrap(), first);
        let half = by_key(&desk, "key", input("half a sen", &[desk.x]), None).await;
        assert_eq!(refused(half), Conflict::Changed);
        assert_eq!(desk.get(first.id).await, first);

        let moved = by_key(&desk, "key", input("two", &[desk.x]), Some(When::Now)).await.unwrap();
        assert_eq!((moved.id, moved.input.text.as_str()), (first.id, "two"));
        assert_eq!(moved.due_at.unwrap().utc, desk.now());

        desk.force(first.targets[0].id, TargetState::Failed, false).await;
        let again = by_key(&desk, "key", input("two", &[desk.x]), Some(When::Now)).await.unwrap();
        assert_eq!((again.id, states(&again)), (first.id, vec![RIGHT]), "what failed is sent again");
    })
    .await;
}

#[tokio::test]
async fn a_key_is_its_authors_in_its_workspace() {
    each_engine(async |test| {
        let (desk, bo) = (Desk::new(&test, "ana").await, Desk::new(&test, "bo").await);
        let first = by_key(&desk, "key", input("ours", &[desk.x]), None).await.unwrap();
        let elsewhere = by_key(&bo, "key", input("theirs", &[bo.x]), None).await.unwrap();
        assert_ne!(elsewhere.id, first.id);
        assert_eq!(elsewhere.input.text, "theirs");

        let colleague = Actor { user: bo.editor.user, ..desk.editor };
        for when in [None, Some(When::Now)] {
            let save = SavePost {
                post: None,
                version: None,
                key: Some("key".to_owned()),
                input: input("ours", &[desk.x]),
                when,
            };
            assert_eq!(desk.posts.save(colleague, save).await, Err(ApiError::NotFound));
        }
        assert_eq!(desk.get(first.id).await, first);

        let changed = desk.change(&first, input("better", &[desk.x]), None).await.unwrap();
        for when in [None, Some(When::Now)] {
            let unseen = by_key(&desk, "key", input("ours", &[desk.x]), when).await;
            assert_eq!(refused(unseen), Conflict::Changed, "somebody's change is not overwritten");
        }
        let same = by_key(&desk, "key", input("better", &[desk.x]), None).await.unwrap();
        assert_eq!(same, changed);

        desk.posts.delete(desk.editor, first.id).await.unwrap();
        let gone = by_key(&desk, "key", input("better", &[desk.x]), None).await;
        assert_eq!(gone, Err(ApiError::NotFound), "what was deleted doesn't come back");
        assert!(all_posts(&desk).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn saves_by_one_key_at_the_same_time_make_one_post() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for round in 0..10_usize {
            let key = format!("key-{round}");
            let when = round.is_multiple_of(2).then(tomorrow);
            let save = |text: &str| by_key(&desk, &key, input(text, &[desk.x, desk.bluesky]), when.clone());
            let (one, two, three, four) =
                tokio::join!(save("one"), save("one"), save("one"), save("another"));
            let saved = [one, two, three, four].map(|saved| match saved {
                Ok(post) => post.id,
                Err(error) => panic!("round {round}, {}: {error:?}", test.engine_name),
            });
            assert_eq!(saved, [saved[0]; 4], "{}", test.engine_name);
            assert_eq!(all_posts(&desk).await.len(), round + 1, "{}", test.engine_name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_is_short_and_plain() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let long = "k".repeat(65);
        for key in ["", "a key", "clé", "a\0b", "k;--", &long] {
            let refused = problems(by_key(&desk, key, input("x", &[]), None).await);
            assert_eq!(refused, [("key".to_owned(), Problem::BadValue)], "{key:?}");
        }
        assert!(by_key(&desk, &long[1..], input("x", &[]), None).await.is_ok());
    })
    .await;
}

/// A guard against a query per row; the bench measures the real thing in a release build.
#[tokio::test]
async fn creating_and_scheduling_takes_a_few_statements() {
    let test = TestDb::sqlite().await.unwrap();
    let desk = Desk::new(&test, "ana").await;
    let mut times = Vec::new();
    for n in 0..50 {
        let post = input(&format!("post {n}"), &[desk.x, desk.bluesky]);
        let begun = Instant::now();
        desk.save(post, Some(tomorrow())).await.unwrap();
        times.push(begun.elapsed());
    }
    times.sort();
    println!("create and schedule, unoptimised build: p50 {:?}, p90 {:?}", times[25], times[45]);
    assert!(times[25] < Duration::from_millis(100), "{:?}", times[25]);
}
