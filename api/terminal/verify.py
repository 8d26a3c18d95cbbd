"""`kringboek verify`: that nothing recorded was changed, removed or reordered."""

import argparse
from base64 import b64encode
from pathlib import Path

from pydantic_core import to_json

from api.compose import AuditSource, Settings, audit_source, find_postgres
from api.terminal.words import ProgressLine, Said, give, tell
from application.auditing.audit import audit
from application.auditing.log_files import Key
from application.auditing.whole import Audited, not_covered


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Read and recompute everything; name what is wrong by its position."""
    outside = [(name, _read(name)) for name in said.kept]
    postgres = find_postgres(settings)
    try:
        source = await audit_source(settings, postgres)
        found = await audit(
            source.rows,
            origin=source.origin,
            key=None if source.key is None else Key.parse(source.key),
            memory=source.memory,
            outside=outside,
            progress=ProgressLine("Events"),
        )
    except PermissionError as error:
        raise Said(
            f"{error.filename} cannot be read by this account: run it as the account of the service"
        ) from error
    finally:
        postgres.stop()
    if said.json:
        give(to_json(_plain(source, found), indent=2).decode())
    else:
        _show(source, found)
    return int(bool(found.told))


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Said(f"{name} cannot be read: {error.strerror}") from None


def _plain(source: AuditSource, found: Audited) -> dict[str, object]:
    return {
        "origin": source.origin,
        "size": found.size,
        "root": None if found.root is None else b64encode(found.root).decode(),
        "published": found.published,
        "notYetPublished": max(0, found.size - (found.published or 0)),
        "signaturesChecked": source.key is not None,
        "wrong": [each.plain() for each in found.told.findings],
        "untold": found.told.untold,
        "notCovered": list(not_covered()),
    }


def _show(source: AuditSource, found: Audited) -> None:
    """The first three lines are those of a checkpoint (tlog-checkpoint), to lay beside one."""
    root = "-" if found.root is None else b64encode(found.root).decode()
    give(f"{source.origin}\n{found.size}\n{root}")
    for each in found.told.findings:
        tell(str(each))
    if found.told.untold:
        tell(f"and {found.told.untold:,} more")
    if found.published is None:
        tell("Nothing of this ledger was published yet: kringboek serve does that.")
    else:
        later = found.size - found.published
        beyond = f" {later:,} came after it, not yet published." if later > 0 else ""
        tell(f"The published checkpoint is of {found.published:,} events.{beyond}")
        if source.key is None:
            tell("Its signature was not looked at: the key of the log is not on this machine.")
    if found.told:
        tell("This ledger was changed behind the record's back, or its log was.")
        return
    tell(
        "Every hash is right. What somebody kept outside this machine says more: lay a checkpoint"
        " beside it with --kept."
    )
    tell(f"Not covered by any hash: {'; '.join(not_covered())}.")
