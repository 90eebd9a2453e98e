//! A server without a socket, people of every role, and a second workspace.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use chrono::TimeDelta;
use futures::{FutureExt as _, stream};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use model::post::{PostInput, SavePost};
use model::session::{ClientInfo, SetupInput, SignInInput, SignUpInput};
use model::team::InviteInput;
use model::{
    AccountId, Actor, ConnectionId, InvitationId, MediaId, Platform, PostId, Role, SessionId, TargetId,
    UserId, WorkspaceId,
};
use platforms::{Consent, PlatformSettings, RemoteAccount, Secret, Tokens};
use server::config::{Config, ProcessRole};
use server::startup::App;
use service::auth::{NewPerson, create_person};
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use storage::connections::ConnectionRow;
use tempfile::TempDir;
use testing::TestDb;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

pub(crate) const BASE: &str = "https://fanfare.example";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The server, with workspace A: an owner, an admin, an editor, a viewer, a post on an account, an image.
pub(crate) struct TestServer {
    pub(crate) app: App,
    pub(crate) test: TestDb,
    router: Router,
    _folder: TempDir,
}

/// Session tokens.
pub(crate) struct People {
    pub(crate) owner: String,
    pub(crate) admin: String,
    pub(crate) editor: String,
    pub(crate) viewer: String,
    /// Owner of workspace B.
    pub(crate) stranger: String,
    /// Member of no workspace.
    pub(crate) nobody: String,
}

impl People {
    /// Somebody whose role is just too weak; none when every member may.
    pub(crate) fn below(&self, needed: Role) -> Option<&str> {
        match needed {
            Role::Viewer => None,
            Role::Editor => Some(&self.viewer),
            Role::Admin => Some(&self.editor),
            Role::Owner => Some(&self.admin),
        }
    }
}

/// What workspace A has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids {
    pub(crate) actor: Actor,
    pub(crate) workspace: WorkspaceId,
    pub(crate) account: AccountId,
    pub(crate) post: PostId,
    pub(crate) target: TargetId,
    pub(crate) media: MediaId,
    /// A started connection.
    pub(crate) connection: ConnectionId,
    pub(crate) invitation: InvitationId,
    /// The viewer.
    pub(crate) member: UserId,
    /// The owner's.
    pub(crate) session: SessionId,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Plays one story twice, each time with a server of its own: on SQLite and on PostgreSQL.
pub(crate) async fn each_server(story: impl AsyncFn(TestServer)) {
    each_server_with(|_| {}, story).await;
}

/// As [`each_server`], with settings of the story's own.
pub(crate) async fn each_server_with(change: impl Fn(&mut Config), story: impl AsyncFn(TestServer)) {
    testing::each_engine(async |test| {
        let engine = test.engine_name;
        let server = TestServer::start_on(test, &change).await;
        let played = AssertUnwindSafe(story(server)).catch_unwind().await;
        assert!(played.is_ok(), "the story fails on {engine}; why stands above");
    })
    .await;
}

impl TestServer {
    /// Over SQLite, for what no database has a part in.
    pub(crate) async fn start() -> Self {
        Self::start_on(TestDb::sqlite().await.unwrap(), |_| {}).await
    }

