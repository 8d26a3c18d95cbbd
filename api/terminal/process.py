"""What every command of the terminal is carried out with: a loop that ends, and words at the end."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from api.terminal.words import tell

FOUND = 1
"""The exit code when something was found or refused, and said."""


async def until_told(work: Coroutine[Any, Any, int]) -> int:
    """SIGTERM ends it as Ctrl-C does: what was opened is closed, a PostgreSQL of ours is stopped."""
    task = asyncio.current_task()
    if task is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work


def say(why: str, cure: str | None = None, code: str | None = None) -> int:
    tell(f"kringboek: {why}")
    if cure is not None:
        tell(f"  {cure}.")
    if code is not None:
        tell(f"  [{code}]")
    return FOUND


def new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415  Windows has none
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def over_environment(said: argparse.Namespace) -> dict[str, str]:
    """Options that are settings, under the settings' names."""
    named = {
        "data": "KRINGBOEK_DATA",
        "host": "KRINGBOEK_HOST",
        "port": "KRINGBOEK_PORT",
        "origin": "KRINGBOEK_ORIGIN",
        "ledger": "KRINGBOEK_LEDGER",
    }
    given = vars(said)
    return {name: str(given[key]) for key, name in named.items() if given.get(key) is not None}
