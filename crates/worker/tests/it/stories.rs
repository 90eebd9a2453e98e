//! What a person may do, and what a platform may answer, while posts go out. Each story runs on both engines.

use crate::crew::Crew;
use crate::scene::Scene;
use chrono::TimeDelta;
use futures::future::join_all;
use model::error::Conflict;
use model::post::{PostInput, SavePost, When};
use model::state::Reason;
use model::{ApiError, Platform, PostId, TargetId, TargetState};
use seeding::DuePost;
use serde_json::json;
use std::time::Duration;
use storage::publishing::PublishRow;

/// Leases of 4.5 s, looks every 0.75 s.
const DIVISOR: u32 = 20;

/// On SQLite and PostgreSQL side by side: a story waits most of its time.
pub(crate) async fn on_both(story: impl AsyncFn(&Scene)) {
    let on_sqlite = async {
        let folder = testing::temp_dir().unwrap();
        let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
        story(&Scene::open(url, DIVISOR, 1).await).await;
    };
    let on_postgres = async {
        let database = testing::Postgres::shared().unwrap().database().await.unwrap();
        let scene = Scene::open(database.url().to_owned(), DIVISOR, 1).await;
        story(&scene).await;
        scene.context.db.close().await;
    };
    tokio::join!(on_sqlite, on_postgres);
}

