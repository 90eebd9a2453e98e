//! Fields and lists: <https://developers.facebook.com/docs/graph-api/guides/field-expansion>,
//! <https://developers.facebook.com/docs/graph-api/results>.

use crate::form::Params;
use serde_json::{Value, json};

/// The names in `fields`, sub-fields cut off: `picture{url},id` → `picture`, `id`.
pub(crate) fn fields(params: &Params) -> Vec<String> {
    let mut depth = 0_usize;
    let mut out = vec![String::new()];
    for c in params.get("fields").unwrap_or_default().chars() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => out.push(String::new()),
            c if depth == 0 => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
            _ => {}
        }
    }
    // `picture.type(large)` asks for `picture`.
    let names = out.iter().map(|f| f.trim().split('.').next().unwrap_or_default().to_owned());
    names.filter(|f| !f.is_empty()).collect()
}

/// One page of a list with cursors; `address` is that of its first page.
pub(super) fn paged(address: &str, params: &Params, all: Vec<Value>) -> Value {
    let limit = params.get("limit").and_then(|v| v.parse::<usize>().ok()).unwrap_or(25).clamp(1, 100);
    let offset = params
        .get("after")
        .and_then(|v| v.strip_prefix("QVFI"))
        .and_then(|v| v.parse::<usize>().ok())
        .unwrap_or(0);
    let total = all.len();
    let page: Vec<Value> = all.into_iter().skip(offset).take(limit).collect();
    let end = offset + page.len();
    if page.is_empty() {
        return json!({"data": []});
    }
    let mut paging = json!({"cursors": {"before": format!("QVFI{offset}"), "after": format!("QVFI{end}")}});
    if end < total {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in params.values.iter().filter(|(name, _)| *name != "after") {
            query.append_pair(name, value);
        }
        query.append_pair("after", &format!("QVFI{end}"));
        paging["next"] = json!(format!("{address}?{}", query.finish()));
    }
    json!({"data": page, "paging": paging})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lose_their_sub_fields() {
        let params = Params::from_query(Some("fields=id,picture{url,height},attachments.limit(2){media}"));
        assert_eq!(fields(&params), ["id", "picture", "attachments"]);
    }
}
