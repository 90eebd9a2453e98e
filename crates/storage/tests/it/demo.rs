//! Filling an empty database, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use model::operations::Schedule;
use model::post::Variant;
use model::state::Reason;
use model::statistics::{Counts, SyncCause};
use model::{AccountId, MediaId, Platform, PostId, Role, TargetId, TargetState, UserId, WorkspaceId};
use storage::account_days::AccountDay;
use storage::accounts::NewAccount;
use storage::demo::{Arrival, PastMedia, PastPost, PastTarget};
use storage::grants::GrantKey;
use storage::media::NewMedia;
use storage::posts::Wanted;
use storage::remote_posts::{Count, CountOf, StoredPost};
use storage::sync_runs::NewRun;
use storage::workspaces::Workspace;
use storage::{
    Tx, account_days, accounts, demo, grants, media, members, new_id, persons, posts, remote_posts,
    schedule_runs, sweep, sync_runs, targets, workspaces,
};
use testing::{TestDb, each_engine};

struct Filled {
    workspace: WorkspaceId,
    person: UserId,
    account: AccountId,
    media: MediaId,
    now: DateTime<Utc>,
}

/// A hidden workspace with an account, a picture, and nobody there.
async fn begin(test: &TestDb, tx: &mut Tx) -> Filled {
    let now = test.db.clock().now();
    let (workspace, person): (WorkspaceId, UserId) = (new_id(now), new_id(now));
    demo::insert_absent(tx, person, "Camille", now).await.unwrap();
    let place = Workspace {
        id: workspace,
        name: "Corner Bakery".to_owned(),
        zone: "Europe/Paris".to_owned(),
        lateness_window_min: 60,
        created_at: now,
    };
    demo::insert_hidden(tx, &place).await.unwrap();
    let key = GrantKey { workspace, platform: Platform::X, host: "https://x", app: "app", subject: "1" };
    let grant = grants::claim(tx, &key, now).await.unwrap();
    let account = NewAccount {
        workspace,
        grant,
        platform: Platform::X,
        host: "https://x",
        remote_id: "1",
        handle: "bakery",
        name: "Bakery",
        url: None,
    };
    let account = accounts::connect(tx, &account, now).await.unwrap();
    let picture = NewMedia {
        id: new_id(now),
        workspace,
        person,
        name: "loaf.jpg",
        format: model::media::ImageFormat::Jpeg,
        bytes: 1,
        width: 1,
        height: 1,
        sha256: &[1; 32],
        now,
    };
    media::insert(tx, &picture).await.unwrap();
    Filled { workspace, person, account, media: picture.id, now }
}

fn target<'a>(filled: &Filled, post: PostId, key: &'a str, state: TargetState) -> PastTarget<'a> {
    PastTarget {
        id: new_id(filled.now),
        workspace: filled.workspace,
        post,
        account: filled.account,
        state,
        due_at: Some(filled.now),
        zone: Some("Europe/Paris"),
        next_attempt_at: None,
        attempts: 1,
        attempt: None,
        asks: false,
        reason: None,
        publish_key: key,
        publish_created_at: None,
        remote_id: None,
        remote_url: None,
        published_at: None,
        created_at: filled.now,
        updated_at: filled.now,
    }
}

/// More than one statement's worth.
const MANY: usize = 230;

async fn write(filled: &Filled, tx: &mut Tx) -> TargetId {
    let variants = [Variant { platform: Platform::X, text: "short".to_owned(), media: None }];
    let texts: Vec<String> = (0..MANY).map(|n| format!("Pain d’Épices nº {n}")).collect();
    let rows: Vec<PastPost<'_>> = texts
        .iter()
        .map(|body| PastPost {
            id: new_id(filled.now),
            workspace: filled.workspace,
            author: filled.person,
            body,
            variants: &variants,
            created_at: filled.now,
        })
        .collect();
    demo::insert_posts(tx, &rows).await.unwrap();
    let pictures: Vec<PastMedia<'_>> = rows
        .iter()
        .map(|post| PastMedia {
            post: post.id,
            place: 0,
            workspace: filled.workspace,
            media: filled.media,
            alt: "Une miche",
        })
        .collect();
    demo::insert_media(tx, &pictures).await.unwrap();
    let reason = Reason::GaveUp { message: "503".to_owned() };
    let keys: Vec<String> = (0..MANY).map(|n| format!("key{n}")).collect();
    let mut all: Vec<PastTarget<'_>> = rows
        .iter()
        .zip(&keys)
        .map(|(post, key)| PastTarget {
            remote_id: Some(key),
            remote_url: Some("https://x/1"),
            published_at: Some(filled.now),
            ..target(filled, post.id, key, TargetState::Published)
        })
        .collect();
    all[0] =
        PastTarget { reason: Some(&reason), ..target(filled, rows[0].id, "failed", TargetState::Failed) };
    all[1] = PastTarget {
        next_attempt_at: Some(filled.now + TimeDelta::hours(1)),
        attempts: 0,
        ..target(filled, rows[1].id, "waits", TargetState::Scheduled)
    };
    let failed = all[0].id;
    demo::insert_targets(tx, &all).await.unwrap();
    numbers(filled, tx).await;
    failed
}

