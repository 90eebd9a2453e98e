-- Workers, leases of singleton work, and the check of the master key.
CREATE TABLE worker (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    started_at TEXT NOT NULL,
    heartbeat_at TEXT NOT NULL
);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until_at TEXT NOT NULL
);

CREATE TABLE key_check (
    id INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
);
