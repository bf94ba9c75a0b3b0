-- Lists show the living only, so their indexes leave out what lies in the recycle bin.
CREATE TABLE sales_customer (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number NVARCHAR(40) NOT NULL,
    name NVARCHAR(200) NULL,
    kind NVARCHAR(60) NULL,
    level NVARCHAR(60) NULL,
    industry NVARCHAR(60) NULL,
    region NVARCHAR(60) NULL,
    country NVARCHAR(60) NULL,
    size NVARCHAR(60) NULL,
    phone NVARCHAR(40) NULL,
    email NVARCHAR(200) NULL,
    website NVARCHAR(300) NULL,
    address NVARCHAR(300) NULL,
    parent_id BINARY(16) NULL,
    source NVARCHAR(60) NULL,
    revenue BIGINT NULL,
    employees BIGINT NULL,
    founded_year BIGINT NULL,
    external_id NVARCHAR(100) NULL,
    note NVARCHAR(MAX) NULL,
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
CREATE UNIQUE INDEX sales_customer_number ON sales_customer (number);
GO
CREATE INDEX sales_customer_name ON sales_customer (name, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_owner_created ON sales_customer (owner_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_unit_created ON sales_customer (unit_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_created ON sales_customer (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_level ON sales_customer (level, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_customer_external ON sales_customer (external_id) WHERE external_id IS NOT NULL;
GO
CREATE INDEX sales_customer_parent ON sales_customer (parent_id) WHERE parent_id IS NOT NULL;
GO
CREATE TABLE sales_contact (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name NVARCHAR(200) NULL,
    customer_id BINARY(16) NULL,
    title NVARCHAR(100) NULL,
    phone NVARCHAR(40) NULL,
    email NVARCHAR(200) NULL,
    wechat NVARCHAR(100) NULL,
    decision_role NVARCHAR(60) NULL,
    is_primary BIT NULL,
    external_id NVARCHAR(100) NULL,
    note NVARCHAR(MAX) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
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
CREATE INDEX sales_contact_external ON sales_contact (external_id) WHERE external_id IS NOT NULL;
GO
CREATE TABLE sales_product (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name NVARCHAR(200) NULL,
    code NVARCHAR(60) NULL,
    category NVARCHAR(60) NULL,
    unit NVARCHAR(20) NULL,
    price BIGINT NULL,
    cost BIGINT NULL,
    currency NVARCHAR(60) NULL,
    active BIT NULL,
    description NVARCHAR(MAX) NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE UNIQUE INDEX sales_product_code ON sales_product (code) WHERE code IS NOT NULL AND deleted_at IS NULL;
GO
CREATE INDEX sales_product_name ON sales_product (name, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_product_category ON sales_product (category, name) WHERE deleted_at IS NULL;
GO
CREATE TABLE sales_opportunity (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number NVARCHAR(40) NOT NULL,
    name NVARCHAR(200) NULL,
    customer_id BINARY(16) NULL,
    contact_id BINARY(16) NULL,
    product_id BINARY(16) NULL,
    stage NVARCHAR(60) NULL,
    probability BIGINT NULL,
    amount BIGINT NULL,
    currency NVARCHAR(60) NULL,
    close_date DATE NULL,
    next_follow_up_at DATETIME2(3) NULL,
    source NVARCHAR(60) NULL,
    lead_id BINARY(16) NULL,
    lost_reason NVARCHAR(60) NULL,
    lost_note NVARCHAR(MAX) NULL,
    started_on DATE NULL,
    closed_on DATE NULL,
    stage_changed_at DATETIME2(3) NULL,
    external_id NVARCHAR(100) NULL,
    note NVARCHAR(MAX) NULL,
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
CREATE INDEX sales_opportunity_external ON sales_opportunity (external_id) WHERE external_id IS NOT NULL;
GO
CREATE INDEX sales_opportunity_closed ON sales_opportunity (stage, closed_on) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_next ON sales_opportunity (owner_id, next_follow_up_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX sales_opportunity_lead ON sales_opportunity (lead_id) WHERE lead_id IS NOT NULL;
GO
CREATE TABLE sales_opportunity_line (
    parent_id BINARY(16) NOT NULL,
    position INT NOT NULL,
    product_id BINARY(16) NULL,
    quantity BIGINT NULL,
    price BIGINT NULL,
    discount BIGINT NULL,
    amount BIGINT NULL,
    PRIMARY KEY (parent_id, position)
);
GO
-- One row per move of an opportunity from stage to stage: what reports on sales speed are made of.
CREATE TABLE sales_stage_history (
    id BINARY(16) NOT NULL PRIMARY KEY,
    opportunity_id BINARY(16) NOT NULL,
    from_stage NVARCHAR(60) NULL,
    to_stage NVARCHAR(60) NOT NULL,
    at DATETIME2(3) NOT NULL,
    by_id BINARY(16) NULL,
    seconds_before BIGINT NULL
);
GO
CREATE INDEX sales_stage_history_opportunity ON sales_stage_history (opportunity_id, at);
GO
CREATE INDEX sales_stage_history_at ON sales_stage_history (at, to_stage);
GO
CREATE TABLE sales_quote (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number NVARCHAR(40) NOT NULL,
    title NVARCHAR(200) NULL,
    opportunity_id BINARY(16) NULL,
    customer_id BINARY(16) NULL,
    contact_id BINARY(16) NULL,
    status NVARCHAR(60) NULL,
    status_reason NVARCHAR(60) NULL,
    currency NVARCHAR(60) NULL,
    valid_until DATE NULL,
    discount BIGINT NULL,
    tax_rate BIGINT NULL,
    subtotal BIGINT NULL,
    discount_amount BIGINT NULL,
    tax BIGINT NULL,
    total BIGINT NULL,
    effective_discount BIGINT NULL,
    strictest_discount BIGINT NULL,
    cost BIGINT NULL,
    margin BIGINT NULL,
    authority NVARCHAR(60) NULL,
    terms NVARCHAR(MAX) NULL,
    note NVARCHAR(MAX) NULL,
    submitted_at DATETIME2(3) NULL,
    approved_at DATETIME2(3) NULL,
    sent_at DATETIME2(3) NULL,
    answered_at DATETIME2(3) NULL,
    copy_of_id BINARY(16) NULL,
    content_hash NVARCHAR(64) NULL,
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
    parent_id BINARY(16) NOT NULL,
    position INT NOT NULL,
    product_id BINARY(16) NULL,
    description NVARCHAR(500) NULL,
    quantity BIGINT NULL,
    price BIGINT NULL,
    line_discount BIGINT NULL,
    list_price BIGINT NULL,
    amount BIGINT NULL,
    cost BIGINT NULL,
    PRIMARY KEY (parent_id, position)
);
GO
CREATE TABLE sales_activity (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    kind NVARCHAR(60) NULL,
    subject NVARCHAR(200) NULL,
    content NVARCHAR(MAX) NULL,
    result NVARCHAR(60) NULL,
    happened_at DATETIME2(3) NULL,
    next_step NVARCHAR(500) NULL,
    next_step_at DATETIME2(3) NULL,
    lead_id BINARY(16) NULL,
    customer_id BINARY(16) NULL,
    contact_id BINARY(16) NULL,
    opportunity_id BINARY(16) NULL,
    quote_id BINARY(16) NULL,
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
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    role NVARCHAR(60) NULL,
    category NVARCHAR(60) NULL,
    own BIGINT NULL,
    superior BIGINT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
GO
CREATE INDEX sales_discount_authority_role ON sales_discount_authority (role, category);
