//! What happens: everything in which a secret goes from one hand to another, the mishaps included.

use super::Secrets;
use super::browser::{Answer, Browser};
use super::fanfare::Fanfare;
use crate::consent::Decision;
use crate::harness::{multipart, png};
use model::error::{HostProblem, PlatformProblem};
use model::session::PASSWORD_MIN;
use model::{ApiError, Platform, Problem};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use seeding::sandbox_control::Control;
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

const EMAIL: &str = "demo@example.com";
const FIRST: &str = "demo password";
const WRONG: &str = "quite the wrong one";
const SECOND: &str = "a second long password";
const COLLEAGUES: &str = "the colleague's password";

/// What people and operators saw.
#[derive(Default)]
pub(super) struct Told {
    pub(super) metrics: String,
    pub(super) errors: Vec<(String, String)>,
}

impl Told {
    /// Keeps the words of a refusal, which has to be this one and no other.
    fn refused(&mut self, of: &str, answer: &Answer, error: &ApiError) {
        let told = serde_json::from_str::<ApiError>(&answer.text);
        assert_eq!(told.as_ref().ok(), Some(error), "{of}: {} {}", answer.status, answer.text);
        assert_eq!(answer.status.as_u16(), error.status(), "{of}");
        self.keep(of, answer);
    }

    /// The same of a refusal by which a platform's answer ends on the page of accounts.
    fn sent_back(&mut self, of: &str, answer: &Answer, platform: &str, problem: &str) {
        let there = format!("/accounts?platform={platform}&problem={problem}");
        assert_eq!((answer.status.as_u16(), &answer.location), (303, &there), "{of}: {}", answer.text);
        self.keep(of, answer);
    }

    fn keep(&mut self, of: &str, answer: &Answer) {
        self.errors.push((format!("the refusal of {of}"), format!("{} {}", answer.location, answer.text)));
    }
}

pub(super) async fn play(fanfare: &Fanfare, secrets: &mut Secrets) -> Told {
    let mut told = Told::default();
    let mut browser = Browser::new(fanfare);
    let control = Control::new(&Url::parse(&fanfare.sandbox).unwrap());
    people(fanfare, &mut browser, secrets, &mut told).await;
    connect(&control, &mut browser, secrets, &mut told).await;

    let (kind, body) = multipart("file", "cake.png", &png());
    let media = browser.upload(&kind, body).await.json();
    let (kind, broken) = multipart("file", "cake.png", b"<svg/>");
    let no_image = ApiError::invalid("file", Problem::UnsupportedFile);
    told.refused("a lie about type", &browser.upload(&kind, broken).await, &no_image);
    publish(&mut browser, "A cake", Some(media["id"].as_str().unwrap())).await;

    // Every token is old, one platform loses an answer, one fails: it is refreshed, settled and tried again.
    for platform in ["x", "facebook", "instagram", "linkedin", "bluesky"] {
        control.post("control/expire", &json!({ "platform": platform })).await.unwrap();
    }
    for fault in [
        json!({"platform": "x", "kind": "lost_answer", "endpoint": "commit", "count": 1}),
        json!({"platform": "bluesky", "kind": "error", "endpoint": "prepare", "count": 1}),
        json!({"platform": "linkedin", "kind": "error", "endpoint": "commit", "count": 1}),
    ] {
        control.fault(fault).await.unwrap();
    }
    for account in publish(&mut browser, "Another cake", None).await {
        let words = account.to_string();
        told.errors.push(("the words about a post".to_owned(), words));
    }
    let accounts = browser.form("accounts/list", &[]).await.json();
    told.errors.push(("the page of accounts".to_owned(), accounts.to_string()));
    for account in accounts["accounts"].as_array().unwrap() {
        browser.form("accounts/check", &[("account", account["id"].as_str().unwrap())]).await;
        browser.form("accounts/disconnect", &[("account", account["id"].as_str().unwrap())]).await;
    }
    told.metrics = browser.get("/metrics").await.text;
    assert!(told.metrics.contains("http_requests_total"), "{}", told.metrics);
    assert!(browser.form("auth/sign_out", &[]).await.status.is_success());
    told
}

