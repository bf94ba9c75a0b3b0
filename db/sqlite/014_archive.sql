-- Runs that ended long ago, each with its whole history in one compressed document: the tables that turns work on stay small.
CREATE TABLE workflows_past_run (
    id BLOB PRIMARY KEY,
    sop_key TEXT NOT NULL,
    sop_version INTEGER NOT NULL,
    record_type TEXT NOT NULL,
    record_id BLOB NOT NULL,
    record_name TEXT NOT NULL,
    status INTEGER NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    started_by TEXT NOT NULL,
    initiator_id BLOB,
    depth INTEGER NOT NULL,
    cause_run_id BLOB,
    lane INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    owner_id BLOB,
    unit_id BLOB,
    history BLOB NOT NULL
) WITHOUT ROWID;
GO
CREATE INDEX workflows_past_run_sop ON workflows_past_run (sop_key, id);
GO
CREATE INDEX workflows_past_run_record ON workflows_past_run (record_id, id);
