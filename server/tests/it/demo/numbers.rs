//! The demo's numbers: a past worth looking at, and a sync that goes on where it ends.

use super::*;
use chrono::DateTime;
use model::AccountId;
use model::statistics::{AccountNumbers, Metric, Range, SyncCause};
use service::sync::{Synced, Syncer};
use storage::account_days::{self, AccountDay};
use storage::remote_posts::{self, RemotePostRow};
use storage::sync_runs::{self, NewRun};

struct Stored {
    posts: Vec<RemotePostRow>,
    days: Vec<AccountDay>,
}

impl Stored {
    async fn read(server: &TestServer, actor: Actor, account: AccountId) -> Self {
        let mut tx = server.test.db.read().await.unwrap();
        let (from, to) = ("2020-01-01".parse().unwrap(), "2050-01-01".parse().unwrap());
        let posts = remote_posts::in_range(&mut tx, actor.workspace, account, from, to, 9_999).await.unwrap();
        let days = account_days::of_accounts(&mut tx, actor.workspace, &[account], from, to).await.unwrap();
        Self { posts, days: days.into_iter().map(|of| of.day).collect() }
    }
}

/// The sandbox's time is the machine's: the plan has to be of the same.
async fn loaded(server: &TestServer, sandbox: &Sandbox, step: usize) -> Session {
    let clock: Value = Control::new(&sandbox.url()).get("control/clock").await.unwrap();
    server.test.clock.set(DateTime::from_timestamp_millis(clock["now"].as_i64().unwrap()).unwrap());
    demo::load(&server.app.context, &sandbox.url(), &plan(server, step)).await.unwrap();
    sign_in(server, "demo@example.com").await
}

fn value(page: &AccountNumbers, metric: Metric) -> Option<f64> {
    page.courses.iter().find(|course| course.figure.metric == metric).unwrap().figure.now
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_have_a_past_of_18_months() {
    each(async |server, sandbox| {
        let camille = loaded(server, sandbox, 5).await;
        let numbers = &server.app.services.statistics;
        for workspace in ["Corner Bakery", "Trail & Tide", "Studio Lumen"] {
            let actor = actor_in(&camille, workspace);
            let overview = numbers.overview(actor, Range::Long).await.unwrap();
            let followers = &overview.courses[0];
            let (first, last) = (followers.values[0].unwrap(), followers.figure.now.unwrap());
            assert!(last > 1.4 * first, "{workspace} grows: {first} to {last}");
            assert!(followers.values.iter().all(Option::is_some) && overview.synced_at.is_some());
            assert_eq!(overview.best.len(), 5);
            for account in server.app.services.accounts.list(actor).await.unwrap() {
                let page = numbers.account(actor, account.id, Range::Long).await.unwrap();
                assert!(value(&page, Metric::Followers).is_some(), "{account:?}");
                let told = value(&page, Metric::Engagement).is_some();
                assert!(told && page.posts_in_all > 0, "{account:?}");
                assert_eq!(value(&page, Metric::Reach).is_some(), page.courses[1].values.len() > 300);
            }
        }
        // What went round the world is more than ten usual posts.
        let bakery = actor_in(&camille, "Corner Bakery");
        let best = numbers.overview(bakery, Range::Year).await.unwrap().best;
        let engagement = |place: usize| best[place].counts.engagement().unwrap();
        assert!(engagement(0) > 2 * engagement(4), "{} {}", engagement(0), engagement(4));
        Control::new(&sandbox.url()).post("control/reset", &Value::Null).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_goes_on_without_a_jump() {
    each(async |server, sandbox| {
        let camille = loaded(server, sandbox, 12).await;
        let context = &server.app.context;
        let syncer = Syncer::new(context.clone(), "demo".to_owned());
        for workspace in ["Corner Bakery", "Trail & Tide", "Studio Lumen"] {
            let actor = actor_in(&camille, workspace);
            for account in server.app.services.accounts.list(actor).await.unwrap() {
                if account.health == Health::NeedsReconnect {
                    continue;
                }
                let before = Stored::read(server, actor, account.id).await;
                server.test.clock.advance(TimeDelta::milliseconds(5));
                let now = server.test.db.clock().now();
                let run = NewRun {
                    workspace: actor.workspace,
                    account: account.id,
                    cause: SyncCause::Asked,
                    day: now.date_naive(),
                };
                let mut tx = server.test.db.begin().await.unwrap();
                sync_runs::insert(&mut tx, &[run], now).await.unwrap();
                let runs = sync_runs::list(&mut tx, actor.workspace, account.id, None, 9).await.unwrap();
                tx.commit().await.unwrap();
                assert_eq!(syncer.sync(runs[0].id).await.unwrap(), Synced::Ended);
                let after = Stored::read(server, actor, account.id).await;
                goes_on(&before, &after, account.platform);
            }
        }
        Control::new(&sandbox.url()).post("control/reset", &Value::Null).await.unwrap();
    })
    .await;
}

/// No post lost, none with other counters than some seconds bring, and followers as on the day before.
fn goes_on(before: &Stored, after: &Stored, platform: Platform) {
    assert_eq!(before.posts.len(), after.posts.len(), "{platform}: the same posts");
    for (was, is) in before.posts.iter().zip(&after.posts) {
        assert_eq!(was.remote_id, is.remote_id);
        let gained = is.counts.zip(&was.counts, |is, was| Some(is? - was?));
        // Of a young post every minute brings some.
        let young = was.counted_at.unwrap() - was.published_at < TimeDelta::days(2);
        for (metric, count) in [(Metric::Likes, gained.likes), (Metric::Views, gained.views)] {
            let most = was.counts.of(metric).map_or(0, |count| if young { i64::MAX } else { 3 + count / 50 });
            assert!(
                count.is_none_or(|count| (0..=most).contains(&count)),
                "{platform} {metric:?} {was:?} {is:?}"
            );
            assert_eq!(
                is.counts.of(metric).is_some(),
                was.counts.of(metric).is_some(),
                "{platform} {metric:?}"
            );
        }
    }
    let (was, is) = (before.days.last().unwrap(), after.days.last().unwrap());
    assert!(is.day > was.day, "{platform}: today has its row now");
    let step = (is.followers.unwrap() - was.followers.unwrap()).abs();
    // A day with a post that is seen much wins much, and some days of the past did, too.
    let steps =
        before.days.windows(2).map(|days| (days[1].followers.unwrap() - days[0].followers.unwrap()).abs());
    let most = (2 * steps.max().unwrap()).max(was.followers.unwrap() / 50).max(1);
    assert!(step <= most, "{platform}: {:?} to {:?}", was.followers, is.followers);
}
