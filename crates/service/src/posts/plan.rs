//! What becomes of a post's targets when it is changed.

use super::Stop;
use super::acts::destination;
use super::content::{Destination, check_content, check_schedule};
use super::images::Images;
use super::load::Loaded;
use super::stop::held;
use chrono::{DateTime, Utc};
use model::account::called;
use model::post::PostInput;
use model::state::Event;
use model::{AccountId, ApiError, Conflict, Platform, Problem, TargetState, WorkspaceId};
use std::collections::{BTreeSet, HashSet};
use storage::Tx;
use storage::targets::{Due, TargetAccountRow, TargetRow};

/// What becomes of the targets of a post that is changed.
pub(super) struct Plan<'a> {
    /// The time of what is scheduled: the one chosen, or that of the targets which wait already.
    pub(super) due: Option<Due>,
    scheduled: Vec<(&'a TargetRow, TargetState)>,
    edited: Vec<(&'a TargetRow, TargetState)>,
    cancelled: Vec<(&'a TargetRow, TargetState)>,
    /// Taken away without a trace: the ledger doesn't know them.
    removed: Vec<&'a TargetRow>,
    pub(super) added: Vec<AccountId>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(
        loaded: &'a Loaded,
        input: &PostInput,
        explicit: Option<Due>,
        content_changed: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, Stop> {
        let wanted: HashSet<_> = input.accounts.iter().copied().collect();
        let known: HashSet<_> = loaded.targets.iter().map(|target| target.account_id).collect();
        let (kept, dropped): (Vec<_>, Vec<_>) =
            loaded.targets.iter().partition(|t| wanted.contains(&t.account_id));
        let chosen = explicit.is_some();
        let mut plan = Self {
            // Who joins a scheduled post goes out with it.
            due: explicit.or_else(|| earliest(&kept, now)),
            scheduled: Vec::new(),
            edited: Vec::new(),
            cancelled: Vec::new(),
            removed: Vec::new(),
            added: input.accounts.iter().copied().filter(|account| !known.contains(account)).collect(),
        };
        for target in kept {
            let rejoins = target.state == TargetState::Cancelled && plan.due.is_some();
            if target.state == TargetState::Published {
                continue;
            } else if chosen || rejoins {
                let event =
                    if target.state == TargetState::Scheduled { Event::Move } else { Event::Schedule };
                plan.scheduled.push((target, target.state.apply(event)?));
            } else if content_changed {
                plan.edited.push((target, target.state.apply(Event::Edit)?));
            }
        }
        for target in dropped {
            match target.state {
                TargetState::Cancelled => {}
                TargetState::Published => return Err(ApiError::conflict(Conflict::AlreadyPublished).into()),
                _ if target.attempts == 0 => plan.removed.push(target),
                state => plan.cancelled.push((target, state.apply(Event::Cancel)?)),
            }
        }
        if chosen && plan.scheduled.is_empty() && plan.added.is_empty() && !loaded.targets.is_empty() {
            let out = loaded.targets.iter().any(|target| target.state == TargetState::Published);
            return Err(if out {
                ApiError::conflict(Conflict::AlreadyPublished).into()
            } else {
                ApiError::invalid("accounts", Problem::NoAccount).into()
            });
        }
        Ok(plan)
    }

    pub(super) fn changes_nothing(&self) -> bool {
        self.scheduled.is_empty()
            && self.edited.is_empty()
            && self.cancelled.is_empty()
            && self.removed.is_empty()
            && self.added.is_empty()
    }

    /// Refuses to schedule what can't go out, and to spoil what waits to go out.
    pub(super) fn check(
        &self,
        input: &PostInput,
        images: &Images,
        added: &[TargetAccountRow],
        chosen: bool,
    ) -> Result<(), Stop> {
        let mut destinations: Vec<_> = self.scheduled.iter().map(|(target, _)| destination(target)).collect();
        if self.due.is_some() {
            destinations.extend(added.iter().map(new_destination));
        }
        if chosen || !destinations.is_empty() {
            check_schedule(input, images, &destinations)?;
        }
        let waiting: BTreeSet<Platform> = self
            .edited
            .iter()
            .filter(|(_, to)| *to == TargetState::Scheduled)
            .map(|(target, _)| target.platform)
            .collect();
        Ok(check_content(input, images, waiting)?)
    }

    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        workspace: WorkspaceId,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        if let Some(due) = &self.due {
            for (target, to) in &self.scheduled {
                held(storage::targets::schedule(tx, workspace, target.seen(), *to, due, now).await?)?;
            }
        }
        for (target, to) in &self.edited {
            held(storage::targets::edit(tx, workspace, target.seen(), *to, now).await?)?;
        }
        for (target, to) in &self.cancelled {
            held(storage::targets::cancel(tx, workspace, target.seen(), *to, now).await?)?;
        }
        for target in &self.removed {
            held(storage::targets::remove(tx, workspace, target.seen()).await?)?;
        }
        Ok(())
    }
}

/// The time of the scheduled target that is due first; not before now.
fn earliest(targets: &[&TargetRow], now: DateTime<Utc>) -> Option<Due> {
    let waiting = targets.iter().filter(|target| target.state == TargetState::Scheduled);
    let (at, zone) = waiting.filter_map(|target| Some((target.due_at?, target.zone.clone()?))).min()?;
    Some(Due { at: at.max(now), zone })
}

pub(super) fn new_destination(account: &TargetAccountRow) -> Destination {
    let name = called(&account.handle, &account.name);
    Destination { platform: account.platform, account: name, ready: !account.paused }
}
