-- Who has a draft open just now: each window says so again while it is open.
CREATE TABLE workflows_editor (
    sop_key NVARCHAR(60) NOT NULL,
    window_id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    since DATETIME2(3) NOT NULL,
    seen_at DATETIME2(3) NOT NULL,
    PRIMARY KEY (sop_key, window_id)
);
