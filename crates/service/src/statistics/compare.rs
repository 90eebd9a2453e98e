//! Accounts side by side.

use super::days::{Known, Window, tally};
use super::names::Names;
use crate::context::Context;
use crate::errors::OrInternal as _;
use insights::Period;
use model::statistics::{CompareFilter, ComparedAccount, Comparison, Course};
use model::{AccountId, ApiError, ApiResult, Problem, WorkspaceId};
use std::collections::HashMap;
use storage::{Tx, account_days};

pub(super) async fn compare(
    context: &Context,
    workspace: WorkspaceId,
    filter: &CompareFilter,
) -> ApiResult<Comparison> {
    if filter.accounts.len() > Comparison::MOST {
        return Err(ApiError::invalid("accounts", Problem::BadValue));
    }
    let mut tx = context.db.read().await.or_internal()?;
    let window = Window::of(&mut tx, workspace, filter.range, context.db.clock().now()).await?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let ids = if filter.accounts.is_empty() {
        most_followed(&mut tx, workspace, &window, &names).await?
    } else {
        filter.accounts.clone()
    };
    let mut parts = Parts::read(&mut tx, workspace, &window, &ids).await?;
    let mut accounts = Vec::with_capacity(ids.len());
    for id in ids {
        accounts
            .push(ComparedAccount { account: names.get(id)?.clone(), courses: parts.courses(&window, id) });
    }
    Ok(Comparison { days: window.days, accounts, choices: names.0 })
}

/// The connected accounts with the most followers at the end.
async fn most_followed(
    tx: &mut Tx,
    workspace: WorkspaceId,
    window: &Window,
    names: &Names,
) -> ApiResult<Vec<AccountId>> {
    let Some(after) = window.days.to.succ_opt() else { return Ok(Vec::new()) };
    let levels = account_days::followers_before(tx, workspace, after).await.or_internal()?;
    let levels: HashMap<AccountId, i64> = levels.into_iter().collect();
    let mut ids: Vec<AccountId> = names.connected().map(|account| account.id).collect();
    ids.sort_by_key(|id| std::cmp::Reverse(levels.get(id).copied()));
    ids.truncate(Comparison::MOST);
    Ok(ids)
}

/// What is read of the accounts: every day of the range, and sums of those before.
struct Parts {
    days: HashMap<AccountId, Known>,
    before: HashMap<AccountId, Period>,
}

impl Parts {
    async fn read(
        tx: &mut Tx,
        workspace: WorkspaceId,
        window: &Window,
        ids: &[AccountId],
    ) -> ApiResult<Self> {
        let (days, before) = (window.days, window.before);
        let rows = account_days::of_accounts(tx, workspace, ids, days.from, days.to).await.or_internal()?;
        let sums = account_days::sums(tx, workspace, ids, before.from, before.to).await.or_internal()?;
        let levels = account_days::followers_before(tx, workspace, days.from).await.or_internal()?;
        let mut parts = Self { days: HashMap::new(), before: HashMap::new() };
        for of_one in rows.chunk_by(|a, b| a.account_id == b.account_id) {
            if let Some(first) = of_one.first() {
                parts.days.insert(first.account_id, Known::of_account(of_one.iter().map(|row| &row.day)));
            }
        }
        for of in sums {
            parts.before.entry(of.key).or_default().tally = tally(&of.sums);
        }
        for (account, followers) in levels {
            parts.before.entry(account).or_default().followers = Some(followers);
        }
        Ok(parts)
    }

    fn courses(&mut self, window: &Window, id: AccountId) -> Vec<Course> {
        let before = self.before.remove(&id).unwrap_or_default();
        let mut known = self.days.remove(&id).unwrap_or_default();
        known.followers_before = before.followers;
        let (_, days) = window.split(&known);
        let now = Period::of(&days);
        let course = |metric| Course {
            figure: insights::figure(metric, &now, &before),
            values: insights::values(metric, &days),
            before: Vec::new(),
        };
        Comparison::METRICS.map(course).to_vec()
    }
}
