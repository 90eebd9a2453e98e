//! A text with what was looked for marked in it.

use leptos::prelude::*;
use model::text::find_loosely;

/// Each piece, and whether it was looked for: the whole text that was typed, or else each of its words.
fn pieces(text: &str, looked_for: &str) -> Vec<(bool, String)> {
    let mut ranges: Vec<_> = find_loosely(text, looked_for).into_iter().collect();
    if ranges.is_empty() {
        ranges = looked_for.split_whitespace().filter_map(|word| find_loosely(text, word)).collect();
        ranges.sort_by_key(|range| range.start);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in ranges {
        // One word may hold another.
        let start = range.start.max(at);
        if range.end > start {
            pieces.push((false, text.get(at..start).unwrap_or_default().to_owned()));
            pieces.push((true, text.get(start..range.end).unwrap_or_default().to_owned()));
            at = range.end;
        }
    }
    pieces.push((false, text.get(at..).unwrap_or_default().to_owned()));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

#[component]
pub(super) fn Marked(text: String, looked_for: String) -> impl IntoView {
    pieces(&text, &looked_for)
        .into_iter()
        .map(
            |(found, piece)| {
                if found { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
            },
        )
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::pieces;

    /// With brackets around what is marked.
    fn marked(text: &str, looked_for: &str) -> String {
        let piece = |(found, piece)| if found { format!("[{piece}]") } else { piece };
        pieces(text, looked_for).into_iter().map(piece).collect()
    }

    #[test]
    fn the_whole_text_or_each_word_is_marked() {
        assert_eq!(marked("Rye bread, fresh", "rye bread"), "[Rye bread], fresh");
        assert_eq!(marked("Thème : Sombre", "sombre theme"), "[Thème] : [Sombre]");
        assert_eq!(marked("Calendar", "cal calendar"), "[Cal][endar]");
        assert_eq!(marked("Calendar", ""), "Calendar");
        assert_eq!(marked("", "x"), "");
    }
}
