-- How many posts an account published on a day and the most engagement one of them has: pages count and rank over years without
-- reading every post. Written with the posts.
CREATE TABLE post_day (
    account_id BLOB NOT NULL REFERENCES account (id),
    day TEXT NOT NULL,
    workspace_id BLOB NOT NULL REFERENCES workspace (id),
    posts INTEGER NOT NULL,
    best INTEGER, -- none: nothing is told of any
    PRIMARY KEY (account_id, day)
) WITHOUT ROWID;
INSERT INTO post_day (account_id, day, workspace_id, posts, best)
    SELECT account_id, published_day, workspace_id, COUNT(*), MAX(engagement) FROM remote_post
    WHERE gone_at IS NULL GROUP BY account_id, published_day, workspace_id;

-- Its counters are no longer needed for ranking, and change at each sync.
DROP INDEX remote_post_workspace;
CREATE INDEX remote_post_workspace ON remote_post (workspace_id, published_day) WHERE gone_at IS NULL;
