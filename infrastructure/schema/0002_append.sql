-- The only way into the ledger: a batch of commands, each stored whole or not at all.
--
-- The first seven arguments have one element per command, the next five one per fact, in the order
-- of the commands. An entry is head || recorded_at || tail, so nothing but the moment is missing
-- when the lock is taken. One row per command comes back, in their order:
--   stored    it is durable once the transaction commits
--   repeated  it was stored before, with this request: the first answer again
--   reused    it was stored before, with another request; nothing was stored
--   stale     the stream is at `version`, not at the expected one; nothing was stored
--
-- {{clock}} is the database's clock, and in a sandbox the player's; a real ledger takes no clock.
CREATE FUNCTION ledger.append(
    commands uuid[],
    requests bytea[],
    streams uuid[],
    expected_versions integer[],
    fact_counts integer[],
    actors uuid[],
    policies bytea[],
    names text[],
    name_versions integer[],
    bodies bytea[],
    salts bytea[],
    entry_heads bytea[],
    entry_tail bytea{{clocks_parameter}}
) RETURNS TABLE (
    outcome text,
    first_position bigint,
    last_position bigint,
    version integer,
    recorded_at timestamptz
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head bigint;
    moment timestamptz;
    stamp bytea;
    known ledger.command;
    fact integer := 0;
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

    FOR i IN 1 .. cardinality(commands) LOOP
        outcome := 'stale';
        first_position := head + 1;
        version := coalesce((SELECT e.version FROM ledger.event e
            WHERE e.stream = streams[i] ORDER BY e.version DESC LIMIT 1), 0);
        IF version = expected_versions[i] THEN
            moment := greatest({{clock}}, moment);
            INSERT INTO ledger.command VALUES (
                commands[i], requests[i], streams[i], first_position, head + fact_counts[i],
                version + fact_counts[i], moment
            ) ON CONFLICT (command) DO NOTHING;
            IF FOUND THEN
                outcome := 'stored';
                recorded_at := moment;
            END IF;
        END IF;

        IF outcome = 'stored' THEN
            stamp := convert_to(
                to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'UTF8');
            FOR n IN fact + 1 .. fact + fact_counts[i] LOOP
                head := head + 1;
                version := version + 1;
                INSERT INTO ledger.event VALUES (
                    head, streams[i], version, names[n], name_versions[n], bodies[n], salts[n],
                    moment, actors[i], commands[i], policies[i],
                    entry_heads[n] || stamp || entry_tail);
            END LOOP;
            last_position := head;
        ELSE
            SELECT * INTO known FROM ledger.command c WHERE c.command = commands[i];
            IF FOUND THEN
                outcome := CASE WHEN known.request = requests[i] THEN 'repeated' ELSE 'reused' END;
                version := known.version;
            END IF;
            first_position := known.first_position;
            last_position := known.last_position;
            recorded_at := known.recorded_at;
        END IF;
        fact := fact + fact_counts[i];
        RETURN NEXT;
    END LOOP;
END
$$;

GRANT CREATE ON SCHEMA ledger TO kringboek_append;
ALTER FUNCTION ledger.append OWNER TO kringboek_append;
REVOKE CREATE ON SCHEMA ledger FROM kringboek_append;
REVOKE ALL ON FUNCTION ledger.append FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.append TO kringboek_service;
