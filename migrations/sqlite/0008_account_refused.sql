-- Why the platform no longer takes the account's own token; none while it does. It stops that account alone.
ALTER TABLE account ADD COLUMN refused TEXT;
-- Grows with each new token of the account's own.
ALTER TABLE account ADD COLUMN token_version INTEGER NOT NULL DEFAULT 0;
