//! Acts on what is going out, or may be out.

use super::*;

#[tokio::test]
async fn what_is_going_out_is_not_changed() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for state in [TargetState::Publishing, TargetState::Unknown] {
            let post = desk.scheduled("old", &[desk.x, desk.bluesky]).await;
            let going = target_of(&post, desk.x);
            desk.force(going, state, false).await;
            let seen = desk.get(post.id).await;
            let edit = desk.change(&seen, input("new", &[desk.x, desk.bluesky]), None).await;
            assert_eq!(refused(edit), Conflict::GoingOut, "{state} {}", test.engine_name);
            assert_eq!(refused(desk.posts.cancel_target(desk.editor, going).await), Conflict::GoingOut);
            assert_eq!(
                refused(desk.posts.retry_target(desk.editor, going, When::Now).await),
                Conflict::GoingOut
            );
            assert_eq!(refused(desk.posts.delete_remote(desk.editor, going).await), Conflict::GoingOut);
            assert_eq!(desk.get(post.id).await, seen, "nothing was written");

            let moved = desk.posts.reschedule(desk.editor, post.id, When::Now).await.unwrap();
            assert_eq!(states(&moved), [state, RIGHT], "the other one still moves");
            let cancelled = desk.posts.cancel(desk.editor, post.id).await.unwrap();
            assert_eq!(states(&cancelled), [state, TargetState::Cancelled]);
            assert_eq!(refused(desk.posts.cancel(desk.editor, post.id).await), Conflict::GoingOut);

            desk.posts.delete(desk.editor, post.id).await.unwrap();
            assert_eq!(desk.posts.get(desk.editor, post.id).await, Err(ApiError::NotFound));
            let mut tx = test.db.read().await.unwrap();
            let row = storage::publishing::load(&mut tx, going).await.unwrap().unwrap();
            assert_eq!((row.state, row.delete_requested_at), (state, Some(desk.now())), "acted on later");
        }
    })
    .await;
}

#[tokio::test]
async fn a_person_settles_what_nobody_can_see() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("lost", &[desk.x, desk.bluesky]).await;
        let (x, bluesky) = (target_of(&post, desk.x), target_of(&post, desk.bluesky));
        let there = |url: &str| UnknownAnswer::Present { url: Some(url.to_owned()) };
        let early = refused(desk.posts.resolve_unknown(desk.editor, x, UnknownAnswer::Absent).await);
        assert_eq!(early, Conflict::WrongState { state: RIGHT });
        desk.force(x, TargetState::Unknown, false).await;
        let looking = refused(desk.posts.resolve_unknown(desk.editor, x, UnknownAnswer::Absent).await);
        assert_eq!(looking, Conflict::GoingOut);

        desk.force(x, TargetState::Unknown, true).await;
        desk.force(bluesky, TargetState::Unknown, true).await;
        let bad = desk.posts.resolve_unknown(desk.editor, x, there("javascript:alert(1)")).await;
        assert_eq!(problems(bad), [("url".to_owned(), Problem::BadValue)]);
        test.clock.advance(TimeDelta::hours(30));
        let url = "https://x.com/ana/status/1";
        let settled = desk.posts.resolve_unknown(desk.editor, x, there(url)).await.unwrap();
        assert_eq!(
            (settled.targets[0].state, settled.targets[0].url.as_deref()),
            (TargetState::Published, Some(url))
        );
        test.clock.advance(TimeDelta::seconds(1));
        let again = desk.posts.resolve_unknown(desk.editor, bluesky, UnknownAnswer::Absent).await.unwrap();
        assert_eq!(again.targets[1].state, RIGHT);
        assert_eq!(again.targets[1].due_at.as_ref().unwrap().utc, desk.now(), "or it would be late at once");
        assert_eq!(desk.acts().await, ["target.settled_absent", "target.settled_present"]);
        let no_id = refused(desk.posts.delete_remote(desk.editor, x).await);
        assert_eq!(no_id, Conflict::WrongState { state: TargetState::Published });
    })
    .await;
}

