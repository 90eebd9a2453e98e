//! Changing a post, its accounts and its time.

use super::*;

#[tokio::test]
async fn two_people_do_not_overwrite_each_other() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let seen = desk.save(input("one", &[desk.x]), None).await.unwrap();
        let two = desk.change(&seen, input("two", &[desk.x]), None).await.unwrap();
        assert_eq!(refused(desk.change(&seen, input("three", &[desk.x]), None).await), Conflict::Changed);
        assert_eq!(desk.get(seen.id).await.input.text, "two");
        let unversioned =
            SavePost { post: Some(seen.id), version: None, key: None, input: two.input.clone(), when: None };
        let unversioned = problems(desk.posts.save(desk.editor, unversioned).await);
        assert_eq!(unversioned, [("version".to_owned(), Problem::Required)]);
        let same = desk.change(&two, two.input.clone(), None).await.unwrap();
        assert_eq!(same.version, two.version, "saving the same changes nothing");
    })
    .await;
}

#[tokio::test]
async fn editing_a_scheduled_post_raises_the_revision_of_its_targets() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("old", &[desk.x, desk.bluesky]).await;
        let edited = desk.change(&post, input("new", &[desk.x, desk.bluesky]), None).await.unwrap();
        assert_eq!((states(&edited), &edited.due_at), (vec![RIGHT; 2], &post.due_at));
        for target in &edited.targets {
            assert_eq!(desk.revision(target.id).await, 2);
        }
        let long = desk.change(&edited, input(&"a".repeat(301), &[desk.x, desk.bluesky]), None).await;
        assert_eq!(problems(long).len(), 2, "what waits isn't spoiled");
        assert_eq!(desk.get(post.id).await, edited);
    })
    .await;
}

#[tokio::test]
async fn accounts_join_and_leave_a_scheduled_post() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("hello", &[desk.x]).await;
        let joined = desk.change(&post, input("hello", &[desk.x, desk.bluesky]), None).await.unwrap();
        assert_eq!(states(&joined), [RIGHT, RIGHT]);
        assert_eq!(joined.targets[1].due_at, post.due_at);
        let (x, bluesky) = (target_of(&joined, desk.x), target_of(&joined, desk.bluesky));
        assert_eq!((desk.revision(x).await, desk.revision(bluesky).await), (1, 1));

        let left = desk.change(&joined, input("hello", &[desk.bluesky]), None).await.unwrap();
        assert_eq!(left.targets.iter().map(|t| t.id).collect::<Vec<_>>(), [bluesky], "never attempted: gone");
        desk.force(bluesky, TargetState::Failed, false).await;
        let post = desk.change(&desk.get(post.id).await, input("hello", &[desk.x]), None).await.unwrap();
        assert_eq!(
            states(&post),
            [TargetState::Cancelled, TargetState::Draft],
            "attempted: stays, cancelled"
        );
        assert_eq!(post.input.accounts, [desk.x]);
        let back =
            desk.change(&post, input("hello", &[desk.x, desk.bluesky]), Some(tomorrow())).await.unwrap();
        assert_eq!((states(&back), target_of(&back, desk.bluesky)), (vec![RIGHT; 2], bluesky));
    })
    .await;
}

#[tokio::test]
async fn cancel_then_retry_at_another_time() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("hello", &[desk.x, desk.bluesky]).await;
        let (x, bluesky) = (target_of(&post, desk.x), target_of(&post, desk.bluesky));
        let one = desk.posts.cancel_target(desk.editor, x).await.unwrap();
        assert_eq!(
            (states(&one), &one.input.accounts),
            (vec![TargetState::Cancelled, RIGHT], &vec![desk.bluesky])
        );
        let moved = desk.posts.reschedule(desk.editor, post.id, When::Now).await.unwrap();
        assert_eq!(states(&moved), [TargetState::Cancelled, RIGHT], "moving doesn't revive it");
        desk.posts.cancel(desk.editor, post.id).await.unwrap();
        let nothing = refused(desk.posts.cancel(desk.editor, post.id).await);
        assert_eq!(nothing, Conflict::WrongState { state: TargetState::Cancelled });
        let retried = desk.posts.retry_target(desk.editor, x, tomorrow()).await.unwrap();
        assert_eq!(states(&retried), [RIGHT, TargetState::Cancelled]);
        assert_eq!(retried.targets[0].due_at.as_ref().unwrap().local, wall(16, 12));
        for state in [TargetState::Failed, TargetState::Missed] {
            desk.force(bluesky, state, false).await;
            let retried = desk.posts.retry_target(desk.editor, bluesky, When::Now).await.unwrap();
            assert_eq!(states(&retried), [RIGHT, RIGHT]);
        }
        let scheduled = refused(desk.posts.retry_target(desk.editor, bluesky, When::Now).await);
        assert_eq!(scheduled, Conflict::WrongState { state: RIGHT });
    })
    .await;
}

