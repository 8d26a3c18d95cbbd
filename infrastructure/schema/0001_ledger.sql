-- The ledger (grootboek): every fact once, in one order, and the row of the command it came from.
-- An event and its leaf in the transparency log are one row, so neither can be without the other.

CREATE SCHEMA ledger;

CREATE TABLE ledger.origin (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    origin text NOT NULL CHECK (origin <> ''),
    sandbox boolean NOT NULL,
    entry_format integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE ledger.origin IS 'One row, written when the ledger is made and never changed.';

CREATE TABLE ledger.event (
    position bigint NOT NULL CHECK (position >= 1),
    stream uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    name text NOT NULL,
    name_version integer NOT NULL,
    body bytea NOT NULL,
    salt bytea NOT NULL CHECK (octet_length(salt) = 32),
    recorded_at timestamptz NOT NULL,
    actor uuid NOT NULL,
    command uuid NOT NULL,
    policy bytea NOT NULL CHECK (octet_length(policy) = 32),
    entry bytea NOT NULL CHECK (octet_length(entry) <= 65535),
    -- Nobody can write a leaf that is not its entry's: the database makes it (RFC 6962).
    leaf bytea NOT NULL GENERATED ALWAYS AS (sha256('\x00'::bytea || entry)) STORED,
    -- The leaf lies in the index, so that building the tree reads the index and nothing else.
    PRIMARY KEY (position) INCLUDE (leaf),
    UNIQUE (stream, version)
);
COMMENT ON COLUMN ledger.event.position IS 'Dense from 1: the leaf''s index in the tree is one less.';
COMMENT ON COLUMN ledger.event.body IS 'The fact, as RFC 8785 canonical JSON.';
COMMENT ON COLUMN ledger.event.salt IS 'Hides small bodies: the entry holds sha256(salt || body).';
COMMENT ON COLUMN ledger.event.entry IS 'What the tree commits to; see docs/decisions/0004-entry-format.md.';
COMMENT ON COLUMN ledger.event.policy IS 'SHA-256 of the access policy in force.';

CREATE TABLE ledger.command (
    command uuid PRIMARY KEY,
    request bytea NOT NULL,
    stream uuid NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    version integer NOT NULL,
    recorded_at timestamptz NOT NULL
);
COMMENT ON TABLE ledger.command IS
    'The first answer to every command, also to one without facts: then first_position is the '
    'position that the next event got, and last_position is one less.';

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: what was recorded stays as it is',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Record a fact that corrects it.';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.command
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.origin
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- recorded_at never decreases along positions, which are dense: so a search by halves finds a
-- moment in some twenty steps along the primary key, and no append pays for a second index.
CREATE FUNCTION ledger.position_at(moment timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    low bigint := 0;
    high bigint := coalesce((SELECT max(e.position) FROM ledger.event e), 0);
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high + 1) / 2;
        IF (SELECT e.recorded_at FROM ledger.event e WHERE e.position = middle) <= moment THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END
$$;

GRANT USAGE ON SCHEMA ledger TO kringboek_append, kringboek_service, kringboek_reader;
GRANT SELECT, INSERT ON ledger.event, ledger.command TO kringboek_append;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO kringboek_service, kringboek_reader;
