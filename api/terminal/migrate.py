"""`kringboek migrate`."""

import argparse

from api.compose import Settings, find_postgres, made
from api.terminal.words import tell


async def run(settings: Settings, _: argparse.Namespace) -> int:
    """Make or bring up the ledger of the settings."""
    postgres = find_postgres(settings)
    try:
        await made(settings, postgres)
    finally:
        postgres.stop()
    tell("The database is at the schema of this build.")
    return 0
