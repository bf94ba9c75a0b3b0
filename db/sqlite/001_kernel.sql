CREATE TABLE shared_stamp (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
GO
-- The last number given out per record type (and year); the row's lock orders those who create.
CREATE TABLE shared_sequence (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
GO
CREATE TABLE shared_field (
    record_type TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (record_type, name)
) WITHOUT ROWID;
GO
-- One row per change: the audit entry, which is also the event.
CREATE TABLE shared_change (
    id BLOB PRIMARY KEY,
    at TEXT NOT NULL,
    record_type TEXT NOT NULL,
    record_id BLOB NOT NULL,
    record_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    source INTEGER NOT NULL,
    cause TEXT,
    note TEXT,
    changes TEXT NOT NULL
) WITHOUT ROWID;
GO
-- On which records' timelines a change appears; its key is the timeline's order.
CREATE TABLE shared_timeline (
    record_id BLOB NOT NULL,
    change_id BLOB NOT NULL,
    PRIMARY KEY (record_id, change_id)
) WITHOUT ROWID;
GO
-- The durable queue. A lease is due_at moved forward; null means parked until a person looks.
CREATE TABLE shared_work (
    id BLOB PRIMARY KEY,
    lane INTEGER NOT NULL,
    due_at TEXT,
    kind TEXT NOT NULL,
    item_key TEXT,
    payload TEXT NOT NULL,
    fence INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    error TEXT,
    created_at TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE INDEX shared_work_due ON shared_work (lane, due_at);
GO
CREATE UNIQUE INDEX shared_work_key ON shared_work (kind, item_key) WHERE item_key IS NOT NULL;
