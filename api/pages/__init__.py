"""Pages for people: what is recorded, drawn and told, without any script."""
