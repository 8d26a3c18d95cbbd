"""The form of an entry."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from verifier.findings import Malformed

_UUID = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
HEX_DIGITS = b"0123456789abcdef"
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z")
ENTRY = re.compile(
    rb'\{"actor":"' + _UUID + rb'","aggregate":"(' + _UUID + rb')","aggregateVersion":'
    rb'([1-9]\d{0,17}),"body":"([0-9a-f]{64})","command":"' + _UUID + rb'","event":"'
    rb'[a-z][a-z0-9.-]*","eventVersion":[1-9]\d{0,8},"policy":"[0-9a-f]{64}","recordedAt":"('
    + MOMENT.pattern + rb')","schemaVersion":1\}'
)  # fmt: skip
"""The form of an entry; groups are aggregate, version, hash of the body, and moment."""
KEYS: Mapping[str, str] = {
    "actor": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "aggregate": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "aggregateVersion": r"[1-9][0-9]{0,17}",
    "body": r"[0-9a-f]{64}",
    "command": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "event": r"[a-z][a-z0-9.-]*",
    "eventVersion": r"[1-9][0-9]{0,8}",
    "policy": r"[0-9a-f]{64}",
    "recordedAt": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "schemaVersion": r"1",
}


def problem_of(entry: bytes) -> str | None:
    """What is not in its form in an entry; None for a good one. The slow way, to say why."""
    found = ENTRY.fullmatch(entry)
    if found is not None:
        return None if is_a_second(found[4][:19]) else "recordedAt is on no day"
    try:
        said = json.loads(entry, object_pairs_hook=_once)
    except (ValueError, RecursionError, Malformed) as malformed:
        return f"not JSON, or a key twice ({str(malformed)[:60]})"
    if not isinstance(said, dict):
        return "not an object"
    wrong = [f"without {key}" for key in KEYS if key not in said]
    wrong += [f"{key!r:.40} is no key of an entry" for key in said if key not in KEYS]
    for key, form in KEYS.items():
        value = said.get(key)
        number = key.endswith("Version")
        right = type(value) is (int if number else str) and re.fullmatch(form, str(value))
        if key in said and not right:
            wrong.append(f"{key} is in another form")
    if not wrong:
        wrong.append("not in canonical form, or a moment that is none")
    return "; ".join(wrong)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a key twice")
    return made


def is_a_second(said: bytes) -> bool:
    """Whether the calendar and the clock have it: 2026-03-01T11:00:00."""
    try:
        datetime.fromisoformat(said.decode("ascii"))
    except ValueError:
        return False
    return True
