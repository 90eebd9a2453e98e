-- The part of an image that a post shows; none: all of it.
ALTER TABLE post_media ADD COLUMN crop TEXT;

-- Images of the platforms' own versions of a post. The variants say which goes where; this says that they are in use.
CREATE TABLE variant_media (
    post_id BLOB NOT NULL REFERENCES post (id),
    media_id BLOB NOT NULL REFERENCES media (id),
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    PRIMARY KEY (post_id, media_id)
);
CREATE INDEX variant_media_media ON variant_media (media_id);

-- What a post held at a time. Its images may be deleted since.
CREATE TABLE post_revision (
    id BLOB PRIMARY KEY,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    post_id BLOB NOT NULL REFERENCES post (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    content TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX post_revision_post ON post_revision (post_id, created_at);
