CREATE TABLE service_ticket (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    subject TEXT,
    description TEXT,
    customer_id BLOB,
    contact_id BLOB,
    priority TEXT,
    status TEXT,
    kind TEXT,
    channel TEXT,
    queue TEXT,
    solution TEXT,
    satisfaction INTEGER,
    policy_id BLOB,
    response_due TEXT,
    resolution_due TEXT,
    responded_at TEXT,
    resolved_at TEXT,
    paused_at TEXT,
    paused_minutes INTEGER,
    sla TEXT,
    external_id TEXT,
    tags TEXT,
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
CREATE UNIQUE INDEX service_ticket_number ON service_ticket (number);
GO
CREATE INDEX service_ticket_owner ON service_ticket (owner_id, status, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX service_ticket_unit ON service_ticket (unit_id, created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX service_ticket_status ON service_ticket (status, resolution_due, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX service_ticket_created ON service_ticket (created_at, id) WHERE deleted_at IS NULL;
GO
CREATE INDEX service_ticket_customer ON service_ticket (customer_id) WHERE customer_id IS NOT NULL;
GO
CREATE INDEX service_ticket_external ON service_ticket (external_id COLLATE NOCASE) WHERE external_id IS NOT NULL;
GO
-- Targets are hours of business time, in ten-thousandths as all decimals.
CREATE TABLE service_sla_policy (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT,
    position INTEGER,
    filter TEXT,
    warn_percent INTEGER,
    active INTEGER,
    response_urgent INTEGER,
    response_high INTEGER,
    response_normal INTEGER,
    response_low INTEGER,
    resolution_urgent INTEGER,
    resolution_high INTEGER,
    resolution_normal INTEGER,
    resolution_low INTEGER,
    created_at TEXT NOT NULL,
    created_by_id BLOB,
    updated_at TEXT NOT NULL,
    updated_by_id BLOB,
    deleted_at TEXT,
    custom TEXT
);
