-- Workers, leases of singleton work, and the check of the master key.
CREATE TABLE worker (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    heartbeat_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE key_check (
    id BIGINT PRIMARY KEY,
    sealed BYTEA NOT NULL
);