/// An edit and a claim at once: whoever is first wins, and the edit is never half done.
#[tokio::test]
async fn an_edit_and_a_claim_race_cleanly() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for round in 0..20 {
            let post = desk.save(input("old", &[desk.x]), Some(When::Now)).await.unwrap();
            let target = post.targets[0].id;
            let claim = desk.claim(target, 1);
            let edit = desk.change(&post, input("new", &[desk.x]), None);
            let (claimed, edited) = tokio::join!(claim, edit);
            let after = desk.get(post.id).await;
            let seen = (after.input.text.as_str(), after.targets[0].state);
            if claimed {
                assert_eq!(refused(edited), Conflict::GoingOut, "round {round} {}", test.engine_name);
                assert_eq!(seen, ("old", TargetState::Publishing));
            } else {
                assert!(edited.is_ok(), "{edited:?}");
                assert_eq!(seen, ("new", RIGHT));
            }
        }
    })
    .await;
}

/// What can't be seen is asked of a person, whatever was done with the post meanwhile.
#[tokio::test]
async fn a_deleted_post_whose_outcome_nobody_knows_comes_back_to_ask() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let shown = async || {
            let unknown = PostFilter { states: vec![TargetState::Unknown], ..PostFilter::default() };
            let page = desk.posts.list(desk.editor, unknown).await.unwrap();
            let counts = desk.posts.counts(desk.editor).await.unwrap();
            assert_eq!(page.items.len(), usize::try_from(counts.attention).unwrap());
            page.items.into_iter().next()
        };
        for answer in [UnknownAnswer::Present { url: None }, UnknownAnswer::Absent] {
            let post = desk.scheduled("lost", &[desk.x, desk.bluesky]).await;
            let (lost, other) = (target_of(&post, desk.x), target_of(&post, desk.bluesky));
            desk.force(lost, TargetState::Unknown, false).await;
            desk.posts.delete(desk.editor, post.id).await.unwrap();
            assert_eq!(shown().await, None, "we look ourselves");

            desk.force(lost, TargetState::Unknown, true).await;
            let asking = shown().await.unwrap_or_else(|| panic!("nobody is asked: {}", test.engine_name));
            assert_eq!(asking, desk.get(post.id).await);
            assert!(asking.deleted && asking.targets[0].asks && asking.targets[0].delete_requested);
            // For the answer alone: nothing of it goes out any more.
            let (posts, editor) = (&desk.posts, desk.editor);
            let save = desk.change(&asking, input("new", &[desk.x, desk.bluesky]), None).await;
            assert_eq!(refused(save), Conflict::GoingOut);
            assert_eq!(posts.reschedule(editor, post.id, When::Now).await, Err(ApiError::NotFound));
            assert_eq!(posts.retry_target(editor, other, When::Now).await, Err(ApiError::NotFound));

            let there = matches!(answer, UnknownAnswer::Present { .. });
            let settled = posts.resolve_unknown(editor, lost, answer).await.unwrap();
            let state = if there { TargetState::Published } else { TargetState::Cancelled };
            assert_eq!(states(&settled), [state, TargetState::Cancelled]);
            assert_eq!(desk.row(lost).await.next_attempt_at, None, "nothing is sent again");
            assert_eq!((shown().await, posts.get(editor, post.id).await), (None, Err(ApiError::NotFound)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_that_asks_is_not_deleted_before_the_answer() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("lost", &[desk.x]).await;
        let target = post.targets[0].id;
        desk.force(target, TargetState::Unknown, true).await;
        let asked = desk.get(post.id).await;
        assert_eq!(refused(desk.posts.delete(desk.editor, post.id).await), Conflict::AnswerFirst);
        assert_eq!(desk.get(post.id).await, asked, "{}", test.engine_name);
        desk.posts.resolve_unknown(desk.editor, target, UnknownAnswer::Absent).await.unwrap();
        desk.posts.delete(desk.editor, post.id).await.unwrap();
        assert_eq!(desk.posts.get(desk.editor, post.id).await, Err(ApiError::NotFound));
    })
    .await;
}
