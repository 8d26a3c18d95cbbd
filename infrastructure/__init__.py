"""HOW IT IS KEPT: the only room that knows psycopg, keys and files."""
