//! Values of a row, read and written alike on both engines.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

/// A value, as its column's [`Kind`](super::Kind) says.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Bool(bool),
    Bytes(Vec<u8>),
    Date(NaiveDate),
    Int(i64),
    Json(Value),
    Text(String),
    Time(DateTime<Utc>),
    Uuid(Uuid),
}

/// The values of a row of either engine.
macro_rules! cells_of {
    ($row:expr, $columns:expr) => {{
        use sqlx::Row as _;
        use $crate::portable::{Cell, Kind};
        let row = $row;
        let read = |(place, (_, kind)): (usize, &(&str, Kind))| -> std::result::Result<Cell, sqlx::Error> {
            Ok(match kind {
                Kind::Bool => row.try_get::<Option<bool>, _>(place)?.map_or(Cell::Null, Cell::Bool),
                Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map_or(Cell::Null, Cell::Bytes),
                Kind::Date => {
                    row.try_get::<Option<chrono::NaiveDate>, _>(place)?.map_or(Cell::Null, Cell::Date)
                }
                Kind::Int => row.try_get::<Option<i64>, _>(place)?.map_or(Cell::Null, Cell::Int),
                Kind::Json => row
                    .try_get::<Option<sqlx::types::Json<serde_json::Value>>, _>(place)?
                    .map_or(Cell::Null, |json| Cell::Json(json.0)),
                Kind::Text => row.try_get::<Option<String>, _>(place)?.map_or(Cell::Null, Cell::Text),
                Kind::Time => row
                    .try_get::<Option<chrono::DateTime<chrono::Utc>>, _>(place)?
                    .map_or(Cell::Null, Cell::Time),
                Kind::Uuid => row.try_get::<Option<uuid::Uuid>, _>(place)?.map_or(Cell::Null, Cell::Uuid),
            })
        };
        $columns.iter().enumerate().map(read).collect::<std::result::Result<Vec<Cell>, sqlx::Error>>()
    }};
}

/// Binds rows to an `INSERT`. A missing value has its column's type: PostgreSQL asks for it.
macro_rules! bind_rows {
    ($query:expr, $columns:expr, $rows:expr) => {
        $query.push_values($rows, |mut values, row| {
            use $crate::portable::{Cell, Kind};
            for (cell, (_, kind)) in row.iter().zip($columns) {
                match cell {
                    Cell::Bool(value) => values.push_bind(*value),
                    Cell::Bytes(value) => values.push_bind(value.clone()),
                    Cell::Date(value) => values.push_bind(*value),
                    Cell::Int(value) => values.push_bind(*value),
                    Cell::Json(value) => values.push_bind(sqlx::types::Json(value.clone())),
                    Cell::Text(value) => values.push_bind(value.clone()),
                    Cell::Time(value) => values.push_bind(*value),
                    Cell::Uuid(value) => values.push_bind(*value),
                    Cell::Null => match kind {
                        Kind::Bool => values.push_bind(None::<bool>),
                        Kind::Bytes => values.push_bind(None::<Vec<u8>>),
                        Kind::Date => values.push_bind(None::<chrono::NaiveDate>),
                        Kind::Int => values.push_bind(None::<i64>),
                        Kind::Json => values.push_bind(None::<sqlx::types::Json<serde_json::Value>>),
                        Kind::Text => values.push_bind(None::<String>),
                        Kind::Time => values.push_bind(None::<chrono::DateTime<chrono::Utc>>),
                        Kind::Uuid => values.push_bind(None::<uuid::Uuid>),
                    },
                };
            }
        })
    };
}

pub(super) use {bind_rows, cells_of};
