-- Answers to keyed requests, kept for two days so that a repeated request gets the same one.
CREATE TABLE host_idempotency (
    user_id BLOB NOT NULL,
    name TEXT NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    headers TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, name)
) WITHOUT ROWID;
GO
CREATE INDEX host_idempotency_age ON host_idempotency (created_at);
GO
-- Live hints on their way to the pages of other hosts.
CREATE TABLE host_hint (
    id BLOB PRIMARY KEY,
    host TEXT NOT NULL,
    at TEXT NOT NULL,
    hint TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE INDEX host_hint_age ON host_hint (at);
