-- Answers to keyed requests, kept for two days so that a repeated request gets the same one.
CREATE TABLE host_idempotency (
    user_id BINARY(16) NOT NULL,
    name NVARCHAR(100) NOT NULL,
    request NVARCHAR(64) NOT NULL,
    status INT NOT NULL DEFAULT 0,
    headers NVARCHAR(1000) NOT NULL DEFAULT '',
    body NVARCHAR(MAX) NOT NULL DEFAULT '',
    created_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (user_id, name)
);
GO
CREATE INDEX host_idempotency_age ON host_idempotency (created_at);
GO
-- Live hints on their way to the pages of other hosts.
CREATE TABLE host_hint (
    id BINARY(16) NOT NULL PRIMARY KEY,
    host NVARCHAR(100) NOT NULL,
    at DATETIME2(3) NOT NULL,
    hint NVARCHAR(MAX) NOT NULL
);
GO
CREATE INDEX host_hint_age ON host_hint (at);
