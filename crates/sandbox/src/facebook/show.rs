//! Posts and photos as they are read back: <https://developers.facebook.com/docs/graph-api/reference/page-post>,
//! <https://developers.facebook.com/docs/graph-api/reference/story-attachment>,
//! <https://developers.facebook.com/docs/graph-api/reference/photo>.

use crate::clock::meta_time;
use crate::permalink;
use crate::state::{Media, Platform, Post, PostMedia};
use crate::world::{Ledger, World};
use serde_json::{Value, json};

/// The fields of a post that were asked for; those it has nothing to say about are left out.
pub(super) fn show(world: &World, ledger: &Ledger, post: &Post, asked: &[String]) -> Value {
    let counts = world.figures(ledger).post(post);
    let mut out = json!({"id": post.id});
    for field in asked {
        let value = match field.as_str() {
            "message" if !post.text.is_empty() => json!(post.text),
            "created_time" | "updated_time" => json!(meta_time(post.created_at)),
            "permalink_url" => json!(world.address(&permalink::of_post(ledger, post))),
            "is_published" => json!(post.extra["published"] != json!(false)),
            "from" => {
                let name = ledger.account(Platform::Facebook, &post.account).map(|a| a.name.as_str());
                json!({"name": name, "id": post.account})
            }
            "reactions" | "likes" => json!({"data": [], "summary": {"total_count": counts.likes}}),
            "comments" => json!({"data": [], "summary": {"total_count": counts.comments}}),
            "shares" if counts.shares > 0 => json!({"count": counts.shares}),
            "status_type" if post.media.is_empty() => json!("mobile_status_update"),
            "status_type" => json!("added_photos"),
            "full_picture" if !post.media.is_empty() => json!(source(world, &post.media[0].sha256)),
            "attachments" if !post.media.is_empty() => json!({"data": [attachment(world, ledger, post)]}),
            _ => continue,
        };
        out[field] = value;
    }
    out
}

/// One photo, or an album of several.
fn attachment(world: &World, ledger: &Ledger, post: &Post) -> Value {
    let url = world.address(&permalink::of_post(ledger, post));
    let single = |medium: &PostMedia| {
        let size = ledger.media.get(&medium.id);
        let mut image = json!({"src": source(world, &medium.sha256)});
        if let Some((width, height)) = size.and_then(|m| Some((m.width?, m.height?))) {
            (image["width"], image["height"]) = (json!(width), json!(height));
        }
        json!({
            "media": {"image": image}, "media_type": "photo", "type": "photo",
            "target": {"id": medium.id, "url": url}, "url": url,
        })
    };
    match post.media.as_slice() {
        [one] => single(one),
        several => {
            let mut album = json!({
                "media_type": "album", "type": "album", "title": "Photos", "url": url,
                "target": {"id": post.id, "url": url},
                "subattachments": {"data": several.iter().map(single).collect::<Vec<_>>()},
            });
            if let Some(first) = several.first() {
                album["media"] = single(first)["media"].clone();
            }
            album
        }
    }
}

/// The fields of a photo that were asked for.
pub(super) fn photo(world: &World, photo: &Media, asked: &[String]) -> Value {
    let mut out = json!({"id": photo.id});
    let usual = ["created_time".to_owned()];
    for field in if asked.is_empty() { &usual } else { asked } {
        let value = match field.as_str() {
            "created_time" | "updated_time" => json!(meta_time(photo.created_at)),
            "width" => json!(photo.width),
            "height" => json!(photo.height),
            "alt_text_custom" => json!(photo.alt),
            "picture" | "link" => json!(source(world, &photo.sha256)),
            "images" => json!([{
                "source": source(world, &photo.sha256), "width": photo.width, "height": photo.height,
            }]),
            _ => continue,
        };
        out[field] = value;
    }
    out
}

fn source(world: &World, sha256: &str) -> String {
    world.address(&format!("/control/blobs/{sha256}"))
}
