CREATE TABLE marketing_segment (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    code NVARCHAR(60) NULL,
    name NVARCHAR(200) NULL,
    target NVARCHAR(60) NULL,
    kind NVARCHAR(20) NULL,
    filter NVARCHAR(MAX) NULL,
    active BIT NULL,
    note NVARCHAR(500) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX marketing_segment_code ON marketing_segment (code) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
-- Who is in a segment, kept up to date with every change.
CREATE TABLE marketing_member (
    segment_id BINARY(16) NOT NULL,
    record_id BINARY(16) NOT NULL,
    entered_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (segment_id, record_id)
);
GO
CREATE INDEX marketing_member_record ON marketing_member (record_id);
GO
CREATE TABLE marketing_tag (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    code NVARCHAR(60) NULL,
    name NVARCHAR(60) NULL,
    color NVARCHAR(20) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX marketing_tag_code ON marketing_tag (code) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE TABLE marketing_mail_template (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    code NVARCHAR(60) NULL,
    name NVARCHAR(200) NULL,
    subject NVARCHAR(300) NULL,
    body NVARCHAR(MAX) NULL,
    note NVARCHAR(300) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX marketing_mail_template_code ON marketing_mail_template (code) WHERE code IS NOT NULL AND deleted_at IS NULL;
