//! A workspace to try things in.

use chrono::{DateTime, Utc};
use model::media::ImageFormat;
use model::post::Variant;
use model::{AccountId, MediaId, Platform, PostId, TargetId, TargetState, UserId, WorkspaceId};
use storage::accounts::NewAccount;
use storage::grants::GrantKey;
use storage::media::NewMedia;
use storage::persons::Person;
use storage::posts::NewPost;
use storage::targets::{Due, NewTarget, TargetRow};
use storage::workspaces::Workspace;
use storage::{Db, EngineConn, accounts, grants, media, new_id, persons, posts, targets, workspaces};
use testing::TestDb;

/// A workspace in Paris, a person and an account on X and Bluesky each.
pub(crate) struct Place {
    pub(crate) db: Db,
    pub(crate) workspace: WorkspaceId,
    pub(crate) person: UserId,
    pub(crate) x: AccountId,
    pub(crate) bluesky: AccountId,
}

impl Place {
    pub(crate) async fn new(db: &Db, name: &str) -> Self {
        let now = db.clock().now();
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
        let mut tx = db.begin().await.unwrap();
        persons::insert(&mut tx, &person).await.unwrap();
        workspaces::insert(&mut tx, &workspace).await.unwrap();
        let mut ids = Vec::new();
        for platform in [Platform::X, Platform::Bluesky] {
            let host = "https://host";
            let key = GrantKey { workspace: workspace.id, platform, host, app: "app", subject: name };
            let grant = grants::claim(&mut tx, &key, now).await.unwrap();
            let new = NewAccount {
                workspace: workspace.id,
                grant,
                platform,
                host,
                remote_id: name,
                handle: name,
                name,
                url: None,
            };
            ids.push(accounts::connect(&mut tx, &new, now).await.unwrap());
        }
        tx.commit().await.unwrap();
        Self { db: db.clone(), workspace: workspace.id, person: person.id, x: ids[0], bluesky: ids[1] }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.db.clock().now()
    }

    pub(crate) fn id<T: From<uuid::Uuid>>(&self) -> T {
        new_id(self.now())
    }

    pub(crate) async fn post(&self, body: &str) -> PostId {
        let post = NewPost {
            id: self.id(),
            workspace: self.workspace,
            author: self.person,
            body,
            variants: &[Variant { platform: Platform::X, text: "short".to_owned(), media: None }],
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        posts::insert(&mut tx, &post).await.unwrap();
        tx.commit().await.unwrap();
        post.id
    }

    /// Scheduled for `at`, or a draft.
    pub(crate) async fn target(
        &self,
        post: PostId,
        account: AccountId,
        at: Option<DateTime<Utc>>,
    ) -> TargetId {
        let due = at.map(|at| Due { at, zone: "Asia/Tokyo".to_owned() });
        let id = self.id();
        let target = NewTarget {
            id,
            workspace: self.workspace,
            post,
            account,
            state: if due.is_some() { TargetState::Scheduled } else { TargetState::Draft },
            due: due.as_ref(),
            publish_key: "3jzfcijpj2z2a",
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        targets::insert(&mut tx, &target).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn row(&self, target: TargetId) -> TargetRow {
        let mut tx = self.db.read().await.unwrap();
        let post = targets::post_of(&mut tx, self.workspace, target).await.unwrap().unwrap();
        let rows = targets::of_posts(&mut tx, self.workspace, &[post]).await.unwrap();
        rows.into_iter().find(|row| row.id == target).unwrap()
    }

    /// Puts a target into a state that only the publisher leads to.
    pub(crate) async fn force(
        &self,
        target: TargetId,
        state: TargetState,
        asks: bool,
        remote_id: Option<&str>,
    ) {
        let sql = "UPDATE target SET state = $2, asks = $3, remote_id = $4 WHERE id = $1";
        let mut tx = self.db.begin().await.unwrap();
        match tx.as_engine() {
            EngineConn::Sqlite(c) => {
                sqlx::query(sql)
                    .bind(target)
                    .bind(state)
                    .bind(asks)
                    .bind(remote_id)
                    .execute(c)
                    .await
                    .unwrap();
            }
            EngineConn::Postgres(c) => {
                sqlx::query(sql)
                    .bind(target)
                    .bind(state)
                    .bind(asks)
                    .bind(remote_id)
                    .execute(c)
                    .await
                    .unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    pub(crate) async fn image(&self, name: &str) -> MediaId {
        let id = self.id();
        let new = NewMedia {
            id,
            workspace: self.workspace,
            person: self.person,
            name,
            format: ImageFormat::Png,
            bytes: 1_234,
            width: 640,
            height: 480,
            sha256: &[9; 32],
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        media::insert(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

pub(crate) async fn two_places(test: &TestDb) -> (Place, Place) {
    (Place::new(&test.db, "ana").await, Place::new(&test.db, "bo").await)
}
