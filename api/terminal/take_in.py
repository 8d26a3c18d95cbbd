"""`kringboek import`: another Kringboek's whole log, into an empty one."""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from api.compose import Settings, find_postgres, put_in_place, unreadable
from api.terminal.words import ProgressLine, Said, give, tell
from application.export.opening import Bundle
from application.export.take_in import NotTheSame
from application.export.unzipping import BundleRefused
from application.transparency.strict import to_base64
from verifier.one_file import one_file


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Check the bundle whole, then write it whole or not at all."""
    key = None if said.log_key is None else Path(said.log_key)
    file = _place(said.file)
    with _opened(file) as opened:
        try:
            bundle = Bundle(opened, unreadable)
            await _require_right(file, bundle)
            postgres = find_postgres(settings)
            try:
                line = ProgressLine("Written")
                await put_in_place(
                    settings, postgres, bundle, key, lambda done: line(done, bundle.size)
                )
            finally:
                postgres.stop()
        except BundleRefused as refused:
            raise Said(
                f"{refused.where}: {refused.why}.\n  {refused.cure}.\n  [{refused.code}]"
            ) from None
        except NotTheSame as error:
            raise Said(
                f"{error}.\n  Nothing was kept. Look at the database and its disk.\n  [{error.code}]"
            ) from error
    _told(settings, bundle, with_key=key is not None)
    return 0


def _place(text: str) -> Path:
    """Whole, so that a name that begins with a dash is no option of the verifier."""
    return Path(text).absolute()


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except OSError as error:
        raise Said(f"{file} cannot be read ({error.strerror})") from None


async def _require_right(file: Path, bundle: Bundle) -> None:
    """That the verifier finds nothing wrong: it shares no code with what wrote the bundle.

    Nor with what reads it afterwards, which holds every byte against its hash once more while it is
    being written: the file may be another one by then. It runs as the auditor would run it, but that
    no witness has to have seen the log: also what they did not cosign yet has to be moved.
    """
    watched = ["--progress"] if sys.stderr.isatty() else []
    with NamedTemporaryFile(suffix=".py") as verifier, NamedTemporaryFile() as policy:
        verifier.write(one_file().encode())
        verifier.flush()
        policy.write("".join(f"log {key}\n" for key in bundle.keys).encode() + b"quorum none\n")
        policy.flush()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", verifier.name, str(file), "--policy", policy.name, *watched),
            stdout=subprocess.PIPE,
            start_new_session=True,  # so that it ends together with the processes it begins
        )
        try:
            report, _ = await process.communicate()
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGTERM)
                await process.wait()
    if process.returncode:
        tell(report.decode(), end="")
        raise Said(f"{file} is not right, and nothing was taken in.\n  [bundle.wrong]")


def _told(settings: Settings, bundle: Bundle, *, with_key: bool) -> None:
    said = bundle.manifest
    give(f"{said.origin}\n{said.size}\n{to_base64(said.root)}")
    tell(f"Taken in: {said.size:,} events, with the same root. The views are made at the start.")
    tell("What did not come along, because no bundle has it:")
    tell("  the vault: sealed texts cannot be read without the keys of the old one;")
    tell("  tokens, and whom the record knows under which name at the issuer;")
    tell("  commands that recorded nothing: given again, they are carried out again.")
    if not with_key:
        tell(
            "  the log's key: this log goes on under a key of its own, and whoever relies on it has"
            " to hear of that (the file `keys` in the folder of the log)."
        )
    else:
        tell("The old Kringboek must not publish any more: this one has its key now.")
    origin = said.origin.removesuffix("/sandbox") if said.sandbox else said.origin
    if settings.origin != origin:
        tell(f"Start it with KRINGBOEK_ORIGIN={origin}.")
