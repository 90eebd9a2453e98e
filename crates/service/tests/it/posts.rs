//! Composing, scheduling, changing and removing posts, on both databases.

mod calendar;
mod changing;
mod composing;
mod going_out;
mod listing;
mod live;
mod neighbours;
mod revisions;

use crate::people;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use model::post::{
    PostFilter, PostInput, PostMedia, PostMove, PostView, SavePost, UnknownAnswer, Variant, When,
};
use model::services::PostService as _;
use model::state::{Reason, Stage};
use model::text::Rule;
use model::{
    AccountId, Actor, ApiError, Conflict, MediaId, Platform, PostId, Problem, Role, TargetId, TargetState,
    UserId,
};
use service::Context;
use service::posts::Posts;
use sqlx::types::Json;
use std::time::{Duration, Instant};
use storage::accounts::NewAccount;
use storage::attempts::AttemptRow;
use storage::grants::GrantKey;
use storage::ledger::{self, Claim, Remote};
use storage::persons::Person;
use storage::publishing::PublishRow;
use storage::workspaces::Workspace;
use storage::{EngineConn, accounts, audit, grants, new_id, persons, workspaces};
use testing::{TestDb, each_engine};

const RIGHT: TargetState = TargetState::Scheduled;

/// A workspace in Paris with an editor and three accounts.
struct Desk {
    context: Context,
    posts: Posts,
    editor: Actor,
    x: AccountId,
    bluesky: AccountId,
    instagram: AccountId,
}

impl Desk {
    async fn new(test: &TestDb, name: &str) -> Self {
        let context = people::context(test);
        let now = context.db.clock().now();
        let person = Person {
            id: new_id(now),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            password_hash: String::new(),
            created_at: now,
        };
        let workspace = Workspace {
            id: new_id(now),
            name: name.to_owned(),
            zone: "Europe/Paris".to_owned(),
            lateness_window_min: 60,
            created_at: now,
        };
        let mut tx = context.db.begin().await.unwrap();
        persons::insert(&mut tx, &person).await.unwrap();
        workspaces::insert(&mut tx, &workspace).await.unwrap();
        let mut made = Vec::new();
        for platform in [Platform::X, Platform::Bluesky, Platform::Instagram] {
            let (workspace, host) = (workspace.id, "https://host");
            let key = GrantKey { workspace, platform, host, app: "app", subject: name };
            let grant = grants::claim(&mut tx, &key, now).await.unwrap();
            let new = NewAccount {
                workspace,
                grant,
                platform,
                host,
                remote_id: name,
                handle: name,
                name,
                url: None,
            };
            made.push(accounts::connect(&mut tx, &new, now).await.unwrap());
        }
        tx.commit().await.unwrap();
        let editor = Actor { user: person.id, workspace: workspace.id, role: Role::Editor };
        let posts = Posts::new(context.clone());
        Self { context, posts, editor, x: made[0], bluesky: made[1], instagram: made[2] }
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }

    async fn save(&self, input: PostInput, when: Option<When>) -> Result<PostView, ApiError> {
        self.posts.save(self.editor, SavePost { post: None, version: None, key: None, input, when }).await
    }

    async fn change(
        &self,
        seen: &PostView,
        input: PostInput,
        when: Option<When>,
    ) -> Result<PostView, ApiError> {
        let save = SavePost { post: Some(seen.id), version: Some(seen.version), key: None, input, when };
        self.posts.save(self.editor, save).await
    }

    async fn scheduled(&self, text: &str, accounts: &[AccountId]) -> PostView {
        self.save(input(text, accounts), Some(tomorrow())).await.unwrap()
    }

    async fn get(&self, post: PostId) -> PostView {
        self.posts.get(self.editor, post).await.unwrap()
    }

