//! A sandbox, a database, connected accounts on all five platforms, and a web server for the media that Instagram fetches.

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, TimeDelta, Utc};
use model::clock::{Clock as _, SystemClock};
use model::timing::Timing;
use model::{Actor, MediaId, Platform, TargetId, TargetState};
use sandbox::{Sandbox, SandboxConfig};
use seeding::sandbox_control::{Control, Published};
use seeding::{DuePost, Seeded};
use service::Context;
use std::collections::BTreeMap;
use std::sync::Arc;
use storage::publishing::PublishRow;
use storage::{ConnectOptions, Db};
use tempfile::TempDir;
use url::Url;

pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) control: Control,
    pub(crate) context: Context,
    pub(crate) actor: Actor,
    pub(crate) accounts: Vec<Seeded>,
    pub(crate) image: MediaId,
    pub(crate) database_url: String,
    pub(crate) divisor: u32,
    pub(crate) folder: TempDir,
    _web: tokio::task::JoinHandle<()>,
}

/// One post as it should end: once, at this account.
pub(crate) struct Expected {
    pub(crate) target: TargetId,
    pub(crate) platform: Platform,
    pub(crate) text: String,
}

impl Scene {
    /// `divisor` shortens every wait of publishing.
    pub(crate) async fn open(database_url: String, divisor: u32, accounts_each: usize) -> Self {
        let folder = testing::temp_dir().unwrap();
        let config = SandboxConfig {
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            state_dir: None,
            seed: 11,
        };
        let sandbox = Sandbox::start(config).await.unwrap();
        let control = Control::new(&sandbox.url());
        control.post("control/limits", &serde_json::json!({"enforce": false})).await.unwrap();
        let options = ConnectOptions { url: database_url.clone(), max_connections: 6 };
        let db = Db::connect(&options, Arc::new(SystemClock::default())).await.unwrap();
        db.migrate().await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let timing = Timing::default().divided(divisor);
        let media = folder.path().join("media");
        std::fs::create_dir_all(&media).unwrap();
        let context = seeding::context(db, &sandbox.url(), &media, base_url, timing).unwrap();
        let web = axum::Router::new().fallback(serve_media).with_state(context.clone());
        let web = tokio::spawn(async move { axum::serve(listener, web).await.unwrap() });
        let actor = seeding::people(&context).await.unwrap();
        let mut accounts = Vec::new();
        for platform in Platform::PUBLISHING {
            let prefix = format!("crash{platform}");
            accounts.extend(
                seeding::accounts(&context, &control, actor, platform, accounts_each, &prefix).await.unwrap(),
            );
        }
        let image = upload(&context, actor, &folder).await;
        Self { sandbox, control, context, actor, accounts, image, database_url, divisor, folder, _web: web }
    }

    /// `count` posts spread over the accounts, all due now, each with a text of its own. Instagram's have an image.
    pub(crate) async fn schedule(&self, count: usize, word: &str) -> Vec<Expected> {
        self.schedule_at(count, word, self.context.db.clock().now()).await
    }

    /// The same, due at a time.
    pub(crate) async fn schedule_at(&self, count: usize, word: &str, due: DateTime<Utc>) -> Vec<Expected> {
        let posts: Vec<(Platform, DuePost)> = self
            .accounts
            .iter()
            .cycle()
            .take(count)
            .enumerate()
            .map(|(n, account)| {
                let media = (account.platform == Platform::Instagram || n % 7 == 0).then_some(self.image);
                let text =
                    format!("{word} {n}: l’été à Nantes & alentours, https://example.com/{word}/{n} #été{n}");
                (account.platform, DuePost { account: account.id, text, media })
            })
            .collect();
        let plain: Vec<DuePost> = posts.iter().map(|(_, post)| post.clone()).collect();
        let actor = self.actor;
        let targets =
            seeding::due_posts(&self.context, actor.workspace, actor.user, &plain, due).await.unwrap();
        posts
            .into_iter()
            .zip(targets)
            .map(|((platform, post), target)| Expected { target, platform, text: post.text })
            .collect()
    }

