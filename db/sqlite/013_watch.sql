-- Whose record a run began for: quotas and figures go by it. It stays as it was then.
ALTER TABLE workflows_run ADD COLUMN owner_id BLOB;
GO
ALTER TABLE workflows_run ADD COLUMN unit_id BLOB;
GO
-- Steps it waits at, each between commas; null once it has ended.
ALTER TABLE workflows_run ADD COLUMN stands_at TEXT;
GO
ALTER TABLE workflows_seat ADD COLUMN stage TEXT;
GO
ALTER TABLE workflows_seat ADD COLUMN opened_at TEXT;
GO
ALTER TABLE workflows_seat ADD COLUMN decided_at TEXT;
GO
ALTER TABLE workflows_seat ADD COLUMN due_why TEXT;
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
    id BLOB PRIMARY KEY,
    sop_key TEXT,
    unit_id BLOB,
    -- minute, hour, day
    per TEXT NOT NULL,
    most INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    -- The present window and the starts in it.
    used_in INTEGER NOT NULL,
    used INTEGER NOT NULL,
    -- The last window that was promised to what waits, and how many promises it holds: people's work, then the rest.
    people_in INTEGER NOT NULL,
    people INTEGER NOT NULL,
    rest_in INTEGER NOT NULL,
    rest INTEGER NOT NULL
) WITHOUT ROWID;
GO
-- Runs whose start a quota has put off.
CREATE TABLE workflows_held (
    run_id BLOB PRIMARY KEY,
    quota_id BLOB NOT NULL,
    until TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE INDEX workflows_held_quota ON workflows_held (quota_id, run_id);
