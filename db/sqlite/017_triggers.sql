-- What triggers told the runs they started.
CREATE TABLE workflows_payload (
    run_id BLOB PRIMARY KEY,
    payload TEXT NOT NULL
) WITHOUT ROWID;
GO
-- Secret addresses that start SOPs from outside.
CREATE TABLE workflows_hook (
    sop_key TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    created_by_id BLOB
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX workflows_hook_hash ON workflows_hook (hash);
GO
-- Calls that carried a key, so that the same one happens once.
CREATE TABLE workflows_hook_call (
    sop_key TEXT NOT NULL,
    call_key TEXT NOT NULL,
    run_id BLOB,
    record_id BLOB NOT NULL,
    called_at TEXT NOT NULL,
    PRIMARY KEY (sop_key, call_key)
) WITHOUT ROWID;
GO
CREATE INDEX workflows_hook_call_at ON workflows_hook_call (called_at);
GO
-- Tracked mail of SOPs: when it was opened and clicked first.
CREATE TABLE workflows_mail (
    id BLOB PRIMARY KEY,
    -- Signs the links of this mail.
    secret BLOB NOT NULL,
    run_id BLOB NOT NULL,
    sop_key TEXT NOT NULL,
    step TEXT NOT NULL,
    template TEXT,
    record_type TEXT NOT NULL,
    record_id BLOB NOT NULL,
    -- JSON list of addresses.
    links TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    opened_at TEXT,
    clicked_at TEXT
) WITHOUT ROWID;
GO
CREATE INDEX workflows_mail_run ON workflows_mail (run_id);
