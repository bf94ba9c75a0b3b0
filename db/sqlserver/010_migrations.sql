-- Runs of an SOP on their way to another version, in the background.
CREATE TABLE workflows_migration (
    id BINARY(16) NOT NULL PRIMARY KEY,
    sop_key NVARCHAR(60) NOT NULL,
    to_version INT NOT NULL,
    -- JSON: new step by old step.
    step_map NVARCHAR(MAX) NOT NULL,
    total INT NOT NULL,
    moved INT NOT NULL,
    refused INT NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    ended_at DATETIME2(3) NULL
);
GO
CREATE INDEX workflows_migration_sop ON workflows_migration (sop_key, id);
GO
CREATE TABLE workflows_migration_run (
    migration_id BINARY(16) NOT NULL,
    run_id BINARY(16) NOT NULL,
    -- 0 waiting, 1 moved, 2 refused
    state INT NOT NULL,
    -- JSON messages.
    reasons NVARCHAR(MAX) NULL,
    PRIMARY KEY (migration_id, run_id)
);
GO
CREATE INDEX workflows_migration_run_state ON workflows_migration_run (migration_id, state, run_id);
