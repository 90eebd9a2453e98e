use crate::state::{FAULT, fault_of, use_over_page};
use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::ApiError;

/// What the sheet's address asks for: that of its own route, or of the sheet over another page.
pub(super) struct Asked {
    /// The post to edit, as written; none for a new one.
    pub(super) post: Signal<Option<String>>,
    /// The day that a new post is meant for.
    pub(super) on: Option<NaiveDate>,
    /// The time of that day.
    pub(super) at: Option<NaiveTime>,
    /// What a form that was sent without wasm met.
    pub(super) fault: Option<ApiError>,
}

impl Asked {
    pub(super) fn here() -> Self {
        match untrack(|| use_over_page().sheet()) {
            None => {
                let (params, query) = (use_params_map(), use_query_map().get_untracked());
                Self {
                    post: Signal::derive(move || params.read().get("id")),
                    on: query.get("on").and_then(|on| on.parse().ok()),
                    at: query.get("at").as_deref().and_then(time),
                    fault: fault_of(query.get(FAULT).as_deref()),
                }
            }
            Some(sheet) => {
                let (path, query) = sheet.split_once('?').unwrap_or((&sheet, ""));
                let post = path.strip_prefix("/posts/").and_then(|rest| rest.strip_suffix("/edit"));
                let get =
                    |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
                Self {
                    post: Signal::stored(post.map(str::to_owned)),
                    on: get("on").and_then(|on| on.parse().ok()),
                    // The colon may be escaped.
                    at: get("at").and_then(|at| time(&at.replace("%3A", ":"))),
                    fault: None,
                }
            }
        }
    }
}

/// `14:30`
fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}
