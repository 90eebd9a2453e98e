-- The body in lower case, written by the program, for searching alike on both engines.
ALTER TABLE post ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE post SET folded = LOWER(body);
-- As many attempts were made when a person last gave the target a time; waits grow from there.
ALTER TABLE target ADD COLUMN attempts_before BIGINT NOT NULL DEFAULT 0;
