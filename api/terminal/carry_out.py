"""From the words that were understood to an exit code: opens, runs, and says what went wrong."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from api.compose import Settings, Unusable, configure_logs, read_settings
from api.terminal import (
    export,
    grant,
    judge,
    migrate,
    notice,
    play,
    rebuild,
    serve,
    take_in,
    token,
    verify,
    witness,
)
from api.terminal.words import Said, tell
from application.notices.notice import NoticeRefused
from application.ports import LedgerUnavailable
from application.scenarios.scenario import ScenarioRefused
from domain.decider import Refused

FOUND = 1

Run = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

RUNS: Mapping[str, Run] = {
    "serve": serve.run,
    "play": play.run,
    "judge": judge.run,
    "verify": verify.run,
    "rebuild": rebuild.run,
    "export": export.run,
    "import": take_in.run,
    "import-notice": notice.run,
    "token": token.run,
    "grant": grant.run,
    "migrate": migrate.run,
    "witness": witness.run,
}


def carry_out(said: argparse.Namespace) -> int:
    """Carry out the command that was said, and give its exit code."""
    try:
        settings = read_settings({**os.environ, **_over_environment(said)})
        configure_logs(settings.log_format, settings.log_level)
        with asyncio.Runner(loop_factory=_loop) as runner:
            return runner.run(_until_told(RUNS[said.command](settings, said)))
    except Unusable as unusable:
        return _say(f"{unusable.what}: {unusable.why}.", unusable.cure, unusable.code)
    except ScenarioRefused as refused:
        return _say(str(refused))
    except Refused as refused:
        return _say(refused.why, code=refused.code)
    except NoticeRefused as refused:
        where = None if refused.element is None else f"Look at {refused.element} in the file"
        return _say(refused.why.en, where, refused.code)
    except LedgerUnavailable as unavailable:
        return _say(str(unavailable), "Look at the database, and try again")
    except Said as finding:
        return _say(str(finding))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return FOUND
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND


async def _until_told(work: Coroutine[Any, Any, int]) -> int:
    """SIGTERM ends it as Ctrl-C does: what was opened is closed, a PostgreSQL of ours is stopped."""
    task = asyncio.current_task()
    if task is not None and sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work


def _say(why: str, cure: str | None = None, code: str | None = None) -> int:
    tell(f"kringboek: {why}")
    if cure is not None:
        tell(f"  {cure}.")
    if code is not None:
        tell(f"  [{code}]")
    return FOUND


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415  Windows has none
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def _over_environment(said: argparse.Namespace) -> dict[str, str]:
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
