//! Connecting, refreshing and disconnecting against the sandbox, over HTTP, on both databases.

mod connecting;
mod managing;
mod pages;
mod refreshing;

use crate::people;
use chrono::TimeDelta;
use model::account::{AccountEdit, BlueskyInput, Connected, Disconnected, Health, Revocation};
use model::error::{HostProblem, PlatformProblem};
use model::services::{AccountService as _, OAuthAnswer};
use model::{AccountId, Actor, ApiError, Platform, Problem, Role, SessionId, TargetState, UserId};
use platforms::http::Http;
use platforms::registry::Registry;
use platforms::{Access, PlatformSettings};
use sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use service::Context;
use service::accounts::tokens::{self, AccessError};
use service::accounts::{Accounts, refresh_expiring, repair, revoke_left_over};
use storage::persons::{self, Person};
use storage::posts::{self, NewPost};
use storage::targets::{self, Due, NewTarget};
use storage::workspaces::{self, Workspace};
use storage::{audit, grants, new_id};
use testing::{TestDb, each_engine};
use url::Url;

/// A workspace whose platforms are a sandbox, and an admin in a browser.
struct Stage {
    context: Context,
    accounts: Accounts,
    admin: Actor,
    session: SessionId,
    sandbox: Sandbox,
    browser: Http,
}

impl Stage {
    async fn new(test: &TestDb) -> Self {
        let sandbox = Sandbox::start(SandboxConfig::in_memory()).await.unwrap();
        let context = at_sandbox(people::context(test), &sandbox.url());
        let policy = Registry::policy(&PlatformSettings::sandbox(&sandbox.url()), [""; 0]).unwrap();
        let browser = Http::new(policy, &context.timing).unwrap();
        let now = context.db.clock().now();
        let admin = member(&context, "ana").await;
        Self {
            accounts: Accounts::new(context.clone()),
            context,
            admin,
            session: new_id(now),
            sandbox,
            browser,
        }
    }

    async fn begin(&self, platform: Platform, reconnect: Option<AccountId>) -> String {
        self.accounts.begin_connect(self.admin, self.session, platform, reconnect).await.unwrap()
    }

    /// Opens the consent page as a browser does, fills the form in, and comes back with the query of the callback.
    async fn consent(&self, page: &str, persona: &str, untick: &[&str]) -> OAuthAnswer {
        let shown = self.browser.send(self.browser.get(page)).await.unwrap();
        let html = String::from_utf8(shown.body.to_vec()).unwrap();
        assert!(shown.is_success(), "{html}");
        let action = unescape(html.split("action=\"").nth(1).unwrap().split('"').next().unwrap());
        let mut form = vec![("decision", "approve".to_owned()), ("handle", persona.to_owned())];
        let boxes = html
            .split("name=\"grants\" value=\"")
            .skip(1)
            .map(|rest| unescape(rest.split('"').next().unwrap()));
        let boxes: Vec<String> = boxes.collect();
        if !boxes.is_empty() {
            form.push(("scopes_shown", "1".to_owned()));
        }
        assert!(untick.iter().all(|scope| boxes.iter().any(|shown| shown == scope)), "{boxes:?}");
        form.extend(
            boxes
                .into_iter()
                .filter(|scope| !untick.contains(&scope.as_str()))
                .map(|scope| ("grants", scope)),
        );
        self.submit(page, &action, &form).await
    }

    async fn deny(&self, page: &str) -> OAuthAnswer {
        self.submit(page, page, &[("decision", "deny".to_owned())]).await
    }

    async fn submit(&self, page: &str, action: &str, form: &[(&str, String)]) -> OAuthAnswer {
        let target = Url::parse(page).unwrap().join(action).unwrap();
        let answer = self.browser.send(self.browser.post(target).form(form)).await.unwrap();
        assert_eq!(answer.status, 302, "{:?}", answer.body);
        let back = Url::parse(answer.header("location").unwrap()).unwrap();
        assert!(back.as_str().starts_with("http://localhost:3000/oauth/"), "{back}");
        let value =
            |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        OAuthAnswer {
            state: value("state"),
            code: value("code"),
            error: value("error"),
            error_description: value("error_description"),
        }
    }

