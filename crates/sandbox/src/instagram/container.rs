//! Containers: <https://developers.facebook.com/docs/instagram-platform/content-publishing>,
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container>.

use super::image;
use crate::clock::{DAY, Millis};
use crate::faults::{Call, Endpoint, Fault, FaultKind};
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::list::fields;
use crate::state::{Container, Entry, Platform, PostMedia};
use crate::world::World;
use serde_json::{Value, json};

/// How long a picture is in work.
const PROCESSING: Millis = 1_000;
/// "Containers expire after 24 hours."
const LIFE: Millis = DAY;

pub(super) async fn create(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.own("post")?;
    call.need("instagram_business_content_publish")?;
    let caption = call.params.get("caption").unwrap_or_default();
    check_caption(caption)?;
    let carousel_item = call.params.get("is_carousel_item") == Some("true");
    let media_type = call.params.get("media_type").unwrap_or("IMAGE");
    let mut made = Made { media: Vec::new(), children: Vec::new(), error: None };
    match media_type {
        "IMAGE" => single(world, call, &mut made).await?,
        "CAROUSEL" if !carousel_item => carousel(world, call, &mut made)?,
        other => {
            return Err(GraphError::new(
                100,
                Some(2_207_023),
                format!("(#100) The media type {other} is unknown to the sandbox."),
            ));
        }
    }
    let faults = world.faults.draw(
        Call {
            platform: Platform::Instagram,
            endpoint: Endpoint::Prepare,
            account: Some(&call.token.account),
        },
        |f| matches!(f.kind, FaultKind::ContainerError | FaultKind::SlowContainer),
    );
    let mut processing = PROCESSING;
    for fault in &faults {
        match fault.kind {
            FaultKind::ContainerError => made.error = Some(played(fault)),
            _ => processing = Millis::try_from(fault.latency_ms.unwrap_or(10_000)).unwrap_or(Millis::MAX / 2),
        }
    }
    let now = world.now();
    let mut ledger = world.ledger();
    let id = ledger.ids.meta_id("1788");
    ledger.record(Entry::Container(Box::new(Container {
        id: id.clone(),
        account: call.token.account.clone(),
        caption: caption.to_owned(),
        media_type: media_type.to_owned(),
        carousel_item,
        media: made.media,
        children: made.children,
        created_at: now,
        ready_at: now + processing,
        error: made.error,
        published: None,
    })));
    Ok(json!({"id": id}))
}

struct Made {
    media: Vec<PostMedia>,
    children: Vec<String>,
    error: Option<image::Trouble>,
}

fn played(fault: &Fault) -> image::Trouble {
    let (code, subcode) = (fault.code.unwrap_or(9_004), fault.subcode.unwrap_or(2_207_052));
    (code, subcode, format!("The media could not be processed ({code}/{subcode})."))
}

async fn single(world: &World, call: &GraphCall, made: &mut Made) -> Result<(), GraphError> {
    let url = call.params.get("image_url");
    let url = url.ok_or_else(|| GraphError::param("The parameter image_url is required"))?;
    let alt = call.params.get("alt_text");
    if alt.is_some_and(|a| a.chars().count() > 1_000) {
        return Err(GraphError::param("Param alt_text must be at most 1000 characters long"));
    }
    match image::fetch(world, &call.token.account, url, alt).await {
        Ok(medium) => made.media.push(medium),
        // A picture that breaks the rules is refused at once; one that could not be had ends the container later.
        Err((code @ (36_000 | 36_001 | 36_003 | 9_004), subcode, message)) => {
            return Err(GraphError::new(code, Some(subcode), message));
        }
        Err(trouble) => made.error = Some(trouble),
    }
    Ok(())
}

fn carousel(world: &World, call: &GraphCall, made: &mut Made) -> Result<(), GraphError> {
    let text = call.params.get("children").unwrap_or_default();
    let listed: Option<Vec<String>> = serde_json::from_str(text).ok();
    let children = listed
        .unwrap_or_else(|| text.split(',').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect());
    if !(2..=10).contains(&children.len()) {
        return Err(GraphError::new(
            100,
            Some(2_207_028),
            "(#100) Your post won't work as a carousel. Carousels need at least 2 photos/videos and no more than 10 photos/videos.",
        ));
    }
    let ledger = world.ledger();
    for child in &children {
        let known =
            ledger.containers.get(child).filter(|c| c.account == call.token.account && c.carousel_item);
        let known = known.ok_or_else(|| GraphError::missing("post", child))?;
        made.media.extend(known.media.iter().cloned());
    }
    drop(ledger);
    made.children = children;
    Ok(())
}

/// 2200 characters, 30 hashtags, 20 mentions.
fn check_caption(caption: &str) -> Result<(), GraphError> {
    let starts = |mark: char| {
        caption
            .split_whitespace()
            .flat_map(|word| word.match_indices(mark).map(|(at, _)| &word[at + 1..]).collect::<Vec<_>>())
            .filter(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            .count()
    };
    if caption.chars().count() > 2_200 || starts('#') > 30 || starts('@') > 20 {
        return Err(GraphError::new(
            36_004,
            Some(2_207_010),
            "The caption was too long. Captions have at most 2200 characters, 30 hashtags and 20 @ tags.",
        ));
    }
    Ok(())
}

/// `IN_PROGRESS`, `FINISHED`, `ERROR`, `EXPIRED` or `PUBLISHED`.
pub(super) fn status(container: &Container, now: Millis) -> &'static str {
    if container.published.is_some() {
        "PUBLISHED"
    } else if now < container.ready_at {
        "IN_PROGRESS"
    } else if container.error.is_some() {
        "ERROR"
    } else if now >= container.created_at + LIFE {
        "EXPIRED"
    } else {
        "FINISHED"
    }
}

pub(super) fn show(container: &Container, call: &GraphCall, now: Millis) -> Result<Value, GraphError> {
    let mut out = json!({"id": container.id});
    let code = status(container, now);
    for field in fields(&call.params) {
        let value = match field.as_str() {
            "id" => continue,
            "status_code" => json!(code),
            "status" => match (&container.error, code) {
                (Some((_, subcode, message)), "ERROR") => json!(format!("Error: {message} ({subcode})")),
                (_, "FINISHED") => {
                    json!("Finished: Media has been uploaded and it is ready to be published.")
                }
                (_, "PUBLISHED") => json!("Published: Media has been successfully published."),
                (_, "IN_PROGRESS") => json!("In Progress: Media is still being processed."),
                _ => json!("Expired: Media was not published within 24 hours."),
            },
            unknown => {
                return Err(GraphError::param(&format!(
                    "Tried accessing nonexisting field ({unknown}) on node type (ShadowIGMediaBuilder)"
                )));
            }
        };
        out[field.as_str()] = value;
    }
    Ok(out)
}
