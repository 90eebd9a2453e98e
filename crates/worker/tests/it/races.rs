//! What a person does at the very moment at which the publisher claims the post: whoever is first wins, and nothing is half done.

use crate::crew::Crew;
use crate::scene::Scene;
use crate::stories::{is, on_both, too_late, until};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use model::post::When;
use model::services::PostService;
use model::{ApiError, Platform, TargetId, TargetState};
use seeding::DuePost;
use std::time::Duration;

const ROUNDS: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Cancel,
    Move,
    Delete,
}

/// A post that is due, and what is done with it.
struct Race {
    act: Act,
    round: usize,
    text: String,
    target: TargetId,
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cancels_moves_or_deletes_a_due_post_wins_or_is_told() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let due = scene.context.db.clock().now() + TimeDelta::seconds(1);
        let races = races(scene, due).await;
        let crew = Crew::start(scene, &["a", "b"]);
        let told = join_all(races.iter().map(|race| run(scene, &*posts, race, due))).await;
        for (race, told) in races.iter().zip(&told) {
            let what = format!("{:?} in round {}: {told:?}", race.act, race.round);
            match race.round {
                0 => assert!(told.is_ok(), "long before: {what}"),
                round if round + 1 == ROUNDS && race.act != Act::Delete => {
                    assert!(told.is_err(), "after the claim: {what}");
                }
                _ => {}
            }
            ends_well(scene, race, told, &what).await;
        }
        crew.stop().await;
    })
    .await;
}

/// All due at the same time.
async fn races(scene: &Scene, due: DateTime<Utc>) -> Vec<Race> {
    let accounts: Vec<_> =
        scene.accounts.iter().filter(|account| account.platform != Platform::Instagram).collect();
    let rounds = (0..ROUNDS).flat_map(|round| [Act::Cancel, Act::Move, Act::Delete].map(|act| (round, act)));
    let (acts, posts): (Vec<_>, Vec<_>) = rounds
        .zip(accounts.into_iter().cycle())
        .map(|((round, act), account)| {
            let text = format!("{act:?} in round {round}");
            ((round, act), DuePost { account: account.id, text, media: None })
        })
        .unzip();
    let actor = scene.actor;
    let targets = seeding::due_posts(&scene.context, actor.workspace, actor.user, &posts, due).await.unwrap();
    let made = acts.into_iter().zip(posts).zip(targets);
    made.map(|(((round, act), post), target)| Race { act, round, text: post.text, target }).collect()
}

/// The first acts come long before the claim, the last ones after it, and those between around the due time.
async fn run(
    scene: &Scene,
    posts: &dyn PostService,
    race: &Race,
    due: DateTime<Utc>,
) -> Result<(), ApiError> {
    let post = scene.row(race.target).await.post_id;
    if race.round + 1 == ROUNDS {
        until(scene, race.target, |row| row.state != TargetState::Scheduled).await;
    } else if race.round > 0 {
        let at = due + TimeDelta::milliseconds(10 * i64::try_from(race.round).unwrap() - 30);
        let wait = at - scene.context.db.clock().now();
        tokio::time::sleep(wait.to_std().unwrap_or(Duration::ZERO)).await;
    }
    match race.act {
        Act::Cancel => posts.cancel(scene.actor, post).await.map(drop),
        Act::Move => {
            let local = due.naive_utc() + TimeDelta::hours(3);
            let when = When::At { local, zone: String::from("UTC") };
            posts.reschedule(scene.actor, post, when).await.map(drop)
        }
        Act::Delete => posts.delete(scene.actor, post).await,
    }
}

/// The end that the answer promised, in the database and at the platform.
async fn ends_well(scene: &Scene, race: &Race, told: &Result<(), ApiError>, what: &str) {
    let target = race.target;
    let (row, there) = match (race.act, told) {
        (_, Err(refused)) => {
            assert!(race.act != Act::Delete && too_late(refused), "{what}");
            (is(scene, target, TargetState::Published).await, &[false][..])
        }
        (Act::Cancel, Ok(())) => (is(scene, target, TargetState::Cancelled).await, &[][..]),
        (Act::Move, Ok(())) => {
            let row = scene.row(target).await;
            assert!(row.state == TargetState::Scheduled && row.revision == 2, "{what}: {row:?}");
            assert_eq!(row.next_attempt_at, row.due_at, "{what}");
            (row, &[][..])
        }
        (Act::Delete, Ok(())) => {
            let row = until(scene, target, |row| match row.state {
                TargetState::Published => {
                    row.delete_requested_at.is_none() || row.remote_deleted_at.is_some()
                }
                state => state == TargetState::Cancelled,
            })
            .await;
            // What was out before stays where it is.
            let there = match (row.state, row.remote_deleted_at) {
                (TargetState::Published, Some(_)) => &[true][..],
                (TargetState::Published, None) => &[false],
                _ => &[],
            };
            (row, there)
        }
    };
    let all = scene.control.posts().await.unwrap();
    let at_platform: Vec<bool> = all.iter().filter(|p| p.text == race.text).map(|p| p.deleted).collect();
    assert_eq!(at_platform, there, "{what}: {row:?}");
    // One attempt for what went out, none for the rest.
    assert_eq!((row.attempts, row.attempt_id), (i64::try_from(there.len()).unwrap(), None), "{what}");
}
