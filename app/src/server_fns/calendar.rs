//! The calendar.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::account::AccountView;
use model::calendar::{CalendarFilter, CalendarView};
use model::post::PostView;
use model::statistics::NumberedPost;
use model::{ApiError, LocalTime, PostId, UserId};
use serde::{Deserialize, Serialize};

/// The days with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarData {
    pub view: CalendarView,
    /// To filter by.
    pub accounts: Vec<AccountView>,
    pub authors: Vec<Author>,
}

/// Somebody who composes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub id: UserId,
    pub name: String,
}

/// What stands on the days of a span, and what they can be filtered by. For members.
#[server(endpoint = "calendar/page", input = Json)]
pub async fn calendar_page(filter: CalendarFilter) -> Result<CalendarData, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let members = services.team.members(actor).await?;
        Ok(CalendarData {
            view: services.calendar.view(actor, filter).await?,
            accounts: services.accounts.list(actor).await?,
            authors: members
                .into_iter()
                .map(|member| Author { id: member.user, name: member.name })
                .collect(),
        })
    })
    .await
}

/// What stands on the days of a span. For members.
#[server(endpoint = "calendar", input = Json)]
pub async fn calendar(filter: CalendarFilter) -> Result<CalendarView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.calendar.view(actor, filter).await
    })
    .await
}

/// A post, as looked at in passing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Peeked {
    pub post: PostView,
    /// What it has had on each account where it is out and was counted.
    pub counts: Vec<NumberedPost>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// A post with its numbers, if it is out. For members.
#[server(endpoint = "calendar/peek")]
pub async fn peek(post: PostId) -> Result<Peeked, ApiError> {
    use crate::request;
    use model::TargetState;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let view = services.posts.get(actor, post).await?;
        let is_out = view.targets.iter().any(|target| target.state == TargetState::Published);
        let counts = if is_out { services.statistics.counts(actor, post).await? } else { Vec::new() };
        Ok(Peeked { post: view, counts, now: super::zoned::now()? })
    })
    .await
}
