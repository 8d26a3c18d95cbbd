"""The one JSON form of facts and commands: in the store, at the doors and in scenarios.

`form(cls)` reads and writes a frozen dataclass of the domain. The form is worked out here, from
the class's own type hints, over the small closed set of types in `shapes.py`, so that `domain/`
never hears of it and a type without a form is refused when the house is built, not when read.

The form is strict. Names are camelCase. A key that the class does not have is refused, and so is
one that is missing, unless its field has a default: this is what lets a field be added later.
What is written always holds every key. `"5"`, `5.0` and `true` are not the number 5. Instants are
RFC 3339 with an offset, and are kept and written in UTC with six digits and `Z`.

`canonical` is RFC 8785, so equal values have equal bytes. Those bytes are read back before they
are handed out: what could not be read again never reaches the ledger.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic_core import (
    ErrorDetails,
    PydanticSerializationError,
    SchemaSerializer,
    SchemaValidator,
    ValidationError,
    to_json,
)

from application.shapes import BRANCH, MOST_ITEMS, JsonSchema, Walk, referring_to

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with a form. `field_path` is a JSON Pointer (RFC 6901); "" is the whole."""

    field_path: str
    why: str


class Malformed(Exception):
    """The JSON is not this form. `problems` has everything wrong with it, not only the first.

    The texts never repeat what was sent: it may name people.
    """

    code = "form.malformed"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(f"{each.field_path or '/'}: {each.why}" for each in self.problems)
        )


class Form(Generic[T]):
    """The JSON form of one frozen dataclass. Made once per class, by `form`."""

    def __init__(self, cls: type[T]) -> None:
        """Raise `TypeError`, naming the field, when a type in `cls` has no form."""
        self.cls = cls
        walk = Walk()
        shape = walk.dataclass(cls)
        self._definitions = walk.definitions
        self._validator = SchemaValidator(shape.core)
        self._trusting = SchemaValidator(Walk(trusting=True).dataclass(cls).core)
        self._serializer = SchemaSerializer(shape.core)

    def read(self, body: bytes | str) -> T:
        """The value that `body` says, or `Malformed`. Refuses an object that names a key twice."""
        _refuse_repeated_keys(body)
        return self._strictly(body)

    def read_object(self, plain: Mapping[str, Any]) -> T:
        """The value of an object already parsed; YAML's own dates and instants are welcome."""
        try:
            return self._strictly(to_json(plain))
        except PydanticSerializationError as error:
            raise Malformed(
                [Problem(field_path="", why="holds something JSON cannot say")]
            ) from error

    def recall(self, body: bytes | str) -> T:
        """The value of bytes that `canonical` wrote; other bytes are `Malformed`, or a wrong value."""
        try:
            value: T = self._trusting.validate_json(body)
        except ValidationError as error:
            raise _malformed(error) from None
        return value

    def _strictly(self, body: bytes | str) -> T:
        try:
            value: T = self._validator.validate_json(body)
        except ValidationError as error:
            raise _malformed(error) from None
        return value

    def write(self, value: T) -> dict[str, Any]:
        """`value` as plain JSON: every key, None as null."""
        plain: dict[str, Any] = self._serializer.to_python(value, mode="json", by_alias=True)
        return plain

    def canonical(self, value: T) -> bytes:
        """`value` as RFC 8785 bytes, or `Malformed` when they would not read back as `value`."""
        try:
            body = self._serializer.to_json(value, by_alias=True, warnings=False)
        except (PydanticSerializationError, UnicodeEncodeError) as error:
            raise Malformed(
                [Problem(field_path="", why="holds something JSON cannot say")]
            ) from error
        if self._strictly(body) != value:
            raise Malformed([Problem(field_path="", why="does not read back as it was written")])
        return body

    def known(self, value: T) -> bytes:
        """`canonical` for a value made of what was read before, such as a row made of facts.

        It is not read back, which takes three quarters of the time.
        """
        return self._serializer.to_json(value, by_alias=True, warnings=False)

    def schema(self, refs: str = "#/$defs/") -> JsonSchema:
        """The JSON Schema (2020-12). Named parts lie under `$defs`, where `refs` points."""
        parts = {name: referring_to(refs, part) for name, part in self._definitions.items()}
        whole: JsonSchema = parts.pop(self.cls.__name__)
        return whole | ({"$defs": parts} if parts else {})


_forms: dict[type, Form[Any]] = {}


def form(cls: type[T]) -> Form[T]:
    """The form of `cls`, worked out once."""
    if cls not in _forms:
        _forms[cls] = Form(cls)
    return _forms[cls]


_REASONS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not a field of this form",
    "json_invalid": "is not JSON",
    "json_type": "must be text",
    "dataclass_type": "must be an object",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "bool_type": "must be true or false",
    "too_long": f"has more than {MOST_ITEMS} items",
}


def _malformed(error: ValidationError) -> Malformed:
    return Malformed(map(_problem, error.errors(include_url=False, include_input=False)))


def _problem(error: ErrorDetails) -> Problem:
    steps = [str(each) for each in error["loc"] if not str(each).startswith(BRANCH)]
    pointer = "".join("/" + each.replace("~", "~0").replace("/", "~1") for each in steps)
    why = _REASONS.get(error["type"], error["msg"].removeprefix("Value error, "))
    return Problem(field_path=pointer, why=why)


def _refuse_repeated_keys(body: bytes | str) -> None:
    def once(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            raise Malformed([Problem(field_path="", why="names a key twice in one object")])

    try:
        json.loads(body, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return  # The reader proper says what is wrong with it.
