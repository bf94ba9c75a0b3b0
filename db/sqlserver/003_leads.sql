-- Lists show the living only, so their indexes leave out what lies in the recycle bin.
CREATE TABLE leads_lead (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number NVARCHAR(40) NOT NULL,
    name NVARCHAR(200) NULL,
    company NVARCHAR(200) NULL,
    title NVARCHAR(100) NULL,
    phone NVARCHAR(40) NULL,
    email NVARCHAR(200) NULL,
    wechat NVARCHAR(100) NULL,
    region NVARCHAR(60) NULL,
    industry NVARCHAR(60) NULL,
    source NVARCHAR(60) NULL,
    channel_detail NVARCHAR(300) NULL,
    status NVARCHAR(60) NULL,
    score BIGINT NULL,
    need NVARCHAR(MAX) NULL,
    budget BIGINT NULL,
    timing NVARCHAR(60) NULL,
    next_try_at DATETIME2(3) NULL,
    last_contact_at DATETIME2(3) NULL,
    invalid_reason NVARCHAR(60) NULL,
    note NVARCHAR(MAX) NULL,
    customer_id BINARY(16) NULL,
    contact_id BINARY(16) NULL,
    opportunity_id BINARY(16) NULL,
    converted_at DATETIME2(3) NULL,
    external_id NVARCHAR(100) NULL,
    first_contact_date DATE NULL,
    landing_page NVARCHAR(300) NULL,
    form_id BINARY(16) NULL,
    won_date DATE NULL,
    segment NVARCHAR(100) NULL,
    lead_type NVARCHAR(100) NULL,
    behaviour NVARCHAR(100) NULL,
    seller NVARCHAR(100) NULL,
    owner_id BINARY(16) NULL,
    unit_id BINARY(16) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX leads_lead_number ON leads_lead (number);
GO
CREATE INDEX leads_lead_owner_region ON leads_lead (owner_id, region, score, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_owner_created ON leads_lead (owner_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_owner_status ON leads_lead (owner_id, status, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_owner_next ON leads_lead (owner_id, next_try_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_unit_created ON leads_lead (unit_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_status_created ON leads_lead (status, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_score ON leads_lead (score, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_created ON leads_lead (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX leads_lead_external ON leads_lead (external_id) WHERE external_id IS NOT NULL;
GO
CREATE INDEX leads_lead_phone ON leads_lead (phone) WHERE phone IS NOT NULL;
GO
CREATE INDEX leads_lead_email ON leads_lead (email) WHERE email IS NOT NULL;
GO
CREATE INDEX leads_lead_customer ON leads_lead (customer_id) WHERE customer_id IS NOT NULL;
GO
CREATE TABLE leads_form (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    slug NVARCHAR(60) NULL,
    title NVARCHAR(200) NULL,
    intro NVARCHAR(MAX) NULL,
    fields NVARCHAR(1000) NULL,
    required_fields NVARCHAR(1000) NULL,
    source NVARCHAR(60) NULL,
    channel_detail NVARCHAR(300) NULL,
    thanks NVARCHAR(MAX) NULL,
    active BIT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX leads_form_slug ON leads_form (slug) WHERE slug IS NOT NULL AND deleted_at IS NULL;
