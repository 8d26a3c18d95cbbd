-- The rows of views, every version of them. The tables only grow: a version ends where the next one
-- of its key begins, so that neither writing nor time travel rewrites what was there.

-- A generation is one building of a view, from the first event on. Editions are what different
-- builds of Kringboek make of a view; each has one live generation, which readers see.
CREATE TABLE views.generation (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    view text COLLATE "C" NOT NULL,
    edition text COLLATE "C" NOT NULL,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    failed_at bigint CHECK (failed_at > position),
    failure text,
    CHECK ((failed_at IS NULL) = (failure IS NULL))
) WITH (fillfactor = 50);
COMMENT ON COLUMN views.generation.position IS
    'Every event up to here was taken in; written in one transaction with what came of them.';
COMMENT ON COLUMN views.generation.failed_at IS 'The event that this view cannot take in.';

CREATE TABLE views.live (
    view text COLLATE "C" NOT NULL,
    edition text COLLATE "C" NOT NULL,
    generation integer NOT NULL REFERENCES views.generation,
    PRIMARY KEY (view, edition)
);

CREATE TABLE views.version (
    generation integer NOT NULL,
    key text COLLATE "C" NOT NULL,
    valid_from bigint NOT NULL,
    born bigint NOT NULL,
    row bytea
);
-- The newest first: what a key held as of a position is the first entry at or below it.
CREATE UNIQUE INDEX version_of_key ON views.version (generation, key, valid_from DESC);
COMMENT ON COLUMN views.version.born IS 'The position at which this row came to be.';
COMMENT ON COLUMN views.version.row IS
    'RFC 8785 canonical JSON; NULL from where there is no row any more.';

-- Rows are listed by the position at which they were born. What is asked as of an early position is
-- then the start of the shelf, however many rows came later, and no page shifts under a reader.
CREATE TABLE views.shelf (
    generation integer NOT NULL,
    shelf text COLLATE "C" NOT NULL,
    born bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    since bigint NOT NULL,
    until bigint,
    PRIMARY KEY (generation, shelf, born, key, since)
);
COMMENT ON TABLE views.shelf IS
    'Which row stood on which shelf, from position since until just before position until.';

-- After a rebuild the planner must know what it has to do with.
GRANT MAINTAIN ON views.version, views.shelf TO kringboek_views;