/// Signing in, a wrong password, a new one by link, a colleague by invitation.
async fn people(fanfare: &Fanfare, browser: &mut Browser, secrets: &mut Secrets, told: &mut Told) {
    for password in [FIRST, WRONG, SECOND, COLLEAGUES] {
        secrets.add("a password", password);
    }
    // The program waits for its first visitor until the demo's person is there.
    browser.get("/signin").await;
    let sign_in = |password| [("email", EMAIL), ("password", password)];
    let wrong = ApiError::invalid("password", Problem::WrongCredentials);
    told.refused("a wrong password", &browser.form("auth/sign_in", &sign_in(WRONG)).await, &wrong);
    assert!(browser.form("auth/sign_in", &sign_in(FIRST)).await.status.is_success());
    secrets.add("a session", browser.session.clone());

    let link = fanfare.user(&["reset", EMAIL]).await;
    let token = link.rsplit('/').next().unwrap();
    secrets.add("a link", token);
    browser.get(&link).await;
    let reset = [("token", token), ("password", SECOND)];
    assert!(browser.form("auth/reset_password", &reset).await.status.as_u16() < 400);
    let expired = ApiError::invalid("token", Problem::LinkExpired);
    told.refused("a used link", &browser.form("auth/reset_password", &reset).await, &expired);
    browser.get("/").await;
    assert!(browser.form("auth/sign_in", &sign_in(SECOND)).await.status.is_success());
    secrets.add("a session", browser.session.clone());

    let invitation = browser.form("team/invite", &[("email", ""), ("role", "editor")]).await.json();
    let link = invitation["link"].as_str().unwrap().to_owned();
    let token = link.rsplit('/').next().unwrap();
    secrets.add("a link", token);
    let mut colleague = Browser::new(fanfare);
    colleague.get(&link).await;
    let short = [("token", token), ("name", "Bo"), ("email", "bo@example.com"), ("password", "short")];
    let too_short = ApiError::invalid("password", Problem::TooShort { min: PASSWORD_MIN });
    told.refused("a short password", &colleague.form("invitations/sign_up", &short).await, &too_short);
    let sign_up = [("token", token), ("name", "Bo"), ("email", "bo@example.com"), ("password", COLLEAGUES)];
    assert!(colleague.form("invitations/sign_up", &sign_up).await.status.as_u16() < 400);
    secrets.add("a session", colleague.session.clone());
    let again = Browser::new(fanfare)
        .form("auth/sign_in", &[("email", "bo@example.com"), ("password", COLLEAGUES)])
        .await;
    assert!(again.status.is_success());
    let mut third = Browser::new(fanfare);
    third.form("auth/sign_in", &[("email", "bo@example.com"), ("password", COLLEAGUES)]).await;
    secrets.add("a session", third.session.clone());
}

