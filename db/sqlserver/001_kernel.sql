CREATE TABLE shared_stamp (
    name NVARCHAR(60) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
GO
-- The last number given out per record type (and year); the row's lock orders those who create.
CREATE TABLE shared_sequence (
    name NVARCHAR(60) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
GO
CREATE TABLE shared_field (
    record_type NVARCHAR(60) NOT NULL,
    name NVARCHAR(60) NOT NULL,
    position INT NOT NULL,
    definition NVARCHAR(MAX) NOT NULL,
    PRIMARY KEY (record_type, name)
);
GO
-- One row per change: the audit entry, which is also the event.
CREATE TABLE shared_change (
    id BINARY(16) NOT NULL PRIMARY KEY,
    at DATETIME2(3) NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    record_id BINARY(16) NOT NULL,
    record_name NVARCHAR(300) NOT NULL,
    kind NVARCHAR(40) NOT NULL,
    actor_id BINARY(16) NULL,
    actor_name NVARCHAR(200) NOT NULL,
    source INT NOT NULL,
    cause NVARCHAR(MAX) NULL,
    note NVARCHAR(2000) NULL,
    changes NVARCHAR(MAX) NOT NULL
);
GO
-- On which records' timelines a change appears; its key is the timeline's order.
CREATE TABLE shared_timeline (
    record_id BINARY(16) NOT NULL,
    change_id BINARY(16) NOT NULL,
    PRIMARY KEY (record_id, change_id)
);
GO
-- The durable queue. A lease is due_at moved forward; null means parked until a person looks.
CREATE TABLE shared_work (
    id BINARY(16) NOT NULL PRIMARY KEY,
    lane INT NOT NULL,
    due_at DATETIME2(3) NULL,
    kind NVARCHAR(60) NOT NULL,
    item_key NVARCHAR(200) NULL,
    payload NVARCHAR(MAX) NOT NULL,
    fence BIGINT NOT NULL DEFAULT 0,
    attempts INT NOT NULL DEFAULT 0,
    holder NVARCHAR(100) NULL,
    error NVARCHAR(2000) NULL,
    created_at DATETIME2(3) NOT NULL
);
GO
CREATE INDEX shared_work_due ON shared_work (lane, due_at);
GO
CREATE UNIQUE INDEX shared_work_key ON shared_work (kind, item_key) WHERE item_key IS NOT NULL;
