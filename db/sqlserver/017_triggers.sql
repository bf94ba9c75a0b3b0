-- What triggers told the runs they started.
CREATE TABLE workflows_payload (
    run_id BINARY(16) NOT NULL PRIMARY KEY,
    payload NVARCHAR(MAX) NOT NULL
);
GO
-- Secret addresses that start SOPs from outside.
CREATE TABLE workflows_hook (
    sop_key NVARCHAR(60) NOT NULL PRIMARY KEY,
    hash VARBINARY(32) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL
);
GO
CREATE UNIQUE INDEX workflows_hook_hash ON workflows_hook (hash);
GO
-- Calls that carried a key, so that the same one happens once.
CREATE TABLE workflows_hook_call (
    sop_key NVARCHAR(60) NOT NULL,
    call_key NVARCHAR(200) NOT NULL,
    run_id BINARY(16) NULL,
    record_id BINARY(16) NOT NULL,
    called_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (sop_key, call_key)
);
GO
CREATE INDEX workflows_hook_call_at ON workflows_hook_call (called_at);
GO
-- Tracked mail of SOPs: when it was opened and clicked first.
CREATE TABLE workflows_mail (
    id BINARY(16) NOT NULL PRIMARY KEY,
    -- Signs the links of this mail.
    secret VARBINARY(32) NOT NULL,
    run_id BINARY(16) NOT NULL,
    sop_key NVARCHAR(60) NOT NULL,
    step NVARCHAR(60) NOT NULL,
    template NVARCHAR(100) NULL,
    record_type NVARCHAR(60) NOT NULL,
    record_id BINARY(16) NOT NULL,
    -- JSON list of addresses.
    links NVARCHAR(MAX) NOT NULL,
    sent_at DATETIME2(3) NOT NULL,
    opened_at DATETIME2(3) NULL,
    clicked_at DATETIME2(3) NULL
);
GO
CREATE INDEX workflows_mail_run ON workflows_mail (run_id);
