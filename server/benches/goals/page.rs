//! What a browser loads for the first page after signing in, by a real browser.

use crate::create::owner;
use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::{Result, browser, peers};
use serde::Deserialize;

/// The answer of `page_weight.mjs`.
#[derive(Deserialize)]
struct Weight {
    /// On the wire, headers included.
    bytes: f64,
    requests: f64,
    /// Answers that came as brotli.
    brotli: u32,
    /// Addresses that were not answered with success.
    failed: Vec<String>,
    hydrated: bool,
}

pub(crate) async fn measure() -> Result<Vec<Row>> {
    let installation = Installation::new(Engine::Sqlite, None).await?;
    let context = installation.open().await?;
    let (token, _) = owner(&context).await?;
    context.db.close().await;
    let fanfare = installation.start().await?;
    let weight: Weight = browser::run("setup/page_weight.mjs", fanfare.url.as_str(), token).await?;
    if !weight.failed.is_empty() {
        return Err(format!("the page asks for what is not there: {}", weight.failed.join(", ")).into());
    }
    if !weight.hydrated || weight.brotli == 0 {
        return Err("the page was not hydrated, or nothing came as brotli".into());
    }
    Ok(vec![
        Row::new("first signed-in page, all of it, brotli", weight.bytes / 1000.0, "KB")
            .at_most(450.0)
            .peers(peers::PAGE),
        Row::new("first signed-in page, requests", weight.requests, "")
            .at_most(15.0)
            .peers(peers::PAGE_REQUESTS),
    ])
}
