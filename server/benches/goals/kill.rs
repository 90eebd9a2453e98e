//! Killed without warning in the middle of work and started again: how soon it goes on, and whether every post is out once in the
//! end. With the waits of production, so that it lasts until the leases of the dead process have ended.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::simulated::{NETWORKS, Platforms};
use crate::{Result, peers};
use chrono::TimeDelta;
use model::TargetState;
use model::clock::{Clock as _, SystemClock};
use seeding::DuePost;
use service::Context;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const POSTS: usize = 200;
/// The platforms publish at once and answer this late: whatever is under way at the kill is out, and nobody was told.
const ANSWER_AFTER: Duration = Duration::from_millis(300);
/// Killed when the first of the second wave are answered.
const KILL_AFTER: u64 = 80;
const GOES_ON_WITHIN: Duration = Duration::from_secs(60);
const SETTLED_WITHIN: Duration = Duration::from_secs(240);

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let actor = seeding::people(&context).await?;
    let mut accounts = Vec::new();
    for network in NETWORKS {
        accounts.extend(seeding::accounts(&context, &platforms.control, actor, network, 20, "kill").await?);
    }
    let post = |(n, account): (usize, &seeding::Seeded)| DuePost {
        account: account.id,
        text: format!("Post {n} across a kill"),
        media: None,
    };
    let posts: Vec<DuePost> = accounts.iter().cycle().take(POSTS).enumerate().map(post).collect();
    let answers = platforms.slow_commits(ANSWER_AFTER, true).await?;
    let fanfare = installation.start().await?;
    let clock = SystemClock::default();
    let due = clock.now() + TimeDelta::seconds(2);
    let targets = seeding::due_posts(&context, actor.workspace, actor.user, &posts, due).await?;
    platforms.wait_played(answers, KILL_AFTER, GOES_ON_WITHIN).await?;

    let killed = clock.now();
    fanfare.kill().await?;
    // What the dead process had sent is read by now.
    sleep(Duration::from_millis(100)).await;
    let before = platforms.played(answers).await?;
    let restarted = clock.now();
    let fanfare = installation.spawn()?;
    platforms.wait_played(answers, before + 1, GOES_ON_WITHIN).await?;
    let next = platforms
        .arrivals()
        .await?
        .first_since(restarted.timestamp_millis())
        .ok_or("no post after the kill")?;
    let pause = TimeDelta::milliseconds(next - killed.timestamp_millis()).as_seconds_f64();

    settled(&context, SETTLED_WITHIN).await?;
    let arrivals = platforms.arrivals().await?;
    let texts: Vec<&str> = posts.iter().map(|post| post.text.as_str()).collect();
    let mut wrong = arrivals.not_once(&texts);
    let mut tx = context.db.read().await?;
    for (target, text) in targets.iter().zip(&texts) {
        let row = storage::publishing::load(&mut tx, *target).await?.ok_or("a target is gone")?;
        // Out once but not known to be: stuck.
        wrong += usize::from(row.state != TargetState::Published && arrivals.times(text).len() == 1);
    }
    drop(tx);
    drop(fanfare);
    let name = format!("kill -9 with {POSTS} due, {engine}");
    Ok(vec![
        Row::new(format!("{name}: until the next goes out"), pause, "s").at_most(30.0).peers(peers::KILL),
        Row::new(format!("{name}: lost, doubled or stuck"), wrong as f64, "")
            .at_most(0.0)
            .peers(peers::KILL_ONCE),
    ])
}

/// Waits until no target has anything left to be done.
async fn settled(context: &Context, within: Duration) -> Result<()> {
    let end = Instant::now() + within;
    loop {
        let next = {
            let mut tx = context.db.read().await?;
            // Seen from tomorrow, no mark hides a target that is on its way.
            let tomorrow = context.db.clock().now() + chrono::TimeDelta::days(1);
            storage::sweep::next_due(&mut tx, tomorrow).await?
        };
        if next.is_none() {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(
                format!("not all posts were settled within {} s of the kill", within.as_secs()).into()
            );
        }
        sleep(Duration::from_secs(1)).await;
    }
}
