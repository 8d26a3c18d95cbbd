-- The folded states of long streams, so that a command need not read a stream from its first event.
-- No part of the ledger: every row may be thrown away at any time, and no answer changes.

CREATE SCHEMA snapshots;
GRANT USAGE ON SCHEMA snapshots TO kringboek_views;

CREATE TABLE snapshots.state (
    stream uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version >= 1),
    edition text COLLATE "C" NOT NULL,
    state bytea NOT NULL
);
COMMENT ON COLUMN snapshots.state.edition IS
    'Of the build that folded it; another build does not read it.';
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshots.state TO kringboek_views;
