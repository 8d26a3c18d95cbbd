-- Roles belong to the whole cluster, so this runs at every migration and changes only what lacks.
--   kringboek_owner    owns every table; nobody logs in as it
--   kringboek_append   owns the append function, which runs with its rights: INSERT and SELECT
--   kringboek_service  what the service logs in as: it reads, and appends through the function
--   kringboek_views    may write views and snapshots, and nothing else; granted to the service
--   kringboek_vault    may use the vault of keys, and nothing else; the service logs in apart
--   kringboek_reader   may read what the service may read, for auditors and replicas
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('kringboek_owner', 'NOLOGIN'), ('kringboek_append', 'NOLOGIN'),
            ('kringboek_service', 'LOGIN'), ('kringboek_views', 'NOLOGIN'),
            ('kringboek_vault', 'LOGIN'), ('kringboek_reader', 'LOGIN')
        ) AS role(name, login)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.login);
        END IF;
    END LOOP;
    IF NOT pg_has_role('kringboek_service', 'kringboek_views', 'MEMBER') THEN
        GRANT kringboek_views TO kringboek_service;
    END IF;
    IF NOT pg_has_role('kringboek_owner', 'kringboek_append', 'MEMBER') THEN
        GRANT kringboek_append TO kringboek_owner;
    END IF;
    IF NOT pg_has_role(current_user, 'kringboek_owner', 'MEMBER') THEN
        GRANT kringboek_owner TO CURRENT_USER;
    END IF;
    -- No role but the owner makes anything in this database, not even a temporary table.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO kringboek_owner', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END
$$;
