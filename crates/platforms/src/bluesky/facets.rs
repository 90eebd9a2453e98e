//! Links, mentions and hashtags as ranges of UTF-8 bytes: <https://docs.bsky.app/docs/advanced-guides/post-richtext>.

use model::text::{Entity, EntityKind, entities};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Handles that the text mentions and that could be accounts: a handle is a domain name.
pub(super) fn handles(text: &str) -> Vec<String> {
    let mut handles: Vec<String> = entities(text)
        .into_iter()
        .filter_map(|entity| match entity.kind {
            EntityKind::Mention { handle } if handle.contains('.') => Some(handle.to_ascii_lowercase()),
            _ => None,
        })
        .collect();
    handles.sort();
    handles.dedup();
    handles
}

/// The facets of a text; mentions of handles that `dids` doesn't know stay plain text.
pub(super) fn facets(text: &str, dids: &BTreeMap<String, String>) -> Vec<Value> {
    entities(text).into_iter().filter_map(|entity| facet(entity, dids)).collect()
}

fn facet(entity: Entity, dids: &BTreeMap<String, String>) -> Option<Value> {
    let feature = match entity.kind {
        EntityKind::Link { url } => json!({ "$type": "app.bsky.richtext.facet#link", "uri": url }),
        EntityKind::Mention { handle } => {
            let did = dids.get(&handle.to_ascii_lowercase())?;
            json!({ "$type": "app.bsky.richtext.facet#mention", "did": did })
        }
        EntityKind::Hashtag { tag } => json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag }),
    };
    Some(json!({
        "index": { "byteStart": entity.range.start, "byteEnd": entity.range.end },
        "features": [feature],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_bytes_of_utf8() {
        let text = "☕ Grüße an @maya.bsky.social und @nobody.example: https://example.com/ä #Kaffee";
        let dids = BTreeMap::from([("maya.bsky.social".to_owned(), "did:plc:maya".to_owned())]);
        let facets = facets(text, &dids);
        let parts: Vec<(&str, &str)> = facets
            .iter()
            .map(|facet| {
                let at = |key: &str| usize::try_from(facet["index"][key].as_u64().unwrap()).unwrap();
                (&text[at("byteStart")..at("byteEnd")], facet["features"][0]["$type"].as_str().unwrap())
            })
            .collect();
        assert_eq!(
            parts,
            [
                ("@maya.bsky.social", "app.bsky.richtext.facet#mention"),
                ("https://example.com/ä", "app.bsky.richtext.facet#link"),
                ("#Kaffee", "app.bsky.richtext.facet#tag"),
            ]
        );
        assert_eq!(handles(text), ["maya.bsky.social", "nobody.example"]);
        assert_eq!(facets[0]["features"][0]["did"], "did:plc:maya");
        assert_eq!(facets[2]["features"][0]["tag"], "Kaffee");
    }
}
