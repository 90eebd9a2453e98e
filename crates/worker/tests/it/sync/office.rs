//! A workspace in Paris, a sandbox, and a clock for both.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use demo_accounts::{Made, connect, make};
use model::clock::FakeClock;
use model::services::StatisticsService;
use model::statistics::Counts;
use model::timing::Timing;
use model::{AccountId, Actor, Platform, PostId, SyncRunId, TargetId, TargetState};
use platforms::{Access, DayCounters};
use sandbox::{Sandbox, SandboxConfig};
use seeding::sandbox_accounts as demo_accounts;
use seeding::sandbox_control::Control;
use serde_json::{Value, json};
use service::Context;
use service::accounts::tokens;
use service::sync::{Synced, Syncer};
use service::zones::local_time;
use std::collections::HashMap;
use std::sync::Arc;
use storage::account_days::{self, AccountDay};
use storage::remote_posts::{self, RemotePostRow};
use storage::sync_runs::{self, RunRow};
use storage::{EngineConn, posts, targets};
use tempfile::TempDir;
use testing::TestDb;

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn counted(views: u64, likes: u64) -> Value {
    json!({"views": views, "likes": likes, "comments": 2, "shares": 0, "saves": 1})
}

pub(super) fn platform(key: &str) -> Platform {
    key.parse().unwrap()
}

pub(super) struct Office {
    test: TestDb,
    pub(super) control: Control,
    pub(super) context: Context,
    pub(super) actor: Actor,
    _sandbox: Sandbox,
    _folder: TempDir,
}