    pub(crate) async fn start_on(test: TestDb, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.server.base_url = BASE.to_owned();
        config.server.extra_base_urls = vec!["http://nas.lan:3000".to_owned()];
        config.server.role = ProcessRole::Web;
        config.database.url.clone_from(&test.url);
        config.data.dir = folder.path().join("data");
        // Configured, and with nobody there.
        config.platforms = PlatformSettings::sandbox(&"http://127.0.0.1:9".parse().unwrap());
        config.secrets.master_key = Secret::new("ab".repeat(32));
        change(&mut config);
        let app = App::open_at(config, test.clock.clone(), None).await.unwrap();
        // Of a stream that ends at once the answer is whole.
        let stopping = CancellationToken::new();
        stopping.cancel();
        let router = server::http::router(&app, stopping).unwrap();
        Self { app, test, router, _folder: folder }
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 40_000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // A body that breaks off is told by what has come.
        let body = body.collect().await.map(|whole| whole.to_bytes().to_vec()).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.send(request(Method::GET, path, token).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn people(&self) -> People {
        let auth = &self.app.services.auth;
        let setup = SetupInput {
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            password: PASSWORD.to_owned(),
            workspace: "A".to_owned(),
            zone: "Europe/Paris".to_owned(),
        };
        let owner = auth.setup(setup, ClientInfo::default()).await.unwrap().token;
        let actor = auth.authenticate(&owner).await.unwrap().unwrap().actor().unwrap();
        let mut tokens = Vec::new();
        for role in [Role::Admin, Role::Editor, Role::Viewer] {
            let invite = InviteInput { email: String::new(), role };
            let link = self.app.services.team.invite(actor, invite).await.unwrap().link;
            let input = SignUpInput {
                name: role.key().to_owned(),
                email: format!("{}@example.com", role.key()),
                password: PASSWORD.to_owned(),
            };
            let token = link.rsplit('/').next().unwrap();
            tokens.push(auth.sign_up(token, input, ClientInfo::default()).await.unwrap().token);
        }
        let [admin, editor, viewer] = tokens.try_into().unwrap();
        let stranger = self.outsider("stranger@example.com", "B").await;
        let nobody = self.outsider("nobody@example.com", "C").await;
        let alone = auth.authenticate(&nobody).await.unwrap().unwrap();
        // The last owner stays a member until somebody else owns the workspace.
        let heir = auth.authenticate(&stranger).await.unwrap().unwrap();
        let mut tx = self.test.db.begin().await.unwrap();
        let left = alone.current.unwrap();
        storage::members::insert(&mut tx, left, heir.user, Role::Owner, self.test.db.clock().now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.app.services.team.remove_member(alone.actor().unwrap(), alone.user).await.unwrap();
        People { owner, admin, editor, viewer, stranger, nobody }
    }

    async fn outsider(&self, email: &str, workspace: &str) -> String {
        let new = NewPerson {
            name: email.to_owned(),
            email: email.to_owned(),
            workspace: workspace.to_owned(),
            role: Role::Owner,
        };
        let context = &self.app.context;
        let link = create_person(&context.db, &context.base_url, &new).await.unwrap();
        let auth = &self.app.services.auth;
        auth.reset_password(link.rsplit('/').next().unwrap(), PASSWORD.to_owned()).await.unwrap();
        let input = SignInInput { email: email.to_owned(), password: PASSWORD.to_owned() };
        auth.sign_in(input, ClientInfo::default()).await.unwrap().token
    }

    /// Fills workspace A.
    pub(crate) async fn ids(&self, people: &People) -> Ids {
        let services = &self.app.services;
        let session = services.auth.authenticate(&people.owner).await.unwrap().unwrap();
        let actor = session.actor().unwrap();
        let consent = Consent {
            host: self.app.context.registry.get(Platform::X).host(),
            subject: "1".to_owned(),
            tokens: Tokens {
                access: Secret::new("token"),
                refresh: None,
                access_expires_at: None,
                refresh_expires_at: None,
            },
            granted_scopes: Vec::new(),
            missing_scopes: Vec::new(),
            accounts: vec![RemoteAccount {
                remote_id: "1".to_owned(),
                handle: "ana".to_owned(),
                name: "Ana".to_owned(),
                avatar_url: None,
                url: None,
                token: None,
            }],
        };
        let account =
            service::accounts::adopt_all(&self.app.context, actor, Platform::X, &consent).await.unwrap()[0];
        let input = PostInput { text: "Hello".to_owned(), accounts: vec![account], ..PostInput::default() };
        let save = SavePost { post: None, version: None, key: None, input, when: None };
        let post = services.posts.save(actor, save).await.unwrap();
        let picture = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(picture.path(), png()).unwrap();
        let media = services.media.add(actor, "a.png".to_owned(), picture.path()).await.unwrap().id;
        let invite = InviteInput { email: String::new(), role: Role::Viewer };
        let invitation = services.team.invite(actor, invite).await.unwrap().invitation.id;
        let now = self.test.db.clock().now();
        let connection = ConnectionRow {
            id: storage::new_id(now),
            workspace_id: actor.workspace,
            person_id: actor.user,
            platform: Platform::X,
            // Never opened: nobody else may get that far.
            sealed_consent: vec![0],
            expires_at: now + TimeDelta::hours(1),
        };
        let mut tx = self.test.db.begin().await.unwrap();
        storage::connections::insert(&mut tx, &connection).await.unwrap();
        tx.commit().await.unwrap();
        let viewer = services.auth.authenticate(&people.viewer).await.unwrap().unwrap();
        Ids {
            actor,
            workspace: actor.workspace,
            account,
            post: post.id,
            target: post.targets[0].id,
            media,
            connection: connection.id,
            invitation,
            member: viewer.user,
            session: session.id,
        }
    }
}

/// A request as a script on our own page sends it.
pub(crate) fn request(method: Method, path: &str, token: Option<&str>) -> http::request::Builder {
    from_our_page("application/json", method, path, token)
}

/// A request as a browser without scripts sends it: for a page, or with a form.
pub(crate) fn plain_request(method: Method, path: &str, token: Option<&str>) -> http::request::Builder {
    from_our_page("text/html,application/xhtml+xml,*/*;q=0.8", method, path, token)
}

fn from_our_page(accept: &str, method: Method, path: &str, token: Option<&str>) -> http::request::Builder {
    let builder = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "fanfare.example")
        .header("accept", accept)
        .header("sec-fetch-site", "same-origin");
    match token {
        Some(token) => builder.header("cookie", format!("__Host-session={token}")),
        None => builder,
    }
}

/// A body of `total` bytes without a length before it: `begin`, then `filler` to the end; and how many of them were taken.
pub(crate) fn unannounced(begin: &str, filler: u8, total: usize) -> (Body, Arc<AtomicUsize>) {
    const PIECE: usize = 64 * 1024;
    let mut first = begin.as_bytes().to_vec();
    assert!(first.len() <= PIECE && total.is_multiple_of(PIECE), "{} of {total}", first.len());
    first.resize(PIECE, filler);
    let (first, other) = (Bytes::from(first), Bytes::from(vec![filler; PIECE]));
    let taken = Arc::new(AtomicUsize::new(0));
    let count = taken.clone();
    let pieces = (0..total / PIECE).map(move |n| {
        count.fetch_add(PIECE, Ordering::Relaxed);
        Ok::<_, std::io::Error>(if n == 0 { first.clone() } else { other.clone() })
    });
    (Body::from_stream(stream::iter(pieces)), taken)
}

/// A small picture.
pub(crate) fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(64, 48, image::Rgb([200, 120, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A multipart body with one file.
pub(crate) fn multipart(field: &str, name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    ("multipart/form-data; boundary=edge".to_owned(), body)
}
