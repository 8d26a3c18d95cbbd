"""How a command is said at the doors: in its JSON form, with confidences as plain text.

What the domain holds `Sealed` is said as text, and text only: a sealed value from outside would
name a key of somebody else. It is checked here like every other field, before anything is sealed.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from application.forms import Malformed, Problem, form
from application.sealing.sealer import confidential, sealed_fields
from application.shapes import LONGEST_TEXT, JsonSchema
from domain.terms import Command, Sealed

C = TypeVar("C", bound=Command)

_PLACEHOLDER = form(Sealed).write(Sealed(kid=UUID(int=0), field="", nonce="", ciphertext=""))
_TEXT: JsonSchema = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": r"^[^\u0000]*$"}


def read_spoken(cls: type[C], body: bytes) -> tuple[Mapping[str, Any] | None, C]:
    """The command that `body` says, or `Malformed` with all that is wrong.

    Where it has texts to be sealed, its plain form comes along, and the command has placeholders
    for them: it is good for looking at, and not for recording.
    """
    if not confidential(cls):
        return None, form(cls).read(body)
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError):
        plain = None
    if not isinstance(plain, dict):
        return None, form(cls).read(body)  # which says what is wrong with it
    wrong = [
        Problem(field_path=f"/{name}", why=f"must be text of at most {LONGEST_TEXT} characters")
        for name in confidential(cls) & plain.keys()
        if not _is_text(plain[name])
    ]
    wanted = sealed_fields(cls, plain)
    shown = {name: _PLACEHOLDER if name in wanted else value for name, value in plain.items()}
    try:
        command = form(cls).read(json.dumps(shown))
    except Malformed as malformed:
        known = {each.field_path for each in wrong}
        raise Malformed(
            [*wrong, *(each for each in malformed.problems if each.field_path not in known)]
        ) from None
    if wrong:
        raise Malformed(wrong)
    return (plain if wanted else None), command


def _is_text(value: Any) -> bool:
    """Also None: whether that may stand there is for the form to say."""
    return value is None or (
        isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value
    )


def spoken_schema(cls: type[Command], refs: str) -> JsonSchema:
    """The JSON Schema of what is said: as the form's, with text where that has a sealed value."""
    whole = form(cls).schema(refs)
    needed = set(whole.get("required", ()))
    for name in confidential(cls):
        text = _TEXT | {"description": "Sealed before it is recorded; it can be forgotten."}
        whole["properties"][name] = text if name in needed else {"anyOf": [text, {"type": "null"}]}
    parts = whole.get("$defs", {})
    if "Sealed" in parts and f'"{refs}Sealed"' not in json.dumps(whole):
        del parts["Sealed"]
    if not parts:
        whole.pop("$defs", None)
    return whole
