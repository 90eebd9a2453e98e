//! Days of accounts and posts at the platforms, on both engines.

use crate::place::{Place, two_places};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use model::statistics::Counts;
use model::{AccountId, RemotePostId, TargetState};
use storage::account_days::{self, AccountDay};
use storage::remote_posts::{self, Count, CountOf, StoredPost};
use storage::{Tx, accounts, post_days};
use testing::each_engine;

pub(crate) fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, day).unwrap()
}

fn likes(likes: i64) -> Counts {
    Counts { likes: Some(likes), ..Counts::default() }
}

fn day(on: u32, followers: Option<i64>, counts: Counts) -> AccountDay {
    AccountDay { followers, counts, ..AccountDay::of(date(on)) }
}

async fn store(tx: &mut Tx, place: &Place, account: AccountId, days: &[AccountDay]) {
    account_days::store(tx, place.workspace, account, days, place.now()).await.unwrap();
}

#[tokio::test]
async fn a_day_keeps_what_is_not_told_again() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let mut tx = test.db.begin().await.unwrap();
        let all = Counts {
            views: Some(1),
            reach: Some(2),
            likes: Some(3),
            comments: Some(4),
            shares: Some(5),
            saves: Some(6),
            watch_time: Some(7),
        };
        let full = AccountDay {
            day: date(1),
            followers: Some(10),
            following: Some(11),
            posts: Some(12),
            counts: all,
            engagement: Some(13),
        };
        store(&mut tx, &here, here.x, &[full, day(2, Some(20), Counts::default())]).await;
        store(&mut tx, &here, here.x, &[AccountDay { followers: Some(15), ..AccountDay::of(date(1)) }]).await;
        account_days::add(
            &mut tx,
            here.workspace,
            here.x,
            &[(date(1), all), (date(2), likes(4)), (date(3), likes(0))],
            here.now(),
        )
        .await
        .unwrap();
        store(&mut tx, &there, there.x, &[full]).await;

        let of = [here.x, there.x];
        let rows = account_days::of_accounts(&mut tx, here.workspace, &of, date(1), date(3)).await.unwrap();
        let twice = all.zip(&all, |a, b| Some(a? + b?));
        let expected = [
            AccountDay { followers: Some(15), counts: twice, ..full },
            day(2, Some(20), likes(4)),
            day(3, None, likes(0)),
        ];
        assert_eq!(rows.iter().map(|row| row.day).collect::<Vec<_>>(), expected, "{}", test.engine_name);
        assert!(rows.iter().all(|row| row.account_id == here.x), "of this workspace");
        let first = account_days::of_accounts(&mut tx, here.workspace, &of, date(1), date(1)).await.unwrap();
        assert_eq!(first.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn sums_are_of_what_was_told_and_say_of_how_much() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let mut tx = test.db.begin().await.unwrap();
        let mixed = Counts { comments: Some(2), ..likes(3) };
        store(&mut tx, &here, here.x, &[day(1, Some(10), likes(1)), day(2, Some(12), mixed)]).await;
        let own = AccountDay { engagement: Some(50), ..day(2, Some(100), likes(7)) };
        store(&mut tx, &here, here.bluesky, &[own, day(4, Some(90), Counts::default())]).await;
        store(&mut tx, &there, there.x, &[day(2, Some(1_000), likes(1_000))]).await;

        let sums = account_days::sums_by_day(&mut tx, here.workspace, date(1), date(4)).await.unwrap();
        let told: Vec<_> = sums
            .iter()
            .map(|of| {
                (of.key, of.sums.counts.likes, of.sums.likes_days, of.sums.engagement, of.sums.views_days)
            })
            .collect();
        assert_eq!(
            told,
            [
                (date(1), Some(1), 1, Some(1), 0),
                (date(2), Some(10), 2, Some(55), 0),
                (date(4), None, 0, None, 0)
            ],
            "{}",
            test.engine_name
        );
        let both = [here.x, here.bluesky, there.x];
        let mut sums = account_days::sums(&mut tx, here.workspace, &both, date(2), date(4)).await.unwrap();
        sums.sort_by_key(|of| of.sums.engagement);
        let told: Vec<_> =
            sums.iter().map(|of| (of.key, of.sums.engagement, of.sums.engagement_days)).collect();
        assert_eq!(told, [(here.x, Some(5), 1), (here.bluesky, Some(50), 1)]);

        let steps = async |tx: &mut Tx, from, to| {
            account_days::follower_steps(tx, here.workspace, date(from), date(to)).await.unwrap()
        };
        assert_eq!(steps(&mut tx, 1, 4).await, [(date(1), 10), (date(2), 102), (date(4), -10)]);
        assert_eq!(
            steps(&mut tx, 2, 4).await,
            [(date(2), 102), (date(4), -10)],
            "against the day before the first"
        );
        let mut before = account_days::followers_before(&mut tx, here.workspace, date(4)).await.unwrap();
        before.sort_by_key(|(_, followers)| *followers);
        assert_eq!(before, [(here.x, 12), (here.bluesky, 100)]);
        assert!(accounts::disconnect(&mut tx, here.workspace, here.bluesky, here.now()).await.unwrap());
        assert_eq!(steps(&mut tx, 1, 4).await, [(date(1), 10), (date(2), 2)], "of connected accounts");
    })
    .await;
}

