//! A sandbox, the networks set up for it, and a person who consents.

use async_trait::async_trait;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use model::Platform;
use model::clock::{SharedClock, SystemClock};
use model::timing::Timing;
use platforms::http::{Answer, Http};
use platforms::{
    Access, AuthorizeRequest, Consent, Failure, MediaSource, Network, Payload, PayloadMedia,
    PlatformSettings, Prepare, Progress, Registry, RemotePost, Secret, rkey,
};
use sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

pub(crate) const REDIRECT: &str = "http://127.0.0.1:3000/connect/callback";
/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) struct Harness {
    sandbox: Sandbox,
    http: Http,
    pub(crate) registry: Registry,
    pub(crate) clock: SharedClock,
    pub(crate) pictures: Pictures,
}

/// One JPEG, in memory and at an address that the sandbox can fetch.
pub(crate) struct Pictures {
    jpeg: Bytes,
    base: Url,
}

#[async_trait]
impl MediaSource for Pictures {
    async fn bytes(&self, _: &PayloadMedia) -> Result<Bytes, Failure> {
        Ok(self.jpeg.clone())
    }

    fn public_url(&self, media: &PayloadMedia) -> Result<Url, Failure> {
        self.base.join(&media.key).map_err(|error| Failure::rejected(error.to_string()))
    }
}

impl Pictures {
    async fn serve() -> Self {
        let picture =
            image::RgbImage::from_fn(640, 640, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
        let mut out = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
        let jpeg = Bytes::from(out.into_inner());
        let served = jpeg.clone();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let app = Router::new()
            .route("/{name}", get(move || async move { ([(CONTENT_TYPE, "image/jpeg")], served) }));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { jpeg, base }
    }

    pub(crate) fn media(&self, alt: &str) -> PayloadMedia {
        PayloadMedia {
            media: "018f3c5e-7b1a-7000-8000-000000000001".parse().unwrap(),
            key: "picture.jpg".to_owned(),
            mime: "image/jpeg".to_owned(),
            bytes: self.jpeg.len() as u64,
            width: 640,
            height: 640,
            alt: alt.to_owned(),
        }
    }
}

impl Harness {
    pub(crate) async fn start() -> Self {
        Self::allowing(&[]).await
    }

    /// With exceptions for further servers.
    pub(crate) async fn allowing(servers: &[&str]) -> Self {
        let sandbox = Sandbox::start(SandboxConfig::in_memory()).await.unwrap();
        let settings = PlatformSettings::sandbox(&sandbox.url());
        let policy = Registry::policy(&settings, servers).unwrap();
        let http = Http::new(policy, &Timing::default()).unwrap();
        let clock: SharedClock = Arc::new(SystemClock::default());
        let registry = Registry::new(settings, http.clone(), Arc::clone(&clock));
        Self { sandbox, http, registry, clock, pictures: Pictures::serve().await }
    }

