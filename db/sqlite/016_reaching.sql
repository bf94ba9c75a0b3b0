ALTER TABLE platform_preference ADD COLUMN push INTEGER NOT NULL DEFAULT 1;
GO
-- Who wants the day's work by mail, and at what hour.
CREATE TABLE platform_digest (
    user_id BLOB PRIMARY KEY,
    at_hour INTEGER NOT NULL
) WITHOUT ROWID;
GO
-- Browsers that take notices while the page is closed.
CREATE TABLE platform_push (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL,
    endpoint TEXT NOT NULL,
    endpoint_hash BLOB NOT NULL,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at TEXT NOT NULL,
    error TEXT
) WITHOUT ROWID;
GO
CREATE UNIQUE INDEX platform_push_endpoint ON platform_push (endpoint_hash);
GO
CREATE INDEX platform_push_user ON platform_push (user_id);
GO
-- The one key pair by which push services know this company; made at the first start.
CREATE TABLE platform_push_key (
    id INTEGER PRIMARY KEY,
    public_key TEXT NOT NULL,
    private_key TEXT NOT NULL,
    created_at TEXT NOT NULL
) WITHOUT ROWID;
GO
-- Every attempt to sign in.
CREATE TABLE platform_sign_in (
    id BLOB PRIMARY KEY,
    at TEXT NOT NULL,
    user_id BLOB,
    email TEXT NOT NULL,
    way TEXT NOT NULL,
    ok INTEGER NOT NULL,
    address TEXT,
    agent TEXT
) WITHOUT ROWID;
GO
CREATE INDEX platform_sign_in_user ON platform_sign_in (user_id, id);
GO
CREATE INDEX platform_sign_in_refused ON platform_sign_in (id) WHERE ok = 0;
