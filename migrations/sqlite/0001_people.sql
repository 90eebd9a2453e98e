-- People, workspaces, sessions and invitations.
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE, -- lower case
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE workspace (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    zone TEXT NOT NULL, -- IANA name
    lateness_window_min INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT
);

CREATE TABLE member (
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    joined_at TEXT NOT NULL,
    PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX member_person ON member (person_id);

CREATE TABLE session (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    workspace_id BLOB REFERENCES workspace (id), -- the one it is in
    token_hash BLOB NOT NULL UNIQUE, -- SHA-256
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    email TEXT NOT NULL, -- lower case; empty: whoever has the link
    role TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    invited_by BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT -- accepted or revoked
);
CREATE INDEX invitation_workspace ON invitation (workspace_id);

CREATE TABLE password_reset (
    token_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
);

-- Counts tries per key (such as an address) until `reset_at`.
CREATE TABLE throttle (
    name TEXT PRIMARY KEY,
    tries INTEGER NOT NULL,
    reset_at TEXT NOT NULL
);

-- Security-relevant acts, written in the transaction of the act.
CREATE TABLE audit (
    id BLOB PRIMARY KEY,
    workspace_id BLOB,
    person_id BLOB,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX audit_workspace ON audit (workspace_id, created_at);
