-- Everything of one account is asked for within its workspace. SQLite, which knows nothing of how rows are spread, takes the index
-- of which most columns are given: one that began with the account alone lost to those of the whole workspace, and a sync read every
-- post of it.
DROP INDEX remote_post_account;
CREATE INDEX remote_post_account ON remote_post (workspace_id, account_id, published_day, published_at) WHERE gone_at IS NULL;
DROP INDEX remote_post_count;
CREATE INDEX remote_post_count ON remote_post (workspace_id, account_id, count_at) WHERE gone_at IS NULL;
DROP INDEX sync_run_account;
CREATE INDEX sync_run_account ON sync_run (workspace_id, account_id, id);
DROP INDEX target_account;
CREATE INDEX target_account ON target (workspace_id, account_id, state);
-- What could not be deleted at its platform: few among all that is published.
CREATE INDEX target_undeleted ON target (workspace_id, state, post_id) WHERE state = 'published' AND reason IS NOT NULL;
