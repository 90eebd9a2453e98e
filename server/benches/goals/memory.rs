//! Memory of a process with pages and worker that nobody uses any more.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::process::Fanfare;
use crate::report::Row;
use crate::{Result, peers};
use std::time::Duration;

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let installation = Installation::new(engine, None).await?;
    let fanfare = installation.start().await?;
    // A process that never drew a page has not yet taken what it needs for that.
    fanfare.until_ok("setup").await?;
    tokio::time::sleep(Duration::from_secs(10)).await;
    let used = fanfare.resident_mb()?;
    Ok(vec![
        Row::new(format!("idle memory, one process, {engine}"), used, "MB")
            .at_most(60.0)
            .peers(peers::MEMORY),
    ])
}

/// The most that a process has used since its start, which holds for all that is measured of it.
pub(crate) fn peak(fanfare: &Fanfare, name: String) -> Result<Row> {
    Ok(Row::new(name, fanfare.peak_mb()?, "MB").at_most(150.0))
}
