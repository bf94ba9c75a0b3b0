-- Until when each sweep has looked: what fell due while no host ran is found afterwards.
CREATE TABLE workflows_sweep (
    name NVARCHAR(60) NOT NULL PRIMARY KEY,
    seen_until DATETIME2(3) NOT NULL
);
