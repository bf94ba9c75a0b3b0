-- Who has a draft open just now: each window says so again while it is open.
CREATE TABLE workflows_editor (
    sop_key TEXT NOT NULL,
    window_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    since TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (sop_key, window_id)
) WITHOUT ROWID;
