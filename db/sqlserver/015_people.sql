-- What the record was worth when it came up: orders what is due at once.
ALTER TABLE workflows_task ADD value BIGINT NULL;
GO
ALTER TABLE workflows_approval ADD value BIGINT NULL;
GO
-- What the approvers of the last round saw, for what changed since.
ALTER TABLE workflows_approval ADD previous NVARCHAR(MAX) NULL;
GO
ALTER TABLE workflows_seat ADD snoozed_until DATETIME2(3) NULL;