fn post(place: &Place, remote_id: &str, day: u32, counts: Counts) -> StoredPost {
    let published_at = date(day).and_hms_opt(9, 0, 0).unwrap().and_utc();
    StoredPost {
        id: place.id::<RemotePostId>(),
        remote_id: remote_id.to_owned(),
        published_at,
        published_day: date(day),
        text: format!("Text of {remote_id}"),
        url: Some(format!("https://x/{remote_id}")),
        counts,
        counted_at: Some(place.now()),
        count_at: place.now(),
        series_at: None,
    }
}

async fn store_posts(tx: &mut Tx, place: &Place, account: AccountId, posts: &[StoredPost]) {
    remote_posts::store(tx, place.workspace, account, posts).await.unwrap();
}

#[tokio::test]
async fn posts_are_listed_ranked_and_counted() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let ours = here.target(here.post("ours").await, here.x, None).await;
        here.force(ours, TargetState::Published, false, Some("b")).await;
        let mut tx = test.db.begin().await.unwrap();
        store(&mut tx, &here, here.x, &[day(1, Some(40), Counts::default())]).await;
        let posts = [
            post(&here, "a", 1, likes(9)),
            post(&here, "b", 2, likes(30)),
            post(&here, "c", 2, Counts::default()),
        ];
        store_posts(&mut tx, &here, here.x, &posts).await;
        store_posts(&mut tx, &here, here.bluesky, &[post(&here, "a", 3, likes(20))]).await;
        store_posts(&mut tx, &there, there.x, &[post(&there, "a", 2, likes(99))]).await;

        let ids = |rows: &[remote_posts::RemotePostRow]| {
            rows.iter().map(|row| (row.account_id, row.remote_id.clone())).collect::<Vec<_>>()
        };
        let id = |account, id: &str| (account, id.to_owned());
        let best = remote_posts::best(&mut tx, here.workspace, date(1), date(3), 2).await.unwrap();
        assert_eq!(ids(&best), [id(here.x, "b"), id(here.bluesky, "a")], "{}", test.engine_name);
        assert_eq!((best[0].target_id, best[0].followers), (Some(ours), Some(40)));
        assert_eq!((best[1].target_id, best[1].post_id, best[1].followers), (None, None, None));
        let rows =
            remote_posts::in_range(&mut tx, here.workspace, here.x, date(2), date(3), 9).await.unwrap();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.url == Some(format!("https://x/{}", row.remote_id))));
        assert_eq!(post_days::number(&mut tx, here.workspace, here.x, date(1), date(2)).await.unwrap(), 3);
        let days = post_days::per_day(&mut tx, here.workspace, None, date(1), date(3)).await.unwrap();
        assert_eq!(
            days.iter().map(|of| (of.day, of.posts)).collect::<Vec<_>>(),
            [(date(1), 1), (date(2), 2), (date(3), 1)]
        );
        let days = post_days::per_day(&mut tx, here.workspace, Some(here.x), date(2), date(3)).await.unwrap();
        assert_eq!(days.iter().map(|of| (of.day, of.posts)).collect::<Vec<_>>(), [(date(2), 2)]);
        let first = remote_posts::first_day(&mut tx, here.workspace, Some(here.bluesky)).await.unwrap();
        assert_eq!(first, Some(date(3)));
        assert_eq!(remote_posts::first_day(&mut tx, here.workspace, None).await.unwrap(), Some(date(1)));
        let of_theirs =
            remote_posts::in_range(&mut tx, there.workspace, here.x, date(1), date(3), 9).await.unwrap();
        assert!(of_theirs.is_empty());

        remote_posts::mark_gone(&mut tx, here.workspace, here.x, &["b"], here.now()).await.unwrap();
        remote_posts::mark_gone(&mut tx, there.workspace, here.x, &["a"], here.now()).await.unwrap();
        let best = remote_posts::best(&mut tx, here.workspace, date(1), date(3), 9).await.unwrap();
        assert_eq!(
            ids(&best),
            [id(here.bluesky, "a"), id(here.x, "a")],
            "what is gone is left out, what isn't told too"
        );
        assert_eq!(post_days::number(&mut tx, here.workspace, here.x, date(1), date(2)).await.unwrap(), 2);
        let known = remote_posts::known(&mut tx, here.workspace, here.x, &["b", "nobody"]).await.unwrap();
        assert_eq!((known.len(), known[0].counts, known[0].text.as_str()), (1, likes(30), "Text of b"));
        let mut back = posts[1].clone();
        back.counts = likes(31);
        store_posts(&mut tx, &here, here.x, &[back]).await;
        let best = remote_posts::best(&mut tx, here.workspace, date(1), date(3), 1).await.unwrap();
        assert_eq!((best[0].counts, best[0].id), (likes(31), posts[1].id), "it came back, and is the same");
        let post_of_ours = best[0].post_id.unwrap();
        let course = remote_posts::of_post(&mut tx, here.workspace, post_of_ours).await.unwrap();
        assert_eq!(ids(&course), [id(here.x, "b")]);
        assert!(remote_posts::of_post(&mut tx, there.workspace, post_of_ours).await.unwrap().is_empty());
        assert!(accounts::disconnect(&mut tx, here.workspace, here.x, here.now()).await.unwrap());
        let best = remote_posts::best(&mut tx, here.workspace, date(1), date(3), 9).await.unwrap();
        assert_eq!(ids(&best), [id(here.bluesky, "a")], "of connected accounts");
        remote_posts::mark_gone(&mut tx, here.workspace, here.bluesky, &["a"], here.now()).await.unwrap();
        let left = post_days::per_day(&mut tx, here.workspace, None, date(1), date(3)).await.unwrap();
        assert!(left.is_empty(), "a day's last post is gone: {left:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_to_be_counted_and_what_is_not_known_yet() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let target = here.target(here.post("Bonjour").await, here.x, None).await;
        here.force(target, TargetState::Published, false, Some("mine")).await;
        let mut tx = test.db.begin().await.unwrap();
        let own = remote_posts::own_unknown(&mut tx, here.workspace, here.x, 9).await.unwrap();
        assert!(own.is_empty(), "it isn't known when it went out");
        drop(tx);
        published(&here, target, here.now()).await;
        let mut tx = test.db.begin().await.unwrap();
        let own = remote_posts::own_unknown(&mut tx, here.workspace, here.x, 9).await.unwrap();
        assert_eq!((own.len(), own[0].text.as_str(), own[0].remote_id.as_str()), (1, "Bonjour", "mine"));
        assert!(remote_posts::own_unknown(&mut tx, there.workspace, here.x, 9).await.unwrap().is_empty());
        let now = here.now();
        let never = StoredPost { counted_at: None, ..post(&here, "mine", 14, Counts::default()) };
        let later = StoredPost { count_at: now + TimeDelta::days(1), ..post(&here, "later", 1, likes(1)) };
        let long_due = StoredPost {
            count_at: now - TimeDelta::days(1),
            counted_at: Some(now - TimeDelta::days(8)),
            ..post(&here, "long", 1, likes(1))
        };
        let just_counted = post(&here, "just", 2, likes(1));
        store_posts(&mut tx, &here, here.x, &[never, later, long_due, just_counted]).await;
        assert!(remote_posts::own_unknown(&mut tx, here.workspace, here.x, 9).await.unwrap().is_empty());
        let due = remote_posts::due(&mut tx, here.workspace, here.x, now, now, 9).await.unwrap();
        assert_eq!(due, ["long", "mine"], "{}", test.engine_name);
        assert_eq!(remote_posts::due(&mut tx, here.workspace, here.x, now, now, 1).await.unwrap(), ["long"]);
        assert!(remote_posts::due(&mut tx, there.workspace, here.x, now, now, 9).await.unwrap().is_empty());
        let later = now + TimeDelta::days(1);
        remote_posts::put_off(&mut tx, there.workspace, here.x, &["mine"], later).await.unwrap();
        remote_posts::put_off(&mut tx, here.workspace, here.x, &["long"], later).await.unwrap();
        assert_eq!(remote_posts::due(&mut tx, here.workspace, here.x, now, now, 9).await.unwrap(), ["mine"]);
    })
    .await;
}

