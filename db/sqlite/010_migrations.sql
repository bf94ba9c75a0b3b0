-- Runs of an SOP on their way to another version, in the background.
CREATE TABLE workflows_migration (
    id BLOB PRIMARY KEY,
    sop_key TEXT NOT NULL,
    to_version INTEGER NOT NULL,
    -- JSON: new step by old step.
    step_map TEXT NOT NULL,
    total INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    ended_at TEXT
) WITHOUT ROWID;
GO
CREATE INDEX workflows_migration_sop ON workflows_migration (sop_key, id);
GO
CREATE TABLE workflows_migration_run (
    migration_id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    -- 0 waiting, 1 moved, 2 refused
    state INTEGER NOT NULL,
    -- JSON messages.
    reasons TEXT,
    PRIMARY KEY (migration_id, run_id)
) WITHOUT ROWID;
GO
CREATE INDEX workflows_migration_run_state ON workflows_migration_run (migration_id, state, run_id);
