-- People, workspaces, sessions and invitations.
CREATE TABLE person (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE, -- lower case
    password_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE workspace (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    zone TEXT NOT NULL, -- IANA name
    lateness_window_min BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);

CREATE TABLE member (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    person_id UUID NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    joined_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX member_person ON member (person_id);

CREATE TABLE session (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    workspace_id UUID REFERENCES workspace (id), -- the one it is in
    token_hash BYTEA NOT NULL UNIQUE, -- SHA-256
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    email TEXT NOT NULL, -- lower case; empty: whoever has the link
    role TEXT NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    invited_by UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ -- accepted or revoked
);
CREATE INDEX invitation_workspace ON invitation (workspace_id);

CREATE TABLE password_reset (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);

-- Counts tries per key (such as an address) until `reset_at`.
CREATE TABLE throttle (
    name TEXT PRIMARY KEY,
    tries BIGINT NOT NULL,
    reset_at TIMESTAMPTZ NOT NULL
);

-- Security-relevant acts, written in the transaction of the act.
CREATE TABLE audit (
    id UUID PRIMARY KEY,
    workspace_id UUID,
    person_id UUID,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX audit_workspace ON audit (workspace_id, created_at);
