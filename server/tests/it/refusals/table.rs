//! Who may call which server function, and a call that would do something if it were let.

use crate::harness::Ids;
use model::Permission;

/// Who may.
#[derive(Clone, Copy, Debug)]
pub(super) enum May {
    Everyone,
    /// Whoever holds the token in the call.
    LinkHolder,
    SignedIn,
    Member(Permission),
}

pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) may: May,
    body: Call,
    /// The status when another workspace's owner names things of this one; none when the call names nothing.
    pub(super) foreign: Option<u16>,
}

enum Call {
    Form(fn(&Ids) -> String),
    Json(fn(&Ids) -> String),
}

impl Function {
    pub(super) fn path(&self) -> String {
        format!("/api/{}", self.name)
    }

    /// Content type and body.
    pub(super) fn body(&self, ids: &Ids) -> (&'static str, String) {
        match self.body {
            Call::Form(body) => ("application/x-www-form-urlencoded", body(ids)),
            Call::Json(body) => ("application/json", body(ids)),
        }
    }
}

const fn form(name: &'static str, may: May, foreign: Option<u16>, body: fn(&Ids) -> String) -> Function {
    Function { name, may, body: Call::Form(body), foreign }
}

const fn json(name: &'static str, may: May, foreign: Option<u16>, body: fn(&Ids) -> String) -> Function {
    Function { name, may, body: Call::Json(body), foreign }
}

const VIEW: May = May::Member(Permission::View);
const TEAM: May = May::Member(Permission::ManageTeam);
const ACCOUNTS: May = May::Member(Permission::ManageAccounts);
const PUBLISH: May = May::Member(Permission::Publish);