/// Waits until the target is as wanted.
pub(crate) async fn until(
    scene: &Scene,
    target: TargetId,
    wanted: impl Fn(&PublishRow) -> bool,
) -> PublishRow {
    for _ in 0..600 {
        let row = scene.row(target).await;
        if wanted(&row) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the target never came to the wanted state: {:?}", scene.row(target).await);
}

pub(crate) async fn is(scene: &Scene, target: TargetId, state: TargetState) -> PublishRow {
    until(scene, target, |row| row.state == state).await
}

/// One post on the scene's account of `platform`, due after `wait`.
async fn one(scene: &Scene, platform: Platform, text: &str, wait: TimeDelta) -> TargetId {
    let account = scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
    let post = DuePost { account, text: text.to_owned(), media: None };
    let due = scene.context.db.clock().now() + wait;
    let actor = scene.actor;
    seeding::due_posts(&scene.context, actor.workspace, actor.user, &[post], due).await.unwrap()[0]
}

async fn count(scene: &Scene, text: &str) -> usize {
    scene.control.posts().await.unwrap().iter().filter(|post| post.text == text && !post.deleted).count()
}

fn going_out<T: std::fmt::Debug>(answer: Result<T, ApiError>) {
    assert_eq!(answer.unwrap_err(), ApiError::Conflict { conflict: Conflict::GoingOut });
}

/// What somebody is told who comes after the claim.
pub(crate) fn too_late(refused: &ApiError) -> bool {
    [Conflict::GoingOut, Conflict::AlreadyPublished].map(ApiError::conflict).contains(refused)
}

fn save(post: PostId, version: i64, scene: &Scene, platform: Platform, text: &str) -> SavePost {
    let account = scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
    let input = PostInput { text: text.to_owned(), accounts: vec![account], ..PostInput::default() };
    SavePost { post: Some(post), version: Some(version), key: None, input, when: None }
}

/// Platforms at which an app may delete a post.
const WITH_DELETION: [Platform; 4] = [Platform::X, Platform::Facebook, Platform::LinkedIn, Platform::Bluesky];

/// The posts with this text at the sandbox, and whether each was deleted there.
async fn deleted(scene: &Scene, text: &str) -> Vec<bool> {
    let all = scene.control.posts().await.unwrap();
    all.iter().filter(|post| post.text == text).map(|post| post.deleted).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_going_out_cannot_be_changed_and_a_delete_is_acted_upon() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        scene
            .control
            .fault(
                json!({"kind": "latency", "endpoint": "commit", "latency_ms": 1000, "after_publish": true}),
            )
            .await
            .unwrap();
        let crew = Crew::start(scene, &["a"]);
        join_all(WITH_DELETION.map(async |platform| {
            let text = format!("as it was on {platform}");
            let target = one(scene, platform, &text, TimeDelta::zero()).await;
            let post = is(scene, target, TargetState::Publishing).await.post_id;
            let view = posts.get(scene.actor, post).await.unwrap();
            going_out(posts.save(scene.actor, save(post, view.version, scene, platform, "too late")).await);
            going_out(posts.reschedule(scene.actor, post, When::Now).await);
            going_out(posts.cancel_target(scene.actor, target).await);
            posts.delete(scene.actor, post).await.unwrap();
            assert_eq!(scene.row(target).await.state, TargetState::Publishing, "{platform}");
            // The outcome comes first, then the delete at the platform: no ghost.
            until(scene, target, |row| row.remote_deleted_at.is_some()).await;
            assert_eq!(scene.last_outcome(target).await.as_deref(), Some("published"));
            assert_eq!(deleted(scene, &text).await, [true], "{platform}");
        }))
        .await;
        assert_eq!(scene.control.posts().await.unwrap().len(), WITH_DELETION.len());
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delete_while_publishing_is_acted_upon_though_the_answer_is_lost() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let crew = Crew::start(scene, &["a"]);
        // Nothing was made, but the answer doesn't say so.
        let error = json!({"platform": "facebook", "kind": "error", "endpoint": "commit", "status": 503});
        scene.control.fault(error).await.unwrap();
        let never = one(scene, Platform::Facebook, "never there", TimeDelta::zero()).await;
        let post = is(scene, never, TargetState::Unknown).await.post_id;
        scene.control.clear_faults().await.unwrap();
        posts.delete(scene.actor, post).await.unwrap();

        let lost = json!({"kind": "lost_answer", "endpoint": "commit", "mode": "hang", "latency_ms": 1000});
        scene.control.fault(lost).await.unwrap();
        join_all(WITH_DELETION.map(async |platform| {
            let text = format!("lost on {platform}");
            let target = one(scene, platform, &text, TimeDelta::zero()).await;
            let post = is(scene, target, TargetState::Publishing).await.post_id;
            posts.delete(scene.actor, post).await.unwrap();
            assert_eq!(scene.row(target).await.state, TargetState::Publishing, "{platform}");
            if platform == Platform::LinkedIn {
                // Looking would be sending again, which nobody wants now: a person is asked.
                let asks =
                    |row: &PublishRow| matches!(row.reason.as_deref(), Some(Reason::Undecidable { .. }));
                assert_eq!(until(scene, target, asks).await.state, TargetState::Unknown);
                assert_eq!(deleted(scene, &text).await, [false], "{platform}");
            } else {
                // It is looked for and found, and then deleted.
                until(scene, target, |row| row.remote_deleted_at.is_some()).await;
                assert_eq!(deleted(scene, &text).await, [true], "{platform}");
            }
            assert_eq!(scene.last_outcome(target).await.as_deref(), Some("lost"), "{platform}");
        }))
        .await;
        let cancelled = is(scene, never, TargetState::Cancelled).await;
        assert_eq!((cancelled.attempts, cancelled.next_attempt_at), (1, None));
        assert_eq!(scene.last_outcome(never).await.as_deref(), Some("absent"));
        assert_eq!(scene.control.posts().await.unwrap().len(), WITH_DELETION.len());
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_up_to_the_last_moment_goes_out_and_the_old_text_never() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let target = one(scene, Platform::X, "draft 0", TimeDelta::milliseconds(800)).await;
        let post = scene.row(target).await.post_id;
        let crew = Crew::start(scene, &["a", "b"]);
        let (mut last, mut through) = (String::from("draft 0"), 0);
        let refused = loop {
            let view = posts.get(scene.actor, post).await.unwrap();
            let text = format!("draft {}", through + 1);
            match posts.save(scene.actor, save(post, view.version, scene, Platform::X, &text)).await {
                Ok(_) => (last, through) = (text, through + 1),
                Err(refused) => break refused,
            }
            assert!(through < 1000, "it doesn't go out");
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert!(through > 1, "{through} edits got through");
        assert!(too_late(&refused), "{refused:?}");
        is(scene, target, TargetState::Published).await;
        let out: Vec<String> = scene.control.posts().await.unwrap().into_iter().map(|p| p.text).collect();
        assert_eq!(out, [last]);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_or_cancelled_post_never_goes_out_at_the_old_time() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let moved = one(scene, Platform::X, "moved", TimeDelta::milliseconds(500)).await;
        let cancelled = one(scene, Platform::Facebook, "cancelled", TimeDelta::milliseconds(500)).await;
        let crew = Crew::start(scene, &["a"]);
        let later = scene.context.db.clock().now().naive_utc() + TimeDelta::hours(3);
        let when = When::At { local: later, zone: String::from("UTC") };
        posts.reschedule(scene.actor, scene.row(moved).await.post_id, when).await.unwrap();
        posts.cancel(scene.actor, scene.row(cancelled).await.post_id).await.unwrap();
        // A post due after both shows that their time has passed.
        let after = one(scene, Platform::LinkedIn, "after", TimeDelta::milliseconds(800)).await;
        is(scene, after, TargetState::Published).await;
        assert_eq!(scene.row(moved).await.state, TargetState::Scheduled);
        assert_eq!(scene.row(cancelled).await.state, TargetState::Cancelled);
        assert_eq!(scene.control.posts().await.unwrap().len(), 1);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_moved_earlier_goes_out_once_at_its_new_time() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let old = TimeDelta::milliseconds(4500);
        let target = one(scene, Platform::X, "moved", old).await;
        let row = scene.row(target).await;
        let crew = Crew::start(scene, &["a", "b"]);
        let local = row.due_at.unwrap().naive_utc() - old + TimeDelta::seconds(2);
        let when = When::At { local, zone: String::from("UTC") };
        posts.reschedule(scene.actor, row.post_id, when).await.unwrap();
        assert_eq!(scene.row(target).await.due_at.unwrap().naive_utc(), local);
        // A post due after the old time shows that it has passed.
        let after = one(scene, Platform::LinkedIn, "after", old).await;
        is(scene, after, TargetState::Published).await;
        let all = scene.control.posts().await.unwrap();
        let sent: Vec<i64> = all.iter().filter(|p| p.text == "moved").map(|p| p.received_at).collect();
        let [sent] = sent[..] else { panic!("sent at {sent:?}") };
        let (new, old) = (local.and_utc().timestamp_millis(), row.due_at.unwrap().timestamp_millis());
        assert!((new..old).contains(&sent), "sent at {sent}, due at {new}, before that at {old}");
        assert_eq!(scene.row(target).await.state, TargetState::Published);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_late_is_missed_and_goes_out_when_asked() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let target = one(scene, Platform::X, "too late", TimeDelta::hours(-2)).await;
        let crew = Crew::start(scene, &["a"]);
        let missed = is(scene, target, TargetState::Missed).await;
        assert_eq!(missed.reason.unwrap().0, Reason::LateStart);
        assert_eq!(count(scene, "too late").await, 0);
        posts.retry_target(scene.actor, target, When::Now).await.unwrap();
        is(scene, target, TargetState::Published).await;
        assert_eq!(count(scene, "too late").await, 1);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_grant_makes_posts_wait_until_it_is_renewed() {
    on_both(async |scene| {
        scene.control.post("control/revoke", &json!({"platform": "x"})).await.unwrap();
        let target = one(scene, Platform::X, "waits", TimeDelta::zero()).await;
        let other = one(scene, Platform::LinkedIn, "goes", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        is(scene, other, TargetState::Published).await;
        let waiting =
            until(scene, target, |row| row.grant_needs_reconnect && row.state == TargetState::Scheduled)
                .await;
        assert!(matches!(waiting.reason.unwrap().0, Reason::Reconnect { .. }));
        let handle = scene.accounts.iter().find(|a| a.platform == Platform::X).unwrap().handle.clone();
        seeding::accounts(&scene.context, &scene.control, scene.actor, Platform::X, 1, &handle)
            .await
            .unwrap();
        is(scene, target, TargetState::Published).await;
        assert_eq!(count(scene, "waits").await, 1);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_is_waited_for_and_a_server_error_is_looked_into() {
    on_both(async |scene| {
        let limit = json!({"platform": "x", "kind": "rate_limit", "endpoint": "commit", "count": 1, "retry_after_s": 2});
        scene.control.fault(limit).await.unwrap();
        let error = json!({"platform": "facebook", "kind": "error", "endpoint": "commit", "count": 1, "status": 503});
        scene.control.fault(error).await.unwrap();
        let limited = one(scene, Platform::X, "limited", TimeDelta::zero()).await;
        let broken = one(scene, Platform::Facebook, "broken", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        until(scene, limited, |row| row.reason.as_ref().is_some_and(|r| r.0 == Reason::RateLimited)).await;
        is(scene, limited, TargetState::Published).await;
        is(scene, broken, TargetState::Published).await;
        assert_eq!((count(scene, "limited").await, count(scene, "broken").await), (1, 1));
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_whose_answers_are_lost_each_find_a_post_of_their_own() {
    on_both(async |scene| {
        let lost = json!({"platform": "facebook", "kind": "lost_answer", "endpoint": "commit", "count": 2});
        scene.control.fault(lost).await.unwrap();
        let first = one(scene, Platform::Facebook, "evergreen", TimeDelta::zero()).await;
        let second = one(scene, Platform::Facebook, "evergreen", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a", "b"]);
        let (first, second) =
            (is(scene, first, TargetState::Published).await, is(scene, second, TargetState::Published).await);
        assert_ne!(first.remote_id, second.remote_id);
        assert_eq!(count(scene, "evergreen").await, 2);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_refused_by_the_platform_fails_with_its_reason() {
    on_both(async |scene| {
        let first = one(scene, Platform::X, "the same", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        is(scene, first, TargetState::Published).await;
        let second = one(scene, Platform::X, "the same", TimeDelta::zero()).await;
        let failed = is(scene, second, TargetState::Failed).await;
        let Reason::Rejected { message, .. } = failed.reason.unwrap().0 else { panic!("not rejected") };
        assert!(message.contains("duplicate"), "{message}");
        assert_eq!(count(scene, "the same").await, 1);
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_without_a_cause_is_told_at_once_and_not_tried_again() {
    on_both(async |scene| {
        let refuse =
            json!({"platform": "x", "kind": "error", "endpoint": "commit", "count": 1, "status": 403});
        scene.control.fault(refuse).await.unwrap();
        let refused = one(scene, Platform::X, "refused", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        let failed = is(scene, refused, TargetState::Failed).await;
        let Reason::Rejected { code, message } = failed.reason.unwrap().0 else { panic!("not rejected") };
        assert_eq!((code.as_deref(), message.is_empty()), (Some("403"), false));
        // Nothing says that the account's connection is at fault: what else waits on it goes out.
        assert!(!failed.grant_needs_reconnect && failed.next_attempt_at.is_none());
        let next = one(scene, Platform::X, "the next", TimeDelta::zero()).await;
        is(scene, next, TargetState::Published).await;
        assert_eq!((count(scene, "refused").await, count(scene, "the next").await), (0, 1));
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_account_holds_its_posts_back() {
    on_both(async |scene| {
        let accounts = service::services(&scene.context).accounts;
        let account = scene.accounts.iter().find(|a| a.platform == Platform::Bluesky).unwrap().id;
        let edit = |paused| model::account::AccountEdit { label: String::new(), paused };
        accounts.edit(scene.actor, account, edit(true)).await.unwrap();
        let target = one(scene, Platform::Bluesky, "held back", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        until(scene, target, |row| row.reason.as_ref().is_some_and(|r| r.0 == Reason::Paused)).await;
        assert_eq!(count(scene, "held back").await, 0);
        accounts.edit(scene.actor, account, edit(false)).await.unwrap();
        is(scene, target, TargetState::Published).await;
        crew.stop().await;
    })
    .await;
}
