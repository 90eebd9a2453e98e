//! An installation: a database, a media folder, a key; empty, or with the demo's teams at work.

use backup::{Installation, RestoreError, Restored, Since, Taken, back_up, restore};
use chrono::TimeDelta;
use demo::{Fate, Plan, SEED, Size};
use model::operations::Schedule;
use model::post::{PostInput, PostMedia, SavePost, Variant};
use model::timing::Timing;
use model::{AccountId, Actor, MediaId, Platform, Role};
use sandbox::{Sandbox, SandboxConfig};
use seeding::DuePost;
use seeding::sandbox_control::Control;
use service::Context;
use service::keys::{Keys, MasterKey};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use storage::portable::{self, TABLES};
use storage::{Db, StorageError, invitations, new_id, persons, schedule_runs};
use tempfile::TempDir;
use testing::TestDb;

pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) context: Context,
    pub(crate) folder: TempDir,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

pub(crate) const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::in_memory()).await.unwrap()
}

impl House {
    pub(crate) async fn empty(engine: Engine, sandbox: &Sandbox) -> Self {
        let test = match engine {
            Engine::Sqlite => TestDb::sqlite().await.unwrap(),
            Engine::Postgres => TestDb::postgres().await.unwrap(),
        };
        let folder = testing::temp_dir().unwrap();
        let media = folder.path().join("media");
        std::fs::create_dir(&media).unwrap();
        let base = "http://127.0.0.1:9".parse().unwrap();
        let timing = Timing::default().divided(20);
        let context = seeding::context(test.db.clone(), &sandbox.url(), &media, base, timing).unwrap();
        Self { test, context, folder }
    }

    /// With rows in every table that is backed up.
    pub(crate) async fn furnished(engine: Engine, sandbox: &Sandbox) -> Self {
        let house = Self::empty(engine, sandbox).await;
        let now = house.test.db.clock().now();
        let mut plan = Plan::of(Size::Normal, SEED, now);
        let mut number = 0;
        plan.posts.retain(|post| {
            number += 1;
            let usual = |fate: &Fate| matches!(fate, Fate::Published { .. } | Fate::Scheduled);
            number % 40 == 0 || post.targets.iter().any(|target| !usual(&target.fate))
        });
        demo::load(&house.context, &sandbox.url(), &plan).await.unwrap();
        house.context.keys.check(&house.test.db).await.unwrap();
        let mut tx = house.test.db.begin().await.unwrap();
        let workspace = schedule_runs::workspaces(&mut tx).await.unwrap()[0].id;
        let user = persons::all(&mut tx).await.unwrap()[0].id;
        let account = storage::accounts::list(&mut tx, workspace).await.unwrap()[0].clone();
        let invitation = invitations::NewInvitation {
            id: new_id(now),
            workspace,
            email: "été@example.com",
            role: Role::Viewer,
            token_hash: &[0, 255, 10, 13],
            invited_by: user,
            created_at: now,
            expires_at: now + TimeDelta::days(7),
        };
        invitations::insert(&mut tx, &invitation).await.unwrap();
        let day = now.date_naive();
        schedule_runs::note(&mut tx, workspace, Schedule::SyncAccounts.key(), day, now).await.unwrap();
        tx.commit().await.unwrap();
        house.write_twice(Actor { user, workspace, role: Role::Owner }, account.id, account.platform).await;
        house
    }

    /// A draft with a revision, and an image of its platform's own.
    async fn write_twice(&self, actor: Actor, account: AccountId, platform: Platform) {
        let media = self.upload(actor).await;
        let posts = service::services(&self.context).posts;
        let own = PostMedia { media, alt: "Own".to_owned(), crop: None };
        let variants =
            vec![Variant { platform, text: "\u{202f}Own \\ \"words\"\n".to_owned(), media: Some(vec![own]) }];
        let input =
            PostInput { text: "First".to_owned(), media: Vec::new(), accounts: vec![account], variants };
        let save = SavePost { post: None, version: None, key: None, input: input.clone(), when: None };
        let first = posts.save(actor, save).await.unwrap();
        self.test.clock.advance(TimeDelta::hours(2));
        let input = PostInput { text: "Second".to_owned(), ..input };
        let save =
            SavePost { post: Some(first.id), version: Some(first.version), key: None, input, when: None };
        posts.save(actor, save).await.unwrap();
    }

    async fn upload(&self, actor: Actor) -> MediaId {
        let path = self.file("upload.png");
        image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8, y as u8, 90])).save(&path).unwrap();
        let media = service::services(&self.context).media;
        let added = media.add(actor, "upload.png".to_owned(), &path).await.unwrap();
        std::fs::remove_file(path).unwrap();
        added.id
    }

    /// With a little of what most installations have.
    pub(crate) async fn small(engine: Engine, sandbox: &Sandbox) -> Self {
        let house = Self::empty(engine, sandbox).await;
        house.context.keys.check(&house.test.db).await.unwrap();
        let actor = seeding::people(&house.context).await.unwrap();
        let control = Control::new(&sandbox.url());
        let prefix = format!("small{}", actor.user.0.simple());
        let accounts =
            seeding::accounts(&house.context, &control, actor, Platform::Bluesky, 1, &prefix[..20]).await;
        let media = house.upload(actor).await;
        let post = DuePost { account: accounts.unwrap()[0].id, text: "Soon".to_owned(), media: Some(media) };
        let due = house.test.db.clock().now() + TimeDelta::hours(9);
        let (workspace, user) = (actor.workspace, actor.user);
        seeding::due_posts(&house.context, workspace, user, &[post], due).await.unwrap();
        house
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn installation(&self) -> Installation<'_> {
        let Context { db, media, keys, .. } = &self.context;
        Installation { db, media, keys, version: "0.1.0" }
    }

    pub(crate) async fn back_up(&self) -> (PathBuf, Taken) {
        let path = self.file("backup.tar.gz");
        let taken = back_up(self.installation(), &path).await.unwrap();
        (path, taken)
    }

    pub(crate) async fn restore(&self, path: &Path, since: Since) -> Result<Restored, RestoreError> {
        restore(self.installation(), path, since).await
    }

    /// The rows of every table, in an order that doesn't depend on the engine.
    pub(crate) async fn rows(&self) -> BTreeMap<&'static str, Vec<String>> {
        rows(&self.test.db).await
    }

    /// Every file of the media folder.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.folder.path().join("media");
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.strip_prefix(&root).unwrap().to_owned(), std::fs::read(path).unwrap());
                }
            }
        }
        files
    }

    pub(crate) async fn is_untouched(&self) -> bool {
        let rows = self.rows().await;
        rows.iter().all(|(table, rows)| *table == "key_check" || rows.is_empty()) && self.files().is_empty()
    }
}

pub(crate) async fn rows(db: &Db) -> BTreeMap<&'static str, Vec<String>> {
    let mut tx = db.snapshot().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES {
        let mut rows = Vec::new();
        let take = |row| {
            rows.push(format!("{row:?}"));
            Ok::<_, StorageError>(())
        };
        portable::each_row(&mut tx, table, take).await.unwrap();
        rows.sort();
        all.insert(table.name, rows);
    }
    all
}

pub(crate) fn other_keys() -> Keys {
    Keys::new(&MasterKey::from_bytes([8; 32])).unwrap()
}
