//! All connected accounts together. The database adds up each day; so the work doesn't grow with the accounts.

use super::days::{Known, Window, tally};
use super::names::Names;
use super::posts::numbered;
use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::local_time;
use model::statistics::{Metric, Overview, Range};
use model::{ApiResult, WorkspaceId};
use std::collections::HashSet;
use storage::{Tx, account_days, post_days, remote_posts, sync_runs};

const METRICS: [Metric; 6] = [
    Metric::Followers,
    Metric::Reach,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Posts,
];
/// How many of the best posts are shown.
const BEST: i64 = 5;

pub(super) async fn overview(context: &Context, workspace: WorkspaceId, range: Range) -> ApiResult<Overview> {
    let mut tx = context.db.read().await.or_internal()?;
    let window = Window::of(&mut tx, workspace, range, context.db.clock().now()).await?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let (before, days) = window.split(&known(&mut tx, workspace, &window, &names).await?);
    let (from, to) = (window.days.from, window.days.to);
    let best = remote_posts::best(&mut tx, workspace, from, to, BEST).await.or_internal()?;
    let synced_at = sync_runs::last_end(&mut tx, workspace).await.or_internal()?;
    Ok(Overview {
        days: window.days,
        accounts: i64::try_from(names.connected().count()).unwrap_or(i64::MAX),
        courses: METRICS.map(|metric| insights::course(metric, &days, &before)).to_vec(),
        best: best.into_iter().filter_map(|row| numbered(row, &names, &window.zone)).collect(),
        synced_at: synced_at.map(|at| local_time(at, &window.zone)),
    })
}

async fn known(tx: &mut Tx, workspace: WorkspaceId, window: &Window, names: &Names) -> ApiResult<Known> {
    let (from, to) = (window.before.from, window.days.to);
    let sums = account_days::sums_by_day(tx, workspace, from, to).await.or_internal()?;
    let steps = account_days::follower_steps(tx, workspace, from, to).await.or_internal()?;
    let levels = account_days::followers_before(tx, workspace, from).await.or_internal()?;
    let posts = post_days::per_day(tx, workspace, None, from, to).await.or_internal()?;
    let first_post = remote_posts::first_day(tx, workspace, None).await.or_internal()?;

    let connected: HashSet<_> = names.connected().map(|account| account.id).collect();
    let followers_before = levels
        .into_iter()
        .filter(|(account, _)| connected.contains(account))
        .map(|(_, followers)| followers)
        .reduce(i64::saturating_add);
    let mut level = followers_before.unwrap_or(0);
    let followers = steps.into_iter().map(|(day, step)| {
        level = level.saturating_add(step);
        (day, level)
    });
    let known = Known {
        followers_before,
        followers: followers.collect(),
        tallies: sums.into_iter().map(|of| (of.key, tally(&of.sums))).collect(),
        ..Known::default()
    };
    Ok(known.with_posts(&posts, first_post))
}
