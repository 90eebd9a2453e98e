//! What a person may do, and what a platform may answer, while posts go out. Each story runs on both engines.

use crate::scene::Scene;
use chrono::TimeDelta;
use model::error::Conflict;
use model::post::{PostInput, SavePost, When};
use model::state::Reason;
use model::{ApiError, Platform, PostId, TargetId, TargetState};
use seeding::DuePost;
use serde_json::json;
use service::publishing::Faults;
use std::time::Duration;
use storage::publishing::PublishRow;
use tokio_util::sync::CancellationToken;
use worker::{WorkerHandle, WorkerOptions};

/// Leases of 4.5 s, looks every 0.75 s.
const DIVISOR: u32 = 20;

async fn on_both(story: impl AsyncFn(&Scene)) {
    let folder = testing::temp_dir().unwrap();
    let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
    let scene = Scene::open(url, DIVISOR, 1).await;
    story(&scene).await;
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let scene = Scene::open(database.url().to_owned(), DIVISOR, 1).await;
    story(&scene).await;
    scene.context.db.close().await;
}

/// Workers inside this process, stopped by [`Crew::stop`].
struct Crew(CancellationToken, Vec<WorkerHandle>);

impl Crew {
    fn start(scene: &Scene, names: &[&str]) -> Self {
        let cancel = CancellationToken::new();
        let start = |name: &&str| {
            let options = WorkerOptions {
                name: (*name).to_owned(),
                concurrency: 8,
                faults: Faults::default(),
                system_clock: None,
            };
            worker::start(scene.context.clone(), options, cancel.clone())
        };
        let handles = names.iter().map(start).collect();
        Self(cancel, handles)
    }

    async fn stop(self) {
        self.0.cancel();
        for handle in self.1 {
            handle.stopped().await;
        }
    }
}

async fn row(scene: &Scene, target: TargetId) -> PublishRow {
    let mut tx = scene.context.db.read().await.unwrap();
    storage::publishing::load(&mut tx, target).await.unwrap().unwrap()
}

/// Waits until the target is as wanted.
async fn until(scene: &Scene, target: TargetId, wanted: impl Fn(&PublishRow) -> bool) -> PublishRow {
    for _ in 0..600 {
        let row = row(scene, target).await;
        if wanted(&row) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the target never came to the wanted state: {:?}", row(scene, target).await);
}

async fn is(scene: &Scene, target: TargetId, state: TargetState) -> PublishRow {
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

fn save(post: PostId, version: i64, scene: &Scene, platform: Platform, text: &str) -> SavePost {
    let account = scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
    let input = PostInput { text: text.to_owned(), accounts: vec![account], ..PostInput::default() };
    SavePost { post: Some(post), version: Some(version), input, when: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_going_out_cannot_be_changed_and_a_delete_is_acted_upon() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        scene
            .control
            .fault(json!({"kind": "latency", "endpoint": "commit", "latency_ms": 900, "after_publish": true}))
            .await
            .unwrap();
        let target = one(scene, Platform::X, "as it was", TimeDelta::zero()).await;
        let crew = Crew::start(scene, &["a"]);
        let post = is(scene, target, TargetState::Publishing).await.post_id;
        let view = posts.get(scene.actor, post).await.unwrap();
        going_out(posts.save(scene.actor, save(post, view.version, scene, Platform::X, "too late")).await);
        going_out(posts.reschedule(scene.actor, post, When::Now).await);
        going_out(posts.cancel_target(scene.actor, target).await);
        posts.delete(scene.actor, post).await.unwrap();
        // The outcome comes first, then the delete at the platform: no ghost.
        until(scene, target, |row| row.remote_deleted_at.is_some()).await;
        assert_eq!(count(scene, "as it was").await, 0);
        let all = scene.control.posts().await.unwrap();
        assert_eq!(
            all.iter().map(|p| (p.text.as_str(), p.deleted)).collect::<Vec<_>>(),
            [("as it was", true)]
        );
        crew.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_up_to_the_last_moment_goes_out_and_the_old_text_never() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let target = one(scene, Platform::X, "draft 0", TimeDelta::milliseconds(600)).await;
        let post = row(scene, target).await.post_id;
        let crew = Crew::start(scene, &["a", "b"]);
        let mut last = String::from("draft 0");
        for n in 1..200 {
            let view = posts.get(scene.actor, post).await.unwrap();
            let text = format!("draft {n}");
            match posts.save(scene.actor, save(post, view.version, scene, Platform::X, &text)).await {
                Ok(_) => last = text,
                Err(_) => break,
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
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
        posts.reschedule(scene.actor, row(scene, moved).await.post_id, when).await.unwrap();
        posts.cancel(scene.actor, row(scene, cancelled).await.post_id).await.unwrap();
        // A post due after both shows that their time has passed.
        let after = one(scene, Platform::LinkedIn, "after", TimeDelta::milliseconds(800)).await;
        is(scene, after, TargetState::Published).await;
        assert_eq!(row(scene, moved).await.state, TargetState::Scheduled);
        assert_eq!(row(scene, cancelled).await.state, TargetState::Cancelled);
        assert_eq!(scene.control.posts().await.unwrap().len(), 1);
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
