"""ERASURE (gegevenswissing): what goes and what stays, doing it, and what is held about a person."""