/// Notes when a target of a test went out.
async fn published(place: &Place, target: model::TargetId, at: DateTime<Utc>) {
    let sql = "UPDATE target SET published_at = $2 WHERE id = $1";
    let mut tx = place.db.begin().await.unwrap();
    match tx.as_engine() {
        storage::EngineConn::Sqlite(c) => {
            sqlx::query(sql).bind(target).bind(at).execute(c).await.unwrap();
        }
        storage::EngineConn::Postgres(c) => {
            sqlx::query(sql).bind(target).bind(at).execute(c).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_series_is_in_order_of_time() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let mut tx = test.db.begin().await.unwrap();
        let stored = post(&here, "a", 1, likes(9));
        store_posts(&mut tx, &here, here.x, std::slice::from_ref(&stored)).await;
        let count = |minutes, number| CountOf {
            remote_post_id: stored.id,
            count: Count { counted_at: here.now() + TimeDelta::minutes(minutes), counts: likes(number) },
        };
        let counts = [count(2, 5), count(1, 3), count(3, 9)];
        remote_posts::add_counts(&mut tx, here.workspace, &counts).await.unwrap();
        remote_posts::add_counts(&mut tx, here.workspace, &[count(1, 99)]).await.unwrap();
        remote_posts::drop_count(&mut tx, here.workspace, stored.id, counts[0].count.counted_at)
            .await
            .unwrap();
        remote_posts::drop_count(&mut tx, there.workspace, stored.id, counts[2].count.counted_at)
            .await
            .unwrap();
        let series = remote_posts::series(&mut tx, here.workspace, &[stored.id]).await.unwrap();
        assert_eq!(series, [counts[1], counts[2]], "{}", test.engine_name);
        assert!(remote_posts::series(&mut tx, there.workspace, &[stored.id]).await.unwrap().is_empty());
    })
    .await;
}
