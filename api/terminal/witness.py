"""`kringboek witness`: a second organisation's server, which remembers what logs told it."""

import argparse
import asyncio
import logging

from api.compose import Settings, open_witness
from api.terminal.listening import listening, serve
from api.terminal.words import give, tell
from api.witness import create_witness


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Serve until told to stop. Every checkpoint that was cosigned is on disk by then, and before."""
    with listening(settings.host, settings.port) as door:
        witness = await asyncio.to_thread(open_witness, settings, said.name, said.log)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)

        def ready() -> None:
            give(witness.vkey)
            origins = ", ".join(each.origin for each in witness.known())
            tell(f"This witness (getuige) watches {origins or 'no log yet; add one with --log'}")
            tell(f"Logs ask it at http://{settings.host}:{settings.port}/add-checkpoint")
            tell("Its key is above; whoever relies on it writes that down. Press Ctrl-C to stop.")

        await serve(create_witness(witness), door, ready)
    return 0
