ALTER TABLE leads_lead ADD COLUMN tags TEXT;
GO
ALTER TABLE sales_customer ADD COLUMN tags TEXT;
GO
ALTER TABLE sales_contact ADD COLUMN tags TEXT;
GO
ALTER TABLE sales_opportunity ADD COLUMN tags TEXT;
GO
ALTER TABLE sales_activity ADD COLUMN ticket_id BLOB;
GO
CREATE INDEX sales_activity_ticket ON sales_activity (ticket_id) WHERE ticket_id IS NOT NULL;
