-- A draft or version played over the records of a past period.
CREATE TABLE workflows_replay (
    id BLOB PRIMARY KEY,
    sop_key TEXT NOT NULL,
    -- Null for a draft.
    sop_version INTEGER,
    definition TEXT NOT NULL,
    from_at TEXT NOT NULL,
    to_at TEXT NOT NULL,
    filter TEXT,
    -- 0 running, 1 done, 2 cancelled, 3 failed
    status INTEGER NOT NULL,
    -- Thousandths of the period.
    progress INTEGER NOT NULL,
    -- Where the next piece of work goes on.
    went_to TEXT,
    cases INTEGER NOT NULL,
    -- JSON: cases per figure; and what one case hands on to the next.
    figures TEXT NOT NULL,
    carried TEXT NOT NULL,
    error TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    ended_at TEXT
) WITHOUT ROWID;
GO
CREATE INDEX workflows_replay_sop ON workflows_replay (sop_key, id);
GO
CREATE TABLE workflows_replay_case (
    replay_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    record_id BLOB NOT NULL,
    record_name TEXT NOT NULL,
    at TEXT NOT NULL,
    ended_at TEXT,
    -- As of runs; null where nothing started.
    status INTEGER,
    -- The run that there really was.
    run_id BLOB,
    owner_then_id BLOB,
    owner_now_id BLOB,
    -- JSON: figures, ways then and now, message.
    detail TEXT NOT NULL,
    PRIMARY KEY (replay_id, seq)
) WITHOUT ROWID;
GO
CREATE INDEX workflows_replay_case_record ON workflows_replay_case (replay_id, record_id, seq);
GO
-- The cases behind each figure.
CREATE TABLE workflows_replay_figure (
    replay_id BLOB NOT NULL,
    figure TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (replay_id, figure, seq)
) WITHOUT ROWID;
