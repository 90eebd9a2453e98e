//! Saving a new post once more by its key, since the answer to an earlier save got lost.

use super::due::due;
use super::load::{Loaded, load};
use super::revisions::Noted;
use super::save::Changed;
use super::{Posts, Stop};
use chrono::{DateTime, Utc};
use model::post::{PostInput, When};
use model::{Actor, ApiError, ApiResult, Conflict, Problem, TargetState};
use std::collections::BTreeSet;
use storage::Tx;
use storage::posts::KeyedRow;
use storage::targets::TargetRow;

impl Posts {
    /// A save of a post that its sender knows by the key alone: the answer to an earlier save got lost. Gives whether something
    /// has a new time.
    pub(super) async fn save_again(
        &self,
        tx: &mut Tx,
        actor: Actor,
        there: KeyedRow,
        input: &PostInput,
        when: Option<&When>,
        now: DateTime<Utc>,
    ) -> Result<bool, Stop> {
        let loaded = load(tx, actor.workspace, there.id).await?;
        if is_same(&loaded.input(), input) && when.is_none_or(|when| is_done(&loaded, when, now)) {
            return Ok(false);
        }
        let is_draft = loaded.targets.iter().all(|target| target.state == TargetState::Draft);
        // The sender saw no version. What nobody else changed is the sender's own; without a time it is taken for a draft,
        // and what is scheduled by now must not change by the way.
        if !there.own || (when.is_none() && !is_draft) {
            return Err(ApiError::conflict(in_the_way(&loaded.targets)).into());
        }
        let changed = Changed { input, when, noted: Noted::Worked };
        let scheduled = self.change(tx, actor, &loaded, changed, now).await?;
        storage::posts::saved_by_key(tx, actor.workspace, there.id).await?;
        Ok(scheduled)
    }
}

/// More than any random key needs.
const MAX_KEY: usize = 64;

pub(super) fn checked_key(key: &str) -> ApiResult<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(plain) {
        Ok(key)
    } else {
        Err(ApiError::invalid("key", Problem::BadValue))
    }
}

/// The actor's own post of that key.
pub(super) async fn keyed(tx: &mut Tx, actor: Actor, key: Option<&str>) -> Result<Option<KeyedRow>, Stop> {
    let Some(key) = key else { return Ok(None) };
    match storage::posts::by_key(tx, actor.workspace, key).await? {
        Some(there) if there.author_id != actor.user => Err(ApiError::NotFound.into()),
        found => Ok(found),
    }
}

/// The same content for the same accounts, in whatever order.
fn is_same(one: &PostInput, other: &PostInput) -> bool {
    let accounts = |input: &PostInput| input.accounts.iter().copied().collect::<BTreeSet<_>>();
    one.text == other.text
        && one.media == other.media
        && one.variants == other.variants
        && accounts(one) == accounts(other)
}

/// The post waits for this very time, or went out at it.
fn is_done(loaded: &Loaded, when: &When, now: DateTime<Utc>) -> bool {
    use TargetState as S;
    let Ok(wanted) = due(when, &loaded.post.zone, now) else { return false };
    // Whatever is due already was to go out at once.
    let in_time = |target: &TargetRow| target.due_at.is_some_and(|at| at.max(now) == wanted.at);
    let under_way = |state| matches!(state, S::Scheduled | S::Publishing | S::Unknown | S::Published);
    !loaded.targets.is_empty() && loaded.meant().all(|target| under_way(target.state) && in_time(target))
}

/// Why nobody may change the post unseen.
fn in_the_way(targets: &[TargetRow]) -> Conflict {
    let any = |states: &[TargetState]| targets.iter().any(|target| states.contains(&target.state));
    if any(&[TargetState::Publishing, TargetState::Unknown]) {
        Conflict::GoingOut
    } else if any(&[TargetState::Published]) {
        Conflict::AlreadyPublished
    } else {
        Conflict::Changed
    }
}
