//! From the start of the process on a migrated database to its first answer.

use crate::Result;
use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::stats::median;

const STARTS: usize = 7;

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let installation = Installation::new(engine, None).await?;
    installation.start().await?.stop().await?;
    let (mut healthy, mut ready) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let fanfare = installation.spawn()?;
        healthy.push(fanfare.until_ok("healthz").await?.as_secs_f64());
        ready.push(fanfare.until_ok("readyz").await?.as_secs_f64());
        fanfare.stop().await?;
    }
    Ok(vec![
        Row::new(
            format!("start until /healthz answers, {engine}, median of {STARTS}"),
            median(&mut healthy),
            "s",
        )
        .at_most(0.5),
        Row::new(
            format!("start until /readyz says ready, {engine}, median of {STARTS}"),
            median(&mut ready),
            "s",
        )
        .at_most(0.5),
    ])
}
