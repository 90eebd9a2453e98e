//! The calendar.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::account::AccountView;
use model::calendar::{CalendarFilter, CalendarView};
use model::{ApiError, UserId};
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
