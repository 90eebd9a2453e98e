//! The calendar.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::ApiError;
use model::account::AccountView;
use model::calendar::{CalendarFilter, CalendarView};
use serde::{Deserialize, Serialize};

/// The days with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarData {
    pub view: CalendarView,
    /// To filter by.
    pub accounts: Vec<AccountView>,
}

/// What stands on the days of a span. For members.
#[server(endpoint = "calendar", input = Json)]
pub async fn calendar(filter: CalendarFilter) -> Result<CalendarData, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        Ok(CalendarData {
            view: services.calendar.view(actor, filter).await?,
            accounts: services.accounts.list(actor).await?,
        })
    })
    .await
}
