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

        let own = Variant { platform: Platform::X, text: "short".to_owned() };
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
        let twice = Variant { platform: Platform::X, text: String::new() };
        let twice = PostInput { variants: vec![twice.clone(), twice], ..input("x", &[]) };
        assert_eq!(problems(desk.save(twice, None).await), [("variants".to_owned(), Problem::BadValue)]);
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
