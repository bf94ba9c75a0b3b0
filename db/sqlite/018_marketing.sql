CREATE TABLE marketing_segment (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT,
    name TEXT,
    target TEXT,
    kind TEXT,
    filter TEXT,
    active INTEGER,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX marketing_segment_code ON marketing_segment (code COLLATE NOCASE) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
-- Who is in a segment, kept up to date with every change.
CREATE TABLE marketing_member (
    segment_id BLOB NOT NULL,
    record_id BLOB NOT NULL,
    entered_at TEXT NOT NULL,
    PRIMARY KEY (segment_id, record_id)
) WITHOUT ROWID;
GO
CREATE INDEX marketing_member_record ON marketing_member (record_id);
GO
CREATE TABLE marketing_tag (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT,
    name TEXT,
    color TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX marketing_tag_code ON marketing_tag (code COLLATE NOCASE) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE TABLE marketing_mail_template (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT,
    name TEXT,
    subject TEXT,
    body TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX marketing_mail_template_code ON marketing_mail_template (code COLLATE NOCASE) WHERE code IS NOT NULL AND deleted_at IS NULL;
