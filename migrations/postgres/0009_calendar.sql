-- What is due between two days, of every state.
CREATE INDEX target_calendar ON target (workspace_id, due_at);
