-- Whether the worker's process serves pages as well.
ALTER TABLE worker ADD COLUMN serves BOOLEAN NOT NULL DEFAULT FALSE;
