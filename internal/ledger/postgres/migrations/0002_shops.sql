-- +goose Up

-- The one row that every change of the shops locks first: so the changes of all processes
-- come in one order, and each tenant's trail has no gap.
CREATE TABLE registry (
    id      integer NOT NULL PRIMARY KEY CHECK (id = 1),
    changes bigint  NOT NULL -- how many there were
);

-- What the shops are. Names and records are as ledger.Document has them; what must not lie
-- in the clear is encrypted in them.
CREATE TABLE documents (
    name   bytea NOT NULL PRIMARY KEY,
    record bytea NOT NULL
);

-- Who changed what: entries are added, and never changed. Each is linked to the one before
-- it of its tenant.
CREATE TABLE trail (
    tenant bytea  NOT NULL, -- ledger.TrailKey
    number bigint NOT NULL, -- 1, 2, 3 … within the tenant
    record bytea  NOT NULL,
    PRIMARY KEY (tenant, number)
);

-- Where each trail ends.
CREATE TABLE trail_ends (
    tenant bytea  NOT NULL PRIMARY KEY,
    number bigint NOT NULL,
    hash   bytea  NOT NULL
);

INSERT INTO registry (id, changes) VALUES (1, 0);