    pub(crate) async fn row(&self, target: TargetId) -> PublishRow {
        let mut tx = self.context.db.read().await.unwrap();
        storage::publishing::load(&mut tx, target).await.unwrap().unwrap()
    }

    /// The outcome of the target's latest attempt, as the ledger has it.
    pub(crate) async fn last_outcome(&self, target: TargetId) -> Option<String> {
        let mut tx = self.context.db.read().await.unwrap();
        let latest = storage::attempts::latest(&mut tx, self.actor.workspace, target).await.unwrap();
        latest.unwrap().outcome
    }

    /// How many targets are in each state, and how many ask.
    pub(crate) async fn states(&self, expected: &[Expected]) -> BTreeMap<TargetState, usize> {
        let mut counts = BTreeMap::new();
        let mut tx = self.context.db.read().await.unwrap();
        for one in expected {
            let row = storage::publishing::load(&mut tx, one.target).await.unwrap().unwrap();
            *counts.entry(row.state).or_default() += 1;
        }
        counts
    }

    /// Waits until nothing is on its way any more.
    pub(crate) async fn settled(
        &self,
        expected: &[Expected],
        within: TimeDelta,
    ) -> BTreeMap<TargetState, usize> {
        let clock = SystemClock::default();
        let until = clock.now() + within;
        loop {
            let states = self.states(expected).await;
            let moving = [TargetState::Scheduled, TargetState::Publishing, TargetState::Unknown];
            if moving.iter().all(|state| !states.contains_key(state)) {
                return states;
            }
            assert!(clock.now() < until, "not settled in time: {states:?}");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// Fails unless the sandbox counts each post exactly once.
    pub(crate) async fn assert_each_once(&self, expected: &[Expected]) {
        let wrong = self.wrong(expected).await;
        assert!(
            wrong.is_empty(),
            "{} posts not there exactly once, such as {:?}",
            wrong.len(),
            wrong.first()
        );
    }

    /// The posts that are not there exactly once, with their number.
    pub(crate) async fn wrong(&self, expected: &[Expected]) -> Vec<(String, usize)> {
        let posts = self.control.posts().await.unwrap();
        let count = |one: &Expected| posts.iter().filter(|post| is(post, one)).count();
        expected
            .iter()
            .map(|one| (format!("{}: {}", one.platform, one.text), count(one)))
            .filter(|(_, n)| *n != 1)
            .collect()
    }
}

/// Waits until it holds, looking again and again.
pub(crate) async fn until(what: &str, within: TimeDelta, holds: impl AsyncFn() -> bool) {
    let clock = SystemClock::default();
    let until = clock.now() + within;
    while !holds().await {
        assert!(clock.now() < until, "not in time: {what}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn is(post: &Published, expected: &Expected) -> bool {
    // LinkedIn's text arrives escaped; the word and the number stay as they are.
    let mark = expected.text.split(':').next().unwrap_or_default();
    post.platform == expected.platform.key() && post.text.starts_with(&format!("{mark}:"))
}

async fn upload(context: &Context, actor: Actor, folder: &TempDir) -> MediaId {
    let path = folder.path().join("upload.png");
    image::RgbImage::from_fn(640, 640, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]))
        .save(&path)
        .unwrap();
    let media = service::services(context).media;
    media.add(actor, String::from("upload.png"), &path).await.unwrap().id
}

async fn serve_media(State(context): State<Context>, request: Request) -> Response {
    let now = context.db.clock().now();
    let rest = request.uri().path().strip_prefix("/media/").unwrap_or_default();
    let Some(signed) = service::media::verify_signed(&context.keys, rest, now) else {
        return axum::http::StatusCode::FORBIDDEN.into_response();
    };
    let bytes = context.media.get(&signed.store_key).await.unwrap();
    ([("content-type", signed.mime)], bytes).into_response()
}
