-- How often each kind of thing in a workspace has changed; pages that show it ask again when the number grows.
CREATE TABLE live_topic (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    topic TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, topic)
);
