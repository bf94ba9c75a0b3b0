-- What the record was worth when it came up: orders what is due at once.
ALTER TABLE workflows_task ADD COLUMN value INTEGER;
GO
ALTER TABLE workflows_approval ADD COLUMN value INTEGER;
GO
-- What the approvers of the last round saw, for what changed since.
ALTER TABLE workflows_approval ADD COLUMN previous TEXT;
GO
ALTER TABLE workflows_seat ADD COLUMN snoozed_until TEXT;
