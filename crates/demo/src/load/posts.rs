//! A batch of posts as rows.

use super::history::Remote;
use super::{LoadError, Place};
use crate::{Fate, Plan, PlannedPost, PlannedTarget};
use chrono::{DateTime, Utc};
use model::state::{Reason, Stage};
use model::{AttemptId, TargetId};
use platforms::Payload;
use serde_json::json;
use service::Context;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use storage::attempts::AttemptRow;
use storage::demo::{PastMedia, PastPost, PastTarget};
use storage::{attempts, demo};

/// Who made the attempts of the past.
const WORKER: &str = "demo";

/// Writes the posts in one transaction; gives the number of their targets.
pub(super) async fn write(
    context: &Context,
    places: &[Place],
    plan: &Plan,
    posts: &[PlannedPost],
    out: &HashMap<TargetId, Remote>,
) -> Result<usize, LoadError> {
    let (mut rows, mut media, mut targets, mut ledger) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for post in posts {
        let (workspace, place) = (&plan.workspaces[post.workspace], &places[post.workspace]);
        rows.push(PastPost {
            id: post.id,
            workspace: workspace.id,
            author: plan.people[post.author].id,
            body: &post.text,
            variants: &post.variants,
            created_at: post.created_at,
        });
        media.extend((0..).zip(&post.pictures).map(|(number, picture)| PastMedia {
            post: post.id,
            place: number,
            workspace: workspace.id,
            media: place.pictures[*picture],
            alt: workspace.pictures[*picture].alt(post.language),
        }));
        for target in &post.targets {
            let attempt = attempt_of(plan, post, target);
            let mut row = target_row(plan, place, post, target, out.get(&target.id));
            if matches!(target.fate, Fate::Unknown { .. }) {
                row.attempt = attempt.as_ref().map(|attempt| attempt.row.id);
            }
            targets.push(row);
            ledger.extend(attempt);
        }
    }
    let mut tx = context.db.begin().await?;
    demo::insert_posts(&mut tx, &rows).await?;
    demo::insert_media(&mut tx, &media).await?;
    demo::insert_targets(&mut tx, &targets).await?;
    for attempt in &ledger {
        attempts::insert(&mut tx, &attempt.row).await?;
        let (outcome, reason) = (attempt.outcome, Some(attempt.reason));
        attempts::end(&mut tx, attempt.row.id, attempt.answered, outcome, reason, attempt.ended_at).await?;
    }
    tx.commit().await?;
    Ok(targets.len())
}

fn target_row<'r>(
    plan: &'r Plan,
    place: &Place,
    post: &'r PlannedPost,
    target: &'r PlannedTarget,
    remote: Option<&'r Remote>,
) -> PastTarget<'r> {
    let workspace = &plan.workspaces[post.workspace];
    let mut row = PastTarget {
        id: target.id,
        workspace: workspace.id,
        post: post.id,
        account: place.accounts[target.account].id,
        state: target.fate.state(),
        due_at: post.due,
        zone: post.due.map(|_| workspace.zone),
        next_attempt_at: None,
        attempts: 0,
        attempt: None,
        asks: false,
        reason: None,
        publish_key: &target.publish_key,
        publish_created_at: None,
        remote_id: remote.map(|remote| remote.id.as_str()),
        remote_url: remote.map(|remote| remote.url.as_str()),
        published_at: None,
        created_at: post.created_at,
        updated_at: post.created_at,
    };
    match &target.fate {
        Fate::Draft | Fate::Cancelled => {}
        Fate::Scheduled => row.next_attempt_at = post.due,
        Fate::Published { at } => {
            row.published_at = Some(*at);
            tried(&mut row, post, *at, 1);
        }
        Fate::Failed { at, reason } => {
            row.reason = Some(reason);
            // An image that can't be prepared is found before anything is tried.
            let attempts = match reason {
                Reason::Media { .. } => 0,
                Reason::GaveUp { .. } => 9,
                _ => 1,
            };
            tried(&mut row, post, *at, attempts);
        }
        Fate::Unknown { at, reason } => {
            row.reason = Some(reason);
            row.asks = true;
            tried(&mut row, post, *at, 1);
        }
        Fate::Missed { reason } => row.reason = Some(reason),
    }
    row
}

fn tried(row: &mut PastTarget<'_>, post: &PlannedPost, at: DateTime<Utc>, attempts: i64) {
    row.attempts = attempts;
    row.publish_created_at = post.due.filter(|_| attempts > 0);
    row.updated_at = at;
}

/// The last try at a target that went wrong. Those of published ones say nothing that the target doesn't, and are left out.
struct LastTry<'p> {
    row: AttemptRow,
    outcome: &'static str,
    answered: bool,
    reason: &'p Reason,
    ended_at: DateTime<Utc>,
}

fn attempt_of<'p>(plan: &'p Plan, post: &'p PlannedPost, target: &'p PlannedTarget) -> Option<LastTry<'p>> {
    let (at, reason, outcome) = match &target.fate {
        Fate::Failed { reason: Reason::Media { .. }, .. } => return None,
        Fate::Failed { at, reason: reason @ Reason::GaveUp { .. } } => (*at, reason, "transient"),
        Fate::Failed { at, reason } => (*at, reason, "rejected"),
        Fate::Unknown { at, reason } => (*at, reason, "lost"),
        Fate::Draft | Fate::Scheduled | Fate::Published { .. } | Fate::Missed { .. } | Fate::Cancelled => {
            return None;
        }
    };
    let workspace = &plan.workspaces[post.workspace];
    let platform = workspace.accounts[target.account].platform;
    let started_at = post.due.unwrap_or(at);
    let payload = Payload {
        text: post.text_for(platform).to_owned(),
        media: Vec::new(),
        publish_key: target.publish_key.clone(),
        created_at: started_at,
    };
    let payload = json!(payload);
    let row = AttemptRow {
        id: AttemptId(target.id.0),
        workspace_id: workspace.id,
        target_id: target.id,
        number: if outcome == "transient" { 9 } else { 1 },
        revision: 1,
        worker: WORKER.to_owned(),
        stage: Stage::Committing,
        payload_hash: Sha256::digest(payload.to_string().as_bytes()).to_vec(),
        payload: payload.into(),
        progress: json!({}).into(),
        started_at,
        committing_at: Some(at),
        ended_at: None,
        outcome: None,
        reason: None,
    };
    Some(LastTry { row, outcome, answered: outcome == "rejected", reason, ended_at: at })
}
