-- The targets of a post, for queries that join by post and workspace. SQLite chooses between indexes without knowing how much is in them,
-- and would take all targets of the workspace for each post.
CREATE INDEX target_post ON target (post_id, workspace_id);
