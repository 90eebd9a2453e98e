//! What the pages and the files show.

use super::raw::Raw;
use super::*;
use model::services::StatisticsService as _;
use model::statistics::{CompareFilter, Comparison, Metric, Range};
use model::{ApiError, PostId, TargetState};
use storage::remote_posts::{Count, CountOf};
use storage::{EngineConn, posts, targets};
use testing::each_engine;

/// Three accounts with a past of their own each, one of them connected lately; and a fourth that was disconnected.
async fn furnished(test: &TestDb) -> (Office, [AccountId; 4]) {
    let office = Office::new(test).await;
    let ids = [
        office.account(Platform::Instagram, "one").await,
        office.account(Platform::X, "two").await,
        office.account(Platform::Bluesky, "three").await,
        office.account(Platform::Facebook, "gone").await,
    ];
    for (id, (from, seed)) in ids.into_iter().zip([(200, 3), (90, 5), (10, 2), (80, 7)]) {
        office.history(id, from, seed).await;
        office.posts(id, from, seed).await;
    }
    let mut tx = test.db.begin().await.unwrap();
    assert!(accounts::disconnect(&mut tx, office.workspace(), ids[3], test.db.clock().now()).await.unwrap());
    tx.commit().await.unwrap();
    (office, ids)
}

#[tokio::test]
async fn every_page_says_what_the_rows_say() {
    each_engine(async |test| {
        // Half past midnight in Paris, when it is still yesterday in UTC.
        test.clock.advance(TimeDelta::minutes(11 * 60 + 30));
        let (office, ids) = furnished(&test).await;
        let (numbers, viewer) = (&office.numbers, office.viewer);
        let raw = Raw::read(&office.db).await;
        let spring = Range::Between(DayRange {
            from: "2024-09-02".parse().unwrap(),
            to: "2024-10-31".parse().unwrap(),
        });
        for (range, days) in [
            (Range::Week, office.days(7)),
            (Range::Month, office.days(28)),
            (Range::Quarter, office.days(90)),
            (Range::Long, office.days(548)),
            (spring, DayRange { from: "2024-09-02".parse().unwrap(), to: "2024-10-31".parse().unwrap() }),
        ] {
            let overview = numbers.overview(viewer, range).await.unwrap();
            assert_eq!((overview.days, overview.accounts, overview.synced_at), (days, 3, None));
            assert_eq!(overview.courses.len(), 6);
            for course in &overview.courses {
                raw.check(course, &ids[..3], days, true);
            }
            for id in ids {
                let page = numbers.account(viewer, id, range).await.unwrap();
                assert_eq!((page.days, page.account.id, page.account.gone), (days, id, id == ids[3]));
                assert_eq!(page.courses.len(), Metric::ALL.len());
                for course in &page.courses {
                    raw.check(course, &[id], days, true);
                }
            }
            let compared =
                numbers.compare(viewer, CompareFilter { accounts: ids.to_vec(), range }).await.unwrap();
            for (compared, id) in compared.accounts.iter().zip(ids) {
                assert_eq!(compared.account.id, id);
                assert_eq!(compared.courses.len(), Comparison::METRICS.len());
                for course in &compared.courses {
                    raw.check(course, &[id], days, false);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_best_posts_and_those_of_an_account() {
    each_engine(async |test| {
        let (office, ids) = furnished(&test).await;
        let overview = office.numbers.overview(office.viewer, Range::Month).await.unwrap();
        let engagements: Vec<i64> =
            overview.best.iter().map(|post| post.counts.engagement().unwrap()).collect();
        assert_eq!(engagements.len(), 5);
        assert!(engagements.is_sorted_by(|a, b| a >= b), "{engagements:?}");
        let days = office.days(28);
        let mut posts = Vec::new();
        for id in ids {
            let page = office.numbers.account(office.viewer, id, Range::Month).await.unwrap();
            assert_eq!(page.posts.len(), usize::try_from(page.posts_in_all).unwrap());
            assert!(page.posts.is_sorted_by(|a, b| a.published_at.utc >= b.published_at.utc));
            for post in &page.posts {
                let on = post.published_at.local.date();
                assert!(days.from <= on && on <= days.to, "{on} in Paris");
            }
            posts.extend(page.posts.into_iter().filter(|post| !post.account.gone));
        }
        posts.sort_by_key(|post| std::cmp::Reverse(post.counts.engagement()));
        assert_eq!(overview.best, posts[..5], "of connected accounts");
        let followers = Raw::read(&office.db).await;
        for post in &posts {
            let on = post.published_at.local.date();
            let followers = followers.followers_of(post.account.id, on);
            let rate =
                post.counts.engagement().zip(followers).map(|(engagement, all)| engagement as f64 / all);
            assert_eq!(post.engagement_rate, rate);
        }
    })
    .await;
}

#[tokio::test]
async fn files_hold_the_same_numbers() {
    each_engine(async |test| {
        let (office, ids) = furnished(&test).await;
        let (numbers, viewer) = (&office.numbers, office.viewer);
        let page = numbers.account(viewer, ids[0], Range::Week).await.unwrap();
        let file = numbers.account_csv(viewer, ids[0], Range::Week).await.unwrap();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(
            lines[0],
            "day,followers,reach,views,engagement,engagement_rate,likes,comments,shares,saves,watch_time,posts"
        );
        assert_eq!(lines.len(), 8);
        for (place, (line, day)) in lines[1..].iter().zip(page.days.dates()).enumerate() {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[0], day.to_string());
            for (cell, course) in cells[1..].iter().zip(&page.courses) {
                let value = course.values.get(place).copied().flatten();
                assert_eq!(cell.parse::<f64>().ok(), value, "{line}");
            }
        }
        let posts = numbers.posts_csv(viewer, ids[0], Range::Week).await.unwrap();
        assert_eq!(posts.lines().count(), page.posts.len() + 1);
        assert!(posts.starts_with("published_at,platform,account,text,url,views,reach,likes,"), "{posts}");
        let newest = &page.posts[0];
        let line = posts.lines().nth(1).unwrap();
        assert!(line.starts_with(&newest.published_at.utc.format("%Y-%m-%dT%H:%M:%SZ").to_string()), "{line}");
        assert!(line.contains(",instagram,one,\"'=Post 3-"), "no formula: {line}");
        assert!(line.contains(", \"\"quoted\"\"\","), "{line}");
        let filter = CompareFilter { accounts: vec![ids[1], ids[0]], range: Range::Week };
        let compared = numbers.compare(viewer, filter.clone()).await.unwrap();
        let file = numbers.compare_csv(viewer, filter).await.unwrap();
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(lines[0], "day,platform,account,followers,engagement,engagement_rate,reach,views");
        assert_eq!(lines.len(), 15);
        assert!(lines[1].contains(",x,two,") && lines[8].contains(",instagram,one,"), "{file}");
        let last: Vec<Option<f64>> = lines[14].split(',').skip(3).map(|cell| cell.parse().ok()).collect();
        let shown: Vec<Option<f64>> = compared.accounts[1].courses.iter().map(|of| of.values[6]).collect();
        assert_eq!(last, shown);
    })
    .await;
}

#[tokio::test]
async fn without_a_choice_the_most_followed_are_compared() {
    each_engine(async |test| {
        let (office, ids) = furnished(&test).await;
        let (numbers, viewer) = (&office.numbers, office.viewer);
        let usual = numbers.compare(viewer, CompareFilter::default()).await.unwrap();
        let followers: Vec<f64> = usual.accounts.iter().map(|of| of.courses[0].figure.now.unwrap()).collect();
        assert_eq!(followers.len(), 3, "connected ones");
        assert!(followers.is_sorted_by(|a, b| a >= b), "{followers:?}");
        let choices: Vec<AccountId> = usual.choices.iter().map(|account| account.id).collect();
        assert_eq!(choices, [ids[2], ids[0], ids[1], ids[3]], "by platform, what is gone at the end");
        let many = CompareFilter { accounts: vec![ids[0]; 11], range: Range::Week };
        assert!(matches!(numbers.compare(viewer, many).await, Err(ApiError::Invalid { .. })));
        let backwards = DayRange { from: office.today(), to: office.days(7).from };
        let endless = DayRange { from: "1000-01-01".parse().unwrap(), to: office.today() };
        for range in [backwards, endless].map(Range::Between) {
            assert!(matches!(numbers.overview(viewer, range).await, Err(ApiError::Invalid { .. })));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_workspace_is_told() {
    each_engine(async |test| {
        let (office, ids) = furnished(&test).await;
        let stranger = Actor { workspace: new_id(test.db.clock().now()), ..office.viewer };
        let numbers = &office.numbers;
        assert_eq!(numbers.overview(stranger, Range::Week).await, Err(ApiError::NotFound));
        assert_eq!(numbers.account(stranger, ids[0], Range::Week).await, Err(ApiError::NotFound));
        let theirs = second_workspace(&test, &office).await;
        assert_eq!(numbers.account(theirs, ids[0], Range::Week).await, Err(ApiError::NotFound));
        assert_eq!(numbers.posts_csv(theirs, ids[0], Range::Week).await, Err(ApiError::NotFound));
        let filter = CompareFilter { accounts: vec![ids[0]], range: Range::Week };
        assert_eq!(numbers.compare(theirs, filter).await, Err(ApiError::NotFound));
        let empty = numbers.overview(theirs, Range::Week).await.unwrap();
        assert_eq!((empty.accounts, empty.best.len()), (0, 0));
        assert!(empty.courses.iter().all(|course| course.figure.now.is_none()), "nothing is not 0");
    })
    .await;
}

/// The owner's other workspace.
async fn second_workspace(test: &TestDb, office: &Office) -> Actor {
    let now = test.db.clock().now();
    let place = storage::workspaces::Workspace {
        id: new_id(now),
        name: "Elsewhere".to_owned(),
        zone: "UTC".to_owned(),
        lateness_window_min: 60,
        created_at: now,
    };
    let mut tx = test.db.begin().await.unwrap();
    storage::workspaces::insert(&mut tx, &place).await.unwrap();
    tx.commit().await.unwrap();
    Actor { workspace: place.id, ..office.team.owner }
}

#[tokio::test]
async fn a_post_of_ours_has_its_course_on_each_account() {
    each_engine(async |test| {
        let office = Office::new(&test).await;
        let x = office.account(Platform::X, "two").await;
        let now = test.db.clock().now();
        let post = published_from_here(&office, x, "77", now).await;
        let counts = |likes| Counts { likes: Some(likes), ..Counts::default() };
        let stored = office.post("77", now, counts(9));
        office.store(x, std::slice::from_ref(&stored)).await;
        let series = [3, 9].map(|likes| CountOf {
            remote_post_id: stored.id,
            count: Count { counted_at: now + TimeDelta::hours(likes), counts: counts(likes) },
        });
        let mut tx = test.db.begin().await.unwrap();
        remote_posts::add_counts(&mut tx, office.workspace(), &series).await.unwrap();
        tx.commit().await.unwrap();
        let courses = office.numbers.post(office.viewer, post).await.unwrap();
        assert_eq!(courses.len(), 1);
        assert_eq!((courses[0].post.post, courses[0].post.account.id), (Some(post), x));
        let shown: Vec<_> = courses[0].snapshots.iter().map(|of| (of.at.utc, of.counts)).collect();
        assert_eq!(shown, series.map(|of| (of.count.counted_at, of.count.counts)));
        let theirs = second_workspace(&test, &office).await;
        assert_eq!(office.numbers.post(theirs, post).await, Err(ApiError::NotFound));
    })
    .await;
}

async fn published_from_here(
    office: &Office,
    account: AccountId,
    remote_id: &str,
    now: DateTime<Utc>,
) -> PostId {
    let post: PostId = new_id(now);
    let target: model::TargetId = new_id(now);
    let author = office.team.owner.user;
    let mut tx = office.db.begin().await.unwrap();
    let new =
        posts::NewPost { id: post, workspace: office.workspace(), author, body: "Hello", variants: &[], now };
    posts::insert(&mut tx, &new).await.unwrap();
    let new = targets::NewTarget {
        id: target,
        workspace: office.workspace(),
        post,
        account,
        state: TargetState::Draft,
        due: None,
        publish_key: "3jzfcijpj2z2a",
        now,
    };
    targets::insert(&mut tx, &new).await.unwrap();
    let sql = "UPDATE target SET state = 'published', remote_id = $2 WHERE id = $1";
    match tx.as_engine() {
        EngineConn::Sqlite(c) => {
            sqlx::query(sql).bind(target).bind(remote_id).execute(c).await.unwrap();
        }
        EngineConn::Postgres(c) => {
            sqlx::query(sql).bind(target).bind(remote_id).execute(c).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    post
}
