-- Consents at platforms and the accounts they cover.
CREATE TABLE platform_grant (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    platform TEXT NOT NULL,
    host TEXT NOT NULL, -- tokens are sent nowhere else
    app TEXT NOT NULL, -- client id; empty where there is none
    subject TEXT NOT NULL, -- the platform's id of who consented
    sealed_tokens BYTEA, -- none once revoked
    access_expires_at TIMESTAMPTZ,
    refresh_expires_at TIMESTAMPTZ,
    granted_scopes JSONB NOT NULL,
    missing_scopes JSONB NOT NULL,
    needs_reconnect BOOLEAN NOT NULL,
    last_error TEXT,
    version BIGINT NOT NULL, -- grows with each new pair of tokens
    refresh_owner TEXT,
    refresh_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    UNIQUE (workspace_id, platform, host, app, subject)
);

CREATE TABLE account (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    grant_id UUID NOT NULL REFERENCES platform_grant (id),
    platform TEXT NOT NULL,
    host TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    handle TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    avatar TEXT, -- key in the media store
    url TEXT,
    sealed_token BYTEA, -- the account's own token, where the platform gives one
    paused BOOLEAN NOT NULL,
    last_error TEXT,
    checked_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    disconnected_at TIMESTAMPTZ,
    UNIQUE (workspace_id, platform, host, remote_id)
);
CREATE INDEX account_grant ON account (grant_id);

-- A consent under way: single use, bound to session, workspace and platform.
CREATE TABLE oauth_state (
    state_hash BYTEA PRIMARY KEY,
    session_id UUID NOT NULL,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    person_id UUID NOT NULL REFERENCES person (id),
    platform TEXT NOT NULL,
    sealed_verifier BYTEA NOT NULL,
    reconnect_account_id UUID,
    expires_at TIMESTAMPTZ NOT NULL
);

-- A consent that waits for the person to choose accounts.
CREATE TABLE connection (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    person_id UUID NOT NULL REFERENCES person (id),
    platform TEXT NOT NULL,
    sealed_consent BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
