//! The baseline of a burst: the same calls to the platforms from a loop that keeps no records.

use crate::Result;
use crate::process;
use crate::simulated::{NETWORKS, Platforms};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use model::Platform;
use platforms::settings::PlatformSettings;
use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::json;

/// An account of the sandbox, as its control calls tell it.
#[derive(Deserialize)]
struct Account {
    id: String,
    access_token: String,
    #[serde(default)]
    pages: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    id: String,
    access_token: String,
}

/// Makes `each` accounts a network and the requests that publish one post by each, and their texts.
pub(crate) async fn prepare(
    platforms: &Platforms,
    each: usize,
) -> Result<(Vec<String>, Vec<RequestBuilder>)> {
    let settings = PlatformSettings::sandbox(&platforms.url());
    let http = process::http()?;
    let (mut texts, mut calls) = (Vec::new(), Vec::new());
    for network in NETWORKS {
        let wanted = json!({"platform": network.key(), "count": each, "prefix": "bare"});
        let accounts: Vec<Account> =
            serde_json::from_value(platforms.control.post("control/accounts", &wanted).await?)?;
        for account in &accounts {
            let text = format!("Bare call {} to {network}", texts.len());
            calls.push(call(&http, &settings, network, account, &text)?);
            texts.push(text);
        }
    }
    Ok((texts, calls))
}

/// What Fanfare sends for a post of nothing but text.
fn call(
    http: &Client,
    at: &PlatformSettings,
    network: Platform,
    account: &Account,
    text: &str,
) -> Result<RequestBuilder> {
    Ok(match network {
        Platform::Facebook => {
            let page = account.pages.first().ok_or("a person without a Page")?;
            let form = [("access_token", page.access_token.as_str()), ("fields", "id,permalink_url"), ("message", text)];
            http.post(at.facebook.graph_base.at(&format!("/{}/{}/feed", at.facebook.version, page.id))).form(&form)
        }
        Platform::LinkedIn => http
            .post(at.linkedin.api_base.at("/rest/posts"))
            .bearer_auth(&account.access_token)
            .header("LinkedIn-Version", &at.linkedin.version)
            .header("X-Restli-Protocol-Version", "2.0.0")
            .json(&json!({
                "author": format!("urn:li:person:{}", account.id),
                "commentary": text,
                "visibility": "PUBLIC",
                "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
                "lifecycleState": "PUBLISHED",
                "isReshareDisabledByAuthor": false,
            })),
        _ => http
            .post(at.x.api_base.at("/2/tweets"))
            .bearer_auth(&account.access_token)
            .json(&json!({"text": text})),
    })
}

/// Sends them all, `concurrency` at a time.
pub(crate) async fn send(calls: Vec<RequestBuilder>, concurrency: usize) -> Result<()> {
    stream::iter(calls)
        .map(|call| async move {
            let answer = call.send().await?.error_for_status()?;
            answer.bytes().await.map(drop)
        })
        .buffer_unordered(concurrency)
        .try_collect::<()>()
        .await?;
    Ok(())
}
