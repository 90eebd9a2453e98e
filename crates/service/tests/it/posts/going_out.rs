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

/// Nobody must believe that a post is gone which is still there.
#[tokio::test]
async fn a_deleted_post_that_the_platform_keeps_comes_back() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let failed = || PostFilter { states: vec![TargetState::Failed], ..PostFilter::default() };
        let attention = async || {
            let page = desk.posts.list(desk.editor, failed()).await.unwrap();
            let counts = desk.posts.counts(desk.editor).await.unwrap();
            assert_eq!(page.items.len(), usize::try_from(counts.attention).unwrap());
            page.items
        };
        let post = desk.save(input("too late", &[desk.x, desk.bluesky]), Some(When::Now)).await.unwrap();
        let out = target_of(&post, desk.x);
        assert!(desk.claim(out, 1).await);
        desk.posts.delete(desk.editor, post.id).await.unwrap();
        desk.published(out, "100").await;
        assert!(attention().await.is_empty(), "it is being deleted there");

        let reason = Reason::NoDeletion;
        desk.deletion_fails(out, &reason).await;
        let seen = attention().await;
        assert_eq!(seen.len(), 1, "{}", test.engine_name);
        assert!(seen[0].deleted && seen[0].targets[0].deletion_failed());
        assert_eq!(seen[0].targets[0].reason, Some(reason.clone()));

        let trying = desk.posts.delete_remote(desk.editor, out).await.unwrap();
        assert!(trying.targets[0].delete_requested);
        assert!(attention().await.is_empty());
        assert_eq!(desk.posts.delete(desk.editor, post.id).await, Err(ApiError::NotFound), "not shown now");
        desk.deletion_fails(out, &reason).await;
        desk.posts.delete(desk.editor, post.id).await.unwrap();
        assert!(attention().await.is_empty(), "somebody knows");
        assert_eq!(desk.posts.get(desk.editor, post.id).await, Err(ApiError::NotFound));

        // Of a post that was not deleted here it is said on the post itself.
        let post = desk.save(input("kept", &[desk.x]), Some(When::Now)).await.unwrap();
        let out = post.targets[0].id;
        assert!(desk.claim(out, 1).await);
        desk.published(out, "101").await;
        desk.posts.delete_remote(desk.editor, out).await.unwrap();
        desk.deletion_fails(out, &reason).await;
        assert_eq!(attention().await.iter().map(|post| post.deleted).collect::<Vec<_>>(), [false]);
        desk.posts.delete(desk.editor, post.id).await.unwrap();
        assert!(attention().await.is_empty());
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

/// A claim and another act at once. The first two rounds run one after the other, so that each has come first. In the others the
/// claim begins first in every second one, and the act in the rest; the second to begin does so later and later.
async fn race<T>(
    round: u64,
    claim: impl Future<Output = bool>,
    act: impl Future<Output = Result<T, ApiError>>,
) -> (bool, Result<T, ApiError>) {
    // A fraction of what an act takes; the timer would wait for whole milliseconds.
    let wait = async |steps: u64| {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_micros(60 * steps) {
            tokio::task::yield_now().await;
        }
    };
    match round {
        0 => (claim.await, act.await),
        1 => {
            let done = act.await;
            (claim.await, done)
        }
        _ => {
            let (claim_waits, act_waits) = if round.is_multiple_of(2) { (0, round) } else { (round, 0) };
            let claim = async {
                wait(claim_waits).await;
                claim.await
            };
            let act = async {
                wait(act_waits).await;
                act.await
            };
            tokio::join!(claim, act)
        }
    }
}

const RACES: u64 = 20;

