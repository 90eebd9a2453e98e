//! Syncs against the sandbox, under a clock that is moved by hand and the sandbox's with it.

mod office;
mod troubles;

use chrono::{NaiveDate, TimeDelta};
use model::statistics::{Counts, Range, SyncCause};
use office::{Office, at, counted};
use serde_json::json;
use service::sync::Synced;
use testing::each_engine;
use worker::Scheduler;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn likes(likes: i64) -> Option<i64> {
    Some(likes)
}

/// Paris goes to summer time on 28 March 2027.
#[tokio::test]
async fn first_with_its_past_then_every_day_at_eight_over_a_change_of_clocks() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        office.go_to(at("2027-03-26T09:00:00Z")).await;
        let account = office.made("x", "maya").await;
        let old = office.past_post("x", &account, "old", TimeDelta::days(60)).await;
        let lately = office.past_post("x", &account, "lately", TimeDelta::days(2)).await;
        office.say("x", &old, counted(1_000, 100)).await;
        office.say("x", &lately, counted(90, 10)).await;
        office
            .say_followers("x", &account, &[("2027-03-25", 500), ("2027-03-26", 512), ("2027-03-27", 530)])
            .await;
        let id = office.connect("x", account.clone()).await;

        let run = office.newest(id).await;
        assert_eq!(
            (run.cause, run.ended_at),
            (SyncCause::Connected, None),
            "asked for when it was connected"
        );
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let run = office.newest(id).await;
        assert_eq!((run.posts, run.reason), (2, None));
        let posts = office.posts(id).await;
        assert_eq!(posts[&old].counts, Counts { likes: likes(100), ..posts[&old].counts });
        assert_eq!((posts[&old].counts.views, posts[&lately].counts.likes), (Some(1_000), likes(10)));
        assert_eq!(
            (posts[&old].counts.reach, posts[&lately].counts.watch_time),
            (None, None),
            "X tells none"
        );
        let first = office.day(id, date("2027-03-26")).await.unwrap();
        assert_eq!(first.followers, office.followers("x", &account).await);
        assert_eq!(first.counts, Counts::default(), "nobody knows when the past came in");

        // The next day, at eight in Paris.
        office.say("x", &lately, counted(120, 15)).await;
        office.go_to(at("2027-03-26T20:00:00Z")).await;
        let new = office.past_post("x", &account, "new", TimeDelta::minutes(1)).await;
        office.say("x", &new, counted(31, 7)).await;
        let (one, two) =
            (Scheduler::new(office.context.clone(), "one"), Scheduler::new(office.context.clone(), "two"));
        office.go_to(at("2027-03-27T06:59:00Z")).await;
        one.round().await.unwrap();
        assert_eq!(office.runs(id).await, 1, "07:59 in Paris");
        office.go_to(at("2027-03-27T07:00:10Z")).await;
        one.round().await.unwrap();
        one.round().await.unwrap();
        office.clock().advance(TimeDelta::minutes(11));
        two.round().await.unwrap();
        assert_eq!(
            (office.runs(id).await, office.newest(id).await.cause),
            (2, SyncCause::Daily),
            "once a day"
        );
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let (friday, saturday) = (date("2027-03-26"), date("2027-03-27"));
        let of = async |day| office.day(id, day).await.unwrap().counts;
        assert_eq!(
            (of(friday).await.likes, of(saturday).await.likes),
            (likes(3), likes(4 + 5)),
            "7 new, 5 more"
        );
        assert_eq!((of(friday).await.views, of(saturday).await.views), (Some(15), Some(16 + 30)));
        assert_eq!(office.posts(id).await[&new].counts.likes, likes(7));

        // Sunday has summer time; a post was deleted at the platform.
        office.delete("x", id, &lately).await;
        office.go_to(at("2027-03-28T05:59:00Z")).await;
        two.round().await.unwrap();
        assert_eq!(office.runs(id).await, 2, "07:59 in Paris");
        office.go_to(at("2027-03-28T06:00:10Z")).await;
        two.round().await.unwrap();
        assert_eq!(office.sync(id, "two").await, Synced::Ended);
        let posts = office.posts(id).await;
        assert!(!posts.contains_key(&lately) && posts.contains_key(&new), "it is gone");
        assert_eq!(of(date("2027-03-28")).await.likes, likes(0), "nothing new is 0");

        // An old post is counted each week; what it gained meanwhile is spread over the days since.
        office.say("x", &old, counted(1_000, 107)).await;
        office.go_to(at("2027-04-02T09:30:00Z")).await;
        two.round().await.unwrap();
        assert_eq!(office.sync(id, "two").await, Synced::Ended);
        assert_eq!(office.posts(id).await[&old].counts.likes, likes(107));
        for day in 28..=31 {
            assert_eq!(of(NaiveDate::from_ymd_opt(2027, 3, day).unwrap()).await.likes, likes(1), "{day}");
        }
        assert_eq!((of(friday).await.likes, of(saturday).await.likes), (likes(3), likes(4 + 5 + 1)));
        let page = office.numbers().account(office.actor, id, Range::Week).await.unwrap();
        assert_eq!(page.last_sync.unwrap().cause, SyncCause::Daily);

        // Sundays at three the log loses what is older than 90 days.
        let log = office.runs(id).await;
        office.go_to(at("2027-07-03T01:30:00Z")).await;
        two.round().await.unwrap();
        assert_eq!(office.runs(id).await, log, "a Saturday");
        office.go_to(at("2027-07-04T01:00:10Z")).await;
        two.round().await.unwrap();
        assert_eq!(office.runs(id).await, 0);
    })
    .await;
}

