-- +goose Up

-- Customers as the provider knows them, and their cards on file. Keys and records are as
-- ledger.Member has them; the secret in a record is encrypted.
CREATE TABLE members (
    id     bytea NOT NULL PRIMARY KEY,
    record bytea NOT NULL
);