/// A cancel and a claim at once: whoever is first wins.
#[tokio::test]
async fn a_cancel_and_a_claim_race_cleanly() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for round in 0..RACES {
            let post = desk.save(input("hello", &[desk.x]), Some(When::Now)).await.unwrap();
            let target = post.targets[0].id;
            let cancel = desk.posts.cancel(desk.editor, post.id);
            let (claimed, cancelled) = race(round, desk.claim(target, 1), cancel).await;
            let (row, what) = (desk.row(target).await, format!("round {round} {}", test.engine_name));
            let now = (row.state, row.attempts, row.attempt_id.is_some(), row.next_attempt_at.is_some());
            if claimed {
                assert_eq!(refused(cancelled), Conflict::GoingOut, "{what}");
                assert_eq!((now, row.revision), ((TargetState::Publishing, 1, true, true), 1), "{what}");
                assert_eq!(desk.get(post.id).await.version, post.version, "{what}: nothing was written");
            } else {
                assert_eq!(states(&cancelled.unwrap()), [TargetState::Cancelled], "{what}");
                assert_eq!((now, row.revision), ((TargetState::Cancelled, 0, false, false), 2), "{what}");
                assert!(!desk.claim(target, 2).await, "{what}: it stays cancelled");
            }
            assert!(round > 1 || claimed == (round == 0), "{what}: {claimed}");
        }
    })
    .await;
}

/// A move and a claim at once: it goes out at the old time or at the new one, and never at both.
#[tokio::test]
async fn a_move_and_a_claim_race_cleanly() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for round in 0..RACES {
            let post = desk.save(input("hello", &[desk.x]), Some(When::Now)).await.unwrap();
            let target = post.targets[0].id;
            let due = Some(desk.now());
            let go = desk.posts.reschedule(desk.editor, post.id, tomorrow());
            let (claimed, moved) = race(round, desk.claim(target, 1), go).await;
            let (row, what) = (desk.row(target).await, format!("round {round} {}", test.engine_name));
            let now = (row.state, row.attempts, row.attempt_id.is_some(), row.revision);
            if claimed {
                assert_eq!(refused(moved), Conflict::GoingOut, "{what}");
                assert_eq!((now, row.due_at), ((TargetState::Publishing, 1, true, 1), due), "{what}");
                assert_eq!(desk.get(post.id).await.version, post.version, "{what}: nothing was written");
            } else {
                let moved = moved.unwrap();
                assert_eq!(moved.due_at.as_ref().unwrap().local, wall(16, 12), "{what}");
                assert_eq!(now, (RIGHT, 0, false, 2), "{what}");
                assert!(row.due_at > due && row.next_attempt_at == row.due_at, "{what}: {row:?}");
                assert!(!desk.claim(target, 2).await, "{what}: it isn't due any more");
            }
            assert!(round > 1 || claimed == (round == 0), "{what}: {claimed}");
        }
    })
    .await;
}

/// A delete and a claim at once: it never goes out, or its deletion is noted and acted on after the outcome.
#[tokio::test]
async fn a_delete_and_a_claim_race_cleanly() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        for round in 0..RACES {
            let post = desk.save(input("hello", &[desk.x]), Some(When::Now)).await.unwrap();
            let target = post.targets[0].id;
            let delete = desk.posts.delete(desk.editor, post.id);
            let (claimed, deleted) = race(round, desk.claim(target, 1), delete).await;
            let (row, what) = (desk.row(target).await, format!("round {round} {}", test.engine_name));
            assert_eq!(deleted, Ok(()), "{what}");
            assert_eq!(desk.posts.get(desk.editor, post.id).await, Err(ApiError::NotFound), "{what}");
            let now = (row.state, row.attempts, row.attempt_id.is_some(), row.delete_requested_at);
            if claimed {
                assert_eq!(now, (TargetState::Publishing, 1, true, Some(desk.now())), "{what}");
                desk.published(target, &format!("{round}")).await;
                let out = desk.row(target).await;
                assert_eq!(
                    (out.state, out.next_attempt_at),
                    (TargetState::Published, Some(desk.now())),
                    "{what}: it is to be deleted there at once"
                );
            } else {
                assert_eq!(now, (TargetState::Cancelled, 0, false, None), "{what}");
                assert_eq!(row.next_attempt_at, None, "{what}");
                assert!(!desk.claim(target, 2).await, "{what}: it never goes out");
            }
            assert!(round > 1 || claimed == (round == 0), "{what}: {claimed}");
            let said = usize::try_from(round).unwrap() + 1;
            assert_eq!(desk.acts().await, vec!["post.deleted"; said], "{what}: said once");
        }
    })
    .await;
}
