//! What changed from one revision to the next.

use model::Platform;
use model::post::{PostMedia, Variant};
use model::revision::{Change, Content, ImagesChange, OwnVersion, Piece, PieceKind};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::time::Duration;

/// A longer comparison is ended with a coarser result.
const MOST: Duration = Duration::from_millis(50);

/// From `before` (of the first revision: nothing) to `now`, what all platforms share first.
pub(super) fn changes(before: Option<&Content>, now: &Content) -> Vec<Change> {
    let nothing = Content::default();
    let before = before.unwrap_or(&nothing);
    let common = change(None, None, (&before.text, &now.text), (&before.media, &now.media));
    let own = Platform::ALL.into_iter().filter_map(|platform| {
        let (was, is) = (Variant::of(&before.variants, platform), Variant::of(&now.variants, platform));
        let own = match (was, is) {
            (None, None) => return None,
            (None, Some(_)) => Some(OwnVersion::Made),
            (Some(_), None) => Some(OwnVersion::Removed),
            (Some(_), Some(_)) => None,
        };
        let (old, new) = (Shown::of(before, was), Shown::of(now, is));
        change(Some(platform), own, (old.text, new.text), (old.media, new.media))
    });
    common.into_iter().chain(own).collect()
}

/// What a platform shows of a content.
struct Shown<'a> {
    text: &'a str,
    media: &'a [PostMedia],
}

impl<'a> Shown<'a> {
    fn of(content: &'a Content, variant: Option<&'a Variant>) -> Self {
        Self {
            text: variant.map_or(&content.text, |variant| &variant.text),
            media: variant.and_then(|variant| variant.media.as_ref()).unwrap_or(&content.media),
        }
    }
}

/// None if there is no difference.
fn change(
    platform: Option<Platform>,
    own: Option<OwnVersion>,
    (old_text, text): (&str, &str),
    (old_media, media): (&[PostMedia], &[PostMedia]),
) -> Option<Change> {
    let text = if old_text == text { Vec::new() } else { pieces(old_text, text) };
    let images = images(old_media, media);
    (own.is_some() || !text.is_empty() || images.is_some()).then_some(Change { platform, own, text, images })
}

/// Word by word; what follows each other in the same way is one piece.
fn pieces(before: &str, now: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::configure().timeout(MOST).diff_words(before, now).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => PieceKind::Same,
            ChangeTag::Insert => PieceKind::Added,
            ChangeTag::Delete => PieceKind::Removed,
        };
        match pieces.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    pieces
}

fn images(before: &[PostMedia], now: &[PostMedia]) -> Option<ImagesChange> {
    if before == now {
        return None;
    }
    let ids = |media: &[PostMedia]| media.iter().map(|item| item.media).collect::<BTreeSet<_>>();
    let (old, new) = (ids(before), ids(now));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let stayed = |media: &[PostMedia]| -> Vec<PostMedia> {
        media.iter().filter(|item| old.contains(&item.media) && new.contains(&item.media)).cloned().collect()
    };
    Some(ImagesChange {
        added: count(new.difference(&old).count()),
        removed: count(old.difference(&new).count()),
        rearranged: stayed(before) != stayed(now),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::MediaId;
    use uuid::Uuid;

    fn content(text: &str, images: &[u128]) -> Content {
        Content { text: text.to_owned(), media: media(images), variants: Vec::new() }
    }

    fn media(images: &[u128]) -> Vec<PostMedia> {
        let item = |id| PostMedia { media: MediaId(Uuid::from_u128(id)), alt: String::new(), crop: None };
        images.iter().map(|id| item(*id)).collect()
    }

    fn told(change: &Change) -> String {
        let mark = |piece: &Piece| match piece.kind {
            PieceKind::Same => piece.text.clone(),
            PieceKind::Added => format!("[+{}]", piece.text),
            PieceKind::Removed => format!("[-{}]", piece.text),
        };
        change.text.iter().map(mark).collect()
    }

    #[test]
    fn words_are_added_and_removed() {
        let found =
            changes(Some(&content("Soap is here 🧼 today", &[])), &content("Soap is there 🧼 now", &[]));
        assert_eq!(found.len(), 1);
        assert_eq!(told(&found[0]), "Soap is [-here][+there] 🧼 [-today][+now]");
        assert_eq!(told(&changes(None, &content("All new", &[]))[0]), "[+All new]");
        assert!(changes(Some(&content("a", &[1])), &content("a", &[1])).is_empty());
    }

    #[test]
    fn images_come_go_and_change_places() {
        let between = |old: &[u128], new: &[u128]| {
            changes(Some(&content("", old)), &content("", new)).first().and_then(|change| change.images)
        };
        let change = |added, removed, rearranged| Some(ImagesChange { added, removed, rearranged });
        assert_eq!(between(&[1, 2], &[2, 3]), change(1, 1, false));
        assert_eq!(between(&[1, 2], &[2, 1]), change(0, 0, true));
        assert_eq!(between(&[1], &[]), change(0, 1, false));
    }

    #[test]
    fn a_version_of_its_own_is_compared_with_what_the_platform_had() {
        let before = content("Long words for all", &[1, 2]);
        let own = |text: &str, images: Option<&[u128]>| Content {
            variants: vec![Variant {
                platform: Platform::X,
                text: text.to_owned(),
                media: images.map(media),
            }],
            ..before.clone()
        };
        let made = changes(Some(&before), &own("Long words", Some(&[2])));
        assert_eq!(
            (made.len(), made[0].platform, made[0].own),
            (1, Some(Platform::X), Some(OwnVersion::Made))
        );
        assert_eq!(told(&made[0]), "Long words[- for all]");
        assert_eq!(made[0].images, Some(ImagesChange { added: 0, removed: 1, rearranged: false }));
        let removed = changes(Some(&own("Long words", None)), &before);
        assert_eq!(
            (removed[0].own, told(&removed[0])),
            (Some(OwnVersion::Removed), "Long words[+ for all]".to_owned())
        );
        let other = Content { text: "Other words".to_owned(), ..own("Long words", None) };
        let common = changes(Some(&own("Long words", None)), &other);
        assert_eq!((common.len(), common[0].platform), (1, None), "X keeps its own");
    }
}
