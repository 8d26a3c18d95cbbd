-- The only way into the ledger: a batch of commands, each stored whole or not at all.
--
-- The first five arguments have one element per command, the next ten one per fact, in the order of
-- the commands; no command comes twice in a batch. An entry is head || recorded_at || tail, so that
-- nothing but the moment is missing when the lock is taken. One row per command comes back, in
-- their order:
--   stored    it is durable once the transaction commits
--   repeated  it was stored before, with this request: the first answer again
--   reused    it was stored before, with another request; nothing was stored
--   stale     the stream is at `version`, not at the expected one; nothing was stored
--
-- {{clock}} is the database's clock, and in a sandbox the player's; a real ledger takes no clock.
--
-- Every query here is a search in an index. Planning it for the values of each batch cost more than
-- running it; and a plan that was made while the tables were small would go on reading them whole.
CREATE FUNCTION ledger.append(
    commands uuid[],
    requests bytea[],
    streams uuid[],
    expected_versions integer[],
    fact_counts integer[],
    fact_commands uuid[],
    fact_streams uuid[],
    fact_versions integer[],
    names text[],
    name_versions integer[],
    bodies bytea[],
    salts bytea[],
    actors uuid[],
    policies bytea[],
    entry_heads bytea[],
    entry_tail bytea{{clock_parameter}}
) RETURNS TABLE (
    outcome text,
    first_position bigint,
    last_position bigint,
    version integer,
    recorded_at timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    head bigint;
    moment timestamptz;
    stamp bytea;
    asked record;
    -- What is to be stored, one element per fact or per command; NULL is for what is not.
    positions bigint[] := '{}';
    firsts bigint[] := '{}';
    lasts bigint[] := '{}';
    versions integer[] := '{}';
    -- Streams that this batch has moved on already, newest first, and how far.
    moved uuid[] := '{}';
    moved_to integer[] := '{}';
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append needs READ COMMITTED: another level sees the head of before the lock'
            USING ERRCODE = 'active_sql_transaction';
    END IF;
    -- One writer at a time, in whatever process. The head is read in a later statement, whose
    -- snapshot is taken under the lock: in one statement it would be the head of before.
    PERFORM pg_advisory_xact_lock(5310721, 1);
    SELECT e.position, e.recorded_at INTO head, moment
        FROM ledger.event e ORDER BY e.position DESC LIMIT 1;
    head := coalesce(head, 0);
    moment := greatest({{clock}}, moment);
    stamp := convert_to(
        to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8') || entry_tail;

    FOR asked IN
        SELECT c.request, c.stream, c.expected, c.facts,
            (SELECT k FROM ledger.command k WHERE k.command = c.command) AS known,
            coalesce((SELECT e.version FROM ledger.event e
                WHERE e.stream = c.stream ORDER BY e.version DESC LIMIT 1), 0) AS actual
        FROM unnest(commands, requests, streams, expected_versions, fact_counts)
            WITH ORDINALITY AS c(command, request, stream, expected, facts, place)
        ORDER BY c.place
    LOOP
        version := coalesce(moved_to[array_position(moved, asked.stream)], asked.actual);
        first_position := NULL;
        last_position := NULL;
        recorded_at := NULL;
        IF asked.known IS NOT NULL THEN
            outcome := CASE WHEN (asked.known).request = asked.request
                THEN 'repeated' ELSE 'reused' END;
            first_position := (asked.known).first_position;
            last_position := (asked.known).last_position;
            version := (asked.known).version;
            recorded_at := (asked.known).recorded_at;
        ELSIF version <> asked.expected THEN
            outcome := 'stale';
        ELSE
            outcome := 'stored';
            first_position := head + 1;
            head := head + asked.facts;
            last_position := head;
            version := version + asked.facts;
            recorded_at := moment;
            moved := asked.stream || moved;
            moved_to := version || moved_to;
        END IF;
        IF outcome = 'stored' THEN
            firsts := firsts || first_position;
            lasts := lasts || last_position;
            versions := versions || version;
            FOR each IN first_position .. last_position LOOP
                positions := positions || each;
            END LOOP;
        ELSE
            firsts := firsts || NULL::bigint;
            lasts := lasts || NULL::bigint;
            versions := versions || NULL::integer;
            positions := positions || array_fill(NULL::bigint, ARRAY[asked.facts]);
        END IF;
        RETURN NEXT;
    END LOOP;

    INSERT INTO ledger.event
        SELECT f.position, f.stream, f.version, f.name, f.name_version, f.body, f.salt, moment,
            f.actor, f.command, f.policy, f.entry_head || stamp
        FROM unnest(positions, fact_commands, fact_streams, fact_versions, names, name_versions,
                bodies, salts, actors, policies, entry_heads)
            AS f(position, command, stream, version, name, name_version, body, salt, actor, policy,
                entry_head)
        WHERE f.position IS NOT NULL;
    INSERT INTO ledger.command
        SELECT c.command, c.request, c.stream, c.first, c.last, c.version, moment
        FROM unnest(commands, requests, streams, firsts, lasts, versions)
            AS c(command, request, stream, first, last, version)
        WHERE c.first IS NOT NULL;
END
$$;

GRANT CREATE ON SCHEMA ledger TO kringboek_append;
ALTER FUNCTION ledger.append OWNER TO kringboek_append;
REVOKE CREATE ON SCHEMA ledger FROM kringboek_append;
REVOKE ALL ON FUNCTION ledger.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append TO kringboek_service;
