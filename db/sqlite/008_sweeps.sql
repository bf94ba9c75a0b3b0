-- Until when each sweep has looked: what fell due while no host ran is found afterwards.
CREATE TABLE workflows_sweep (
    name TEXT PRIMARY KEY,
    seen_until TEXT NOT NULL
) WITHOUT ROWID;
