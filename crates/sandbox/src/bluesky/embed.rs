//! Embeds as the AppView shows them: <https://docs.bsky.app/docs/advanced-guides/posts#image-embeds>,
//! `app.bsky.embed.images#view`, `app.bsky.embed.external#view`, `app.bsky.embed.recordWithMedia` by its media.

use crate::state::Post;
use crate::world::World;
use serde_json::{Value, json};

/// The view of a post's embed, when it has one that is simulated.
pub(super) fn view(world: &World, did: &str, post: &Post) -> Option<Value> {
    let embed = &post.extra["record"]["embed"];
    let blob = |value: &Value| {
        let cid = value["ref"]["$link"].as_str()?;
        Some(world.address(&format!("/bluesky/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}")))
    };
    match embed["$type"].as_str()? {
        "app.bsky.embed.images" => {
            let image = |image: &Value| {
                let address = blob(&image["image"])?;
                let mut out = json!({"thumb": address, "fullsize": address, "alt": image["alt"]});
                if let Some(ratio) = image.get("aspectRatio") {
                    out["aspectRatio"] = ratio.clone();
                }
                Some(out)
            };
            let images: Vec<Value> = embed["images"].as_array()?.iter().filter_map(image).collect();
            Some(json!({"$type": "app.bsky.embed.images#view", "images": images}))
        }
        "app.bsky.embed.external" => {
            let mut external = embed["external"].clone();
            if let Some(thumb) = external.get("thumb").and_then(blob) {
                external["thumb"] = json!(thumb);
            }
            Some(json!({"$type": "app.bsky.embed.external#view", "external": external}))
        }
        _ => None,
    }
}
