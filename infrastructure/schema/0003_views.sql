-- Views (overzichten) can be thrown away and built again from the ledger, so their role may do
-- anything to the rows here. Tables are made by later migrations, as their owner.

CREATE SCHEMA views;
GRANT USAGE ON SCHEMA views TO kringboek_views, kringboek_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA views
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kringboek_views;
ALTER DEFAULT PRIVILEGES IN SCHEMA views GRANT SELECT ON TABLES TO kringboek_reader;
