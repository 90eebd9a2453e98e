//! A text cut where its look changes.

use model::text::entities;
use std::ops::Range;

/// How a piece of text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// A link, mention or hashtag.
    pub(crate) entity: bool,
    /// Beyond a platform's limit.
    pub(crate) over: bool,
}

/// The text in pieces; all of them together are the text. `over_from` is a byte offset on a character boundary.
pub(crate) fn pieces(text: &str, over_from: Option<usize>) -> Vec<(Look, &str)> {
    let entities: Vec<Range<usize>> = entities(text).into_iter().map(|entity| entity.range).collect();
    let mut cuts: Vec<usize> = entities.iter().flat_map(|range| [range.start, range.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.extend(over_from);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|cut| {
            let piece = text.get(cut[0]..cut[1])?;
            let entity = entities.iter().any(|range| range.contains(&cut[0]));
            let over = over_from.is_some_and(|from| cut[0] >= from);
            Some((Look { entity, over }, piece))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, over: Option<usize>) -> Vec<String> {
        pieces(text, over)
            .into_iter()
            .map(|(look, piece)| {
                format!("{}{}{piece}", if look.entity { "e:" } else { "" }, if look.over { "o:" } else { "" })
            })
            .collect()
    }

    #[test]
    fn a_text_is_cut_at_entities_and_at_its_limit() {
        assert_eq!(show("", None), Vec::<String>::new());
        assert_eq!(show("plain é", None), ["plain é"]);
        assert_eq!(show("see #été now", None), ["see ", "e:#été", " now"]);
        assert_eq!(show("see #now", Some(6)), ["see ", "e:#n", "e:o:ow"]);
        assert_eq!(show("abc", Some(1)), ["a", "o:bc"]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "مرحبا @ana.bsky.social 🎉 https://example.com/é #tag end";
        let joined: String = pieces(text, Some(text.len() - 3)).into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(joined, text);
    }
}
