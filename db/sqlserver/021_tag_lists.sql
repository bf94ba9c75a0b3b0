-- A record may bear any number of tags.
ALTER TABLE leads_lead ALTER COLUMN tags NVARCHAR(MAX);
GO
ALTER TABLE sales_customer ALTER COLUMN tags NVARCHAR(MAX);
GO
ALTER TABLE sales_contact ALTER COLUMN tags NVARCHAR(MAX);
GO
ALTER TABLE sales_opportunity ALTER COLUMN tags NVARCHAR(MAX);
GO
ALTER TABLE service_ticket ALTER COLUMN tags NVARCHAR(MAX);
