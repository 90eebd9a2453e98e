//! A person's word on a target whose outcome can't be seen.

use super::acts::begin_shown_target_act;
use super::stop::held;
use super::{Posts, Stop};
use model::post::UnknownAnswer;
use model::state::Event;
use model::{Actor, ApiError, ApiResult, Conflict, PostId, Problem, TargetId, TargetState};
use url::Url;

/// In bytes.
const MAX_URL: usize = 2_000;

impl Posts {
    pub(super) async fn try_resolve(
        &self,
        actor: Actor,
        target: TargetId,
        answer: &UnknownAnswer,
    ) -> Result<PostId, Stop> {
        let now = self.now();
        let workspace = actor.workspace;
        let mut tx = self.context.db.begin().await?;
        let (loaded, target) = begin_shown_target_act(&mut tx, workspace, target, now).await?;
        if target.state == TargetState::Unknown && !target.asks {
            return Err(ApiError::conflict(Conflict::GoingOut).into());
        }
        let (act, outcome) = match answer {
            UnknownAnswer::Present { url } => {
                let to = target.state.apply(Event::SettlePresent)?;
                let url = checked_url(url.as_deref())?;
                // It went out when the lost request was sent, not now.
                let published_at = target.committing_at.unwrap_or(now);
                let seen = target.seen();
                let written =
                    storage::targets::settle_present(&mut tx, workspace, seen, to, url, published_at, now)
                        .await?;
                held(written)?;
                ("target.settled_present", "present")
            }
            UnknownAnswer::Absent => {
                let to = target.state.apply(Event::SettleAbsent)?;
                let (to, again) =
                    if loaded.post.deleted { (to.apply(Event::Cancel)?, None) } else { (to, Some(now)) };
                let seen = target.seen();
                held(storage::targets::settle_absent(&mut tx, workspace, seen, to, again, now).await?)?;
                ("target.settled_absent", "absent")
            }
        };
        if let Some(attempt) = target.attempt_id {
            storage::attempts::set_outcome(&mut tx, attempt, outcome).await?;
        }
        let subject = target.id.to_string();
        storage::audit::insert(&mut tx, Some(workspace), Some(actor.user), act, &subject, now).await?;
        self.commit_and_announce(tx, workspace).await?;
        Ok(loaded.post.id)
    }
}

/// A web address, or none.
fn checked_url(url: Option<&str>) -> ApiResult<Option<&str>> {
    let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else { return Ok(None) };
    let is_web = Url::parse(url).is_ok_and(|parsed| matches!(parsed.scheme(), "http" | "https"));
    // The parser leaves out line ends and escapes the rest; we keep the text.
    if is_web && url.len() <= MAX_URL && !url.chars().any(char::is_control) {
        Ok(Some(url))
    } else {
        Err(ApiError::invalid("url", Problem::BadValue))
    }
}
