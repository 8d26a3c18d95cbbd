"""What each command of the command line does. `api.cli` reads the words and calls these."""
