-- +goose Up

-- The one row that every writer locks first: so all groups of all processes come in one
-- order, and numbers have no gap.
CREATE TABLE books (
    id         integer NOT NULL PRIMARY KEY CHECK (id = 1),
    last       bigint  NOT NULL, -- number of the newest record
    head       bytea   NOT NULL, -- running hash over all records
    sealed     bigint  NOT NULL, -- number of the last record under a seal
    seal_hash  bytea   NOT NULL, -- hash of the last seal
    width      bigint  NOT NULL, -- records of a partition; 0: there are none
    partitions bigint  NOT NULL, -- how many were made
    copying    boolean NOT NULL, -- an unfinished copy: these are no books yet
    mark       bytea,            -- of the master key
    public_key bytea             -- of the seal key
);

-- The truth: every event under one running number, as ledger.Record has it. What stands
-- beside the record is taken from it, and can be made again.
CREATE TABLE journal (
    seq     bigint           NOT NULL,
    payment text COLLATE "C" NOT NULL,
    number  integer          NOT NULL,
    kind    text             NOT NULL,
    time    bigint           NOT NULL, -- nanoseconds since 1970
    record  bytea            NOT NULL,
    PRIMARY KEY (seq)
) PARTITION BY RANGE (seq);
CREATE INDEX journal_payment ON journal (payment, number);

CREATE TABLE seals (
    seq  bigint NOT NULL PRIMARY KEY, -- number of the last record covered
    seal bytea  NOT NULL
);

-- Each payment as it is now: where its chain ends, and what lists ask for.
CREATE TABLE payments (
    id             text COLLATE "C" NOT NULL PRIMARY KEY,
    version        integer NOT NULL,
    first          bigint  NOT NULL,
    last           bigint  NOT NULL,
    hash           bytea   NOT NULL,
    shop           text    NOT NULL,
    environment    text    NOT NULL,
    customer       text    NOT NULL,
    delivery       text    NOT NULL,
    foreign_number text    NOT NULL,
    created        bigint  NOT NULL, -- nanoseconds since 1970
    amount         bigint  NOT NULL, -- yen
    state          integer NOT NULL,
    flags          integer NOT NULL,
    care           boolean NOT NULL  -- somebody must look after it
);
CREATE INDEX payments_list ON payments (shop, environment, id);
CREATE INDEX payments_care ON payments (id) WHERE care;

-- Who ever claimed a key; the last turn holds it. The primary key is a second guard: the
-- writer decides.
CREATE TABLE claims (
    digest  bytea   NOT NULL,
    turn    integer NOT NULL,
    payment text COLLATE "C" NOT NULL,
    number  integer NOT NULL, -- of the first event of the entry that claimed
    seq     bigint  NOT NULL, -- of that event's record
    PRIMARY KEY (digest, turn)
);

-- What private parts are encrypted under: see ledger.StoredKeys.
CREATE TABLE payment_keys (
    payment   text COLLATE "C" NOT NULL PRIMARY KEY,
    personal  bytea,
    secret    bytea,
    forgotten bytea
);
CREATE INDEX payment_keys_secret ON payment_keys (payment) WHERE secret IS NOT NULL;

-- How many groups each writer has committed: what a writer asks that lost its connection
-- while it committed.
CREATE TABLE writers (
    id      bytea  NOT NULL PRIMARY KEY,
    process text   NOT NULL,
    groups  bigint NOT NULL,
    at      bigint NOT NULL -- nanoseconds since 1970
);

INSERT INTO books (id, last, head, sealed, seal_hash, width, partitions, copying)
VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'), 1000000, 0, false);
