"""Ending tasks that would go on for ever."""

import asyncio
from typing import Any

_ASK_AGAIN = 0.5
"""Seconds after which a task that still runs is cancelled once more."""


async def end(*tasks: "asyncio.Task[Any]") -> None:
    """Cancel `tasks` and wait until each is done; what they raise is not looked at.

    Cancelled again and again: before Python 3.12 `asyncio.wait_for`, on which pools of connections
    wait, loses a cancellation that comes just as the wait is over, and the task would go on.
    """
    running = set(tasks)
    while running:
        for each in running:
            each.cancel()
        _, running = await asyncio.wait(running, timeout=_ASK_AGAIN)
