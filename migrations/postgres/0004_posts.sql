-- Posts, their targets, and the ledger of attempts.
CREATE TABLE post (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    author_id UUID NOT NULL REFERENCES person (id),
    body TEXT NOT NULL,
    variants JSONB NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX post_workspace ON post (workspace_id, id);

CREATE TABLE post_media (
    post_id UUID NOT NULL REFERENCES post (id),
    place BIGINT NOT NULL,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    media_id UUID NOT NULL REFERENCES media (id),
    alt TEXT NOT NULL,
    PRIMARY KEY (post_id, place)
);
CREATE INDEX post_media_media ON post_media (media_id);

CREATE TABLE target (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    post_id UUID NOT NULL REFERENCES post (id),
    account_id UUID NOT NULL REFERENCES account (id),
    state TEXT NOT NULL,
    revision BIGINT NOT NULL, -- grows with every change of content or time
    due_at TIMESTAMPTZ,
    zone TEXT, -- in which the time was chosen
    next_attempt_at TIMESTAMPTZ, -- when the publisher looks at it next, in any state; none: never
    queued_until TIMESTAMPTZ, -- a job is on its way until then
    attempt_id UUID, -- the live attempt: the fence of every write about it
    lease_owner TEXT,
    lease_until TIMESTAMPTZ,
    reason JSONB,
    attempts BIGINT NOT NULL,
    asks BOOLEAN NOT NULL, -- a person has to say whether it is there
    absent_seen_at TIMESTAMPTZ, -- first look that found nothing
    publish_key TEXT NOT NULL, -- fixed for life
    publish_created_at TIMESTAMPTZ, -- fixed by the first claim
    remote_id TEXT,
    remote_url TEXT,
    published_at TIMESTAMPTZ,
    delete_requested_at TIMESTAMPTZ,
    remote_deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (post_id, account_id),
    UNIQUE (account_id, remote_id)
);
CREATE INDEX target_due ON target (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX target_workspace ON target (workspace_id, state, due_at);
CREATE INDEX target_account ON target (account_id, state);

-- One try at publishing a target; never deleted before the target's workspace is.
CREATE TABLE attempt (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    target_id UUID NOT NULL REFERENCES target (id),
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    worker TEXT NOT NULL,
    stage TEXT NOT NULL,
    payload JSONB NOT NULL, -- frozen
    payload_hash BYTEA NOT NULL,
    progress JSONB NOT NULL, -- ids the platform returned
    started_at TIMESTAMPTZ NOT NULL,
    committing_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    outcome TEXT,
    reason JSONB
);
CREATE INDEX attempt_target ON attempt (target_id, number);
