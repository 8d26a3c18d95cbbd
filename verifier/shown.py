"""What a running service shows."""

import json
from binascii import unhexlify
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from verifier.checked import Checked
from verifier.decoding import canonical
from verifier.entries import problem_of
from verifier.findings import Finding, Malformed
from verifier.sizes import LARGEST_FILE, WIDTH
from verifier.sources import Service, Source

PAGE = WIDTH
"""Events that are asked of the service at a time: one tile."""


def check_shown(source: Source, tile: int, entries: Sequence[bytes], done: Checked) -> None:
    if not isinstance(source, Service):
        return
    after = tile * WIDTH
    status, data = source.ask(
        f"v1/events?after={after}&limit={PAGE}", LARGEST_FILE, "application/json"
    )
    path = f"v1/events?after={after}"
    if status != 200:  # noqa: PLR2004
        return  # What is not shown is counted in the end: a token may have run out.
    try:
        shown = json.loads(data)["events"][: len(entries)]
        numbers = [int(each["id"]) for each in shown]
    except (ValueError, KeyError, TypeError, RecursionError) as malformed:
        done.findings.append(
            Finding(says="bad-bundle", path=path, particulars={"why": str(malformed)[:80]})
        )
        return
    if numbers != list(range(after + 1, after + 1 + len(numbers))):
        done.findings.append(
            Finding(
                says="bad-bundle", path=path, particulars={"why": "not every position, in order"}
            )
        )
        return
    for event, entry, position in zip(shown, entries, numbers, strict=False):
        _check_event(event, entry, position, done)


def _check_event(event: Mapping[str, Any], entry: bytes, position: int, done: Checked) -> None:
    if problem_of(entry) is not None:
        return  # That was told, and there is nothing to compare with.
    held = json.loads(entry)
    expected = {
        "id": str(position),
        "sequence": position,
        "type": f"nl.kringboek.{held['event']}.v{held['eventVersion']}",
        "subject": held["aggregate"],
        "time": held["recordedAt"],
        "aggregateversion": held["aggregateVersion"],
        "actor": held["actor"],
        "command": held["command"],
        "policyhash": held["policy"],
        "bodyhash": held["body"],
    }
    done.findings += [
        Finding(says="changed-column", position=position, particulars={"column": name})
        for name, value in expected.items()
        if event.get(name) != value
    ]
    if "data" not in event:
        done.withheld += 1
        return
    try:
        made = sha256(unhexlify(event["salt"]) + canonical(event["data"])).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError, Malformed):
        made = ""
    if made == held["body"]:
        done.bodies += 1
    else:
        done.off_bodies.append((position, held["body"], made))
