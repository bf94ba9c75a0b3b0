CREATE TABLE workflows_sop (
    sop_key TEXT PRIMARY KEY,
    record_type TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- 0 draft only, 1 published, 2 retired
    state INTEGER NOT NULL,
    -- Null while the draft is the published version.
    draft TEXT,
    version INTEGER NOT NULL,
    published INTEGER,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB
) WITHOUT ROWID;
GO
CREATE TABLE workflows_version (
    sop_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    definition TEXT NOT NULL,
    note TEXT,
    published_at TEXT NOT NULL,
    published_by_id BLOB,
    retired_at TEXT,
    PRIMARY KEY (sop_key, number)
) WITHOUT ROWID;
GO
-- Control row of a run: all that a turn reads and writes. What happened is in workflows_history.
CREATE TABLE workflows_run (
    id BLOB PRIMARY KEY,
    sop_key TEXT NOT NULL,
    sop_version INTEGER NOT NULL,
    record_type TEXT NOT NULL,
    record_id BLOB NOT NULL,
    record_name TEXT NOT NULL,
    -- 0 running, 1 waiting, 2 incident, 3 done, 4 cancelled
    status INTEGER NOT NULL,
    -- Null until the first turn.
    state TEXT,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    event_id BLOB NOT NULL,
    started_by TEXT NOT NULL,
    initiator_id BLOB,
    -- People the initiator picked, JSON ids.
    chosen TEXT,
    depth INTEGER NOT NULL,
    cause_run_id BLOB,
    -- Set where the run cause_run_id waits for the end of this one: its step and visit.
    parent_at TEXT,
    lane INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX workflows_run_event ON workflows_run (sop_key, event_id);
GO
CREATE INDEX workflows_run_sop ON workflows_run (sop_key, status, id);
GO
CREATE INDEX workflows_run_status ON workflows_run (status, id);
GO
CREATE INDEX workflows_run_record ON workflows_run (record_id, id);
GO
CREATE INDEX workflows_run_parent ON workflows_run (cause_run_id, parent_at) WHERE parent_at IS NOT NULL;
GO
CREATE INDEX workflows_run_ended ON workflows_run (ended_at) WHERE ended_at IS NOT NULL;
GO
CREATE TABLE workflows_history (
    run_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    step TEXT NOT NULL,
    visit INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT,
    actor_id BLOB,
    -- JSON: input, output, why, checks.
    detail TEXT,
    PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
GO
-- Events that a run waits for, by the record they are about.
CREATE TABLE workflows_subscription (
    record_id BLOB NOT NULL,
    run_id BLOB NOT NULL,
    step_at TEXT NOT NULL,
    event TEXT NOT NULL,
    sop_key TEXT NOT NULL,
    sop_version INTEGER NOT NULL,
    PRIMARY KEY (record_id, run_id, step_at, event)
) WITHOUT ROWID;
GO
CREATE INDEX workflows_subscription_run ON workflows_subscription (run_id);
GO
CREATE TABLE workflows_incident (
    id BLOB PRIMARY KEY,
    run_id BLOB NOT NULL,
    step_at TEXT NOT NULL,
    sop_key TEXT NOT NULL,
    step TEXT NOT NULL,
    -- 0 a step of the run, 1 an approval without approver, 2 a late task without anybody to tell, 3 a chain of SOPs that goes round, 4 a turn that the queue gave up
    kind INTEGER NOT NULL,
    class INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    owner_id BLOB,
    -- The work that was parked, to be tried again.
    wake TEXT,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by_id BLOB,
    closed_as TEXT
) WITHOUT ROWID;
GO
CREATE INDEX workflows_incident_run ON workflows_incident (run_id, step_at);
GO
CREATE INDEX workflows_incident_open ON workflows_incident (sop_key, step, code, id) WHERE closed_at IS NULL;
GO
CREATE TABLE workflows_task (
    id BLOB PRIMARY KEY,
    run_id BLOB,
    step_at TEXT,
    sop_key TEXT,
    sop_version INTEGER,
    title TEXT NOT NULL,
    script TEXT,
    record_type TEXT,
    record_id BLOB,
    record_name TEXT,
    assignee_id BLOB NOT NULL,
    via_id BLOB,
    -- 0 open, 1 done, 2 cancelled
    status INTEGER NOT NULL,
    due_at TEXT,
    snoozed_until TEXT,
    escalated INTEGER NOT NULL,
    -- Reminders and escalations that have happened, in order of time.
    alarms INTEGER NOT NULL,
    outcome TEXT,
    answers TEXT,
    why TEXT,
    due_why TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    ended_at TEXT,
    ended_by_id BLOB
) WITHOUT ROWID;
GO
CREATE INDEX workflows_task_assignee ON workflows_task (assignee_id, status, due_at, id);
GO
CREATE INDEX workflows_task_via ON workflows_task (via_id, status) WHERE via_id IS NOT NULL;
GO
CREATE INDEX workflows_task_record ON workflows_task (record_id, id) WHERE record_id IS NOT NULL;
GO
CREATE UNIQUE INDEX workflows_task_run ON workflows_task (run_id, step_at) WHERE run_id IS NOT NULL;
GO
CREATE TABLE workflows_approval (
    id BLOB PRIMARY KEY,
    run_id BLOB NOT NULL,
    step_at TEXT NOT NULL,
    sop_key TEXT NOT NULL,
    sop_version INTEGER NOT NULL,
    title TEXT NOT NULL,
    record_type TEXT NOT NULL,
    record_id BLOB NOT NULL,
    record_name TEXT NOT NULL,
    initiator_id BLOB NOT NULL,
    -- 0 open, 1 with its initiator, 2 approved, 3 rejected, 4 returned, 5 withdrawn, 6 voided
    status INTEGER NOT NULL,
    state TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    why TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT,
    ended_at TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX workflows_approval_run ON workflows_approval (run_id, step_at);
GO
CREATE INDEX workflows_approval_record ON workflows_approval (record_id, id);
GO
CREATE INDEX workflows_approval_initiator ON workflows_approval (initiator_id, id);
GO
-- Who is asked: the queue of approvers.
CREATE TABLE workflows_seat (
    approval_id BLOB NOT NULL,
    seat INTEGER NOT NULL,
    person_id BLOB NOT NULL,
    via_id BLOB,
    -- 0 waiting, 1 open, 2 decided, 3 gone
    status INTEGER NOT NULL,
    due_at TEXT,
    reminded INTEGER NOT NULL,
    PRIMARY KEY (approval_id, seat)
) WITHOUT ROWID;
GO
CREATE INDEX workflows_seat_person ON workflows_seat (person_id, status, approval_id);
GO
-- While a row stands, these fields of the record may not change.
CREATE TABLE workflows_lock (
    record_id BLOB NOT NULL,
    approval_id BLOB NOT NULL,
    fields TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- False once the approval ended: a change is allowed and voids what was approved.
    active INTEGER NOT NULL,
    PRIMARY KEY (record_id, approval_id)
) WITHOUT ROWID;
GO
-- What people and time did to a task or an approval.
CREATE TABLE workflows_act (
    subject_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor_id BLOB,
    act TEXT NOT NULL,
    seat INTEGER,
    comment TEXT,
    to_id BLOB,
    why TEXT,
    PRIMARY KEY (subject_id, seq)
) WITHOUT ROWID;
GO
-- Whose turn it was last in each round robin.
CREATE TABLE workflows_rotation (
    name TEXT PRIMARY KEY,
    user_id BLOB NOT NULL
) WITHOUT ROWID;