pub(super) const FUNCTIONS: &[Function] = &[
    form("auth/setup_needed", May::Everyone, None, |_| String::new()),
    form("auth/setup", May::Everyone, None, |_| {
        "name=Eve&email=eve@example.com&password=long+enough+word&workspace=E&zone=UTC".to_owned()
    }),
    form("auth/sign_in", May::Everyone, None, |_| "email=ana@example.com&password=wrong+password".to_owned()),
    form("auth/sign_out", May::Everyone, None, |_| String::new()),
    form("auth/reset_valid", May::LinkHolder, None, |_| "token=guess".to_owned()),
    form("auth/reset_password", May::LinkHolder, None, |_| {
        "token=guess&password=long+enough+word".to_owned()
    }),
    form("invitations/view", May::LinkHolder, None, |_| "token=guess".to_owned()),
    form("invitations/sign_up", May::LinkHolder, None, |_| {
        "token=guess&name=Eve&email=eve@example.com&password=long+enough+word".to_owned()
    }),
    form("invitations/accept", May::SignedIn, None, |_| "token=guess".to_owned()),
    form("preferences/theme", May::Everyone, None, |_| "theme=dark".to_owned()),
    form("preferences/locale", May::Everyone, None, |_| "locale=fr".to_owned()),
    form("workspaces/switch", May::SignedIn, Some(404), |ids| format!("workspace={}", ids.workspace)),
    form("workspaces/create", May::SignedIn, None, |_| "name=".to_owned() + "&zone=UTC"),
    form("settings/get", May::SignedIn, None, |_| String::new()),
    form("settings/update", TEAM, None, |_| "name=Mine&zone=UTC&lateness_window_min=5".to_owned()),
    form("settings/end_session", May::SignedIn, Some(404), |ids| format!("session={}", ids.session)),
    form("settings/end_others", May::SignedIn, None, |_| String::new()),
    form("team/list", VIEW, None, |_| String::new()),
    form("team/role", TEAM, Some(404), |ids| format!("user={}&role=viewer", ids.member)),
    form("team/remove", TEAM, Some(404), |ids| format!("user={}", ids.member)),
    form("team/invite", TEAM, None, |_| "email=&role=viewer".to_owned()),
    form("team/revoke", TEAM, Some(404), |ids| format!("invitation={}", ids.invitation)),
    form("accounts/list", VIEW, None, |_| String::new()),
    form("accounts/connect", ACCOUNTS, Some(404), |ids| format!("platform=x&account={}", ids.account)),
    form("accounts/bluesky", ACCOUNTS, None, |_| "host=&handle=ana.example&app_password=x".to_owned()),
    form("accounts/choices", ACCOUNTS, Some(404), |ids| format!("connection={}", ids.connection)),
    form("accounts/choose", ACCOUNTS, Some(404), |ids| {
        format!("connection={}&accounts[0]=1", ids.connection)
    }),
    form("accounts/edit", ACCOUNTS, Some(404), |ids| format!("account={}&label=mine", ids.account)),
    form("accounts/check", PUBLISH, Some(404), |ids| format!("account={}", ids.account)),
    form("accounts/disconnect", ACCOUNTS, Some(404), |ids| format!("account={}", ids.account)),
    form("media/alt", PUBLISH, Some(404), |ids| format!("media={}&alt=mine", ids.media)),
    form("posts/start", PUBLISH, Some(404), |ids| format!("post={}", ids.post)),
    json("posts/save", PUBLISH, Some(404), |ids| {
        format!(
            r#"{{"save":{{"post":"{}","version":1,"input":{{"text":"mine","media":[],"accounts":["{}"]}},"when":null}}}}"#,
            ids.post, ids.account
        )
    }),
    form("posts/compose", PUBLISH, Some(404), |ids| {
        format!("post={}&version=1&text=mine&accounts[0]={}&act=draft", ids.post, ids.account)
    }),
    json("posts/neighbours", PUBLISH, Some(404), |ids| {
        format!(
            r#"{{"composed":{{"post":null,"input":{{"text":"mine","media":[],"accounts":["{}"]}},"when":null}}}}"#,
            ids.account
        )
    }),
    form("posts/history", VIEW, Some(404), |ids| format!("post={}", ids.post)),
    form("posts/restore", PUBLISH, Some(404), |ids| format!("post={}&revision={}", ids.post, ids.post)),
    json("calendar", VIEW, None, |_| r#"{"filter":{}}"#.to_owned()),
    form("calendar/peek", VIEW, Some(404), |ids| format!("post={}", ids.post)),
    json("calendar/page", VIEW, None, |_| r#"{"filter":{}}"#.to_owned()),
    json("statistics/overview", VIEW, None, |_| r#"{"range":"week"}"#.to_owned()),
    json("statistics/account", VIEW, Some(404), |ids| {
        format!(r#"{{"account":"{}","range":"week"}}"#, ids.account)
    }),
    form("statistics/post", VIEW, Some(404), |ids| format!("post={}", ids.post)),
    json("statistics/compare", VIEW, Some(404), |ids| {
        format!(r#"{{"filter":{{"accounts":["{}"],"range":"week"}}}}"#, ids.account)
    }),
    form("statistics/sync_now", PUBLISH, Some(404), |ids| format!("account={}", ids.account)),
    form("statistics/sync_runs", VIEW, Some(404), |ids| format!("account={}", ids.account)),
    form("palette/find", VIEW, None, |_| "text=mine".to_owned()),
    json("posts/list", VIEW, None, |_| r#"{"filter":{}}"#.to_owned()),
    form("operations/look", May::Member(Permission::SeeOperations), None, |_| String::new()),
    form("posts/get", VIEW, Some(404), |ids| format!("post={}", ids.post)),
    form("posts/home", VIEW, None, |_| String::new()),
    json("posts/reschedule", PUBLISH, Some(404), |ids| {
        format!(r#"{{"post":"{}","when":{{"when":"now"}}}}"#, ids.post)
    }),
    // Refused post by post.
    json("posts/reschedule_many", PUBLISH, Some(200), |ids| {
        format!(r#"{{"moves":[{{"post":"{}","when":{{"when":"now"}}}}]}}"#, ids.post)
    }),
    form("posts/cancel", PUBLISH, Some(404), |ids| format!("post={}", ids.post)),
    form("posts/cancel_target", PUBLISH, Some(404), |ids| format!("target={}", ids.target)),
    json("posts/retry_target", PUBLISH, Some(404), |ids| {
        format!(r#"{{"target":"{}","when":{{"when":"now"}}}}"#, ids.target)
    }),
    json("posts/resolve_unknown", PUBLISH, Some(404), |ids| {
        format!(r#"{{"target":"{}","answer":{{"answer":"absent"}}}}"#, ids.target)
    }),
    form("posts/delete", PUBLISH, Some(404), |ids| format!("post={}", ids.post)),
    form("posts/delete_remote", PUBLISH, Some(404), |ids| format!("target={}", ids.target)),
    form("posts/duplicate", PUBLISH, Some(404), |ids| format!("post={}", ids.post)),
];
