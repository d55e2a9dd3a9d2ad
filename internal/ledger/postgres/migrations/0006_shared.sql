-- +goose Up

-- By which change of the registry a document came to be as it is: processes ask for what
-- came after the last change that they know. What was written before has none.
ALTER TABLE documents ADD COLUMN changed bigint NOT NULL DEFAULT 0;
CREATE INDEX documents_changed ON documents (changed);
UPDATE registry SET changes = changes + 1; -- 0 is for who knows nothing

-- What the house remembers of its own work, for whichever process does it next.
CREATE TABLE notes (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    body bytea            NOT NULL
);
