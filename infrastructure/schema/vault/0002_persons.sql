-- Who the record knows under the subject of a real issuer's token: a random person (persoon), so
-- that nothing in the ledger leads back to an account once this row is gone.
CREATE TABLE vault.person (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    person uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN vault.person.subject IS
    'HMAC-SHA256 of issuer and subject, under a key that is kept in a file.';

GRANT SELECT, INSERT, DELETE ON vault.person TO kringboek_vault;
