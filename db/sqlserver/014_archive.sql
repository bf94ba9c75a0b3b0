-- Runs that ended long ago, each with its whole history in one compressed document: the tables that turns work on stay small.
CREATE TABLE workflows_past_run (
    id BINARY(16) NOT NULL PRIMARY KEY,
    sop_key NVARCHAR(60) NOT NULL,
    sop_version INT NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    record_id BINARY(16) NOT NULL,
    record_name NVARCHAR(300) NOT NULL,
    status INT NOT NULL,
    version BIGINT NOT NULL,
    entries INT NOT NULL,
    event_id BINARY(16) NOT NULL,
    started_by NVARCHAR(60) NOT NULL,
    initiator_id BINARY(16) NULL,
    depth INT NOT NULL,
    cause_run_id BINARY(16) NULL,
    lane INT NOT NULL,
    started_at DATETIME2(3) NOT NULL,
    ended_at DATETIME2(3) NOT NULL,
    owner_id BINARY(16) NULL,
    unit_id BINARY(16) NULL,
    history VARBINARY(MAX) NOT NULL
);
GO
CREATE INDEX workflows_past_run_sop ON workflows_past_run (sop_key, id);
GO
CREATE INDEX workflows_past_run_record ON workflows_past_run (record_id, id);
