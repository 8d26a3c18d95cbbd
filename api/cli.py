"""The command line (kringboek): reads the words, opens the house, and says what came of it.

Exit codes: 0 it is as it should be; 1 something was found or refused, and said; 2 the words were
not understood. What a program would read goes to standard output, what a person reads to standard
error.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from api.compose import LedgerKind, Settings, Unusable, configure_logs, read_settings
from api.terminal import grant, judge, migrate, notice, play, rebuild, serve, token, verify
from api.terminal.words import Said
from application.notice import NoticeRefused
from application.ports import LedgerUnavailable
from application.scenario import ScenarioRefused
from domain.decider import Refused
from domain.member import AccessRole

OK = 0
FOUND = 1
NOT_UNDERSTOOD = 2

Run = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]

_EXIT_CODES = "Exit codes: 0 as it should be, 1 something was found or refused, 2 not understood."


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command, and give its exit code."""
    parser = _parser()
    said = parser.parse_args(words)
    try:
        settings = read_settings({**os.environ, **_over_environment(said)})
        configure_logs(settings.log_format, settings.log_level)
        run: Run = said.run
        with asyncio.Runner(loop_factory=_loop) as runner:
            return runner.run(_until_told(run(settings, said)))
    except Unusable as unusable:
        return _say(f"{unusable.what}: {unusable.why}.", unusable.cure, unusable.code)
    except ScenarioRefused as refused:
        return _say(str(refused))
    except Refused as refused:
        return _say(refused.why, code=refused.code)
    except NoticeRefused as refused:
        where = None if refused.element is None else f"Look at {refused.element}"
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
    print(f"kringboek: {why}", file=sys.stderr)
    if cure is not None:
        print(f"  {cure}.", file=sys.stderr)
    if code is not None:
        print(f"  [{code}]", file=sys.stderr)
    return FOUND


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415  Windows has none
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


# -------------------------------------------------------------------------------------- the words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kringboek",
        description="The audit-proof record of kenniskringen, open convenants and missions.",
        epilog=f"{_EXIT_CODES} Settings come from the environment; see docs/settings.md.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_serve, _play, _judge, _verify, _rebuild, _notice, _token, _grant, _migrate):
        add(commands)
    return parser


def _command(
    commands: Any, name: str, run: Run, summary: str, description: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=_EXIT_CODES,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "--data", metavar="FOLDER", help="where everything is kept that must not be lost"
    )
    return parser


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


def _serve(commands: Any) -> None:
    parser = _command(
        commands,
        "serve",
        serve.run,
        "start the service",
        "Start the service, on a PostgreSQL of its own unless DATABASE_URL names one.\n"
        "A new ledger on a server of its own is a sandbox (zandbak) with a sample circle in it;\n"
        "--ledger real begins a real one.",
    )
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", help="the port to listen on (8000)")
    parser.add_argument("--origin", help="the name of a new ledger")
    parser.add_argument("--ledger", choices=list(LedgerKind), help="what a new ledger becomes")
    parser.add_argument("--empty", action="store_true", help="do not play the sample circle")


def _play(commands: Any) -> None:
    parser = _command(
        commands,
        "play",
        play.run,
        "play a scenario and judge it",
        "Play a scenario into a sandbox, judge its projects, and compare with what it expects.\n"
        "Without --into the sandbox is a database of its own, which is thrown away afterwards.",
    )
    parser.add_argument("file", metavar="FILE", help="a scenario; see docs/scenarios.md")
    parser.add_argument("--all", action="store_true", help="also what passes or does not apply")
    parser.add_argument("--json", action="store_true", help="the verdicts as JSON")
    parser.add_argument(
        "--into",
        metavar="URL",
        help="a sandbox to play into: postgresql://..., or `data` for the one in the data folder",
    )


def _judge(commands: Any) -> None:
    parser = _command(
        commands,
        "judge",
        judge.run,
        "judge one project by every rule",
        "Judge one project by every rule. Exit code 1 when there is a violation.",
    )
    parser.add_argument(
        "project", metavar="PROJECT", help="the id of a project, or its whole title"
    )
    parser.add_argument(
        "--as-of", metavar="WHEN", help="what the record held then: an instant, or position:N"
    )
    parser.add_argument(
        "--judged-at", metavar="INSTANT", help="the moment to judge at; else that of the position"
    )
    parser.add_argument("--json", action="store_true", help="the verdicts as JSON")


def _verify(commands: Any) -> None:
    parser = _command(
        commands,
        "verify",
        verify.run,
        "check that nothing recorded was changed",
        "Read the whole ledger and recompute every hash, up to the root of the tree.\n"
        "Exit code 1 when something is wrong, which is named by its position.",
    )
    parser.add_argument("--json", action="store_true", help="size, root and findings as JSON")


def _notice(commands: Any) -> None:
    parser = _command(
        commands,
        "import-notice",
        notice.run,
        "read a European procurement notice",
        "Read a notice (aankondiging) from TED or TenderNed and record it as a project.",
    )
    parser.add_argument("file", metavar="FILE", help="the XML of one notice")
    parser.add_argument(
        "--authority",
        metavar="KVK",
        help="the authority of this record whose project it is, by its KvK number",
    )
    parser.add_argument(
        "--json", action="store_true", help="what was read, as JSON; record nothing"
    )


def _rebuild(commands: Any) -> None:
    parser = _command(
        commands,
        "rebuild",
        rebuild.run,
        "make the views anew",
        "Make views anew from the first event, beside the old ones, and swap them in.",
    )
    parser.add_argument("view", nargs="*", metavar="VIEW", help="which views; all by default")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--authority",
        metavar="KVK",
        help="the contracting authority, by its KvK number; needed when there is not exactly one",
    )
    parser.add_argument("--name", help="its name, when the record does not know it yet")


def _token(commands: Any) -> None:
    parser = _command(
        commands,
        "token",
        token.run,
        "an access token of the issuer that comes with Kringboek",
        "Print an access token for a person of this machine in a role. A role that the person does\n"
        "not hold yet is granted, which is recorded. Not with KRINGBOEK_ISSUER.",
    )
    parser.add_argument("--role", required=True, choices=[str(each) for each in AccessRole])
    parser.add_argument("--circle", metavar="ID", help="in this circle alone")
    parser.add_argument("--link", action="store_true", help="a link to sign in with, in a browser")
    parser.add_argument("--host", help=argparse.SUPPRESS)
    parser.add_argument("--port", help="the port in that link (8000)")
    _who(parser)


def _grant(commands: Any) -> None:
    parser = _command(
        commands,
        "grant",
        grant.run,
        "make somebody the first administrator of an authority",
        "Record the first administrator (beheerder) of an authority, who grants all other access.\n"
        "PERSON is what GET /v1/me answers to that person's token.",
    )
    parser.add_argument("person", metavar="PERSON")
    _who(parser)


def _migrate(commands: Any) -> None:
    parser = _command(
        commands,
        "migrate",
        migrate.run,
        "bring the database to this build's schema",
        "Make the ledger, or bring it to this build's schema, as the owner of its tables.",
    )
    parser.add_argument("--origin", help="the name of a new ledger")
    parser.add_argument("--ledger", choices=list(LedgerKind), help="what a new ledger becomes")


if __name__ == "__main__":
    sys.exit(main())