    pub(crate) fn network(&self, platform: Platform) -> Arc<dyn Network> {
        self.registry.get(platform)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url().as_str().trim_end_matches('/'))
    }

    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.http.send(self.http.post(self.at(path)).json(&body)).await.unwrap();
        assert!(answer.is_success(), "{path}: {answer:?}");
        answer.json().unwrap()
    }

    pub(crate) async fn fault(&self, platform: Platform, mut fault: Value) {
        fault["platform"] = json!(platform.key());
        fault["count"] = json!(1);
        self.control("/control/faults", fault).await;
    }

    /// Calls a method of another Bluesky server.
    pub(crate) async fn call(&self, host: &str, method: &str, body: Value) {
        let answer =
            self.http.send(self.http.post(format!("{host}/xrpc/{method}")).json(&body)).await.unwrap();
        assert!(answer.is_success(), "{method}: {answer:?}");
    }

    /// Reads a method of another Bluesky server.
    pub(crate) async fn read(&self, host: &str, query: &str) -> Value {
        self.http.send(self.http.get(format!("{host}/xrpc/{query}"))).await.unwrap().json().unwrap()
    }

    /// What the platform shows, oldest first.
    pub(crate) async fn posts(&self, platform: Platform) -> Vec<Value> {
        let url = self.at(&format!("/control/posts?platform={platform}"));
        self.http.send(self.http.get(url)).await.unwrap().json().unwrap()
    }

    /// Opens the consent page and answers it; gives the values of the redirect.
    pub(crate) async fn answer_consent(
        &self,
        platform: Platform,
        form: &[(&str, &str)],
    ) -> HashMap<String, String> {
        let request = AuthorizeRequest {
            redirect_uri: REDIRECT.to_owned(),
            state: "s-1".to_owned(),
            pkce_challenge: CHALLENGE.to_owned(),
        };
        let page = self.network(platform).authorize_url(&request).unwrap();
        let shown = self.http.send(self.http.get(page.clone())).await.unwrap();
        assert!(shown.is_success(), "{shown:?}");
        let answer: Answer = self.http.send(self.http.post(page).form(form)).await.unwrap();
        let to = Url::parse(answer.header("location").unwrap()).unwrap();
        assert!(to.as_str().starts_with(REDIRECT), "{to}");
        let mut values: HashMap<String, String> = to.query_pairs().into_owned().collect();
        assert_eq!(values.remove("state").as_deref(), Some("s-1"));
        values
    }

    pub(crate) async fn exchange(
        &self,
        platform: Platform,
        code: &str,
    ) -> Result<Consent, platforms::ConnectFailure> {
        self.network(platform).exchange(code, &Secret::new(VERIFIER), REDIRECT).await
    }

    /// The app password of a person of the sandbox.
    pub(crate) async fn app_password(&self, handle: &str) -> Secret {
        let url = self.at("/control/accounts?platform=bluesky");
        let people: Vec<Value> = self.http.send(self.http.get(url)).await.unwrap().json().unwrap();
        let person = people.iter().find(|person| person["handle"] == handle).unwrap();
        Secret::new(person["password"].as_str().unwrap())
    }

    /// Connects the first person of a platform as a person would.
    pub(crate) async fn connect(&self, platform: Platform) -> Consent {
        if platform == Platform::Bluesky {
            let password = self.app_password("maya.sandbox.test").await;
            let network = self.network(platform);
            return network.sign_in(&network.host(), "@maya.sandbox.test", &password).await.unwrap();
        }
        let values = self.answer_consent(platform, &[("decision", "approve")]).await;
        self.exchange(platform, &values["code"]).await.unwrap()
    }

    pub(crate) fn payload(&self, text: &str, images: usize) -> Payload {
        let now = self.clock.now();
        Payload {
            text: text.to_owned(),
            media: (0..images).map(|i| self.pictures.media(&format!("Picture {i}, a gradient"))).collect(),
            publish_key: rkey::tid(now, 7),
            created_at: now,
        }
    }

    /// Prepares to the end, as the publisher does: progress goes through its stored form each time.
    pub(crate) async fn prepare(
        &self,
        platform: Platform,
        access: &Access,
        payload: &Payload,
    ) -> Result<Progress, Failure> {
        let network = self.network(platform);
        let mut progress = Progress::default();
        for _ in 0..100 {
            let stored: Progress = serde_json::from_str(&serde_json::to_string(&progress).unwrap()).unwrap();
            match network.prepare(access, payload, &self.pictures, &stored).await? {
                Prepare::Stored(next) => progress = next,
                Prepare::Wait { progress: next, check_after } => {
                    progress = next;
                    tokio::time::sleep(check_after.min(Duration::from_millis(50))).await;
                }
                Prepare::Ready => return Ok(progress),
            }
        }
        panic!("{platform} is never ready");
    }

    pub(crate) async fn publish(
        &self,
        platform: Platform,
        access: &Access,
        payload: &Payload,
    ) -> Result<RemotePost, Failure> {
        let progress = self.prepare(platform, access, payload).await?;
        self.network(platform).commit(access, payload, &progress).await
    }

    /// Just before now.
    pub(crate) fn just_now(&self) -> DateTime<Utc> {
        self.clock.now() - TimeDelta::seconds(1)
    }
}

/// Access to the first account of a consent.
pub(crate) fn access(consent: &Consent) -> Access {
    let account = &consent.accounts[0];
    Access {
        host: consent.host.clone(),
        token: account.token.clone().unwrap_or_else(|| consent.tokens.access.clone()),
        version: 1,
        remote_id: account.remote_id.clone(),
        handle: account.handle.clone(),
    }
}
