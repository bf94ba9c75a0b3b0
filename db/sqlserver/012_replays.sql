-- A draft or version played over the records of a past period.
CREATE TABLE workflows_replay (
    id BINARY(16) NOT NULL PRIMARY KEY,
    sop_key NVARCHAR(60) NOT NULL,
    -- Null for a draft.
    sop_version INT NULL,
    definition NVARCHAR(MAX) NOT NULL,
    from_at DATETIME2(3) NOT NULL,
    to_at DATETIME2(3) NOT NULL,
    filter NVARCHAR(MAX) NULL,
    -- 0 running, 1 done, 2 cancelled, 3 failed
    status INT NOT NULL,
    -- Thousandths of the period.
    progress INT NOT NULL,
    -- Where the next piece of work goes on.
    went_to NVARCHAR(60) NULL,
    cases INT NOT NULL,
    -- JSON: cases per figure; and what one case hands on to the next.
    figures NVARCHAR(MAX) NOT NULL,
    carried NVARCHAR(MAX) NOT NULL,
    error NVARCHAR(MAX) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    ended_at DATETIME2(3) NULL
);
GO
CREATE INDEX workflows_replay_sop ON workflows_replay (sop_key, id);
GO
CREATE TABLE workflows_replay_case (
    replay_id BINARY(16) NOT NULL,
    seq BIGINT NOT NULL,
    record_id BINARY(16) NOT NULL,
    record_name NVARCHAR(300) NOT NULL,
    at DATETIME2(3) NOT NULL,
    ended_at DATETIME2(3) NULL,
    -- As of runs; null where nothing started.
    status INT NULL,
    -- The run that there really was.
    run_id BINARY(16) NULL,
    owner_then_id BINARY(16) NULL,
    owner_now_id BINARY(16) NULL,
    -- JSON: figures, ways then and now, message.
    detail NVARCHAR(MAX) NOT NULL,
    PRIMARY KEY (replay_id, seq)
);
GO
CREATE INDEX workflows_replay_case_record ON workflows_replay_case (replay_id, record_id, seq);
GO
-- The cases behind each figure.
CREATE TABLE workflows_replay_figure (
    replay_id BINARY(16) NOT NULL,
    figure NVARCHAR(120) NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (replay_id, figure, seq)
);
