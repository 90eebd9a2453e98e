//! Memory of a process with pages and worker that nobody uses.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::{Result, peers};
use std::time::Duration;

pub(crate) async fn measure() -> Result<Vec<Row>> {
    let installation = Installation::new(Engine::Sqlite, None).await?;
    let fanfare = installation.start().await?;
    tokio::time::sleep(Duration::from_secs(10)).await;
    let used = fanfare.resident_mb()?;
    Ok(vec![Row::new("idle memory, one process", used, "MB").at_most(60.0).peers(peers::MEMORY)])
}
