"""WHAT HAPPENS: the use cases. Knows ports, not PostgreSQL."""
