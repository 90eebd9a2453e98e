//! One account's page.

use super::days::{Known, Window};
use super::names::Names;
use super::posts::numbered;
use super::runs::shown;
use crate::context::Context;
use crate::errors::OrInternal as _;
use insights::Day;
use model::statistics::{AccountNumbers, Course, Figure, Metric, Range};
use model::{AccountId, ApiResult, WorkspaceId};
use storage::{Tx, account_days, post_days, remote_posts, sync_runs};

/// Most posts that are shown.
const POSTS: i64 = 50;

pub(super) async fn account(
    context: &Context,
    workspace: WorkspaceId,
    id: AccountId,
    range: Range,
) -> ApiResult<AccountNumbers> {
    let mut tx = context.db.read().await.or_internal()?;
    let window = Window::of(&mut tx, workspace, range, context.db.clock().now()).await?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let account = names.get(id)?.clone();
    let (before, days) = days(&mut tx, workspace, id, &window).await?;
    let told = context.registry.get(account.platform).metrics();
    let courses = Metric::ALL.map(|metric| course(metric, told.contains(&metric), &days, &before));
    let (from, to) = (window.days.from, window.days.to);
    let posts = remote_posts::in_range(&mut tx, workspace, id, from, to, POSTS).await.or_internal()?;
    let posts_in_all = post_days::number(&mut tx, workspace, id, from, to).await.or_internal()?;
    let last = sync_runs::list(&mut tx, workspace, id, None, 1).await.or_internal()?;
    Ok(AccountNumbers {
        last_sync: last.into_iter().next().map(|run| shown(run, account.clone(), &window.zone)),
        account,
        days: window.days,
        courses: courses.to_vec(),
        posts: posts.into_iter().filter_map(|row| numbered(row, &names, &window.zone)).collect(),
        posts_in_all,
    })
}

/// What is known of one account, day by day: the days before, and those looked at.
pub(super) async fn days(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    window: &Window,
) -> ApiResult<(Vec<Day>, Vec<Day>)> {
    let (from, to) = (window.before.from, window.days.to);
    let rows = account_days::of_accounts(tx, workspace, &[account], from, to).await.or_internal()?;
    let levels = account_days::followers_before(tx, workspace, from).await.or_internal()?;
    let posts = post_days::per_day(tx, workspace, Some(account), from, to).await.or_internal()?;
    let first_post = remote_posts::first_day(tx, workspace, Some(account)).await.or_internal()?;
    let mut known = Known::of_account(rows.iter().map(|row| &row.day)).with_posts(&posts, first_post);
    known.followers_before =
        levels.into_iter().find(|(id, _)| *id == account).map(|(_, followers)| followers);
    Ok(window.split(&known))
}

/// Without any values where nothing is known and the platform never tells.
fn course(metric: Metric, told: bool, days: &[Day], before: &[Day]) -> Course {
    let course = insights::course(metric, days, before);
    let mut values = course.values.iter().chain(&course.before);
    if told || values.any(Option::is_some) {
        return course;
    }
    let figure = Figure { metric, now: None, before: None };
    Course { figure, values: Vec::new(), before: Vec::new() }
}
