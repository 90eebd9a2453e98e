-- Posts, their targets, and the ledger of attempts.
CREATE TABLE post (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    variants TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT
);
CREATE INDEX post_workspace ON post (workspace_id, id);

CREATE TABLE post_media (
    post_id BLOB NOT NULL REFERENCES post (id),
    place INTEGER NOT NULL,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    media_id BLOB NOT NULL REFERENCES media (id),
    alt TEXT NOT NULL,
    PRIMARY KEY (post_id, place)
);
CREATE INDEX post_media_media ON post_media (media_id);

CREATE TABLE target (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    post_id BLOB NOT NULL REFERENCES post (id),
    account_id BLOB NOT NULL REFERENCES account (id),
    state TEXT NOT NULL,
    revision INTEGER NOT NULL, -- grows with every change of content or time
    due_at TEXT,
    zone TEXT, -- in which the time was chosen
    next_attempt_at TEXT, -- when the publisher looks at it next, in any state; none: never
    queued_until TEXT, -- a job is on its way until then
    attempt_id BLOB, -- the live attempt: the fence of every write about it
    lease_owner TEXT,
    lease_until TEXT,
    reason TEXT,
    attempts INTEGER NOT NULL,
    asks BOOLEAN NOT NULL, -- a person has to say whether it is there
    absent_seen_at TEXT, -- first look that found nothing
    publish_key TEXT NOT NULL, -- fixed for life
    publish_created_at TEXT, -- fixed by the first claim
    remote_id TEXT,
    remote_url TEXT,
    published_at TEXT,
    delete_requested_at TEXT,
    remote_deleted_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (post_id, account_id),
    UNIQUE (account_id, remote_id)
);
CREATE INDEX target_due ON target (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX target_workspace ON target (workspace_id, state, due_at);
CREATE INDEX target_account ON target (account_id, state);

-- One try at publishing a target; never deleted before the target's workspace is.
CREATE TABLE attempt (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    target_id BLOB NOT NULL REFERENCES target (id),
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    worker TEXT NOT NULL,
    stage TEXT NOT NULL,
    payload TEXT NOT NULL, -- frozen
    payload_hash BLOB NOT NULL,
    progress TEXT NOT NULL, -- ids the platform returned
    started_at TEXT NOT NULL,
    committing_at TEXT,
    ended_at TEXT,
    outcome TEXT,
    reason TEXT
);
CREATE INDEX attempt_target ON attempt (target_id, number);