/// The days that the platform tells itself, and the counters of every platform's posts, are as the platform says.
#[tokio::test]
async fn every_platform_s_numbers_are_as_it_tells_them() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        for platform in ["instagram", "facebook", "x", "linkedin", "bluesky"] {
            let account = office.made(platform, "lena").await;
            let mut ids = Vec::new();
            for days in [2, 9, 40] {
                let key = format!("3jzfcijpj2z{}a", ["a", "b", "c"][ids.len()]);
                ids.push(office.past_post(platform, &account, &key, TimeDelta::days(days)).await);
            }
            let id = office.connect(platform, account.clone()).await;
            assert_eq!(office.sync(id, "one").await, Synced::Ended, "{platform}");
            let run = office.newest(id).await;
            assert_eq!(run.reason, None, "{platform}");
            let posts = office.posts(id).await;
            let told = office.told(platform, id, &ids).await;
            if platform != "linkedin" {
                assert_eq!(posts.len(), 3, "{platform}");
            }
            for (post, row) in &posts {
                let likes = told[post].likes;
                assert!(
                    row.counts.likes.is_some() && likes >= row.counts.likes,
                    "{platform} {likes:?} {row:?}"
                );
            }
            let today = office.day(id, office.today()).await.unwrap();
            assert!(today.followers.is_some(), "{platform}");
            let days = office.told_days(platform, id).await;
            for told in &days {
                let stored = office.day(id, told.day).await.unwrap();
                assert_eq!((stored.counts, stored.engagement), (told.counts, told.engagement), "{platform}");
            }
            assert_eq!(days.is_empty(), matches!(platform, "x" | "bluesky"), "{platform}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_from_here_is_counted_where_the_platform_lists_none() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("linkedin", "ada").await;
        let remote = office.past_post("linkedin", &account, "ours", TimeDelta::days(1)).await;
        office.say("linkedin", &remote, json!({"likes": 21, "comments": 2})).await;
        let id = office.connect("linkedin", account).await;
        let post = office.published_from_here(id, &remote).await;
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let courses = office.numbers().post(office.actor, post).await.unwrap();
        assert_eq!(courses.len(), 1);
        assert_eq!((courses[0].post.counts.likes, courses[0].post.words.as_str()), (likes(21), "From here"));
        assert_eq!(courses[0].snapshots.len(), 1);
    })
    .await;
}