impl Office {
    pub(super) async fn open(test: TestDb) -> Self {
        let folder = testing::temp_dir().unwrap();
        let config = SandboxConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            state_dir: None,
            seed: 5,
        };
        let sandbox = Sandbox::start(config).await.unwrap();
        let control = Control::new(&sandbox.url());
        let base = "http://127.0.0.1:9".parse().unwrap();
        let context =
            seeding::context(test.db.clone(), &sandbox.url(), folder.path(), base, Timing::default())
                .unwrap();
        let actor = seeding::people(&context).await.unwrap();
        let mut tx = test.db.begin().await.unwrap();
        storage::workspaces::update(&mut tx, actor.workspace, "Maison", "Europe/Paris", 60).await.unwrap();
        tx.commit().await.unwrap();
        let office = Self { test, control, context, actor, _sandbox: sandbox, _folder: folder };
        office.clock().set(office.sandbox_now().await);
        office
    }

    pub(super) fn clock(&self) -> &Arc<FakeClock> {
        &self.test.clock
    }

    async fn sandbox_now(&self) -> DateTime<Utc> {
        let clock: Value = self.control.get("control/clock").await.unwrap();
        DateTime::from_timestamp_millis(clock["now"].as_i64().unwrap()).unwrap()
    }

    /// Moves both clocks there.
    pub(super) async fn go_to(&self, to: DateTime<Utc>) {
        let seconds = (to - self.sandbox_now().await).num_seconds();
        assert!(seconds >= 0, "only forward");
        self.control.post("control/clock", &json!({"advance_seconds": seconds})).await.unwrap();
        self.clock().set(to);
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }

    pub(super) fn today(&self) -> NaiveDate {
        local_time(self.now(), "Europe/Paris").local.date()
    }

    /// An account at the sandbox.
    pub(super) async fn made(&self, platform: &str, prefix: &str) -> Made {
        let made = make(&self.control, &json!({"platform": platform, "prefix": prefix})).await.unwrap();
        made.into_iter().next().unwrap()
    }

    /// The platform's id: of a person on Facebook, that of the first Page.
    fn remote_id(made: &Made) -> &str {
        made.pages.first().map_or(made.id.as_str(), |page| page.id.as_str())
    }

    pub(super) async fn connect(&self, key: &str, made: Made) -> AccountId {
        connect(&self.context, self.actor, platform(key), made, 1).await.unwrap()[0].id
    }

    /// A post that was made so long ago; gives its id.
    pub(super) async fn past_post(
        &self,
        platform: &str,
        account: &Made,
        key: &str,
        ago: TimeDelta,
    ) -> String {
        let created_at = (self.now() - ago).timestamp_millis();
        let post = json!({
            "platform": platform, "account": Self::remote_id(account), "key": key, "text": format!("Post {key}"),
            "created_at": created_at,
        });
        let told = self.control.post("control/history", &json!({"posts": [post]})).await.unwrap();
        told[0]["id"].as_str().unwrap().to_owned()
    }

    pub(super) async fn say(&self, platform: &str, post: &str, counts: Value) {
        let post = json!({"platform": platform, "id": post, "counts": counts});
        self.control.post("control/statistics", &json!({"posts": [post]})).await.unwrap();
    }

    pub(super) async fn say_followers(&self, platform: &str, account: &Made, days: &[(&str, i64)]) {
        let days: Vec<Value> =
            days.iter().map(|(day, followers)| json!({"day": day, "followers": followers})).collect();
        let account = json!({"platform": platform, "account": Self::remote_id(account), "days": days});
        self.control.post("control/statistics", &json!({"accounts": [account]})).await.unwrap();
    }

    pub(super) async fn access(&self, account: AccountId) -> Access {
        tokens::access(&self.context, self.actor.workspace, account).await.unwrap()
    }

    /// What the platform itself says now.
    pub(super) async fn told(
        &self,
        key: &str,
        account: AccountId,
        ids: &[String],
    ) -> HashMap<String, Counts> {
        let network = self.context.registry.get(platform(key));
        network.count(&self.access(account).await, ids).await.unwrap().into_iter().collect()
    }

    pub(super) async fn told_days(&self, key: &str, account: AccountId) -> Vec<DayCounters> {
        let network = self.context.registry.get(platform(key));
        let (from, to) = (self.today() - TimeDelta::days(20), self.today() - TimeDelta::days(4));
        network.days(&self.access(account).await, from, to).await.unwrap()
    }

    pub(super) async fn followers(&self, key: &str, made: &Made) -> Option<i64> {
        let (mut tx, host) =
            (self.context.db.read().await.unwrap(), self.context.registry.get(platform(key)).host());
        let known =
            storage::accounts::known(&mut tx, self.actor.workspace, platform(key), &host).await.unwrap();
        let known = known.into_iter().find(|known| known.remote_id == Self::remote_id(made));
        let access = self.access(known.unwrap().id).await;
        self.context.registry.get(platform(key)).counters(&access).await.unwrap().followers
    }

    pub(super) async fn delete(&self, key: &str, account: AccountId, post: &str) {
        let network = self.context.registry.get(platform(key));
        network.delete(&self.access(account).await, post).await.unwrap();
    }

    /// Syncs an account whose run is due.
    pub(super) async fn sync(&self, account: AccountId, worker: &str) -> Synced {
        let run = self.newest(account).await.id;
        self.syncer(worker).sync(run).await.unwrap()
    }

    pub(super) fn syncer(&self, worker: &str) -> Syncer {
        Syncer::new(self.context.clone(), worker.to_owned())
    }

    async fn log(&self, account: AccountId, before: Option<SyncRunId>) -> Vec<RunRow> {
        let mut tx = self.context.db.read().await.unwrap();
        sync_runs::list(&mut tx, self.actor.workspace, account, before, 99).await.unwrap()
    }

    pub(super) async fn newest(&self, account: AccountId) -> RunRow {
        self.log(account, None).await.remove(0)
    }

    pub(super) async fn runs(&self, account: AccountId) -> usize {
        self.log(account, None).await.len()
    }

    pub(super) async fn posts(&self, account: AccountId) -> HashMap<String, RemotePostRow> {
        let mut tx = self.context.db.read().await.unwrap();
        let (from, to) = ("2020-01-01".parse().unwrap(), "2030-01-01".parse().unwrap());
        let rows =
            remote_posts::in_range(&mut tx, self.actor.workspace, account, from, to, 999).await.unwrap();
        rows.into_iter().map(|row| (row.remote_id.clone(), row)).collect()
    }

    pub(super) async fn day(&self, account: AccountId, day: NaiveDate) -> Option<AccountDay> {
        let mut tx = self.context.db.read().await.unwrap();
        let rows =
            account_days::of_accounts(&mut tx, self.actor.workspace, &[account], day, day).await.unwrap();
        rows.first().map(|of| of.day)
    }

    pub(super) fn numbers(&self) -> Arc<dyn StatisticsService> {
        service::services(&self.context).statistics
    }

    pub(super) async fn published_from_here(&self, account: AccountId, remote_id: &str) -> PostId {
        let now = self.now();
        let (workspace, author) = (self.actor.workspace, self.actor.user);
        let (post, target): (PostId, TargetId) = (storage::new_id(now), storage::new_id(now));
        let mut tx = self.context.db.begin().await.unwrap();
        let new = posts::NewPost { id: post, workspace, author, body: "From here", variants: &[], now };
        posts::insert(&mut tx, &new).await.unwrap();
        let state = TargetState::Draft;
        let new = targets::NewTarget {
            id: target,
            workspace,
            post,
            account,
            state,
            due: None,
            publish_key: "k",
            now,
        };
        targets::insert(&mut tx, &new).await.unwrap();
        let sql = "UPDATE target SET state = 'published', remote_id = $2, published_at = $3 WHERE id = $1";
        match tx.as_engine() {
            EngineConn::Sqlite(c) => {
                sqlx::query(sql).bind(target).bind(remote_id).bind(now).execute(c).await.unwrap();
            }
            EngineConn::Postgres(c) => {
                sqlx::query(sql).bind(target).bind(remote_id).bind(now).execute(c).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        post
    }
}
