//! Posts that one being composed comes close to: the same words on the same account, or about the same time.

use super::content::bounded;
use super::due::due;
use super::{Posts, Stop};
use crate::zones::local_time;
use chrono::{DateTime, Utc};
use model::account::called;
use model::neighbour::{Composed, Nearness, Neighbour, SAME_TEXT_WITHIN, SAME_TIME_WITHIN};
use model::post::Variant;
use model::text::first_words;
use model::{ApiError, WorkspaceId};
use storage::neighbours::NeighbourRow;

/// The most that are told.
const MOST: usize = 6;
/// Of a post's text, in characters.
const WORDS: usize = 60;

impl Posts {
    pub(super) async fn near(
        &self,
        workspace: WorkspaceId,
        composed: &Composed,
    ) -> Result<Vec<Neighbour>, Stop> {
        let now = self.now();
        let input = bounded(&composed.input)?;
        let mut tx = self.context.db.read().await?;
        let zone = storage::posts::workspace_zone(&mut tx, workspace).await?.ok_or(ApiError::NotFound)?;
        // A time that can't be is told when it is to be kept.
        let time = composed.when.as_ref().and_then(|when| due(when, &zone, now).ok()).map(|due| due.at);
        let around = time.unwrap_or(now);
        let (from, to) = (around - SAME_TEXT_WITHIN, around + SAME_TEXT_WITHIN);
        let accounts = storage::targets::accounts(&mut tx, workspace, &input.accounts).await?;
        if accounts.len() < input.accounts.len() {
            return Err(ApiError::NotFound.into());
        }
        let mut found: Vec<Neighbour> = Vec::new();
        for account in accounts {
            let words = folded(input.text_for(account.platform));
            let rows = storage::neighbours::on_account(&mut tx, workspace, account.id, from, to).await?;
            for row in rows.iter().filter(|row| Some(row.post_id) != composed.post) {
                if let Some(nearness) = nearness(row, &words, time) {
                    add(&mut found, row, nearness, &zone);
                }
            }
        }
        found.sort_by_key(|one| (one.nearness, (one.at.utc - around).abs()));
        found.truncate(MOST);
        Ok(found)
    }
}

fn nearness(row: &NeighbourRow, words: &str, time: Option<DateTime<Utc>>) -> Option<Nearness> {
    if !words.is_empty() && folded(text_of(row)) == words {
        Some(Nearness::SameText)
    } else if time.is_some_and(|time| (row.due_at - time).abs() <= SAME_TIME_WITHIN) {
        Some(Nearness::SameTime)
    } else {
        None
    }
}

/// A post is told once, with all the accounts that both go to.
fn add(found: &mut Vec<Neighbour>, row: &NeighbourRow, nearness: Nearness, zone: &str) {
    let on = (row.platform, called(&row.handle, &row.account_name));
    let known = found
        .iter_mut()
        .find(|one| (one.nearness, one.post, one.at.utc) == (nearness, row.post_id, row.due_at));
    match known {
        Some(known) => known.on.push(on),
        None => found.push(Neighbour {
            nearness,
            post: row.post_id,
            text: first_words(text_of(row), WORDS),
            on: vec![on],
            at: local_time(row.due_at, zone),
        }),
    }
}

fn text_of(row: &NeighbourRow) -> &str {
    Variant::of(&row.variants, row.platform).map_or(&row.body, |variant| &variant.text)
}

/// What stays the same when only capitals, spaces and line ends change.
fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn capitals_and_spaces_make_no_other_text() {
        assert_eq!(folded("  Été\n\nà  NANTES "), folded("été à Nantes"));
        assert_ne!(folded("été à Nantes"), folded("été à Nantes !"));
        assert_eq!(folded(" \n"), "");
    }
}
