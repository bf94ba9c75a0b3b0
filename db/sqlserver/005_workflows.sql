CREATE TABLE workflows_sop (
    sop_key NVARCHAR(60) NOT NULL PRIMARY KEY,
    record_type NVARCHAR(60) NOT NULL,
    name_zh NVARCHAR(200) NOT NULL,
    name_en NVARCHAR(200) NOT NULL,
    -- 0 draft only, 1 published, 2 retired
    state INT NOT NULL,
    -- Null while the draft is the published version.
    draft NVARCHAR(MAX) NULL,
    version BIGINT NOT NULL,
    published INT NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL
);
GO
CREATE TABLE workflows_version (
    sop_key NVARCHAR(60) NOT NULL,
    number INT NOT NULL,
    definition NVARCHAR(MAX) NOT NULL,
    note NVARCHAR(2000) NULL,
    published_at DATETIME2(3) NOT NULL,
    published_by_id BINARY(16) NULL,
    retired_at DATETIME2(3) NULL,
    PRIMARY KEY (sop_key, number)
);
GO
-- Control row of a run: all that a turn reads and writes. What happened is in workflows_history.
CREATE TABLE workflows_run (
    id BINARY(16) NOT NULL PRIMARY KEY,
    sop_key NVARCHAR(60) NOT NULL,
    sop_version INT NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    record_id BINARY(16) NOT NULL,
    record_name NVARCHAR(300) NOT NULL,
    -- 0 running, 1 waiting, 2 incident, 3 done, 4 cancelled
    status INT NOT NULL,
    -- Null until the first turn.
    state NVARCHAR(MAX) NULL,
    version BIGINT NOT NULL,
    entries INT NOT NULL,
    event_id BINARY(16) NOT NULL,
    started_by NVARCHAR(60) NOT NULL,
    initiator_id BINARY(16) NULL,
    -- People the initiator picked, JSON ids.
    chosen NVARCHAR(MAX) NULL,
    depth INT NOT NULL,
    cause_run_id BINARY(16) NULL,
    -- Set where the run cause_run_id waits for the end of this one: its step and visit.
    parent_at NVARCHAR(80) NULL,
    lane INT NOT NULL,
    started_at DATETIME2(3) NOT NULL,
    ended_at DATETIME2(3) NULL
);
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
    run_id BINARY(16) NOT NULL,
    seq BIGINT NOT NULL,
    at DATETIME2(3) NOT NULL,
    step NVARCHAR(60) NOT NULL,
    visit INT NOT NULL,
    kind INT NOT NULL,
    attempt INT NOT NULL,
    outcome NVARCHAR(200) NULL,
    actor_id BINARY(16) NULL,
    -- JSON: input, output, why, checks.
    detail NVARCHAR(MAX) NULL,
    PRIMARY KEY (run_id, seq)
);
GO
-- Events that a run waits for, by the record they are about.
CREATE TABLE workflows_subscription (
    record_id BINARY(16) NOT NULL,
    run_id BINARY(16) NOT NULL,
    step_at NVARCHAR(80) NOT NULL,
    event NVARCHAR(60) NOT NULL,
    sop_key NVARCHAR(60) NOT NULL,
    sop_version INT NOT NULL,
    PRIMARY KEY (record_id, run_id, step_at, event)
);
GO
CREATE INDEX workflows_subscription_run ON workflows_subscription (run_id);
GO
CREATE TABLE workflows_incident (
    id BINARY(16) NOT NULL PRIMARY KEY,
    run_id BINARY(16) NOT NULL,
    step_at NVARCHAR(80) NOT NULL,
    sop_key NVARCHAR(60) NOT NULL,
    step NVARCHAR(60) NOT NULL,
    -- 0 a step of the run, 1 an approval without approver, 2 a late task without anybody to tell, 3 a chain of SOPs that goes round, 4 a turn that the queue gave up
    kind INT NOT NULL,
    class INT NOT NULL,
    code NVARCHAR(100) NOT NULL,
    message NVARCHAR(MAX) NOT NULL,
    attempts INT NOT NULL,
    owner_id BINARY(16) NULL,
    -- The work that was parked, to be tried again.
    wake NVARCHAR(MAX) NULL,
    opened_at DATETIME2(3) NOT NULL,
    closed_at DATETIME2(3) NULL,
    closed_by_id BINARY(16) NULL,
    closed_as NVARCHAR(40) NULL
);
GO
CREATE INDEX workflows_incident_run ON workflows_incident (run_id, step_at);
GO
CREATE INDEX workflows_incident_open ON workflows_incident (sop_key, step, code, id) WHERE closed_at IS NULL;
GO
CREATE TABLE workflows_task (
    id BINARY(16) NOT NULL PRIMARY KEY,
    run_id BINARY(16) NULL,
    step_at NVARCHAR(80) NULL,
    sop_key NVARCHAR(60) NULL,
    sop_version INT NULL,
    title NVARCHAR(MAX) NOT NULL,
    script NVARCHAR(MAX) NULL,
    record_type NVARCHAR(60) NULL,
    record_id BINARY(16) NULL,
    record_name NVARCHAR(300) NULL,
    assignee_id BINARY(16) NOT NULL,
    via_id BINARY(16) NULL,
    -- 0 open, 1 done, 2 cancelled
    status INT NOT NULL,
    due_at DATETIME2(3) NULL,
    snoozed_until DATETIME2(3) NULL,
    escalated INT NOT NULL,
    -- Reminders and escalations that have happened, in order of time.
    alarms INT NOT NULL,
    outcome NVARCHAR(200) NULL,
    answers NVARCHAR(MAX) NULL,
    why NVARCHAR(MAX) NULL,
    due_why NVARCHAR(MAX) NULL,
    version BIGINT NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    ended_at DATETIME2(3) NULL,
    ended_by_id BINARY(16) NULL
);
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
    id BINARY(16) NOT NULL PRIMARY KEY,
    run_id BINARY(16) NOT NULL,
    step_at NVARCHAR(80) NOT NULL,
    sop_key NVARCHAR(60) NOT NULL,
    sop_version INT NOT NULL,
    title NVARCHAR(MAX) NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    record_id BINARY(16) NOT NULL,
    record_name NVARCHAR(300) NOT NULL,
    initiator_id BINARY(16) NOT NULL,
    -- 0 open, 1 with its initiator, 2 approved, 3 rejected, 4 returned, 5 withdrawn, 6 voided
    status INT NOT NULL,
    state NVARCHAR(MAX) NOT NULL,
    snapshot NVARCHAR(MAX) NOT NULL,
    why NVARCHAR(MAX) NULL,
    version BIGINT NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    due_at DATETIME2(3) NULL,
    ended_at DATETIME2(3) NULL
);
GO
CREATE UNIQUE INDEX workflows_approval_run ON workflows_approval (run_id, step_at);
GO
CREATE INDEX workflows_approval_record ON workflows_approval (record_id, id);
GO
CREATE INDEX workflows_approval_initiator ON workflows_approval (initiator_id, id);
GO
-- Who is asked: the queue of approvers.
CREATE TABLE workflows_seat (
    approval_id BINARY(16) NOT NULL,
    seat INT NOT NULL,
    person_id BINARY(16) NOT NULL,
    via_id BINARY(16) NULL,
    -- 0 waiting, 1 open, 2 decided, 3 gone
    status INT NOT NULL,
    due_at DATETIME2(3) NULL,
    reminded INT NOT NULL,
    PRIMARY KEY (approval_id, seat)
);
GO
CREATE INDEX workflows_seat_person ON workflows_seat (person_id, status, approval_id);
GO
-- While a row stands, these fields of the record may not change.
CREATE TABLE workflows_lock (
    record_id BINARY(16) NOT NULL,
    approval_id BINARY(16) NOT NULL,
    fields NVARCHAR(MAX) NOT NULL,
    hash NVARCHAR(64) NOT NULL,
    -- False once the approval ended: a change is allowed and voids what was approved.
    active BIT NOT NULL,
    PRIMARY KEY (record_id, approval_id)
);
GO
-- What people and time did to a task or an approval.
CREATE TABLE workflows_act (
    subject_id BINARY(16) NOT NULL,
    seq BIGINT NOT NULL,
    at DATETIME2(3) NOT NULL,
    actor_id BINARY(16) NULL,
    act NVARCHAR(40) NOT NULL,
    seat INT NULL,
    comment NVARCHAR(4000) NULL,
    to_id BINARY(16) NULL,
    why NVARCHAR(MAX) NULL,
    PRIMARY KEY (subject_id, seq)
);
GO
-- Whose turn it was last in each round robin.
CREATE TABLE workflows_rotation (
    name NVARCHAR(200) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL
);