    async fn finish(&self, platform: Platform, answer: OAuthAnswer) -> Result<Connected, ApiError> {
        self.accounts.finish_connect(self.admin, self.session, platform, answer).await
    }

    /// Connects a person's X account.
    async fn connect_x(&self, persona: &str) -> AccountId {
        let page = self.begin(Platform::X, None).await;
        let answer = self.consent(&page, persona, &[]).await;
        one(self.finish(Platform::X, answer).await.unwrap())
    }

    async fn control(&self, path: &str, body: Value) -> Value {
        let url = self.sandbox.url().join(path).unwrap();
        let answer = self.browser.send(self.browser.post(url).json(&body)).await.unwrap();
        assert!(answer.is_success(), "{path}: {:?}", answer.body);
        answer.json().unwrap()
    }

    /// How many calls of the token endpoint the sandbox has seen.
    async fn token_calls(&self) -> usize {
        let url = self.sandbox.url().join("/control/requests?endpoint=token&limit=1000").unwrap();
        let answer = self.browser.send(self.browser.get(url)).await.unwrap();
        answer.json::<Vec<Value>>().unwrap().len()
    }

    async fn access(&self, account: AccountId) -> Result<Access, AccessError> {
        tokens::access(&self.context, self.admin.workspace, account).await
    }

    /// Notes what a call with this token met. `false`: the tokens are newer.
    async fn needs_reconnect(&self, account: AccountId, access: &Access) -> bool {
        let workspace = self.admin.workspace;
        tokens::mark_needs_reconnect(&self.context, workspace, account, access.version, "password changed")
            .await
            .unwrap()
    }

    /// Whether the platform takes the token.
    async fn works(&self, access: &Access) -> bool {
        self.context.registry.get(Platform::X).profile(access).await.is_ok()
    }

    async fn health(&self, account: AccountId) -> Health {
        let accounts = self.accounts.list(self.admin).await.unwrap();
        accounts.iter().find(|view| view.id == account).unwrap().health
    }

    /// What the audit holds, sorted: under a clock that stands still it has no order of its own.
    async fn acts(&self) -> Vec<String> {
        let mut read = self.context.db.read().await.unwrap();
        let acts = audit::list(&mut read, self.admin.workspace, 50).await.unwrap();
        let mut acts: Vec<String> = acts.into_iter().map(|row| row.act).collect();
        acts.sort_unstable();
        acts
    }

    async fn post(&self, account: AccountId, state: TargetState) {
        let (workspace, author, now) = (self.admin.workspace, self.admin.user, self.context.db.clock().now());
        let post = new_id(now);
        let mut tx = self.context.db.begin().await.unwrap();
        let new = NewPost { id: post, workspace, author, body: "Hello", variants: &[], now };
        posts::insert(&mut tx, &new).await.unwrap();
        let due = Due { at: now + TimeDelta::hours(1), zone: "UTC".to_owned() };
        let new = NewTarget {
            id: new_id(now),
            workspace,
            post,
            account,
            state,
            due: Some(&due),
            publish_key: "k",
            now,
        };
        targets::insert(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn at_sandbox(context: Context, sandbox: &Url) -> Context {
    let settings = PlatformSettings::sandbox(sandbox);
    let policy = Registry::policy(&settings, [""; 0]).unwrap();
    let http = Http::new(policy, &context.timing).unwrap();
    Context { registry: Registry::new(settings, http, context.db.clock().clone()), ..context }
}

/// An admin of a workspace of their own.
async fn member(context: &Context, name: &str) -> Actor {
    let now = context.db.clock().now();
    let person = Person {
        id: new_id::<UserId>(now),
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        password_hash: "$argon2id$…".to_owned(),
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
    tx.commit().await.unwrap();
    Actor { user: person.id, workspace: workspace.id, role: Role::Admin }
}

fn unescape(html: &str) -> String {
    html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn one(connected: Connected) -> AccountId {
    match connected {
        Connected::Added { accounts } if accounts.len() == 1 => accounts[0],
        other => panic!("one account was expected: {other:?}"),
    }
}

fn problem<T: std::fmt::Debug>(result: Result<T, ApiError>) -> PlatformProblem {
    match result {
        Err(ApiError::Platform { problem, .. }) => problem,
        other => panic!("the platform's refusal was expected: {other:?}"),
    }
}