#[tokio::test]
async fn many_posts_move_and_each_that_cannot_says_why() {
    each_engine(async |test| {
        let (desk, other) = (Desk::new(&test, "ana").await, Desk::new(&test, "bo").await);
        let mut ids = Vec::new();
        for text in ["moves", "is out", "goes out", "too late", "moves too"] {
            ids.push(desk.scheduled(text, &[desk.x]).await);
        }
        desk.force(ids[1].targets[0].id, TargetState::Published, false).await;
        desk.force(ids[2].targets[0].id, TargetState::Publishing, false).await;
        let theirs = other.scheduled("theirs", &[other.x]).await;
        let at = |day| When::At { local: wall(day, 12), zone: "Europe/Paris".to_owned() };
        let moves: Vec<PostMove> = ids
            .iter()
            .chain([&theirs])
            .zip([at(20), at(20), at(20), at(2), at(21), at(20)])
            .map(|(post, when)| PostMove { post: post.id, when })
            .collect();
        let moved = desk.posts.reschedule_many(desk.editor, moves.clone()).await.unwrap();
        let told: Vec<(PostId, Option<ApiError>)> =
            moved.into_iter().map(|moved| (moved.post, moved.refused)).collect();
        assert_eq!(
            told,
            [
                (ids[0].id, None),
                (ids[1].id, Some(ApiError::conflict(Conflict::AlreadyPublished))),
                (ids[2].id, Some(ApiError::conflict(Conflict::GoingOut))),
                (ids[3].id, Some(ApiError::invalid("when", Problem::InThePast))),
                (ids[4].id, None),
                (theirs.id, Some(ApiError::NotFound)),
            ],
            "{}",
            test.engine_name
        );
        let due = async |post: &PostView| desk.get(post.id).await.due_at.unwrap().local;
        assert_eq!((due(&ids[0]).await, due(&ids[4]).await), (wall(20, 12), wall(21, 12)));
        assert_eq!(due(&ids[3]).await, ids[3].due_at.as_ref().unwrap().local);
        assert_eq!(other.get(theirs.id).await, theirs, "another workspace's is not touched");

        let viewer = Actor { role: Role::Viewer, ..desk.editor };
        let forbidden = desk.posts.reschedule_many(viewer, moves.clone()).await;
        assert!(matches!(forbidden, Err(ApiError::Forbidden { .. })));
        let too_many = vec![moves[0].clone(); model::post::MOST_MOVES + 1];
        let too_many = desk.posts.reschedule_many(desk.editor, too_many).await;
        assert_eq!(problems(too_many), [("moves".to_owned(), Problem::BadValue)]);
    })
    .await;
}

#[tokio::test]
async fn a_paused_or_disconnected_account_is_not_scheduled_on() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let draft = desk.save(input("hello", &[desk.x]), None).await.unwrap();
        let workspace = desk.editor.workspace;
        let mut tx = test.db.begin().await.unwrap();
        accounts::edit(&mut tx, workspace, desk.x, "", true).await.unwrap();
        accounts::disconnect(&mut tx, workspace, desk.bluesky, desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        let not_ready =
            vec![("accounts".to_owned(), Problem::AccountNotReady { account: "@ana".to_owned() })];
        assert_eq!(problems(desk.save(input("new", &[desk.x]), Some(When::Now)).await), not_ready);
        assert_eq!(problems(desk.posts.reschedule(desk.editor, draft.id, When::Now).await), not_ready);
        assert!(desk.save(input("draft", &[desk.x]), None).await.is_ok());
        assert_eq!(problems(desk.save(input("draft", &[desk.bluesky]), None).await), not_ready);
    })
    .await;
}

