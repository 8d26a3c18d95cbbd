-- Who is carrying out which order: advisory locks of the asking session, which end with it. First it
-- lets go of some, then it takes those of others that nobody holds; the numbers taken come back.
CREATE FUNCTION kringboek.claim(released bigint[], wanted bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql AS $$
DECLARE
    number bigint;
BEGIN
    FOREACH number IN ARRAY released LOOP
        PERFORM pg_advisory_unlock(number);
    END LOOP;
    FOREACH number IN ARRAY wanted LOOP
        IF pg_try_advisory_lock(number) THEN
            RETURN NEXT number;
        END IF;
    END LOOP;
END
$$;
GRANT USAGE ON SCHEMA kringboek TO kringboek_service;
REVOKE ALL ON FUNCTION kringboek.claim FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kringboek.claim TO kringboek_service;
