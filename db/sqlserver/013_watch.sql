-- Whose record a run began for: quotas and figures go by it. It stays as it was then.
ALTER TABLE workflows_run ADD owner_id BINARY(16) NULL;
GO
ALTER TABLE workflows_run ADD unit_id BINARY(16) NULL;
GO
-- Steps it waits at, each between commas; null once it has ended.
ALTER TABLE workflows_run ADD stands_at NVARCHAR(400) NULL;
GO
ALTER TABLE workflows_seat ADD stage NVARCHAR(60) NULL;
GO
ALTER TABLE workflows_seat ADD opened_at DATETIME2(3) NULL;
GO
ALTER TABLE workflows_seat ADD decided_at DATETIME2(3) NULL;
GO
ALTER TABLE workflows_seat ADD due_why NVARCHAR(MAX) NULL;
GO
CREATE INDEX workflows_seat_due ON workflows_seat (approval_id, seat) WHERE status = 1 AND due_at IS NOT NULL;
GO
CREATE INDEX workflows_approval_sop ON workflows_approval (sop_key, id);
GO
CREATE INDEX workflows_task_sop ON workflows_task (sop_key, status, due_at) WHERE sop_key IS NOT NULL;
GO
CREATE INDEX workflows_incident_opened ON workflows_incident (sop_key, opened_at);
GO
-- At most so many starts in a minute, an hour or a day, of an SOP or for a unit and all below it. More are put off, never dropped.
CREATE TABLE workflows_quota (
    id BINARY(16) NOT NULL PRIMARY KEY,
    sop_key NVARCHAR(60) NULL,
    unit_id BINARY(16) NULL,
    -- minute, hour, day
    per NVARCHAR(10) NOT NULL,
    most INT NOT NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    -- The present window and the starts in it.
    used_in BIGINT NOT NULL,
    used INT NOT NULL,
    -- The last window that was promised to what waits, and how many promises it holds: people's work, then the rest.
    people_in BIGINT NOT NULL,
    people INT NOT NULL,
    rest_in BIGINT NOT NULL,
    rest INT NOT NULL
);
GO
-- Runs whose start a quota has put off.
CREATE TABLE workflows_held (
    run_id BINARY(16) NOT NULL PRIMARY KEY,
    quota_id BINARY(16) NOT NULL,
    until DATETIME2(3) NOT NULL
);
GO
CREATE INDEX workflows_held_quota ON workflows_held (quota_id, run_id);
