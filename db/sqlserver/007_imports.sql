CREATE TABLE platform_import (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NULL,
    record_type NVARCHAR(60) NOT NULL,
    file_name NVARCHAR(300) NOT NULL,
    format NVARCHAR(200) NOT NULL,
    columns NVARCHAR(MAX) NOT NULL,
    mapping NVARCHAR(MAX) NOT NULL,
    state NVARCHAR(20) NOT NULL,
    checked BIT NOT NULL,
    total BIGINT NOT NULL,
    created BIGINT NOT NULL DEFAULT 0,
    updated BIGINT NOT NULL DEFAULT 0,
    skipped BIGINT NOT NULL DEFAULT 0,
    failed BIGINT NOT NULL DEFAULT 0,
    undone BIGINT NOT NULL DEFAULT 0,
    kept BIGINT NOT NULL DEFAULT 0,
    failure NVARCHAR(2000) NULL,
    created_at DATETIME2(3) NOT NULL,
    started_at DATETIME2(3) NULL,
    ended_at DATETIME2(3) NULL
);
GO
CREATE INDEX platform_import_user ON platform_import (user_id, id);
GO
-- What each row of the file came to, so that it can be undone. State: 0 created, 1 updated, 2 waits for a row further down, 3 seen by a trial run.
-- One row may also have made records it refers to: they are its further parts.
CREATE TABLE platform_import_row (
    import_id BINARY(16) NOT NULL,
    position BIGINT NOT NULL,
    part INT NOT NULL,
    state INT NOT NULL,
    record_type NVARCHAR(60) NULL,
    record_id BINARY(16) NULL,
    row_key BINARY(16) NULL,
    changes NVARCHAR(MAX) NULL,
    PRIMARY KEY (import_id, position, part)
);
GO
CREATE INDEX platform_import_row_waiting ON platform_import_row (import_id, position) WHERE state = 2;
GO
CREATE INDEX platform_import_row_key ON platform_import_row (import_id, row_key) WHERE row_key IS NOT NULL;
GO
-- Rows that did not land (stage 0) and what could not be undone (stage 1), with their reasons by code: whoever reads them does so in his language.
CREATE TABLE platform_import_error (
    import_id BINARY(16) NOT NULL,
    stage INT NOT NULL,
    position BIGINT NOT NULL,
    part INT NOT NULL,
    line BIGINT NOT NULL,
    reasons NVARCHAR(MAX) NOT NULL,
    cells NVARCHAR(MAX) NOT NULL,
    PRIMARY KEY (import_id, stage, position, part)
);
GO
-- How a person mapped files with these columns the last time.
CREATE TABLE platform_import_mapping (
    user_id BINARY(16) NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    columns_key BINARY(16) NOT NULL,
    mapping NVARCHAR(MAX) NOT NULL,
    updated_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (user_id, record_type, columns_key)
);
