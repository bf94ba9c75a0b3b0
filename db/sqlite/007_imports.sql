CREATE TABLE platform_import (
    id BLOB PRIMARY KEY,
    user_id BLOB,
    record_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    columns TEXT NOT NULL,
    mapping TEXT NOT NULL,
    state TEXT NOT NULL,
    checked INTEGER NOT NULL,
    total INTEGER NOT NULL,
    created INTEGER NOT NULL DEFAULT 0,
    updated INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT
) WITHOUT ROWID;
GO
CREATE INDEX platform_import_user ON platform_import (user_id, id);
GO
-- What each row of the file came to, so that it can be undone. State: 0 created, 1 updated, 2 waits for a row further down, 3 seen by a trial run.
-- One row may also have made records it refers to: they are its further parts.
CREATE TABLE platform_import_row (
    import_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,
    state INTEGER NOT NULL,
    record_type TEXT,
    record_id BLOB,
    row_key BLOB,
    changes TEXT,
    PRIMARY KEY (import_id, position, part)
) WITHOUT ROWID;
GO
CREATE INDEX platform_import_row_waiting ON platform_import_row (import_id, position) WHERE state = 2;
GO
CREATE INDEX platform_import_row_key ON platform_import_row (import_id, row_key) WHERE row_key IS NOT NULL;
GO
-- Rows that did not land (stage 0) and what could not be undone (stage 1), with their reasons by code: whoever reads them does so in his language.
CREATE TABLE platform_import_error (
    import_id BLOB NOT NULL,
    stage INTEGER NOT NULL,
    position INTEGER NOT NULL,
    part INTEGER NOT NULL,
    line INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (import_id, stage, position, part)
) WITHOUT ROWID;
GO
-- How a person mapped files with these columns the last time.
CREATE TABLE platform_import_mapping (
    user_id BLOB NOT NULL,
    record_type TEXT NOT NULL,
    columns_key BLOB NOT NULL,
    mapping TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id, record_type, columns_key)
) WITHOUT ROWID;
