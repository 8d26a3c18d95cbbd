"""The command line (kringboek): reads the words, opens the house, and says what came of it.

Exit codes: 0 it is as it should be; 1 something was found or refused, and said; 2 the words were
not understood. What a program would read goes to standard output, what a person reads to standard
error.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from api.terminal.forgetting_words import FORGETTING

LEDGERS = ("real", "sandbox")
ROLES = ("auditor", "officer", "facilitator", "member", "administrator", "privacy-officer")

_EXIT_CODES = "Exit codes: 0 as it should be, 1 something was found or refused, 2 not understood."


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command, and give its exit code."""
    words = sys.argv[1:] if words is None else words
    verifying = list(words[:1]) == ["verify"]
    parser = _parser(verifying=verifying)
    said = parser.parse_args(words)
    if verifying:
        from api.terminal.verify_source import verify_source  # noqa: PLC0415

        if (found := verify_source(said, parser.error)) is not None:
            return found
    if said.command == "witness":
        from api.terminal.witness import carry_out_witness  # noqa: PLC0415

        return carry_out_witness(said)
    # Whoever asks for help waits for no database driver and no web server to be imported.
    from api.terminal.carry_out import carry_out  # noqa: PLC0415

    return carry_out(said)


# -------------------------------------------------------------------------------------- the words


def _parser(*, verifying: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kringboek",
        description="The audit-proof record of kenniskringen, open convenants and missions.",
        epilog=f"{_EXIT_CODES} Settings come from the environment; see docs/settings.md.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _serve,
        _play,
        _judge,
        _verify,
        _doctor,
        _rebuild,
        _export,
        _import,
        _notice,
        _token,
        _grant,
        _migrate,
        _witness,
    ):
        add(commands)
    for words in FORGETTING:
        words(commands, _command)
    if verifying:
        from verifier.command import add_words  # noqa: PLC0415  as above: it takes a while

        add_words(commands.choices["verify"], source_needed=False)
    return parser


def _command(commands: Any, name: str, summary: str, description: str) -> argparse.ArgumentParser:
    """One command, carried out by the module of its name in `api.terminal`."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=_EXIT_CODES,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=name)
    parser.add_argument(
        "--data", metavar="FOLDER", help="where everything is kept that must not be lost"
    )
    return parser


def _serve(commands: Any) -> None:
    parser = _command(
        commands,
        "serve",
        "start the service",
        "Start the service, on a PostgreSQL of its own unless DATABASE_URL names one.\n"
        "A new ledger on a server of its own is a sandbox (zandbak) with a sample circle in it;\n"
        "--ledger real begins a real one.",
    )
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", help="the port to listen on (8000)")
    parser.add_argument("--origin", help="the name of a new ledger")
    parser.add_argument("--ledger", choices=LEDGERS, help="what a new ledger becomes")
    parser.add_argument("--empty", action="store_true", help="do not play the sample circle")


def _play(commands: Any) -> None:
    parser = _command(
        commands,
        "play",
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
        "check that nothing recorded was changed",
        "Read the whole ledger and recompute every hash, up to the root of the tree; or, given a\n"
        "SOURCE, check that as somebody from outside would: see docs/verifying.md.\n"
        "Exit code 1 when something is wrong, which is named by its position.",
    )
    parser.add_argument(
        "--kept",
        metavar="FILE",
        action="append",
        default=[],
        help="a checkpoint that was kept elsewhere, to hold the ledger to; may be given again",
    )
    parser.add_argument("--json", action="store_true", help="size, root and findings as JSON")


def _doctor(commands: Any) -> None:
    parser = _command(
        commands,
        "doctor",
        "compare everything that is kept, and say what differs",
        "Compare events, log, views, snapshots, keys, rights, disk, clock and settings with each\n"
        "other, and say point by point what differs and what to do. Nothing is changed.\n"
        "Exit code 1 when something differs.",
    )
    parser.add_argument(
        "--views", action="store_true", help="also every row of the views; takes as long as rebuild"
    )
    parser.add_argument("--json", action="store_true", help="the points as JSON")
    parser.add_argument(
        "--language", choices=("nl", "en"), default="en", help="of what a person reads (en)"
    )


def _notice(commands: Any) -> None:
    parser = _command(
        commands,
        "import-notice",
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
        "make the views anew",
        "Make views anew from the first event, beside the old ones, and swap them in.",
    )
    parser.add_argument("view", nargs="*", metavar="VIEW", help="which views; all by default")


def _export(commands: Any) -> None:
    parser = _command(
        commands,
        "export",
        "write the log to one file, for an auditor or another Kringboek",
        "Write an export bundle (exportbundel): the whole log at its newest published checkpoint,\n"
        "with proofs and the verifier in it; or the part that is about one subject.\n"
        "See docs/exporting.md.",
    )
    parser.add_argument("file", metavar="FILE", help="the zip to write; it must not exist yet")
    about = parser.add_mutually_exclusive_group()
    for subject in ("circle", "project", "member", "mission"):
        about.add_argument(f"--{subject}", metavar="ID", help=f"the part about this {subject}")
    parser.add_argument(
        "--without-bodies",
        action="store_true",
        help="leave out what events say; their hashes stay",
    )


def _import(commands: Any) -> None:
    parser = _command(
        commands,
        "import",
        "make another Kringboek's log the one of this, which is empty",
        "Check an export bundle of a whole log, and take it into an empty Kringboek: the same events\n"
        "at the same positions, under the same root, or nothing at all.",
    )
    parser.add_argument("file", metavar="FILE", help="a bundle of the whole log, with all bodies")
    parser.add_argument(
        "--log-key",
        metavar="FILE",
        help="the private key of that log (log.key), to go on under; a new one by default",
    )


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
        "an access token of the issuer that comes with Kringboek",
        "Print an access token for a person of this machine in a role. A role that the person does\n"
        "not hold yet is granted, which is recorded. Not with KRINGBOEK_ISSUER.",
    )
    parser.add_argument("--role", required=True, choices=ROLES)
    parser.add_argument("--circle", metavar="ID", help="in this circle alone")
    parser.add_argument("--link", action="store_true", help="a link to sign in with, in a browser")
    parser.add_argument("--host", help=argparse.SUPPRESS)
    parser.add_argument("--port", help="the port in that link (8000)")
    _who(parser)


def _grant(commands: Any) -> None:
    parser = _command(
        commands,
        "grant",
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
        "bring the database to this build's schema",
        "Make the ledger, or bring it to this build's schema, as the owner of its tables.",
    )
    parser.add_argument("--origin", help="the name of a new ledger")
    parser.add_argument("--ledger", choices=LEDGERS, help="what a new ledger becomes")


def _witness(commands: Any) -> None:
    parser = _command(
        commands,
        "witness",
        "watch the logs of others, as a witness",
        "Serve as a witness (getuige): a second organisation's server, which cosigns a checkpoint\n"
        "after a proof that nothing before it was changed. It needs a folder, and no database; it\n"
        "sees hashes only. It prints its key (vkey). See docs/witness.md.",
    )
    parser.add_argument("--name", help="its name for ever, such as witness.example.nl/kring")
    parser.add_argument(
        "--log",
        metavar="VKEY|FILE",
        action="append",
        default=[],
        help="the key of a log to watch, or a file with one in each line; kept for later starts",
    )
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", help="the port to listen on (8000)")


if __name__ == "__main__":
    sys.exit(main())
