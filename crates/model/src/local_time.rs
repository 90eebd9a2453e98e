//! An instant as a person in a zone reads it. Resolved by the server, so that the browser carries no zone data.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalTime {
    pub utc: DateTime<Utc>,
    /// The wall clock in `zone`.
    pub local: NaiveDateTime,
    /// IANA name, such as `Europe/Paris`.
    pub zone: String,
    /// What people there write, such as `CET` or `+03`.
    pub abbreviation: String,
}
