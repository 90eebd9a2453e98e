-- Uploaded images and what was made of them.
CREATE TABLE media (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    alt TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT
);
CREATE INDEX media_workspace ON media (workspace_id, id);

CREATE TABLE rendition (
    media_id BLOB NOT NULL REFERENCES media (id),
    spec TEXT NOT NULL, -- names what it was made for
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    store_key TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (media_id, spec)
);
