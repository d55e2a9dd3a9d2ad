-- +goose Up

-- Work that one process does at a time.
CREATE TABLE leases (
    name   text        NOT NULL PRIMARY KEY,
    holder bytea       NOT NULL, -- made anew for every turn
    number bigint      NOT NULL, -- of the turn: it grows
    until  timestamptz NOT NULL  -- by the database's clock
);
