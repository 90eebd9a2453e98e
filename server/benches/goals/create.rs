//! Creating and scheduling a post as the composer does it: over HTTP, through the server function, with a session.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::process::{self, Fanfare};
use crate::report::Row;
use crate::simulated::Platforms;
use crate::stats::median;
use crate::{Result, peers};
use chrono::TimeDelta;
use model::clock::{Clock as _, SystemClock};
use model::post::{PostInput, SavePost, When};
use model::session::{ClientInfo, SetupInput};
use model::{Actor, Platform};
use reqwest::RequestBuilder;
use serde_json::json;
use service::Context;
use tokio::time::Instant;

const REQUESTS: usize = 500;
const WARM_UP: usize = 25;
/// The session's cookie on this machine.
pub(crate) const COOKIE: &str = "__Host-session";

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let (token, actor) = owner(&context).await?;
    let accounts = seeding::accounts(&context, &platforms.control, actor, Platform::X, 1, "create").await?;
    context.db.close().await;
    let fanfare = installation.start().await?;
    let http = process::http()?;

    let accounts: Vec<_> = accounts.iter().map(|account| account.id).collect();
    let tomorrow = (SystemClock::default().now() + TimeDelta::days(1)).naive_utc();
    let save = |n: usize| SavePost {
        post: None,
        version: None,
        key: None,
        input: PostInput {
            text: format!("Morning post {n}"),
            accounts: accounts.clone(),
            ..PostInput::default()
        },
        when: Some(When::At { local: tomorrow, zone: "UTC".to_owned() }),
    };
    let address = fanfare.url.join("api/posts/save")?;
    let (mut ours, our_rate) =
        timed(|n| as_browser(http.post(address.clone()), &fanfare, &token).json(&json!({"save": save(n)})))
            .await?;
    let trivial = fanfare.url.join("healthz")?;
    let (mut bare, bare_rate) = timed(|_| http.get(trivial.clone())).await?;
    Ok(vec![
        Row::new(
            format!("create and schedule a post, {engine}: p50 of {REQUESTS}"),
            median(&mut ours) * 1000.0,
            "ms",
        )
        .at_most(3.0)
        .against(median(&mut bare) * 1000.0)
        .peers(peers::CREATE),
        Row::new(format!("create and schedule posts one after the other, {engine}"), our_rate, "/s")
            .at_least(300.0)
            .against(bare_rate)
            .peers(peers::CREATE_RATE),
    ])
}

/// The first person, with a session, by the same service as the form at the first start.
pub(crate) async fn owner(context: &Context) -> Result<(String, Actor)> {
    let auth = service::services(context).auth;
    let input = SetupInput {
        name: "Inès Caron".to_owned(),
        email: "ines@example.test".to_owned(),
        password: "a long bench password".to_owned(),
        workspace: "Maison Verte".to_owned(),
        zone: "UTC".to_owned(),
    };
    let token = auth.setup(input, ClientInfo::default()).await?.token;
    let session = auth.authenticate(&token).await?.ok_or("the new session is not known")?;
    Ok((token, session.actor()?))
}

/// As a script on one of our own pages sends it.
pub(crate) fn as_browser(request: RequestBuilder, fanfare: &Fanfare, token: &str) -> RequestBuilder {
    request
        .header("cookie", format!("{COOKIE}={token}"))
        .header("origin", fanfare.url.origin().ascii_serialization())
        .header("sec-fetch-site", "same-origin")
        .header("accept", "application/json")
}

/// Sends the requests one after the other; gives the seconds of each, and how many a second there were.
async fn timed(request: impl Fn(usize) -> RequestBuilder) -> Result<(Vec<f64>, f64)> {
    for n in 0..WARM_UP {
        succeed(request(n)).await?;
    }
    let mut seconds = Vec::with_capacity(REQUESTS);
    let all = Instant::now();
    for n in 0..REQUESTS {
        let one = Instant::now();
        succeed(request(WARM_UP + n)).await?;
        seconds.push(one.elapsed().as_secs_f64());
    }
    Ok((seconds, REQUESTS as f64 / all.elapsed().as_secs_f64()))
}

async fn succeed(request: RequestBuilder) -> Result<()> {
    let answer = request.send().await?;
    let status = answer.status();
    let body = answer.text().await?;
    if status.is_success() { Ok(()) } else { Err(format!("{status}: {body}").into()) }
}
