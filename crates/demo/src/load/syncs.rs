//! The log of the last weeks' syncs.

use super::{LoadError, Place};
use crate::draw::Draw;
use crate::{Plan, Standing};
use chrono::{NaiveTime, TimeDelta};
use model::state::Reason;
use service::zones::{local_time, resolve};
use storage::Tx;
use storage::demo::PastSync;

/// How many days of it there are.
const DAYS: usize = 28;
/// Hour of the workspace at which they begin.
const HOUR: u32 = 8;

/// Writes a sync of each account and morning: an account whose consent ended has failed since.
pub(super) async fn write(
    tx: &mut Tx,
    plan: &Plan,
    place: usize,
    connected: &Place,
    seed: u64,
) -> Result<(), LoadError> {
    let workspace = &plan.workspaces[place];
    let mut draw = Draw::new(seed, &format!("syncs of {}", workspace.name));
    let today = local_time(plan.now, workspace.zone).local.date();
    let time = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or(NaiveTime::MIN);
    let mut days: Vec<_> = today.iter_days().rev().skip(1).take(DAYS).collect();
    days.reverse();
    let mut syncs = Vec::new();
    for day in days {
        let begin = resolve(day.and_time(time), workspace.zone)?;
        for (planned, account) in workspace.accounts.iter().zip(&connected.accounts) {
            let started_at = begin + TimeDelta::milliseconds(draw.between(200, 45_000));
            let took = TimeDelta::milliseconds(draw.between(600, 3_800));
            let has_ended = match planned.standing {
                Standing::NeedsReconnect { days } => plan.now - started_at < TimeDelta::days(days),
                Standing::Well | Standing::Paused { .. } => false,
            };
            let expired = || Reason::Reconnect { message: super::accounts::EXPIRED.to_owned() };
            let reason = if has_ended {
                Some(expired())
            } else if draw.below(80) == 0 {
                Some(Reason::GaveUp { message: "503 Service Unavailable".to_owned() })
            } else {
                None
            };
            let posts = if reason.is_some() { 0 } else { draw.between(8, 34) };
            syncs.push(PastSync {
                account: account.id,
                day,
                started_at,
                ended_at: started_at + took,
                posts,
                reason,
            });
        }
    }
    Ok(storage::demo::insert_syncs(tx, workspace.id, &syncs).await?)
}