/// Each platform once as it should be, and once not.
async fn connect(control: &Control, browser: &mut Browser, secrets: &mut Secrets, told: &mut Told) {
    for (platform, essential) in [
        ("x", Some("tweet.write")),
        ("facebook", Some("pages_manage_posts")),
        ("instagram", Some("instagram_business_content_publish")),
        // Its page grants all or nothing.
        ("linkedin", None),
    ] {
        let denied = browser.consent(platform, Decision::Deny).await;
        told.sent_back("a refused consent", &browser.get(denied.as_str()).await, platform, "denied");
        if let Some(scope) = essential {
            let back = browser.consent(platform, Decision::Without(scope)).await;
            secrets.add("a state", state_of(&back));
            let problem = format!("missing_scopes&missing={}", utf8_percent_encode(scope, NON_ALPHANUMERIC));
            told.sent_back("a consent in part", &browser.get(back.as_str()).await, platform, &problem);
        }
        let back = browser.consent(platform, Decision::Approve).await;
        let state = state_of(&back);
        secrets.add("a state", state.clone());
        let forged = back.as_str().replace(&state, "forged");
        told.sent_back("a forged state", &browser.get(&forged).await, platform, "bad_state");
        let arrived = browser.get(back.as_str()).await;
        assert!(!arrived.location.contains("problem="), "{platform}: {}", arrived.location);
        if let Some(connection) = arrived.location.strip_prefix("/accounts/choose/") {
            let choices = browser.form("accounts/choices", &[("connection", connection)]).await.json();
            let one = choices["choices"][0]["remote_id"].as_str().unwrap();
            let choose = [("connection", connection), ("accounts[0]", one)];
            assert!(browser.form("accounts/choose", &choose).await.status.as_u16() < 400);
        }
        told.sent_back("a replayed callback", &browser.get(back.as_str()).await, platform, "bad_state");
    }
    let people: Vec<Value> = control.get("control/accounts?platform=bluesky").await.unwrap();
    let (handle, password) = (people[0]["handle"].as_str().unwrap(), people[0]["password"].as_str().unwrap());
    let wrong = "wrong-app-pass-word";
    secrets.add("an app password", password);
    secrets.add("an app password", wrong);
    let sign_in = |host, password| [("host", host), ("handle", handle), ("app_password", password)];
    let refused =
        ApiError::Platform { platform: Platform::Bluesky, problem: PlatformProblem::WrongCredentials };
    let answer = browser.form("accounts/bluesky", &sign_in("", wrong)).await;
    told.refused("a wrong app password", &answer, &refused);
    for (host, reason) in [
        ("http://169.254.169.254", HostProblem::PrivateAddress),
        ("https://localhost", HostProblem::PrivateAddress),
        // The sandbox's address, which may be called, at another port.
        ("127.0.0.1:1", HostProblem::PortNotAllowed),
        ("not a host", HostProblem::NotAnAddress),
    ] {
        let answer = browser.form("accounts/bluesky", &sign_in(host, password)).await;
        told.refused(host, &answer, &ApiError::invalid("host", Problem::BadHost { reason }));
    }
    let connected = browser.form("accounts/bluesky", &sign_in("", password)).await;
    assert!(connected.status.as_u16() < 400, "{} {}", connected.status, connected.text);
}

fn state_of(callback: &Url) -> String {
    callback.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

/// Publishes on every account that takes it, and gives the targets.
async fn publish(browser: &mut Browser, text: &str, media: Option<&str>) -> Vec<Value> {
    let list = browser.form("accounts/list", &[]).await.json();
    let accounts = list["accounts"].as_array().unwrap();
    assert!(accounts.len() >= 5, "{list}");
    let accounts: Vec<&Value> = accounts
        .iter()
        .filter(|account| media.is_some() || account["platform"] != "instagram")
        .map(|account| &account["id"])
        .collect();
    let media: Vec<Value> = media.iter().map(|id| json!({"media": id, "alt": "A cake"})).collect();
    let input = json!({"text": text, "accounts": accounts, "media": media, "variants": []});
    let save = json!({"save": {"post": null, "version": null, "input": input, "when": {"when": "now"}}});
    let post = browser.json("posts/save", &save).await.json();
    let id = post["id"].as_str().unwrap();
    let mut targets = Vec::new();
    // What a fault keeps from ending is of no interest here; the crash test has an eye on it.
    for _ in 0..40 {
        let post = browser.form("posts/get", &[("post", id)]).await.json();
        post["post"]["targets"].as_array().unwrap().clone_into(&mut targets);
        if targets.iter().all(|target| target["state"] == "published") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let published = targets.iter().filter(|target| target["state"] == "published").count();
    assert!(published >= accounts.len().div_ceil(2), "{targets:?}");
    targets
}
