//! Telling the sandbox what was published, so that each post has its page there.

use super::{LoadError, Place};
use crate::sandbox_control::Control;
use crate::{Fate, Plan, PlannedPost, PlannedVideo};
use model::TargetId;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The sandbox's digest of each picture, by name.
pub(super) type Digests = HashMap<&'static str, String>;

/// A post as the platform names it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Remote {
    pub(super) id: String,
    pub(super) url: String,
}

#[derive(Deserialize)]
struct Kept {
    sha256: String,
}

/// Gives the sandbox the bytes of each picture once.
pub(super) async fn give_pictures(control: &Control, plan: &Plan) -> Result<Digests, LoadError> {
    let mut digests = Digests::new();
    for picture in plan.workspaces.iter().flat_map(|workspace| workspace.pictures.iter().copied()) {
        let kept = control.post_bytes("control/blobs", picture.jpeg).await?;
        let Kept { sha256 } = serde_json::from_value(kept).map_err(|_| LoadError::Short)?;
        digests.insert(picture.name, sha256);
    }
    Ok(digests)
}

/// Tells of the posts' published targets; gives what each is called there.
pub(super) async fn tell(
    control: &Control,
    places: &[Place],
    digests: &Digests,
    plan: &Plan,
    posts: &[PlannedPost],
) -> Result<HashMap<TargetId, Remote>, LoadError> {
    let (mut targets, mut told) = (Vec::new(), Vec::new());
    for post in posts {
        let workspace = &plan.workspaces[post.workspace];
        let pictures: Vec<Value> = post
            .pictures
            .iter()
            .map(|place| workspace.pictures[*place])
            .map(|picture| json!({"sha256": digests.get(picture.name), "alt": picture.alt(post.language)}))
            .collect();
        for target in &post.targets {
            let Fate::Published { at } = target.fate else { continue };
            let platform = workspace.accounts[target.account].platform;
            targets.push(target.id);
            told.push(json!({
                "platform": platform.key(),
                "account": places[post.workspace].accounts[target.account].remote_id,
                "key": target.publish_key,
                "text": post.text_for(platform),
                "created_at": at.timestamp_millis(),
                "pictures": pictures,
            }));
        }
    }
    Ok(targets.into_iter().zip(keep(control, &told).await?).collect())
}

/// Tells of what was filmed, and gives what each is called there.
pub(super) async fn tell_videos(
    control: &Control,
    places: &[Place],
    plan: &Plan,
    videos: &[PlannedVideo],
) -> Result<Vec<Remote>, LoadError> {
    let told: Vec<Value> = videos
        .iter()
        .map(|video| {
            json!({
                "platform": plan.workspaces[video.workspace].accounts[video.account].platform.key(),
                "account": places[video.workspace].accounts[video.account].remote_id,
                "key": video.key,
                "text": video.title,
                "created_at": video.at.timestamp_millis(),
            })
        })
        .collect();
    keep(control, &told).await
}

/// Gives an answer for each.
async fn keep(control: &Control, told: &[Value]) -> Result<Vec<Remote>, LoadError> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let answer = control.post("control/history", &json!({"posts": told})).await?;
    let remote: Vec<Remote> = serde_json::from_value(answer).map_err(|_| LoadError::Short)?;
    if remote.len() == told.len() { Ok(remote) } else { Err(LoadError::Short) }
}
