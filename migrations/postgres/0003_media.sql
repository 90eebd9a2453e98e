-- Uploaded images and what was made of them.
CREATE TABLE media (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    person_id UUID NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    alt TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ
);
CREATE INDEX media_workspace ON media (workspace_id, id);

CREATE TABLE rendition (
    media_id UUID NOT NULL REFERENCES media (id),
    spec TEXT NOT NULL, -- names what it was made for
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    store_key TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    PRIMARY KEY (media_id, spec)
);
