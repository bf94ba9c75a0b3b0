CREATE TABLE marketing_campaign (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT,
    name TEXT,
    kind TEXT,
    status TEXT,
    audience_id BLOB,
    target TEXT,
    starts TEXT,
    ends TEXT,
    budget INTEGER,
    cost INTEGER,
    goal TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX marketing_campaign_code ON marketing_campaign (code COLLATE NOCASE) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE INDEX marketing_campaign_starts ON marketing_campaign (starts, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX marketing_campaign_audience ON marketing_campaign (audience_id) WHERE audience_id IS NOT NULL;
