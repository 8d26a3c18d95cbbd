"""From the words that were understood to an exit code: opens, runs, and says what went wrong."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from api.compose import Settings, Unusable, configure_logs, read_settings
from api.terminal import (
    doctor,
    erase,
    export,
    grant,
    judge,
    migrate,
    notice,
    person,
    play,
    rebuild,
    retention,
    serve,
    take_in,
    token,
    vault,
    verify,
)
from api.terminal.process import FOUND, new_loop, over_environment, say, until_told
from api.terminal.words import Said
from application.notices.notice import NoticeRefused
from application.ports import LedgerUnavailable
from application.scenarios.scenario import ScenarioRefused
from domain.decider import Refused

Run = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

RUNS: Mapping[str, Run] = {
    "serve": serve.run,
    "play": play.run,
    "judge": judge.run,
    "verify": verify.run,
    "doctor": doctor.run,
    "rebuild": rebuild.run,
    "export": export.run,
    "import": take_in.run,
    "import-notice": notice.run,
    "token": token.run,
    "grant": grant.run,
    "migrate": migrate.run,
    "erase": erase.run,
    "person": person.run,
    "retention": retention.run,
    "vault": vault.run,
}


def carry_out(said: argparse.Namespace) -> int:
    """Carry out the command that was said, and give its exit code."""
    try:
        settings = read_settings({**os.environ, **over_environment(said)})
        configure_logs(settings.log_format, settings.log_level)
        with asyncio.Runner(loop_factory=new_loop) as runner:
            return runner.run(until_told(RUNS[said.command](settings, said)))
    except Unusable as unusable:
        return say(f"{unusable.what}: {unusable.why}.", unusable.cure, unusable.code)
    except ScenarioRefused as refused:
        return say(str(refused))
    except Refused as refused:
        return say(refused.why, code=refused.code)
    except NoticeRefused as refused:
        where = None if refused.element is None else f"Look at {refused.element} in the file"
        return say(refused.why.en, where, refused.code)
    except LedgerUnavailable as unavailable:
        return say(str(unavailable), "Look at the database, and try again")
    except Said as finding:
        return say(str(finding))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return FOUND
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
