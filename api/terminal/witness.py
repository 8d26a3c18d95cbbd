"""`kringboek witness`: a second organisation's server, which remembers what logs told it."""

import argparse
import asyncio
import logging
import os

from api.compose_witness import Settings, Unusable, configure_logs, open_witness, read_settings
from api.terminal.listening import listening, serve
from api.terminal.process import FOUND, new_loop, over_environment, say, until_told
from api.terminal.words import Said, give, tell
from api.witness import create_witness


def carry_out_witness(said: argparse.Namespace) -> int:
    """Serve as a witness until told to stop, and give the exit code.

    Not by way of `carry_out`, which opens the house: a witness knows nothing of what it holds.
    """
    try:
        settings = read_settings({**os.environ, **over_environment(said)})
        configure_logs(settings.log_format, settings.log_level)
        with asyncio.Runner(loop_factory=new_loop) as runner:
            return runner.run(until_told(_run(settings, said)))
    except Unusable as unusable:
        return say(f"{unusable.what}: {unusable.why}.", unusable.cure, unusable.code)
    except Said as finding:
        return say(str(finding))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return FOUND


async def _run(settings: Settings, said: argparse.Namespace) -> int:
    """Every checkpoint that was cosigned is on disk when this ends, and before it was answered."""
    with listening(settings.host, settings.port) as door:
        witness = await asyncio.to_thread(open_witness, settings, said.name, said.log)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)

        def ready() -> None:
            give(witness.vkey)
            origins = ", ".join(witness.origins)
            tell(f"This witness (getuige) watches {origins or 'no log yet; add one with --log'}")
            tell(f"Logs ask it at http://{settings.host}:{settings.port}")
            tell("Its key is above; whoever relies on it writes that down. Press Ctrl-C to stop.")

        await serve(create_witness(witness), door, ready)
    return 0
