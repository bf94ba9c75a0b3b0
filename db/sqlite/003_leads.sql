-- Lists show the living only, so their indexes leave out what lies in the recycle bin.
CREATE TABLE leads_lead (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT,
    company TEXT,
    title TEXT,
    phone TEXT,
    email TEXT,
    wechat TEXT,
    region TEXT,
    industry TEXT,
    source TEXT,
    channel_detail TEXT,
    status TEXT,
    score INTEGER,
    need TEXT,
    budget INTEGER,
    timing TEXT,
    next_try_at TEXT,
    last_contact_at TEXT,
    invalid_reason TEXT,
    note TEXT,
    customer_id BLOB,
    contact_id BLOB,
    opportunity_id BLOB,
    converted_at TEXT,
    external_id TEXT,
    first_contact_date TEXT,
    landing_page TEXT,
    form_id BLOB,
    won_date TEXT,
    segment TEXT,
    lead_type TEXT,
    behaviour TEXT,
    seller TEXT,
    owner_id BLOB,
    unit_id BLOB,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
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
CREATE INDEX leads_lead_external ON leads_lead (external_id COLLATE NOCASE) WHERE external_id IS NOT NULL;
GO
CREATE INDEX leads_lead_phone ON leads_lead (phone) WHERE phone IS NOT NULL;
GO
CREATE INDEX leads_lead_email ON leads_lead (email) WHERE email IS NOT NULL;
GO
CREATE INDEX leads_lead_customer ON leads_lead (customer_id) WHERE customer_id IS NOT NULL;
GO
CREATE TABLE leads_form (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    slug TEXT,
    title TEXT,
    intro TEXT,
    fields TEXT,
    required_fields TEXT,
    source TEXT,
    channel_detail TEXT,
    thanks TEXT,
    active INTEGER,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX leads_form_slug ON leads_form (slug COLLATE NOCASE) WHERE slug IS NOT NULL AND deleted_at IS NULL;
