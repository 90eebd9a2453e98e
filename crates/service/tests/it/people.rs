//! People to tell the stories of signing in and of teams with.

use model::services::{AuthService as _, TeamService as _};
use model::session::{ClientInfo, SetupInput, SignUpInput};
use model::team::InviteInput;
use model::timing::Timing;
use model::{Actor, Role};
use platforms::PlatformSettings;
use platforms::http::Http;
use platforms::registry::Registry;
use service::auth::Auth;
use service::keys::{Keys, MasterKey};
use service::live::Live;
use service::media::MediaStore;
use service::team::Team as TeamOf;
use service::{Context, Wake};
use std::sync::Arc;
use testing::TestDb;

pub(crate) const ANA: &str = "ana@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) fn client() -> ClientInfo {
    ClientInfo { address: "127.0.0.1".to_owned(), user_agent: "test".to_owned() }
}

/// A context whose platforms are never called.
pub(crate) fn context(test: &TestDb) -> Context {
    let timing = Timing::default();
    let settings = PlatformSettings::default();
    let policy = Registry::policy(&settings, [""; 0]).unwrap();
    let http = Http::new(policy, &timing).unwrap();
    Context {
        db: test.db.clone(),
        keys: Arc::new(Keys::new(&MasterKey::from_bytes([7; 32])).unwrap()),
        registry: Registry::new(settings, http, test.db.clock().clone()),
        media: MediaStore::local(&std::env::temp_dir().join("fanfare-test-unused-media")).unwrap(),
        timing: Arc::new(timing),
        base_url: "http://localhost:3000".parse().unwrap(),
        wake: Wake::default(),
        live: Live::default(),
    }
}

/// A workspace with one person of each role.
pub(crate) struct Team {
    pub(crate) context: Context,
    pub(crate) auth: Auth,
    pub(crate) team: TeamOf,
    pub(crate) owner: Actor,
    /// Session tokens.
    pub(crate) token: String,
    pub(crate) admin: String,
    pub(crate) editor: String,
    pub(crate) viewer: String,
}

pub(crate) async fn team(test: &TestDb) -> Team {
    let context = context(test);
    let (auth, team) = (Auth::new(context.clone()), TeamOf::new(context.clone()));
    let setup = SetupInput {
        name: "Ana".to_owned(),
        email: ANA.to_owned(),
        password: PASSWORD.to_owned(),
        workspace: "Bakery".to_owned(),
        zone: "Europe/Paris".to_owned(),
    };
    let token = auth.setup(setup, client()).await.unwrap().token;
    let owner = auth.authenticate(&token).await.unwrap().unwrap().actor().unwrap();
    let mut joined = Vec::new();
    for (name, role) in [("Ad", Role::Admin), ("Ed", Role::Editor), ("Vi", Role::Viewer)] {
        let link = team.invite(owner, InviteInput { email: String::new(), role }).await.unwrap().link;
        let input = SignUpInput {
            name: name.to_owned(),
            email: format!("{}@example.com", name.to_lowercase()),
            password: PASSWORD.to_owned(),
        };
        joined.push(auth.sign_up(link.rsplit('/').next().unwrap(), input, client()).await.unwrap().token);
    }
    let [admin, editor, viewer] = joined.try_into().unwrap();
    Team { context, auth, team, owner, token, admin, editor, viewer }
}