/// A day, a post with its series, a sync and a schedule.
async fn numbers(filled: &Filled, tx: &mut Tx) {
    let (workspace, account, now) = (filled.workspace, filled.account, filled.now);
    let day = now.date_naive();
    account_days::store(tx, workspace, account, &[AccountDay::of(day)], now).await.unwrap();
    let post = StoredPost {
        id: new_id(now),
        remote_id: "1".to_owned(),
        published_at: now,
        published_day: day,
        text: String::new(),
        url: None,
        counts: Counts::default(),
        counted_at: None,
        count_at: now,
        series_at: None,
    };
    remote_posts::store(tx, workspace, account, std::slice::from_ref(&post)).await.unwrap();
    let count = Count { counted_at: now, counts: Counts::default() };
    remote_posts::add_counts(tx, workspace, &[CountOf { remote_post_id: post.id, count }]).await.unwrap();
    let run = NewRun { workspace, account, cause: SyncCause::Connected, day };
    sync_runs::insert(tx, &[run], now).await.unwrap();
    assert!(schedule_runs::note(tx, workspace, Schedule::SyncAccounts.key(), day, now).await.unwrap());
}

#[tokio::test]
async fn nothing_is_there_until_all_is() {
    each_engine(async |test| {
        let mut tx = test.db.begin().await.unwrap();
        let filled = begin(&test, &mut tx).await;
        let failed = write(&filled, &mut tx).await;
        let (place, now) = (filled.workspace, filled.now);
        assert!(!persons::any(&mut tx).await.unwrap());
        assert!(workspaces::get(&mut tx, place).await.unwrap().is_none());

        let arrival = Arrival { id: filled.person, email: "camille@example.com", password_hash: "hash" };
        demo::appear(&mut tx, &[place], &[arrival]).await.unwrap();
        members::insert(&mut tx, place, filled.person, Role::Owner, now).await.unwrap();
        assert!(persons::any(&mut tx).await.unwrap());
        let camille = persons::by_email(&mut tx, "camille@example.com").await.unwrap().unwrap();
        assert_eq!((camille.name.as_str(), camille.password_hash.as_str()), ("Camille", "hash"));
        assert_eq!(members::memberships(&mut tx, camille.id).await.unwrap().len(), 1);

        let counts = posts::counts(&mut tx, place).await.unwrap();
        assert_eq!((counts.published, counts.scheduled, counts.attention), (228, 1, 1));
        let wanted = Wanted { search: "PAIN D’ÉPICES Nº 7", ..Wanted::default() };
        let found = posts::list_newest(&mut tx, place, &wanted, None, 50).await.unwrap();
        assert_eq!(found.len(), 11, "the text is folded");
        assert_eq!(found[0].variants.0[0].text, "short");
        assert_eq!(posts::media(&mut tx, place, &[found[0].id]).await.unwrap()[0].alt, "Une miche");
        let post = targets::post_of(&mut tx, place, failed).await.unwrap().unwrap();
        let row = &targets::of_posts(&mut tx, place, &[post]).await.unwrap()[0];
        assert_eq!(row.reason.as_ref().unwrap().0, Reason::GaveUp { message: "503".to_owned() });
        assert_eq!(sweep::next_due(&mut tx, now).await.unwrap(), Some(now + TimeDelta::hours(1)));

        assert!(sync_runs::any_due(&mut tx, now).await.unwrap());
        demo::end_syncs(&mut tx, place, now).await.unwrap();
        assert!(!sync_runs::any_due(&mut tx, now).await.unwrap(), "nothing has to be read again");
        let runs = sync_runs::list(&mut tx, place, filled.account, None, 9).await.unwrap();
        assert_eq!((runs.len(), runs[0].posts, runs[0].ended_at), (1, 1, Some(now)));
    })
    .await;
}

#[tokio::test]
async fn what_a_killed_load_has_left_is_removed() {
    each_engine(async |test| {
        let mut tx = test.db.begin().await.unwrap();
        let filled = begin(&test, &mut tx).await;
        write(&filled, &mut tx).await;
        tx.commit().await.unwrap();

        let mut tx = test.db.begin().await.unwrap();
        let mut steps = 0;
        while demo::sweep(&mut tx, 100).await.unwrap() > 0 {
            steps += 1;
        }
        assert!(steps > 14, "a few rows at a time: {steps}");
        // The same rows can come again.
        let again = begin(&test, &mut tx).await;
        write(&again, &mut tx).await;
        let arrival = Arrival { id: again.person, email: "camille@example.com", password_hash: "hash" };
        demo::appear(&mut tx, &[again.workspace], &[arrival]).await.unwrap();
        assert_eq!(demo::sweep(&mut tx, 100).await.unwrap(), 0, "what is there stays");
        assert_eq!(posts::counts(&mut tx, again.workspace).await.unwrap().published, 228);
        assert!(persons::by_id(&mut tx, filled.person).await.unwrap().is_none());
    })
    .await;
}
