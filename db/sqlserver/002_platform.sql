CREATE TABLE platform_unit (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name NVARCHAR(200) NOT NULL,
    parent_id BINARY(16) NULL,
    manager_id BINARY(16) NULL,
    region NVARCHAR(200) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE TABLE platform_user (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name NVARCHAR(200) NOT NULL,
    email NVARCHAR(200) NOT NULL,
    phone NVARCHAR(60) NULL,
    unit_id BINARY(16) NOT NULL,
    position NVARCHAR(200) NULL,
    roles NVARCHAR(MAX) NULL,
    active BIT NOT NULL,
    locale NVARCHAR(10) NOT NULL,
    theme NVARCHAR(20) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
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
    user_id BINARY(16) NOT NULL PRIMARY KEY,
    password_hash NVARCHAR(300) NULL,
    stamp NVARCHAR(60) NOT NULL,
    failures INT NOT NULL DEFAULT 0,
    locked_until DATETIME2(3) NULL
);
GO
INSERT INTO platform_credential (user_id, stamp) VALUES (0x00000000000000000000000000000000, '');
GO
-- Only roles that administrators made or changed; a built-in role without a row is as shipped.
CREATE TABLE platform_role (
    role_key NVARCHAR(60) NOT NULL PRIMARY KEY,
    name_zh NVARCHAR(200) NOT NULL,
    name_en NVARCHAR(200) NOT NULL,
    permissions NVARCHAR(MAX) NOT NULL,
    scopes NVARCHAR(MAX) NOT NULL
);
GO
CREATE TABLE platform_token (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    name NVARCHAR(200) NOT NULL,
    hash BINARY(32) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    expires_at DATETIME2(3) NULL,
    last_used_at DATETIME2(3) NULL
);
GO
CREATE UNIQUE INDEX platform_token_hash ON platform_token (hash);
GO
CREATE INDEX platform_token_user ON platform_token (user_id);
GO
-- Links that work once: set-up of the first administrator, a new colleague's or a forgotten password.
CREATE TABLE platform_link (
    hash BINARY(32) NOT NULL PRIMARY KEY,
    purpose NVARCHAR(20) NOT NULL,
    user_id BINARY(16) NULL,
    created_at DATETIME2(3) NOT NULL,
    expires_at DATETIME2(3) NOT NULL,
    used_at DATETIME2(3) NULL
);
GO
CREATE TABLE platform_notification (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    at DATETIME2(3) NOT NULL,
    kind NVARCHAR(60) NOT NULL,
    title_zh NVARCHAR(300) NOT NULL,
    title_en NVARCHAR(300) NOT NULL,
    body_zh NVARCHAR(2000) NULL,
    body_en NVARCHAR(2000) NULL,
    link NVARCHAR(500) NULL,
    dedupe_key NVARCHAR(200) NOT NULL,
    in_page BIT NOT NULL,
    read_at DATETIME2(3) NULL
);
GO
CREATE UNIQUE INDEX platform_notification_key ON platform_notification (user_id, dedupe_key);
GO
CREATE INDEX platform_notification_list ON platform_notification (user_id, id) WHERE in_page = 1;
GO
CREATE INDEX platform_notification_unread ON platform_notification (user_id, id) WHERE in_page = 1 AND read_at IS NULL;
GO
CREATE TABLE platform_preference (
    user_id BINARY(16) NOT NULL,
    kind NVARCHAR(60) NOT NULL,
    in_page BIT NOT NULL,
    mail BIT NOT NULL,
    PRIMARY KEY (user_id, kind)
);
GO
-- Every mail there ever was. State: 0 waiting, 1 sent, 2 failed.
CREATE TABLE platform_mail (
    id BINARY(16) NOT NULL PRIMARY KEY,
    mail_key NVARCHAR(200) NOT NULL,
    recipient NVARCHAR(320) NOT NULL,
    subject NVARCHAR(500) NOT NULL,
    html NVARCHAR(MAX) NULL,
    plain NVARCHAR(MAX) NOT NULL,
    state INT NOT NULL,
    attempts INT NOT NULL DEFAULT 0,
    error NVARCHAR(2000) NULL,
    tries NVARCHAR(MAX) NOT NULL DEFAULT '[]',
    created_at DATETIME2(3) NOT NULL,
    sent_at DATETIME2(3) NULL,
    next_at DATETIME2(3) NULL
);
GO
CREATE UNIQUE INDEX platform_mail_key ON platform_mail (mail_key);
GO
CREATE INDEX platform_mail_state ON platform_mail (state, id);
GO
CREATE TABLE platform_view (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    record_type NVARCHAR(60) NOT NULL,
    name NVARCHAR(200) NOT NULL,
    filter NVARCHAR(MAX) NULL,
    sort NVARCHAR(500) NULL,
    columns NVARCHAR(MAX) NULL,
    shared BIT NOT NULL,
    created_at DATETIME2(3) NOT NULL
);
GO
CREATE INDEX platform_view_list ON platform_view (record_type, user_id);
GO
CREATE TABLE platform_absence (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    from_at DATETIME2(3) NOT NULL,
    to_at DATETIME2(3) NOT NULL,
    substitute_id BINARY(16) NULL,
    note NVARCHAR(500) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL
);
GO
CREATE INDEX platform_absence_user ON platform_absence (user_id, to_at);
GO
CREATE INDEX platform_absence_end ON platform_absence (to_at);
GO
-- Working hours of org units that differ from their ancestors'.
CREATE TABLE platform_calendar (
    unit_id BINARY(16) NOT NULL PRIMARY KEY,
    zone NVARCHAR(60) NOT NULL,
    hours NVARCHAR(MAX) NOT NULL,
    updated_at DATETIME2(3) NOT NULL
);
GO
-- Years whose holidays differ from those shipped.
CREATE TABLE platform_holidays (
    calendar_year INT NOT NULL PRIMARY KEY,
    announced BIT NOT NULL,
    days NVARCHAR(MAX) NOT NULL,
    updated_at DATETIME2(3) NOT NULL
);
GO
CREATE TABLE platform_setting (
    name NVARCHAR(200) NOT NULL PRIMARY KEY,
    value NVARCHAR(MAX) NULL
);
