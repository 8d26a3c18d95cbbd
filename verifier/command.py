"""The command line."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography import x509

from verifier.findings import Line, Malformed, Unusable
from verifier.lines import DUTCH, ENGLISH
from verifier.notes import Key
from verifier.policy import Policy
from verifier.report import plain, said, written
from verifier.sizes import LARGEST_NOTE
from verifier.sources import at_most, open_source
from verifier.trust import Given
from verifier.verifying import verify

RIGHT, WRONG, NOT_UNDERSTOOD = 0, 1, 2


def parser(prog: str | None = None) -> argparse.ArgumentParser:
    """The words that are understood."""
    words = argparse.ArgumentParser(
        prog=prog,
        description="Check a Kringboek that somebody else keeps: every hash, signature and promise.",
        epilog="Exit codes: 0 right, 1 something is wrong and named, 2 not understood or not readable.",
        allow_abbrev=False,
    )
    add_words(words)
    words.add_argument("--json", action="store_true", help="the report as JSON")
    return words


def add_words(words: argparse.ArgumentParser, *, source_needed: bool = True) -> None:
    """All of them but `--json`, which `kringboek verify` has already."""
    add = words.add_argument
    add(
        "source", metavar="SOURCE", nargs=None if source_needed else "?",
        help="address of a service, folder of tiles, or export",
    )  # fmt: skip
    add(
        "--key",
        metavar="VKEY|FILE",
        action="append",
        default=[],
        help="the key of the log, as you got it yourself",
    )
    add(
        "--checkpoint", metavar="FILE", action="append", default=[], help="one that you kept before"
    )
    add("--policy", metavar="FILE", help="whose witnesses count (tlog-policy)")
    add("--receipt", metavar="FILE", action="append", default=[], help="what the service promised")
    add(
        "--proof",
        metavar="FILE",
        action="append",
        default=[],
        help="a proof of one event (tlog-proof)",
    )
    add(
        "--tsa-ca",
        metavar="FILE",
        help="certificates of the timestamp authority that you trust (PEM)",
    )
    add("--token", metavar="FILE", help="an access token, for the content of a running service")
    add("--progress", action="store_true", help="tell how far it is")
    add(
        "--workers",
        metavar="N",
        type=int,
        default=os.cpu_count() or 1,
        help="processes (one per core)",
    )
    add(
        "--language",
        choices=(ENGLISH, DUTCH),
        default=_language(),
        help="of the report (from LANG)",
    )


def _language() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return DUTCH if said.lower().startswith("nl") else ENGLISH


def main(words: Sequence[str] | None = None) -> int:
    """Verify what the words say, print the report, and give the exit code."""
    return run(parser().parse_args(words))


def run(given: argparse.Namespace) -> int:
    """As `main`, of words that were parsed already."""
    try:
        token = None if given.token is None else _file(given.token).decode().strip()
        report = verify(open_source(given.source, token), _given(given))
    except Unusable as unusable:
        line: Line = (unusable.line, unusable.particulars)
        sys.stderr.write(f"kringboek verify: {said(line, given.language)}\n")
        return NOT_UNDERSTOOD
    except Malformed as malformed:
        line = ("no-source", {"what": given.source, "why": str(malformed)})
        sys.stderr.write(f"kringboek verify: {said(line, given.language)}\n")
        return NOT_UNDERSTOOD
    except KeyboardInterrupt:
        return NOT_UNDERSTOOD
    if given.json:
        text = json.dumps(plain(report, given.language), indent=2, ensure_ascii=False) + "\n"
    else:
        text = written(report, given.language)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has enough; the exit code still says what was found.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WRONG if report.wrong else RIGHT


def _given(words: argparse.Namespace) -> Given:
    policy = None
    if words.policy is not None:
        try:
            policy = Policy.parse(_file(words.policy))
        except Malformed as malformed:
            raise Unusable("not-a-policy", what=words.policy, why=str(malformed)) from None
    return Given(
        keys=tuple(key for said_key in words.key for key in _keys_given(said_key)),
        policy=policy,
        checkpoints=tuple((path, _file(path)) for path in words.checkpoint),
        receipts=tuple((path, _file(path)) for path in words.receipt),
        proofs=tuple((path, _file(path)) for path in words.proof),
        authorities=() if words.tsa_ca is None else _certificates(words.tsa_ca),
        workers=max(1, words.workers),
        progress=_progress(words.language) if words.progress else None,
    )


def _keys_given(text: str) -> list[Key]:
    """Keys from the words themselves, or one per line of a file."""
    lines = [text]
    if Path(text).is_file():
        lines = [
            line for line in _file(text).decode("utf-8", "replace").splitlines() if line.strip()
        ]
    try:
        return [Key.parse(line) for line in lines]
    except Malformed as malformed:
        raise Unusable("not-a-key", why=str(malformed)) from None


def _certificates(path: str) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(_file(path)))
    except ValueError as failed:
        raise Unusable("no-source", what=path, why=str(failed)) from None


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return at_most(file.read(LARGEST_NOTE + 1), LARGEST_NOTE)
    except (OSError, Malformed) as failed:
        why = failed.strerror if isinstance(failed, OSError) else str(failed)
        raise Unusable("no-source", what=path, why=why) from None


def _progress(language: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        line = said(("progress", {"done": done, "total": total}), language)
        sys.stderr.write(f"\r{line}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return tell
