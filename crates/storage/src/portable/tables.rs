//! What a backup holds: every table with its columns, and those that it leaves out. A test compares both with the database.

use serde::{Deserialize, Serialize};

/// What a column holds, whatever the engine stores it as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Bool,
    Bytes,
    Date,
    Int,
    Json,
    Text,
    Time,
    Uuid,
}

#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Kind)],
}

macro_rules! tables {
    ($($name:ident { $($column:ident: $kind:ident),+ $(,)? })+) => {
        &[$(Table {
            name: stringify!($name),
            columns: &[$((stringify!($column), Kind::$kind)),+],
        }),+]
    };
}

/// What is kept; each after those that it refers to.
#[rustfmt::skip]
pub const TABLES: &[Table] = tables! {
    person {
        id: Uuid, name: Text, email: Text, password_hash: Text, created_at: Time
    }
    workspace {
        id: Uuid, name: Text, zone: Text, lateness_window_min: Int, created_at: Time, deleted_at: Time
    }
    member {
        workspace_id: Uuid, person_id: Uuid, role: Text, joined_at: Time
    }
    invitation {
        id: Uuid, workspace_id: Uuid, email: Text, role: Text, token_hash: Bytes, invited_by: Uuid,
        created_at: Time, expires_at: Time, ended_at: Time
    }
    audit {
        id: Uuid, workspace_id: Uuid, person_id: Uuid, act: Text, subject: Text, created_at: Time
    }
    key_check {
        id: Int, sealed: Bytes
    }
    platform_grant {
        id: Uuid, workspace_id: Uuid, platform: Text, host: Text, app: Text, subject: Text,
        sealed_tokens: Bytes, access_expires_at: Time, refresh_expires_at: Time, granted_scopes: Json,
        missing_scopes: Json, needs_reconnect: Bool, last_error: Text, version: Int, refresh_owner: Text,
        refresh_until: Time, created_at: Time, updated_at: Time, revoked_at: Time
    }
    account {
        id: Uuid, workspace_id: Uuid, grant_id: Uuid, platform: Text, host: Text, remote_id: Text,
        handle: Text, name: Text, label: Text, avatar: Text, url: Text, sealed_token: Bytes,
        paused: Bool, last_error: Text, checked_at: Time, created_at: Time, disconnected_at: Time,
        refused: Text, token_version: Int
    }
    media {
        id: Uuid, workspace_id: Uuid, person_id: Uuid, name: Text, format: Text, bytes: Int, width: Int,
        height: Int, sha256: Bytes, alt: Text, created_at: Time, deleted_at: Time
    }
    rendition {
        media_id: Uuid, spec: Text, workspace_id: Uuid, store_key: Text, mime: Text, bytes: Int,
        width: Int, height: Int
    }
    post {
        id: Uuid, workspace_id: Uuid, author_id: Uuid, body: Text, variants: Json, version: Int,
        created_at: Time, updated_at: Time, deleted_at: Time, folded: Text, save_key: Text,
        save_key_version: Int
    }
    post_media {
        post_id: Uuid, place: Int, workspace_id: Uuid, media_id: Uuid, alt: Text, crop: Json
    }
    variant_media {
        post_id: Uuid, media_id: Uuid, workspace_id: Uuid
    }
    post_revision {
        id: Uuid, workspace_id: Uuid, post_id: Uuid, person_id: Uuid, content: Json, created_at: Time,
        updated_at: Time
    }
    target {
        id: Uuid, workspace_id: Uuid, post_id: Uuid, account_id: Uuid, state: Text, revision: Int,
        due_at: Time, zone: Text, next_attempt_at: Time, queued_until: Time, attempt_id: Uuid,
        lease_owner: Text, lease_until: Time, reason: Json, attempts: Int, asks: Bool,
        absent_seen_at: Time, publish_key: Text, publish_created_at: Time, remote_id: Text,
        remote_url: Text, published_at: Time, delete_requested_at: Time, remote_deleted_at: Time,
        created_at: Time, updated_at: Time, attempts_before: Int
    }
    attempt {
        id: Uuid, workspace_id: Uuid, target_id: Uuid, number: Int, revision: Int, worker: Text,
        stage: Text, payload: Json, payload_hash: Bytes, progress: Json, started_at: Time,
        committing_at: Time, ended_at: Time, outcome: Text, reason: Json
    }
    account_day {
        account_id: Uuid, day: Date, workspace_id: Uuid, followers: Int, following: Int, posts: Int,
        views: Int, reach: Int, likes: Int, comments: Int, shares: Int, saves: Int, watch_time: Int,
        engagement: Int, counted_at: Time
    }
    post_day {
        account_id: Uuid, day: Date, workspace_id: Uuid, posts: Int, best: Int
    }
    remote_post {
        id: Uuid, workspace_id: Uuid, account_id: Uuid, remote_id: Text, published_at: Time,
        published_day: Date, text: Text, url: Text, views: Int, reach: Int, likes: Int, comments: Int,
        shares: Int, saves: Int, watch_time: Int, engagement: Int, counted_at: Time, count_at: Time,
        series_at: Time, gone_at: Time
    }
    post_count {
        remote_post_id: Uuid, counted_at: Time, workspace_id: Uuid, views: Int, reach: Int, likes: Int,
        comments: Int, shares: Int, saves: Int, watch_time: Int
    }
    sync_run {
        id: Uuid, workspace_id: Uuid, account_id: Uuid, cause: Text, day: Date, started_at: Time,
        next_at: Time, queued_until: Time, lease_owner: Text, attempts: Int, posts: Int, listed: Bool,
        reason: Json, ended_at: Time
    }
    schedule_run {
        workspace_id: Uuid, name: Text, day: Date, done_at: Time
    }
};

/// What is left out, with the reason.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("session", "one that was ended since would be good again; people sign in anew"),
    ("password_reset", "links that were used since would be good again"),
    ("oauth_state", "a consent under way ends with its session"),
    ("connection", "the same, a step later"),
    ("throttle", "counts tries for minutes"),
    ("worker", "processes that run now"),
    ("lease", "work that they do now"),
    ("live_topic", "tells open pages of changes; begins anew"),
    ("_sqlx_migrations", "made with the tables"),
    ("_queue_migrations", "made with the queue"),
    ("Jobs", "the queue only carries; what is due is read from the tables"),
    ("Workers", "who fetches from the queue"),
];
