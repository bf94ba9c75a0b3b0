CREATE TABLE service_ticket (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    number NVARCHAR(40) NOT NULL,
    subject NVARCHAR(300) NULL,
    description NVARCHAR(MAX) NULL,
    customer_id BINARY(16) NULL,
    contact_id BINARY(16) NULL,
    priority NVARCHAR(20) NULL,
    status NVARCHAR(20) NULL,
    kind NVARCHAR(20) NULL,
    channel NVARCHAR(20) NULL,
    queue NVARCHAR(20) NULL,
    solution NVARCHAR(MAX) NULL,
    satisfaction BIGINT NULL,
    policy_id BINARY(16) NULL,
    response_due DATETIME2(3) NULL,
    resolution_due DATETIME2(3) NULL,
    responded_at DATETIME2(3) NULL,
    resolved_at DATETIME2(3) NULL,
    paused_at DATETIME2(3) NULL,
    paused_minutes BIGINT NULL,
    sla NVARCHAR(20) NULL,
    external_id NVARCHAR(100) NULL,
    tags NVARCHAR(1000) NULL,
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
CREATE INDEX service_ticket_external ON service_ticket (external_id) WHERE external_id IS NOT NULL;
GO
-- Targets are hours of business time, in ten-thousandths as all decimals.
CREATE TABLE service_sla_policy (
    id BINARY(16) NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name NVARCHAR(200) NULL,
    position BIGINT NULL,
    filter NVARCHAR(MAX) NULL,
    warn_percent BIGINT NULL,
    active BIT NULL,
    response_urgent BIGINT NULL,
    response_high BIGINT NULL,
    response_normal BIGINT NULL,
    response_low BIGINT NULL,
    resolution_urgent BIGINT NULL,
    resolution_high BIGINT NULL,
    resolution_normal BIGINT NULL,
    resolution_low BIGINT NULL,
    created_at DATETIME2(3) NOT NULL,
    created_by_id BINARY(16) NULL,
    updated_at DATETIME2(3) NOT NULL,
    updated_by_id BINARY(16) NULL,
    deleted_at DATETIME2(3) NULL,
    custom NVARCHAR(MAX) NULL
);
