//! What goes wrong around a post: disks, late answers, limits. Each story runs on both engines.

use crate::crew::Crew;
use crate::scene::Scene;
use crate::stories::{is, on_both, until};
use chrono::{DateTime, TimeDelta, Utc};
use model::account::AccountEdit;
use model::post::{PostInput, PostMedia, SavePost, When};
use model::state::Reason;
use model::{MediaId, Platform, TargetId, TargetState};
use seeding::DuePost;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use storage::publishing::{Outcome, PublishRow, write_outcome};

async fn due_now(scene: &Scene, platform: Platform, text: &str, media: Option<MediaId>) -> TargetId {
    let account = scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
    let post = DuePost { account, text: text.to_owned(), media };
    let (actor, now) = (scene.actor, now(scene));
    seeding::due_posts(&scene.context, actor.workspace, actor.user, &[post], now).await.unwrap()[0]
}

fn now(scene: &Scene) -> DateTime<Utc> {
    scene.context.db.clock().now()
}

/// How often the sandbox has the post, and how often it was asked to make it.
async fn seen(scene: &Scene, text: &str) -> (usize, u32) {
    let posts = scene.control.posts().await.unwrap();
    let same: Vec<_> = posts.iter().filter(|post| post.text == text).collect();
    (same.len(), same.iter().map(|post| post.attempts).sum())
}

/// A full disk or a share that is away must not fail a post for good.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_can_not_be_read_for_now_is_waited_for() {
    on_both(async |scene| {
        let (media, away) = (scene.folder.path().join("media"), scene.folder.path().join("away"));
        std::fs::rename(&media, &away).unwrap();
        std::fs::write(&media, "no folder").unwrap();
        let target = due_now(scene, Platform::X, "with a picture", Some(scene.image)).await;
        let crew = Crew::start(scene, &["a"]);
        let waits = until(scene, target, |row| row.reason.is_some()).await;
        assert_eq!(waits.state, TargetState::Scheduled);
        assert!(matches!(waits.reason.unwrap().0, Reason::Media { .. }));
        std::fs::remove_file(&media).unwrap();
        std::fs::rename(&away, &media).unwrap();
        is(scene, target, TargetState::Published).await;
        assert_eq!(seen(scene, "with a picture").await.0, 1);
        crew.stop().await;
    })
    .await;
}

/// Converting takes a second or two, which a post must not be late by.
#[tokio::test(flavor = "multi_thread")]
async fn images_are_made_before_their_time() {
    on_both(async |scene| {
        let accounts = |platform| scene.accounts.iter().find(|a| a.platform == platform).unwrap().id;
        let input = PostInput {
            text: "Later".to_owned(),
            media: vec![PostMedia { media: scene.image, alt: String::new(), crop: None }],
            accounts: vec![accounts(Platform::X), accounts(Platform::Instagram)],
            ..PostInput::default()
        };
        let tomorrow = (now(scene) + TimeDelta::days(1)).naive_utc();
        let when = Some(When::At { local: tomorrow, zone: "UTC".to_owned() });
        let files = || {
            std::fs::read_dir(scene.folder.path().join("media")).unwrap().flatten().map(|entry| entry.path())
        };
        let count = || files().flat_map(|folder| walk(&folder)).count();
        let before = count();
        let posts = service::services(&scene.context).posts;
        posts
            .save(scene.actor, SavePost { post: None, version: None, key: None, input, when })
            .await
            .unwrap();
        crate::scene::until("two renditions", TimeDelta::seconds(20), async || count() == before + 2).await;
    })
    .await;
}

/// A look that sends is a publication like any other.
#[tokio::test(flavor = "multi_thread")]
async fn linkedin_is_not_asked_again_through_a_paused_account() {
    on_both(async |scene| {
        let accounts = service::services(&scene.context).accounts;
        let account = scene.accounts.iter().find(|a| a.platform == Platform::LinkedIn).unwrap().id;
        let lost = json!({"platform": "linkedin", "kind": "lost_answer", "endpoint": "commit", "count": 1});
        scene.control.fault(lost).await.unwrap();
        let target = due_now(scene, Platform::LinkedIn, "while paused", None).await;
        let crew = Crew::start(scene, &["a"]);
        is(scene, target, TargetState::Unknown).await;
        let pause = |paused| AccountEdit { label: String::new(), paused };
        accounts.edit(scene.actor, account, pause(true)).await.unwrap();
        let paused = |row: &PublishRow| {
            matches!(&row.reason, Some(reason) if matches!(&reason.0, Reason::AnswerLost { message } if message.contains("paused")))
        };
        until(scene, target, paused).await;
        assert_eq!(seen(scene, "while paused").await, (1, 1));
        accounts.edit(scene.actor, account, pause(false)).await.unwrap();
        is(scene, target, TargetState::Published).await;
        assert_eq!(seen(scene, "while paused").await, (1, 2));
        crew.stop().await;
    })
    .await;
}

