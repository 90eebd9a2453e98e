-- What its author's page called a new post before it knew the id: a save that comes twice makes one post.
ALTER TABLE post ADD COLUMN save_key TEXT;
-- The version that the last save by that key left; a higher one is somebody's other change.
ALTER TABLE post ADD COLUMN save_key_version INTEGER;
CREATE UNIQUE INDEX post_save_key ON post (workspace_id, save_key) WHERE save_key IS NOT NULL;
