ALTER TABLE platform_preference ADD push BIT NOT NULL DEFAULT 1;
GO
-- Who wants the day's work by mail, and at what hour.
CREATE TABLE platform_digest (
    user_id BINARY(16) NOT NULL PRIMARY KEY,
    at_hour BIGINT NOT NULL
);
GO
-- Browsers that take notices while the page is closed.
CREATE TABLE platform_push (
    id BINARY(16) NOT NULL PRIMARY KEY,
    user_id BINARY(16) NOT NULL,
    endpoint NVARCHAR(1000) NOT NULL,
    endpoint_hash BINARY(32) NOT NULL,
    p256dh NVARCHAR(100) NOT NULL,
    auth NVARCHAR(50) NOT NULL,
    device NVARCHAR(200) NOT NULL,
    created_at DATETIME2(3) NOT NULL,
    error NVARCHAR(500) NULL
);
GO
CREATE UNIQUE INDEX platform_push_endpoint ON platform_push (endpoint_hash);
GO
CREATE INDEX platform_push_user ON platform_push (user_id);
GO
-- The one key pair by which push services know this company; made at the first start.
CREATE TABLE platform_push_key (
    id BIGINT NOT NULL PRIMARY KEY,
    public_key NVARCHAR(200) NOT NULL,
    private_key NVARCHAR(500) NOT NULL,
    created_at DATETIME2(3) NOT NULL
);
GO
-- Every attempt to sign in.
CREATE TABLE platform_sign_in (
    id BINARY(16) NOT NULL PRIMARY KEY,
    at DATETIME2(3) NOT NULL,
    user_id BINARY(16) NULL,
    email NVARCHAR(200) NOT NULL,
    way NVARCHAR(20) NOT NULL,
    ok BIT NOT NULL,
    address NVARCHAR(60) NULL,
    agent NVARCHAR(300) NULL
);
GO
CREATE INDEX platform_sign_in_user ON platform_sign_in (user_id, id);
GO
CREATE INDEX platform_sign_in_refused ON platform_sign_in (id) WHERE ok = 0;
