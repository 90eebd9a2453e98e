//! What a post record must be: the lexicon `app.bsky.feed.post`,
//! <https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json>.

use super::blob;
use super::error::XrpcError;
use crate::clock::parse_rfc3339;
use crate::ids::TID_LETTERS;
use crate::state::PostMedia;
use crate::world::Ledger;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

pub(super) const POST: &str = "app.bsky.feed.post";
/// Bytes of one image, `app.bsky.embed.images`.
const MAX_IMAGE: u64 = 2_000_000;

fn wrong(what: impl std::fmt::Display) -> XrpcError {
    XrpcError::invalid(format!("Invalid {POST} record: {what}"))
}

/// A TID: 13 sortable letters, the first with its top bit clear (<https://atproto.com/specs/tid>).
pub(super) fn tid(rkey: &str) -> Result<(), XrpcError> {
    let letters = rkey.len() == 13 && rkey.bytes().all(|b| TID_LETTERS.contains(&b));
    if letters && rkey.bytes().next().is_some_and(|b| b"234567abcdefghij".contains(&b)) {
        Ok(())
    } else {
        Err(XrpcError::invalid("Invalid TID string"))
    }
}

/// Checks the record and gives its media.
pub(super) fn post(ledger: &Ledger, did: &str, record: &Value) -> Result<Vec<PostMedia>, XrpcError> {
    if record["$type"].as_str().is_some_and(|t| t != POST) {
        let found = record["$type"].as_str().unwrap_or_default();
        return Err(XrpcError::invalid(format!("Invalid $type: expected {POST}, got {found}")));
    }
    let text = record["text"].as_str().ok_or_else(|| wrong("Missing required key \"text\" at $.record"))?;
    if text.len() > 3_000 {
        return Err(wrong(format!("string too big (maximum 3000, got {}) at $.record.text", text.len())));
    }
    let graphemes = text.graphemes(true).count();
    if graphemes > 300 {
        return Err(wrong(format!("grapheme too big (maximum 300, got {graphemes}) at $.record.text")));
    }
    let created = record["createdAt"].as_str();
    let created = created.ok_or_else(|| wrong("Missing required key \"createdAt\" at $.record"))?;
    if parse_rfc3339(created).is_none() {
        return Err(wrong(format!("Invalid datetime (got \"{created}\") at $.record.createdAt")));
    }
    at_most(record, "langs", 3)?;
    at_most(record, "tags", 8)?;
    for facet in list(record, "facets")? {
        check_facet(facet, text)?;
    }
    if let Some(reply) = record.get("reply") {
        for end in ["root", "parent"] {
            if !reply[end]["uri"].is_string() || !reply[end]["cid"].is_string() {
                return Err(wrong(format!("Missing required key \"{end}\" at $.record.reply")));
            }
        }
    }
    embed(ledger, did, record.get("embed"))
}

fn list<'v>(record: &'v Value, name: &str) -> Result<&'v [Value], XrpcError> {
    match record.get(name) {
        None => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(wrong(format!("Expected array value type at $.record.{name}"))),
    }
}

fn at_most(record: &Value, name: &str, most: usize) -> Result<(), XrpcError> {
    let found = list(record, name)?.len();
    if found > most {
        return Err(wrong(format!("array too big (maximum {most}, got {found}) at $.record.{name}")));
    }
    Ok(())
}

/// `app.bsky.richtext.facet`: a range of UTF-8 bytes and what it stands for. A range that cuts a character or lies
/// outside the text is refused here, where a real server takes it and every client shows it broken.
fn check_facet(facet: &Value, text: &str) -> Result<(), XrpcError> {
    let index = |name: &str| {
        facet["index"][name]
            .as_u64()
            .and_then(|n| usize::try_from(n).ok())
            .ok_or_else(|| wrong(format!("Missing required key \"{name}\" at $.record.facets.index")))
    };
    let (start, end) = (index("byteStart")?, index("byteEnd")?);
    if start >= end || text.get(start..end).is_none() {
        return Err(wrong(format!(
            "byte range {start}..{end} does not fit the text at $.record.facets.index"
        )));
    }
    let features = facet["features"].as_array();
    let features = features.ok_or_else(|| wrong("Missing required key \"features\" at $.record.facets"))?;
    for feature in features {
        let key = match feature["$type"].as_str() {
            Some("app.bsky.richtext.facet#link") => "uri",
            Some("app.bsky.richtext.facet#mention") => "did",
            Some("app.bsky.richtext.facet#tag") => "tag",
            // An open union: unknown features pass.
            Some(_) => continue,
            None => return Err(wrong("Missing required key \"$type\" at $.record.facets.features")),
        };
        let value = feature[key].as_str().unwrap_or_default();
        let good = match key {
            "uri" => value.contains(':'),
            "did" => value.starts_with("did:"),
            _ => !value.is_empty() && value.graphemes(true).count() <= 64,
        };
        if !good {
            return Err(wrong(format!("Invalid value at $.record.facets.features.{key}")));
        }
    }
    Ok(())
}

