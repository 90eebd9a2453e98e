//! Moving, cancelling and retrying.

use super::content::{Destination, check_schedule};
use super::due::due;
use super::load::{Loaded, load};
use super::stop::held;
use super::{Posts, Stop};
use chrono::{DateTime, Utc};
use model::account::called;
use model::post::When;
use model::state::Event;
use model::{ApiError, Conflict, PostId, Problem, TargetId, TargetState, WorkspaceId};
use storage::Tx;
use storage::targets::TargetRow;

impl Posts {
    pub(super) async fn try_reschedule(
        &self,
        workspace: WorkspaceId,
        post: PostId,
        when: &When,
    ) -> Result<(), Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let loaded = begin_act(&mut tx, workspace, post, now).await?;
        if loaded.targets.is_empty() {
            return Err(ApiError::invalid("accounts", Problem::NoAccount).into());
        }
        let moves: Vec<_> = loaded
            .meant()
            .filter_map(|target| Some((target, target.state.apply(move_event(target.state)).ok()?)))
            .collect();
        if moves.is_empty() {
            return Err(refusal(&loaded.targets, Event::Move).into());
        }
        self.schedule_all(tx, workspace, &loaded, &moves, when, now).await
    }

    pub(super) async fn try_retry_target(
        &self,
        workspace: WorkspaceId,
        target: TargetId,
        when: &When,
    ) -> Result<PostId, Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let (loaded, target) = begin_target_act(&mut tx, workspace, target, now).await?;
        let to = target.state.apply(Event::Retry)?;
        self.schedule_all(tx, workspace, &loaded, &[(&target, to)], when, now).await?;
        Ok(loaded.post.id)
    }

    /// Checks that the content may go out on these targets, and schedules them.
    async fn schedule_all(
        &self,
        mut tx: Tx,
        workspace: WorkspaceId,
        loaded: &Loaded,
        targets: &[(&TargetRow, TargetState)],
        when: &When,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let due = due(when, &loaded.post.zone, now)?;
        let destinations: Vec<_> = targets.iter().map(|(target, _)| destination(target)).collect();
        check_schedule(&loaded.input(), &loaded.images(), &destinations)?;
        for (target, to) in targets {
            held(storage::targets::schedule(&mut tx, workspace, target.seen(), *to, &due, now).await?)?;
        }
        self.commit_and_announce(tx, workspace).await
    }

    pub(super) async fn try_cancel(&self, workspace: WorkspaceId, post: PostId) -> Result<(), Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let loaded = begin_act(&mut tx, workspace, post, now).await?;
        let mut cancelled = 0;
        for target in &loaded.targets {
            if let Ok(to) = target.state.apply(Event::Cancel) {
                held(storage::targets::cancel(&mut tx, workspace, target.seen(), to, now).await?)?;
                cancelled += 1;
            }
        }
        if cancelled == 0 {
            return Err(refusal(&loaded.targets, Event::Cancel).into());
        }
        self.commit(tx, workspace).await
    }

    pub(super) async fn try_cancel_target(
        &self,
        workspace: WorkspaceId,
        target: TargetId,
    ) -> Result<PostId, Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let (loaded, target) = begin_target_act(&mut tx, workspace, target, now).await?;
        let to = target.state.apply(Event::Cancel)?;
        held(storage::targets::cancel(&mut tx, workspace, target.seen(), to, now).await?)?;
        self.commit(tx, workspace).await?;
        Ok(loaded.post.id)
    }
}

/// Moving a draft schedules it.
const fn move_event(state: TargetState) -> Event {
    if matches!(state, TargetState::Draft) { Event::Schedule } else { Event::Move }
}

pub(super) fn destination(target: &TargetRow) -> Destination {
    Destination {
        platform: target.platform,
        account: called(&target.handle, &target.account_name),
        ready: !target.paused && !target.disconnected,
    }
}

/// Reads a post for an act on its targets, after raising its version.
pub(super) async fn begin_act(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    now: DateTime<Utc>,
) -> Result<Loaded, Stop> {
    if !storage::posts::touch(tx, workspace, post, now).await? {
        return Err(ApiError::NotFound.into());
    }
    load(tx, workspace, post).await
}

/// The same for one target.
pub(super) async fn begin_target_act(
    tx: &mut Tx,
    workspace: WorkspaceId,
    target: TargetId,
    now: DateTime<Utc>,
) -> Result<(Loaded, TargetRow), Stop> {
    let (loaded, row) = begin_shown_target_act(tx, workspace, target, now).await?;
    if loaded.post.deleted { Err(ApiError::NotFound.into()) } else { Ok((loaded, row)) }
}

/// The same, also of a post that is deleted and shown for this act alone; of such a post nobody holds a version any more.
pub(super) async fn begin_shown_target_act(
    tx: &mut Tx,
    workspace: WorkspaceId,
    target: TargetId,
    now: DateTime<Utc>,
) -> Result<(Loaded, TargetRow), Stop> {
    let post = storage::targets::post_of(tx, workspace, target).await?.ok_or(ApiError::NotFound)?;
    storage::posts::touch(tx, workspace, post, now).await?;
    let loaded = load(tx, workspace, post).await?;
    let row = loaded.targets.iter().find(|row| row.id == target).cloned().ok_or(ApiError::NotFound)?;
    Ok((loaded, row))
}

/// Why no target can take the event: that one is going out comes before all else.
fn refusal(targets: &[TargetRow], event: Event) -> ApiError {
    let refusals: Vec<ApiError> =
        targets.iter().filter_map(|target| target.state.apply(event).err()).map(ApiError::from).collect();
    let going_out = ApiError::conflict(Conflict::GoingOut);
    if refusals.contains(&going_out) {
        return going_out;
    }
    let nothing_there = ApiError::conflict(Conflict::WrongState { state: TargetState::Draft });
    refusals.into_iter().next().unwrap_or(nothing_there)
}