    /// What only the publisher does.
    async fn force(&self, target: TargetId, state: TargetState, asks: bool) {
        let sql = "UPDATE target SET state = $2, asks = $3, attempts = CASE WHEN attempts = 0 THEN 1 ELSE attempts END WHERE id = $1";
        let mut tx = self.context.db.begin().await.unwrap();
        match tx.as_engine() {
            EngineConn::Sqlite(c) => {
                sqlx::query(sql).bind(target).bind(state).bind(asks).execute(c).await.unwrap();
            }
            EngineConn::Postgres(c) => {
                sqlx::query(sql).bind(target).bind(state).bind(asks).execute(c).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    async fn row(&self, target: TargetId) -> PublishRow {
        let mut tx = self.context.db.read().await.unwrap();
        storage::publishing::load(&mut tx, target).await.unwrap().unwrap()
    }

    async fn revision(&self, target: TargetId) -> i64 {
        self.row(target).await.revision
    }

    /// As a worker does it, for a target of this revision that is due. `false`: somebody was faster.
    async fn claim(&self, target: TargetId, revision: i64) -> bool {
        let mut tx = self.context.db.begin().await.unwrap();
        let now = self.now();
        let number = storage::publishing::load(&mut tx, target).await.unwrap().unwrap().attempts + 1;
        let claim = Claim { lease_until: now + TimeDelta::seconds(90), created_at: now, now };
        let attempt = AttemptRow {
            id: new_id(now),
            workspace_id: self.editor.workspace,
            target_id: target,
            number,
            revision,
            worker: String::from("worker"),
            stage: Stage::Claimed,
            payload: Json(serde_json::Value::Null),
            payload_hash: Vec::new(),
            progress: Json(serde_json::Value::Null),
            started_at: now,
            committing_at: None,
            ended_at: None,
            outcome: None,
            reason: None,
        };
        let claimed = ledger::claim(&mut tx, &claim, &attempt).await.unwrap();
        tx.commit().await.unwrap();
        claimed
    }

    /// As a worker does it, for a claimed target.
    async fn published(&self, target: TargetId, remote_id: &str) {
        let (row, now) = (self.row(target).await, self.now());
        let remote = Remote { id: remote_id.to_owned(), url: None, published_at: now };
        let mut tx = self.context.db.begin().await.unwrap();
        let attempt = row.attempt_id.unwrap();
        assert!(ledger::write_published(&mut tx, &row, attempt, &remote, now).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// As a worker does it, for a target that was to be deleted at its platform.
    async fn deletion_fails(&self, target: TargetId, reason: &Reason) {
        let row = self.row(target).await;
        assert!(row.delete_requested_at.is_some());
        let mut tx = self.context.db.begin().await.unwrap();
        let now = self.now();
        storage::publishing::write_deletion(&mut tx, &row, None, None, Some(reason), now).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn acts(&self) -> Vec<String> {
        let mut tx = self.context.db.read().await.unwrap();
        let rows = audit::list(&mut tx, self.editor.workspace, 50).await.unwrap();
        rows.into_iter().map(|row| row.act).collect()
    }
}

fn input(text: &str, accounts: &[AccountId]) -> PostInput {
    PostInput { text: text.to_owned(), accounts: accounts.to_vec(), ..PostInput::default() }
}

fn wall(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2025, 1, day).unwrap().and_hms_opt(hour, 0, 0).unwrap()
}

/// Noon on the day after a test's clock begins.
fn tomorrow() -> When {
    When::At { local: wall(16, 12), zone: "America/New_York".to_owned() }
}

fn states(post: &PostView) -> Vec<TargetState> {
    post.targets.iter().map(|target| target.state).collect()
}

fn target_of(post: &PostView, account: AccountId) -> TargetId {
    post.targets.iter().find(|target| target.account == account).unwrap().id
}

fn refused<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Conflict {
    match result {
        Err(ApiError::Conflict { conflict }) => conflict,
        other => panic!("{other:?}"),
    }
}

fn problems<T: std::fmt::Debug>(result: Result<T, ApiError>) -> Vec<(String, Problem)> {
    match result {
        Err(ApiError::Invalid { problems }) => problems.into_iter().map(|p| (p.field, p.problem)).collect(),
        other => panic!("{other:?}"),
    }
}