fn embed(ledger: &Ledger, did: &str, embed: Option<&Value>) -> Result<Vec<PostMedia>, XrpcError> {
    let Some(embed) = embed else { return Ok(Vec::new()) };
    match embed["$type"].as_str() {
        Some("app.bsky.embed.images") => images(ledger, did, embed),
        Some("app.bsky.embed.external") => external(ledger, did, embed),
        Some("app.bsky.embed.recordWithMedia") => self::embed(ledger, did, embed.get("media")),
        Some("app.bsky.embed.video") => {
            Ok(vec![known_blob(ledger, did, &embed["video"], embed["alt"].as_str())?])
        }
        Some(_) => Ok(Vec::new()),
        None => Err(wrong("Missing required key \"$type\" at $.record.embed")),
    }
}

fn images(ledger: &Ledger, did: &str, embed: &Value) -> Result<Vec<PostMedia>, XrpcError> {
    let images = embed["images"].as_array().map(Vec::as_slice).unwrap_or_default();
    if images.is_empty() {
        return Err(wrong("Missing required key \"images\" at $.record.embed"));
    }
    if images.len() > 4 {
        return Err(wrong(format!(
            "array too big (maximum 4, got {}) at $.record.embed.images",
            images.len()
        )));
    }
    let mut out = Vec::with_capacity(images.len());
    for (i, image) in images.iter().enumerate() {
        let alt = image["alt"].as_str();
        let alt =
            alt.ok_or_else(|| wrong(format!("Missing required key \"alt\" at $.record.embed.images[{i}]")))?;
        let size = |name: &str| image["aspectRatio"][name].as_u64().is_some_and(|n| n > 0);
        if image.get("aspectRatio").is_some() && !(size("width") && size("height")) {
            return Err(wrong(format!("Invalid aspectRatio at $.record.embed.images[{i}]")));
        }
        let blob = known_blob(ledger, did, &image["image"], Some(alt))?;
        if !blob.mime.starts_with("image/") {
            return Err(XrpcError::bad(
                "InvalidMimeType",
                format!("Wrong type of file. It is {} but it must match image/*.", blob.mime),
            ));
        }
        if blob.bytes > MAX_IMAGE {
            let got = blob.bytes;
            return Err(XrpcError::bad(
                "BlobTooLarge",
                format!("This file is too large. It is {got} but the maximum size is {MAX_IMAGE}."),
            ));
        }
        out.push(blob);
    }
    Ok(out)
}

fn external(ledger: &Ledger, did: &str, embed: &Value) -> Result<Vec<PostMedia>, XrpcError> {
    let external = &embed["external"];
    for key in ["uri", "title", "description"] {
        if !external[key].is_string() {
            return Err(wrong(format!("Missing required key \"{key}\" at $.record.embed.external")));
        }
    }
    external
        .get("thumb")
        .map(|thumb| known_blob(ledger, did, thumb, None))
        .transpose()
        .map(|t| t.into_iter().collect())
}

fn known_blob(ledger: &Ledger, did: &str, value: &Value, alt: Option<&str>) -> Result<PostMedia, XrpcError> {
    let cid = value["ref"]["$link"].as_str().filter(|_| value["$type"] == "blob");
    let cid = cid.ok_or_else(|| wrong("Expected blob value type at $.record.embed"))?;
    let medium = ledger
        .media
        .get(&blob::key(did, cid))
        .ok_or_else(|| XrpcError::bad("BlobNotFound", format!("Could not find blob: {cid}")))?;
    let mime_fits = value["mimeType"].as_str() == Some(medium.mime.as_str());
    if !mime_fits {
        let got = value["mimeType"].as_str().unwrap_or_default();
        return Err(XrpcError::bad(
            "InvalidMimeType",
            format!("Referenced Mimetype does not match stored blob. Expected: {}, Got: {got}", medium.mime),
        ));
    }
    Ok(PostMedia { id: cid.to_owned(), alt: alt.map(str::to_owned), ..medium.in_post() })
}
