-- Consents at platforms and the accounts they cover.
CREATE TABLE platform_grant (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    platform TEXT NOT NULL,
    host TEXT NOT NULL, -- tokens are sent nowhere else
    app TEXT NOT NULL, -- client id; empty where there is none
    subject TEXT NOT NULL, -- the platform's id of who consented
    sealed_tokens BLOB, -- none once revoked
    access_expires_at TEXT,
    refresh_expires_at TEXT,
    granted_scopes TEXT NOT NULL,
    missing_scopes TEXT NOT NULL,
    needs_reconnect BOOLEAN NOT NULL,
    last_error TEXT,
    version INTEGER NOT NULL, -- grows with each new pair of tokens
    refresh_owner TEXT,
    refresh_until TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    revoked_at TEXT,
    UNIQUE (workspace_id, platform, host, app, subject)
);

CREATE TABLE account (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    grant_id BLOB NOT NULL REFERENCES platform_grant (id),
    platform TEXT NOT NULL,
    host TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    avatar TEXT, -- key in the media store
    url TEXT,
    sealed_token BLOB, -- the account's own token, where the platform gives one
    paused BOOLEAN NOT NULL,
    last_error TEXT,
    checked_at TEXT,
    created_at TEXT NOT NULL,
    disconnected_at TEXT,
    UNIQUE (workspace_id, platform, host, remote_id)
);
CREATE INDEX account_grant ON account (grant_id);

-- A consent under way: single use, bound to session, workspace and platform.
CREATE TABLE oauth_state (
    state_hash BLOB PRIMARY KEY,
    session_id BLOB NOT NULL,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    platform TEXT NOT NULL,
    sealed_verifier BLOB NOT NULL,
    reconnect_account_id BLOB,
    expires_at TEXT NOT NULL
);

-- A consent that waits for the person to choose accounts.
CREATE TABLE connection (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    platform TEXT NOT NULL,
    sealed_consent BLOB NOT NULL,
    expires_at TEXT NOT NULL
);
