-- The part of an image that a post shows; none: all of it.
ALTER TABLE post_media ADD COLUMN crop JSONB;

-- Images of the platforms' own versions of a post. The variants say which goes where; this says that they are in use.
CREATE TABLE variant_media (
    post_id UUID NOT NULL REFERENCES post (id),
    media_id UUID NOT NULL REFERENCES media (id),
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    PRIMARY KEY (post_id, media_id)
);
CREATE INDEX variant_media_media ON variant_media (media_id);

-- What a post held at a time. Its images may be deleted since.
CREATE TABLE post_revision (
    id UUID PRIMARY KEY,
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    post_id UUID NOT NULL REFERENCES post (id),
    person_id UUID NOT NULL REFERENCES person (id),
    content JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX post_revision_post ON post_revision (post_id, created_at);