#[tokio::test]
async fn a_published_post_is_not_rewritten_but_copied() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.scheduled("out", &[desk.x, desk.bluesky]).await;
        let (out, waits) = (target_of(&post, desk.x), target_of(&post, desk.bluesky));
        desk.force(out, TargetState::Published, false).await;
        let seen = desk.get(post.id).await;
        let both = [desk.x, desk.bluesky];
        assert_eq!(refused(desk.change(&seen, input("new", &both), None).await), Conflict::AlreadyPublished);
        assert_eq!(
            refused(desk.change(&seen, input("out", &both[1..]), None).await),
            Conflict::AlreadyPublished
        );
        let moved = desk.change(&seen, input("out", &both), Some(When::Now)).await.unwrap();
        assert_eq!(states(&moved), [TargetState::Published, RIGHT]);
        assert_eq!(moved.targets[1].due_at.as_ref().unwrap().utc, desk.now());
        assert_eq!(refused(desk.posts.cancel_target(desk.editor, out).await), Conflict::AlreadyPublished);
        desk.force(waits, TargetState::Published, false).await;
        assert_eq!(
            refused(desk.posts.reschedule(desk.editor, post.id, When::Now).await),
            Conflict::AlreadyPublished
        );
        let again = desk.change(&desk.get(post.id).await, input("out", &both), Some(When::Now)).await;
        assert_eq!(refused(again), Conflict::AlreadyPublished);

        let copy = desk.posts.duplicate(desk.editor, post.id).await.unwrap();
        assert_ne!(copy.id, post.id);
        assert_eq!((states(&copy), &copy.input), (vec![TargetState::Draft; 2], &post.input));

        desk.posts.delete(desk.editor, post.id).await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let row = storage::publishing::load(&mut tx, out).await.unwrap().unwrap();
        assert_eq!(
            (row.state, row.delete_requested_at),
            (TargetState::Published, None),
            "stays at the platform"
        );
        drop(tx);
        assert_eq!(desk.acts().await, ["post.deleted"]);
    })
    .await;
}

/// What was tried before says nothing about a post that a person sends again.
#[tokio::test]
async fn a_retry_and_a_move_begin_anew() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.save(input("hello", &[desk.x]), Some(When::Now)).await.unwrap();
        let target = post.targets[0].id;
        let tried = async |state: TargetState, asks: bool| {
            let row = desk.row(target).await;
            assert!(desk.claim(target, row.revision).await, "{} {row:?}", test.engine_name);
            desk.force(target, state, asks).await;
            let row = desk.row(target).await;
            assert_eq!((row.tries, row.publish_created_at), (1, Some(desk.now())));
            test.clock.advance(TimeDelta::minutes(2));
        };
        let anew = async || {
            let row = desk.row(target).await;
            assert_eq!((row.tries, row.publish_created_at), (0, None), "{}", test.engine_name);
        };
        tried(TargetState::Failed, false).await;
        desk.posts.retry_target(desk.editor, target, When::Now).await.unwrap();
        anew().await;
        tried(TargetState::Scheduled, false).await;
        desk.posts.reschedule(desk.editor, post.id, When::Now).await.unwrap();
        anew().await;
        tried(TargetState::Scheduled, false).await;
        desk.change(&desk.get(post.id).await, input("better", &[desk.x]), None).await.unwrap();
        assert_eq!(desk.row(target).await.publish_created_at, None, "another text is another post");
        desk.posts.reschedule(desk.editor, post.id, When::Now).await.unwrap();

        // If the person is wrong, the same record is written over the one that is there.
        tried(TargetState::Unknown, true).await;
        let first = desk.row(target).await.publish_created_at;
        desk.posts.resolve_unknown(desk.editor, target, UnknownAnswer::Absent).await.unwrap();
        let row = desk.row(target).await;
        assert_eq!((row.tries, row.publish_created_at), (0, first));
    })
    .await;
}
