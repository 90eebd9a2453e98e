//! Rows as lines of JSON: an array with a value for each column.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use serde_json::Value;
use storage::portable::{Cell, Column, Kind};

/// One line, with its end.
pub(crate) fn line(row: &[Cell]) -> Result<Vec<u8>, serde_json::Error> {
    let values: Vec<Value> = row.iter().map(value).collect();
    let mut line = serde_json::to_vec(&values)?;
    line.push(b'\n');
    Ok(line)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Bool(is) => Value::Bool(*is),
        Cell::Bytes(bytes) => Value::String(STANDARD.encode(bytes)),
        Cell::Date(day) => Value::String(day.to_string()),
        Cell::Int(number) => Value::from(*number),
        // As text: a JSON null in a column is not the same as no value.
        Cell::Json(json) => Value::String(json.to_string()),
        Cell::Text(text) => Value::String(text.clone()),
        Cell::Time(at) => Value::String(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        Cell::Uuid(id) => Value::String(id.to_string()),
    }
}

/// The rows of an entry; none when they are not what the columns say.
pub(crate) fn rows(text: &[u8], columns: &[Column]) -> Option<Vec<Vec<Cell>>> {
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| row(&serde_json::from_slice::<Vec<Value>>(line).ok()?, columns)).collect()
}

fn row(values: &[Value], columns: &[Column]) -> Option<Vec<Cell>> {
    if values.len() != columns.len() {
        return None;
    }
    values.iter().zip(columns).map(|(value, (_, kind))| cell(value, *kind)).collect()
}

fn cell(value: &Value, kind: Kind) -> Option<Cell> {
    Some(match (kind, value) {
        (_, Value::Null) => Cell::Null,
        (Kind::Bool, Value::Bool(is)) => Cell::Bool(*is),
        (Kind::Int, Value::Number(number)) => Cell::Int(number.as_i64()?),
        (Kind::Bytes, Value::String(text)) => Cell::Bytes(STANDARD.decode(text).ok()?),
        (Kind::Date, Value::String(text)) => Cell::Date(text.parse().ok()?),
        (Kind::Json, Value::String(text)) => Cell::Json(serde_json::from_str(text).ok()?),
        (Kind::Text, Value::String(text)) => Cell::Text(text.clone()),
        (Kind::Time, Value::String(text)) => Cell::Time(text.parse().ok()?),
        (Kind::Uuid, Value::String(text)) => Cell::Uuid(text.parse().ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_as_it_was() {
        let columns: Vec<Column> = [
            ("a", Kind::Bool),
            ("b", Kind::Bytes),
            ("c", Kind::Date),
            ("d", Kind::Int),
            ("e", Kind::Json),
            ("f", Kind::Text),
            ("g", Kind::Time),
            ("h", Kind::Uuid),
            ("i", Kind::Json),
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
        .to_vec();
        let row = vec![
            Cell::Bool(true),
            Cell::Bytes(vec![0, 255, 10]),
            Cell::Date("2026-02-28".parse().unwrap()),
            Cell::Int(i64::MIN),
            Cell::Json(serde_json::json!({"a": [1, null, "\n"]})),
            Cell::Text("été\n\"👩‍🍳".to_owned()),
            Cell::Time("2026-02-28T23:59:59.123Z".parse().unwrap()),
            Cell::Uuid("0192aaaa-0000-7000-8000-000000000001".parse().unwrap()),
            Cell::Json(Value::Null),
        ];
        let nothing = vec![Cell::Null; 9];
        let text = [line(&row).unwrap(), line(&nothing).unwrap()].concat();
        assert_eq!(text.iter().filter(|byte| **byte == b'\n').count(), 2, "a row is a line");
        assert_eq!(rows(&text, &columns), Some(vec![row, nothing]));
        assert_eq!(rows(&text, &columns[1..]), None, "too many values");
        assert_eq!(rows(b"[1,2]\n", &columns[..2]), None, "other kinds");
        assert_eq!(rows(b"{", &columns), None);
    }
}
