//! The numbers on every page and in every file, against a calculation from the raw rows that is written differently: plain loops
//! over what SQL reads.

mod pages;
mod raw;
mod runs;

use crate::people::{Team, team};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use model::statistics::{Counts, DayRange};
use model::{AccountId, Actor, Platform, RemotePostId, WorkspaceId};
use service::statistics::Statistics;
use service::zones::local_time;
use storage::account_days::{self, AccountDay};
use storage::accounts::{self, NewAccount};
use storage::grants::{self, GrantKey};
use storage::remote_posts::{self, StoredPost};
use storage::{Db, new_id};
use testing::TestDb;

const ZONE: &str = "Europe/Paris";

/// A workspace in Paris with accounts, seen by its viewer.
struct Office {
    db: Db,
    team: Team,
    numbers: Statistics,
    viewer: Actor,
}

impl Office {
    async fn new(test: &TestDb) -> Self {
        let team = team(test).await;
        let session = service::auth::Auth::new(team.context.clone());
        let session =
            model::services::AuthService::authenticate(&session, &team.viewer).await.unwrap().unwrap();
        let numbers = Statistics::new(team.context.clone());
        Self { db: test.db.clone(), viewer: session.actor().unwrap(), numbers, team }
    }

    fn workspace(&self) -> WorkspaceId {
        self.viewer.workspace
    }

    /// Yesterday in Paris is the last day that is shown.
    fn today(&self) -> NaiveDate {
        local_time(self.db.clock().now(), ZONE).local.date()
    }

    fn days(&self, number: u64) -> DayRange {
        let to = self.today().pred_opt().unwrap();
        DayRange { from: to.checked_sub_days(Days::new(number - 1)).unwrap(), to }
    }

    async fn account(&self, platform: Platform, handle: &str) -> AccountId {
        let (now, workspace) = (self.db.clock().now(), self.workspace());
        let host = "https://host";
        let mut tx = self.db.begin().await.unwrap();
        let key = GrantKey { workspace, platform, host, app: "app", subject: handle };
        let grant = grants::claim(&mut tx, &key, now).await.unwrap();
        let account = NewAccount {
            workspace,
            grant,
            platform,
            host,
            remote_id: handle,
            handle,
            name: handle,
            url: None,
        };
        let id = accounts::connect(&mut tx, &account, now).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Days with gaps, zeros and metrics that this account never tells, the same at every run; `from` days ago to today.
    async fn history(&self, account: AccountId, from: u64, seed: u64) {
        let mut draw = Draw(seed);
        let mut days = Vec::new();
        let mut followers = 1_000 + draw.below(5_000);
        for ago in (0..=from).rev() {
            let day = self.today().checked_sub_days(Days::new(ago)).unwrap();
            followers += draw.below(30) - 9;
            if draw.below(9) == 0 {
                continue;
            }
            let mut told = |most: i64| (draw.below(7) > 0).then(|| draw.below(most));
            let counts = Counts {
                views: told(900),
                reach: if seed.is_multiple_of(2) { None } else { told(700) },
                likes: told(80),
                comments: told(9),
                shares: if seed.is_multiple_of(3) { told(5) } else { None },
                saves: None,
                watch_time: None,
            };
            let engagement = if seed.is_multiple_of(5) { told(200) } else { None };
            let followers = (ago % 6 > 0).then_some(followers);
            days.push(AccountDay { followers, counts, engagement, ..AccountDay::of(day) });
        }
        let mut tx = self.db.begin().await.unwrap();
        account_days::store(&mut tx, self.workspace(), account, &days, self.db.clock().now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A post now and then, also late in the evening, when it is the next day in Paris.
    async fn posts(&self, account: AccountId, from: u64, seed: u64) {
        let mut draw = Draw(seed);
        let now = self.db.clock().now();
        let mut posts = Vec::new();
        for ago in (1..=from).rev().filter(|ago| !(ago + seed).is_multiple_of(3)) {
            let midnight =
                self.today().checked_sub_days(Days::new(ago)).unwrap().and_hms_opt(0, 0, 0).unwrap();
            let published_at = midnight.and_utc() + TimeDelta::minutes(draw.below(24 * 60));
            let counts = Counts { likes: (ago % 4 > 0).then(|| draw.below(400)), ..Counts::default() };
            posts.push(self.post(&format!("{seed}-{ago}"), published_at, counts));
        }
        assert!(posts.iter().all(|post| post.published_at < now));
        self.store(account, &posts).await;
    }

    fn post(&self, remote_id: &str, published_at: DateTime<Utc>, counts: Counts) -> StoredPost {
        let now = self.db.clock().now();
        StoredPost {
            id: new_id::<RemotePostId>(now),
            remote_id: remote_id.to_owned(),
            published_at,
            published_day: local_time(published_at, ZONE).local.date(),
            text: format!("=Post {remote_id}, \"quoted\""),
            url: None,
            counts,
            counted_at: Some(now),
            count_at: now,
            series_at: None,
        }
    }

    async fn store(&self, account: AccountId, posts: &[StoredPost]) {
        let mut tx = self.db.begin().await.unwrap();
        remote_posts::store(&mut tx, self.workspace(), account, posts).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Numbers that look random and are the same at every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }
}
