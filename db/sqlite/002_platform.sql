CREATE TABLE platform_unit (
    id BLOB PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    parent_id BLOB,
    manager_id BLOB,
    region TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
) WITHOUT ROWID;
GO
CREATE TABLE platform_user (
    id BLOB PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    unit_id BLOB NOT NULL,
    position TEXT,
    roles TEXT,
    active INTEGER NOT NULL,
    locale TEXT NOT NULL,
    theme TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX platform_user_email ON platform_user (email) WHERE deleted_at IS NULL;
GO
CREATE INDEX platform_user_unit ON platform_user (unit_id);
GO
CREATE INDEX platform_user_created ON platform_user (created_at, id);
GO
-- What proves who somebody is; apart from the user record so that no list, import or audit entry ever touches it.
-- A sign-in under an unknown address is counted on the row of nobody, so that it costs the same work.
CREATE TABLE platform_credential (
    user_id BLOB PRIMARY KEY,
    password_hash TEXT,
    stamp TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT
) WITHOUT ROWID;
GO
INSERT INTO platform_credential (user_id, stamp) VALUES (X'00000000000000000000000000000000', '');
GO
-- Only roles that administrators made or changed; a built-in role without a row is as shipped.
CREATE TABLE platform_role (
    role_key TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    permissions TEXT NOT NULL,
    scopes TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE TABLE platform_token (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    last_used_at TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX platform_token_hash ON platform_token (hash);
GO
CREATE INDEX platform_token_user ON platform_token (user_id);
GO
-- Links that work once: set-up of the first administrator, a new colleague's or a forgotten password.
CREATE TABLE platform_link (
    hash BLOB PRIMARY KEY,
    purpose TEXT NOT NULL,
    user_id BLOB,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT
) WITHOUT ROWID;
GO
CREATE TABLE platform_notification (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_zh TEXT,
    body_en TEXT,
    link TEXT,
    dedupe_key TEXT NOT NULL,
    in_page INTEGER NOT NULL,
    read_at TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX platform_notification_key ON platform_notification (user_id, dedupe_key);
GO
CREATE INDEX platform_notification_list ON platform_notification (user_id, id) WHERE in_page = 1;
GO
CREATE INDEX platform_notification_unread ON platform_notification (user_id, id) WHERE in_page = 1 AND read_at IS NULL;
GO
CREATE TABLE platform_preference (
    user_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    in_page INTEGER NOT NULL,
    mail INTEGER NOT NULL,
    PRIMARY KEY (user_id, kind)
) WITHOUT ROWID;
GO
-- Every mail there ever was. State: 0 waiting, 1 sent, 2 failed.
CREATE TABLE platform_mail (
    id BLOB PRIMARY KEY,
    mail_key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    html TEXT,
    plain TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    tries TEXT NOT NULL DEFAULT '[]',
    created_at TEXT NOT NULL,
    sent_at TEXT,
    next_at TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX platform_mail_key ON platform_mail (mail_key);
GO
CREATE INDEX platform_mail_state ON platform_mail (state, id);
GO
CREATE TABLE platform_view (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    record_type TEXT NOT NULL,
    name TEXT NOT NULL,
    filter TEXT,
    sort TEXT,
    columns TEXT,
    shared INTEGER NOT NULL,
    created_at TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE INDEX platform_view_list ON platform_view (record_type, user_id);
GO
CREATE TABLE platform_absence (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    from_at TEXT NOT NULL,
    to_at TEXT NOT NULL,
    substitute_id BLOB,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB
) WITHOUT ROWID;
GO
CREATE INDEX platform_absence_user ON platform_absence (user_id, to_at);
GO
CREATE INDEX platform_absence_end ON platform_absence (to_at);
GO
-- Working hours of org units that differ from their ancestors'.
CREATE TABLE platform_calendar (
    unit_id BLOB PRIMARY KEY,
    zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    updated_at TEXT NOT NULL
) WITHOUT ROWID;
GO
-- Years whose holidays differ from those shipped.
CREATE TABLE platform_holidays (
    calendar_year INTEGER PRIMARY KEY,
    announced INTEGER NOT NULL,
    days TEXT NOT NULL,
    updated_at TEXT NOT NULL
) WITHOUT ROWID;
GO
CREATE TABLE platform_setting (
    name TEXT PRIMARY KEY,
    value TEXT
) WITHOUT ROWID;