/// The files below a folder.
fn walk(path: &Path) -> Vec<PathBuf> {
    match std::fs::read_dir(path) {
        Ok(entries) => entries.flatten().flat_map(|entry| walk(&entry.path())).collect(),
        Err(_) => vec![path.to_owned()],
    }
}

/// "It isn't there" can be wrong, by a list that lags or by a person. The next attempt is refused as a double, and what is looked
/// for then is older than that attempt.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_earlier_attempt_made_is_found_though_it_was_thought_absent() {
    on_both(async |scene| {
        let lost = json!({"platform": "x", "kind": "lost_answer", "endpoint": "commit", "count": 1});
        scene.control.fault(lost).await.unwrap();
        let unreadable = json!({"platform": "x", "kind": "error", "endpoint": "read", "status": 503});
        scene.control.fault(unreadable).await.unwrap();
        let target = due_now(scene, Platform::X, "there all along", None).await;
        let crew = Crew::start(scene, &["a"]);
        is(scene, target, TargetState::Unknown).await;
        // Longer than the clocks of platforms are allowed to differ from ours.
        tokio::time::sleep(Duration::from_secs(6)).await;
        crew.stop().await;

        let row = scene.row(target).await;
        let absent = Outcome {
            from: TargetState::Unknown,
            to: TargetState::Scheduled,
            next_attempt_at: Some(now(scene)),
            reason: None,
            asks: false,
            absent_seen_at: None,
            keeps_attempt: false,
        };
        let mut tx = scene.context.db.begin().await.unwrap();
        assert!(write_outcome(&mut tx, &row, row.attempt_id, &absent, now(scene)).await.unwrap());
        tx.commit().await.unwrap();
        scene.control.clear_faults().await.unwrap();

        let crew = Crew::start(scene, &["b"]);
        let found = is(scene, target, TargetState::Published).await;
        assert_eq!((found.attempts, seen(scene, "there all along").await.0), (2, 1));
        crew.stop().await;
    })
    .await;
}

/// LinkedIn can only be looked at by sending again: not while the first request may still arrive, and not when nobody wants the
/// post any more.
#[tokio::test(flavor = "multi_thread")]
async fn linkedin_is_asked_again_late_and_only_for_what_is_still_wanted() {
    on_both(async |scene| {
        let posts = service::services(&scene.context).posts;
        let lost = json!({"platform": "linkedin", "kind": "lost_answer", "endpoint": "commit", "count": 2});
        scene.control.fault(lost).await.unwrap();
        let wanted = due_now(scene, Platform::LinkedIn, "still wanted", None).await;
        let unwanted = due_now(scene, Platform::LinkedIn, "no longer wanted", None).await;
        let crew = Crew::start(scene, &["a"]);
        let lost_at = is(scene, wanted, TargetState::Unknown).await;
        let post = is(scene, unwanted, TargetState::Unknown).await.post_id;
        posts.delete(scene.actor, post).await.unwrap();

        let timing = &scene.context.timing;
        let in_flight = timing.lease + timing.request;
        let found = is(scene, wanted, TargetState::Published).await;
        assert_eq!(seen(scene, "still wanted").await, (1, 2));
        let waited = now(scene) - lost_at.next_attempt_at.unwrap();
        assert!(waited > TimeDelta::from_std(in_flight).unwrap() / 2, "asked again after {waited}");
        assert_eq!(found.attempts, 1, "the second request was a look");

        until(scene, unwanted, |row| row.state == TargetState::Unknown && row.delete_requested_at.is_some())
            .await;
        let asked = async || {
            let page = posts.list(scene.actor, model::post::PostFilter::default()).await.unwrap();
            page.items
                .iter()
                .any(|view| view.targets.iter().any(|target| target.id == unwanted && target.asks))
        };
        crate::scene::until("a person is asked", TimeDelta::seconds(20), asked).await;
        assert_eq!(seen(scene, "no longer wanted").await, (1, 1));
        crew.stop().await;
    })
    .await;
}

/// A limit that lasts beyond the post's window makes it missed at the end of the window, not hours later.
#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_never_hides_a_missed_post() {
    on_both(async |scene| {
        let limit =
            json!({"platform": "x", "kind": "rate_limit", "endpoint": "commit", "retry_after_s": 20_000});
        scene.control.fault(limit).await.unwrap();
        let target = due_now(scene, Platform::X, "not today", None).await;
        let crew = Crew::start(scene, &["a"]);
        let waits = until(scene, target, |row| row.reason.is_some()).await;
        assert_eq!(
            (waits.state, waits.reason.map(|r| r.0)),
            (TargetState::Scheduled, Some(Reason::RateLimited))
        );
        let window = TimeDelta::minutes(waits.lateness_window_min) + TimeDelta::seconds(1);
        let next = waits.next_attempt_at.unwrap() - waits.due_at.unwrap();
        assert!(next <= window && next > TimeDelta::minutes(1), "looked at again after {next}");
        crew.stop().await;
    })
    .await;
}
