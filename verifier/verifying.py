"""A source, whatever it is."""

import json
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from verifier.findings import Malformed, Report, Unusable
from verifier.notes import note_parts
from verifier.part import Part
from verifier.signed import Checkpoint
from verifier.sizes import LARGEST_NOTE
from verifier.sources import Source
from verifier.trust import Given, Trust, open_checkpoint, optional, trust
from verifier.whole import verify_whole
from verifier.whole_log import WholeLog

EXPORT = "kringboek-export/v1"


def verify(source: Source, given: Given) -> Report:
    """Check a whole log, or one subject's part. Raises Unusable where there is nothing to read."""
    started = time.monotonic()
    report = Report(source=source.label)
    names = source.names()
    if names is not None and len(set(names)) != len(names):
        twice = sorted(name for name, count in Counter(names).items() if count > 1)[:5]
        report.tell("bad-export", why=f"more than once in it: {', '.join(twice)}")
    trusted = trust(source, given, report)
    manifest = _manifest(source, report)
    checkpoint = _main_checkpoint(source, trusted, report)
    if checkpoint is not None:
        report.origin, report.size, report.root = (
            checkpoint.origin,
            checkpoint.size,
            checkpoint.root,
        )
        _compare_manifest(manifest, checkpoint, report)
        if manifest is not None and manifest.get("subject") is not None:
            part = Part(
                source=source,
                given=given,
                trusted=trusted,
                checkpoint=checkpoint,
                manifest=manifest,
                report=report,
            )
            part.verify(names or ())
        else:
            log = WholeLog(
                source=source,
                given=given,
                trusted=trusted,
                checkpoint=checkpoint,
                is_export=manifest is not None,
                report=report,
            )
            verify_whole(log, names)
    report.seconds = time.monotonic() - started
    return report


def _main_checkpoint(source: Source, trusted: Trust, report: Report) -> Checkpoint | None:
    """The checkpoint to check the log against; also one that is not signed, as that is told."""
    try:
        data = source.read("checkpoint", LARGEST_NOTE)
    except Malformed as malformed:
        report.tell("bad-checkpoint", path="checkpoint", why=str(malformed))
        return None
    if data is None:
        raise Unusable("no-source", what=f"{source.label}/checkpoint", why="it is not there")
    found = open_checkpoint(data, "checkpoint", trusted, report)
    if found is None:
        try:
            return Checkpoint.parse(note_parts(data)[0])
        except Malformed:
            return None
    checkpoint, opened = found
    if opened.unknown:
        report.leave("lines")
    signers = [key.name for key in trusted.logs if key in opened.verified]
    if checkpoint.origin not in signers:
        report.tell(
            "other-log.key", path="checkpoint", origin=checkpoint.origin, expected=signers[0]
        )
    report.check("signature", names=", ".join(signers))
    for key, moment in opened.verified.items():
        if moment is not None:
            report.check("cosigned", name=key.name, moment=_told_moment(moment))
    return checkpoint


def _told_moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s"


def _manifest(source: Source, report: Report) -> Mapping[str, Any] | None:
    data = None if source.is_service else optional(source, "manifest.json")
    if data is None:
        return None
    try:
        said = json.loads(data)
        if not isinstance(said, dict) or said.get("format") != EXPORT:
            raise Malformed(f"its format is not {EXPORT}")
    except (ValueError, RecursionError, Malformed) as malformed:
        report.tell("bad-export", path="manifest.json", why=str(malformed))
        return None
    return said


def _compare_manifest(
    said: Mapping[str, Any] | None, checkpoint: Checkpoint, report: Report
) -> None:
    if said is None:
        return
    report.leave("container")
    held = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": b64encode(checkpoint.root).decode(),
    }
    wrong = [name for name, value in held.items() if said.get(name) != value]
    if wrong:
        why = f"{', '.join(wrong)} in the manifest differs from the checkpoint"
        report.tell("bad-export", path="manifest.json", why=why)
