CREATE TABLE marketing_campaign (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    code NVARCHAR(60) NULL,
    name NVARCHAR(200) NULL,
    kind NVARCHAR(20) NULL,
    status NVARCHAR(20) NULL,
    audience_id BINARY(16) NULL,
    target NVARCHAR(60) NULL,
    starts DATE NULL,
    ends DATE NULL,
    budget BIGINT NULL,
    cost BIGINT NULL,
    goal NVARCHAR(500) NULL,
    note NVARCHAR(MAX) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX marketing_campaign_code ON marketing_campaign (code) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE INDEX marketing_campaign_starts ON marketing_campaign (starts, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX marketing_campaign_audience ON marketing_campaign (audience_id) WHERE audience_id IS NOT NULL;
