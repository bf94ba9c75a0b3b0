ALTER TABLE leads_lead ADD tags NVARCHAR(1000) NULL;
GO
ALTER TABLE sales_customer ADD tags NVARCHAR(1000) NULL;
GO
ALTER TABLE sales_contact ADD tags NVARCHAR(1000) NULL;
GO
ALTER TABLE sales_opportunity ADD tags NVARCHAR(1000) NULL;
GO
ALTER TABLE sales_activity ADD ticket_id BINARY(16) NULL;
GO
CREATE INDEX sales_activity_ticket ON sales_activity (ticket_id) WHERE ticket_id IS NOT NULL;
