-- +goose Up

-- How far each endpoint was told of the journal. The row is locked by whoever changes
-- something of the endpoint.
CREATE TABLE courses (
    endpoint bytea NOT NULL PRIMARY KEY, -- ledger.EndpointKey in one piece
    record   bytea NOT NULL
);

-- The events that an endpoint did not take.
CREATE TABLE deliveries (
    endpoint bytea  NOT NULL,
    number   bigint NOT NULL, -- the event's place in the journal
    state    text   NOT NULL,
    due      bigint NOT NULL, -- when it is tried again: nanoseconds since 1970
    record   bytea  NOT NULL,
    PRIMARY KEY (endpoint, number)
);
CREATE INDEX deliveries_due ON deliveries (endpoint, due, number) WHERE state = 'WAITING';
