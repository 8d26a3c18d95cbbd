-- The vault (kluis): the keys of sealed values, wrapped by an epoch key that is kept in a file.
-- It may lie in this database or in one of its own; dumps of the ledger leave this schema out.

CREATE SCHEMA vault;

CREATE TABLE vault.key (
    kid uuid PRIMARY KEY,
    epoch bytea NOT NULL,
    wrapped bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
COMMENT ON COLUMN vault.key.epoch IS 'Fingerprint of the epoch key that wraps this one.';
COMMENT ON COLUMN vault.key.destroyed_at IS 'The row stays as a tombstone: the id is never used again.';

CREATE FUNCTION vault.only_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.destroyed_at IS NOT NULL THEN
        RAISE EXCEPTION 'key % was destroyed', OLD.kid USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.kid <> OLD.kid OR NEW.created_at <> OLD.created_at THEN
        RAISE EXCEPTION 'key % may only be destroyed, or wrapped anew', OLD.kid
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION vault.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of vault.key is refused: a destroyed key leaves a tombstone', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER only_forget BEFORE UPDATE ON vault.key
    FOR EACH ROW EXECUTE FUNCTION vault.only_forget();
CREATE TRIGGER no_removal BEFORE DELETE OR TRUNCATE ON vault.key
    FOR EACH STATEMENT EXECUTE FUNCTION vault.refuse_removal();

GRANT USAGE ON SCHEMA vault TO kringboek_vault;
GRANT SELECT, INSERT, UPDATE ON vault.key TO kringboek_vault;
