-- Lists show the living only, so their indexes leave out what lies in the recycle bin.
CREATE TABLE sales_customer (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT,
    kind TEXT,
    level TEXT,
    industry TEXT,
    region TEXT,
    country TEXT,
    size TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    address TEXT,
    parent_id BLOB,
    source TEXT,
    revenue INTEGER,
    employees INTEGER,
    founded_year INTEGER,
    external_id TEXT,
    note TEXT,
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
CREATE UNIQUE INDEX sales_customer_number ON sales_customer (number);
GO
CREATE INDEX sales_customer_name ON sales_customer (name COLLATE NOCASE, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_owner_created ON sales_customer (owner_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_unit_created ON sales_customer (unit_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_created ON sales_customer (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_level ON sales_customer (level, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_external ON sales_customer (external_id COLLATE NOCASE) WHERE external_id IS NOT NULL;
GO
CREATE INDEX sales_customer_parent ON sales_customer (parent_id) WHERE parent_id IS NOT NULL;
GO
CREATE TABLE sales_contact (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT,
    customer_id BLOB,
    title TEXT,
    phone TEXT,
    email TEXT,
    wechat TEXT,
    decision_role TEXT,
    is_primary INTEGER,
    external_id TEXT,
    note TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE INDEX sales_contact_customer ON sales_contact (customer_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_contact_created ON sales_contact (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_contact_phone ON sales_contact (phone) WHERE phone IS NOT NULL;
GO
CREATE INDEX sales_contact_email ON sales_contact (email) WHERE email IS NOT NULL;
GO
CREATE INDEX sales_contact_external ON sales_contact (external_id COLLATE NOCASE) WHERE external_id IS NOT NULL;
GO
CREATE TABLE sales_product (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT,
    code TEXT,
    category TEXT,
    unit TEXT,
    price INTEGER,
    cost INTEGER,
    currency TEXT,
    active INTEGER,
    description TEXT,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE UNIQUE INDEX sales_product_code ON sales_product (code COLLATE NOCASE) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE INDEX sales_product_name ON sales_product (name COLLATE NOCASE, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_product_category ON sales_product (category, name) WHERE deleted_at IS NULL;
GO
CREATE TABLE sales_opportunity (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT,
    customer_id BLOB,
    contact_id BLOB,
    product_id BLOB,
    stage TEXT,
    probability INTEGER,
    amount INTEGER,
    currency TEXT,
    close_date TEXT,
    next_follow_up_at TEXT,
    source TEXT,
    lead_id BLOB,
    lost_reason TEXT,
    lost_note TEXT,
    started_on TEXT,
    closed_on TEXT,
    stage_changed_at TEXT,
    external_id TEXT,
    note TEXT,
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
CREATE UNIQUE INDEX sales_opportunity_number ON sales_opportunity (number);
GO
CREATE INDEX sales_opportunity_stage ON sales_opportunity (stage, stage_changed_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_owner_stage ON sales_opportunity (owner_id, stage, stage_changed_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_owner_created ON sales_opportunity (owner_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_unit_stage ON sales_opportunity (unit_id, stage, stage_changed_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_created ON sales_opportunity (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_customer ON sales_opportunity (customer_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_external ON sales_opportunity (external_id COLLATE NOCASE) WHERE external_id IS NOT NULL;
GO
CREATE INDEX sales_opportunity_closed ON sales_opportunity (stage, closed_on) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_next ON sales_opportunity (owner_id, next_follow_up_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_lead ON sales_opportunity (lead_id) WHERE lead_id IS NOT NULL;
GO
CREATE TABLE sales_opportunity_line (
    parent_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    product_id BLOB,
    quantity INTEGER,
    price INTEGER,
    discount INTEGER,
    amount INTEGER,
    PRIMARY KEY (parent_id, position)
) WITHOUT ROWID;
GO
-- One row per move of an opportunity from stage to stage: what reports on sales speed are made of.
CREATE TABLE sales_stage_history (
    id BLOB NOT NULL PRIMARY KEY,
    opportunity_id BLOB NOT NULL,
    from_stage TEXT,
    to_stage TEXT NOT NULL,
    at TEXT NOT NULL,
    by_id BLOB,
    seconds_before INTEGER
) WITHOUT ROWID;
GO
CREATE INDEX sales_stage_history_opportunity ON sales_stage_history (opportunity_id, at);
GO
CREATE INDEX sales_stage_history_at ON sales_stage_history (at, to_stage);
GO
CREATE TABLE sales_quote (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT,
    opportunity_id BLOB,
    customer_id BLOB,
    contact_id BLOB,
    status TEXT,
    status_reason TEXT,
    currency TEXT,
    valid_until TEXT,
    discount INTEGER,
    tax_rate INTEGER,
    subtotal INTEGER,
    discount_amount INTEGER,
    tax INTEGER,
    total INTEGER,
    effective_discount INTEGER,
    strictest_discount INTEGER,
    cost INTEGER,
    margin INTEGER,
    authority TEXT,
    terms TEXT,
    note TEXT,
    submitted_at TEXT,
    approved_at TEXT,
    sent_at TEXT,
    answered_at TEXT,
    copy_of_id BLOB,
    content_hash TEXT,
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
CREATE UNIQUE INDEX sales_quote_number ON sales_quote (number);
GO
CREATE INDEX sales_quote_opportunity ON sales_quote (opportunity_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_customer ON sales_quote (customer_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_owner_created ON sales_quote (owner_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_unit_created ON sales_quote (unit_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_status_created ON sales_quote (status, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_status_valid ON sales_quote (status, valid_until, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_quote_created ON sales_quote (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE TABLE sales_quote_line (
    parent_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    product_id BLOB,
    description TEXT,
    quantity INTEGER,
    price INTEGER,
    line_discount INTEGER,
    list_price INTEGER,
    amount INTEGER,
    cost INTEGER,
    PRIMARY KEY (parent_id, position)
) WITHOUT ROWID;
GO
CREATE TABLE sales_activity (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT,
    subject TEXT,
    content TEXT,
    result TEXT,
    happened_at TEXT,
    next_step TEXT,
    next_step_at TEXT,
    lead_id BLOB,
    customer_id BLOB,
    contact_id BLOB,
    opportunity_id BLOB,
    quote_id BLOB,
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
CREATE INDEX sales_activity_owner_happened ON sales_activity (owner_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_happened ON sales_activity (happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_created ON sales_activity (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_lead ON sales_activity (lead_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_customer ON sales_activity (customer_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_contact ON sales_activity (contact_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_opportunity ON sales_activity (opportunity_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_activity_quote ON sales_activity (quote_id, happened_at, id) WHERE deleted_at IS NULL;
GO
CREATE TABLE sales_discount_authority (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    role TEXT,
    category TEXT,
    own INTEGER,
    superior INTEGER,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
GO
CREATE INDEX sales_discount_authority_role ON sales_discount_authority (role, category);
