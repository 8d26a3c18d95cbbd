"""What shape each type of the domain has in JSON: how it is read and written, and its schema.

A small closed set: text, numbers, truth, ids, dates, instants, words of a `StrEnum`, `X | None`,
`str | Sealed`, lists (`tuple[X, ...]`), sets of words (`frozenset[X]`) and dataclasses of these.
There is no float, no dictionary and no union that the JSON itself could not tell apart; a class
that has one is refused by `TypeError`, which names the field.
"""

import re
import types
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic_core import CoreConfig, CoreSchema, core_schema

from domain.terms import Sealed

LONGEST_TEXT = 20_000
"""Characters in one text: about eight printed pages. What is longer is a document, and a document
is recorded by its hash and its place, not by its words."""

LONGEST_CIPHERTEXT = 4 * (4 * LONGEST_TEXT + 64 + 16) // 3 + 4
"""Base64 characters of the longest text once sealed: four bytes a character, padding and tag."""

LARGEST_NUMBER = 2**53 - 1
"""RFC 8785 writes numbers as IEEE 754 doubles do; beyond this, two numbers share one form."""

MOST_ITEMS = 10_000
"""Items in one list: far above any circle or register page, far below what would exhaust memory."""

_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$"
_INSTANT = _DATE.replace("$", "T") + _CLOCK
_UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
_INSTANT_WANTED = "must be an instant such as 2024-03-01T12:00:00Z, with its offset"
BRANCH = "\0"
"""Marks the branch of `str | Sealed` in an error's location, where the reader should not see it."""

JsonSchema = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """One type, said twice: for reading and writing, and for a reader of the schema."""

    core: CoreSchema
    json: JsonSchema


class Walk:
    """Works out the shape of a class, and collects the named parts on its way.

    `trusting` leaves out what only a stranger's JSON can have wrong (lengths, NUL, other spellings
    of an instant): for bytes that were written by the strict shape, at half the time of reading.
    """

    def __init__(self, *, trusting: bool = False) -> None:
        self.definitions: dict[str, JsonSchema] = {}
        self._named: dict[str, type] = {}
        self._scalars = _SCALARS | _TRUSTED if trusting else _SCALARS

    def dataclass(self, cls: type) -> Shape:
        if not is_dataclass(cls):
            raise TypeError(f"{cls!r} has no form: only dataclasses have")
        self._name(cls)
        hints = get_type_hints(cls)
        by_key = {camel_case(each.name): each for each in fields(cls)}
        if len(by_key) < len(fields(cls)):
            raise TypeError(f"{cls.__name__} has two fields with one camelCase name")
        chosen = sorted(by_key.items(), key=_key)
        members: list[core_schema.DataclassField] = []
        properties: JsonSchema = {}
        for key, each in chosen:
            try:
                shape = self._field(cls, hints[each.name])
            except TypeError as error:
                raise TypeError(f"{cls.__name__}.{each.name}: {error}") from None
            members.append(
                core_schema.dataclass_field(
                    each.name,
                    _with_default(shape.core, each),
                    kw_only=True,
                    validation_alias=key,
                    serialization_alias=key,
                )
            )
            properties[key] = shape.json
        self.definitions[cls.__name__] = _documented(cls) | {
            "type": "object",
            "properties": properties,
            "required": [key for key, each in chosen if not _has_default(each)],
            "additionalProperties": False,
        }
        core = core_schema.dataclass_schema(
            cls,
            core_schema.dataclass_args_schema(cls.__name__, members),
            [each.name for _, each in chosen],
            config=CoreConfig(extra_fields_behavior="forbid"),
            post_init=hasattr(cls, "__post_init__"),
            slots="__slots__" in cls.__dict__,
            strict=True,
        )
        return Shape(core, {"$ref": cls.__name__})

    def _field(self, owner: type, hint: Any) -> Shape:
        if owner is Sealed and hint is str and self._scalars is _SCALARS:
            return _text(LONGEST_CIPHERTEXT)
        return self._shape(hint)

    def _shape(self, hint: Any) -> Shape:
        while isinstance(hint, NewType):
            hint = hint.__supertype__
        if hint in self._scalars:
            return self._scalars[hint]
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self._union(arguments)
        if origin is tuple and arguments[1:] == (Ellipsis,):
            return _list(self._shape(arguments[0]))
        if origin is frozenset:
            return _set(self._shape(arguments[0]))
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._enum(hint)
        if isinstance(hint, type) and is_dataclass(hint):
            return self.dataclass(hint)
        raise TypeError(f"{hint!r} has no form")

    def _union(self, members: tuple[Any, ...]) -> Shape:
        real = [each for each in members if each is not type(None)]
        if len(real) == 1:
            shape = self._shape(real[0])
        elif set(real) == {str, Sealed}:
            shape = self._text_or_sealed()
        else:
            raise TypeError(f"a union of {real} has no form: the JSON would not say which it is")
        if len(real) == len(members):
            return shape
        nullable = core_schema.nullable_schema(shape.core)
        return Shape(nullable, {"anyOf": [shape.json, {"type": "null"}]})

    def _text_or_sealed(self) -> Shape:
        clear, sealed = self._scalars[str], self.dataclass(Sealed)
        core = core_schema.tagged_union_schema(
            {f"{BRANCH}text": clear.core, f"{BRANCH}sealed": sealed.core},
            discriminator=_clear_or_sealed,
            custom_error_type="text_or_sealed",
            custom_error_message="must be text or a sealed value",
        )
        return Shape(core, {"anyOf": [clear.json, sealed.json]})

    def _enum(self, cls: type[StrEnum]) -> Shape:
        self._name(cls)
        words = [each.value for each in cls]
        self.definitions[cls.__name__] = _documented(cls) | {"type": "string", "enum": words}
        core = core_schema.enum_schema(cls, list(cls), sub_type="str", strict=True)
        return Shape(_saying(core, f"must be one of: {', '.join(words)}"), {"$ref": cls.__name__})

    def _name(self, cls: type) -> None:
        known = self._named.setdefault(cls.__name__, cls)
        if known is not cls:
            raise TypeError(f"two classes of one form are called {cls.__name__}")


def _saying(core: CoreSchema, why: str) -> CoreSchema:
    """`core` with one reason of ours for whatever is wrong."""
    return core_schema.custom_error_schema(
        core, "form", custom_error_message=why.replace("{", "{{")
    )


def _text(longest: int) -> Shape:
    core = core_schema.str_schema(strict=True, max_length=longest, pattern=r"^[^\x00]*$")
    return Shape(
        _saying(core, f"must be text of at most {longest} characters, without NUL"),
        {"type": "string", "maxLength": longest, "pattern": r"^[^\u0000]*$"},
    )


def _matching(pattern: str, then: CoreSchema, why: str) -> CoreSchema:
    """A string of one pattern, which `then` parses: alone, it would take other spellings too."""
    string = core_schema.str_schema(strict=True, pattern=pattern)
    return _saying(core_schema.chain_schema([string, then]), why)


def _in_utc(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is UTC:
        return instant
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("lies outside the years 1 to 9999") from None


def read_instant(text: str) -> datetime:
    """An RFC 3339 instant, in UTC; `ValueError` when it has no offset or is no such moment."""
    if not re.match(_INSTANT, text):
        raise ValueError(_INSTANT_WANTED)
    return _in_utc(text)


def write_instant(instant: datetime) -> str:
    """`instant` in UTC with six digits and `Z`; `ValueError` when it has no offset."""
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset has no form")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _list(item: Shape) -> Shape:
    core = core_schema.tuple_variable_schema(item.core, max_length=MOST_ITEMS)
    return Shape(core, {"type": "array", "items": item.json, "maxItems": MOST_ITEMS})


def _set(item: Shape) -> Shape:
    """A list in which the order says nothing and nothing comes twice; written sorted."""
    core = core_schema.no_info_after_validator_function(
        _all_different,
        core_schema.list_schema(item.core, strict=True, max_length=MOST_ITEMS),
        serialization=core_schema.plain_serializer_function_ser_schema(_sorted_words),
    )
    schema = {"type": "array", "items": item.json, "uniqueItems": True, "maxItems": MOST_ITEMS}
    return Shape(core, schema)


def _all_different(items: list[Any]) -> frozenset[Any]:
    different = frozenset(items)
    if len(different) < len(items):
        raise ValueError("names something twice")
    return different


def _sorted_words(items: frozenset[Any]) -> list[str]:
    return sorted(str(each) for each in items)


def _clear_or_sealed(value: Any) -> str | None:
    if isinstance(value, str):
        return f"{BRANCH}text"
    return f"{BRANCH}sealed" if isinstance(value, dict | Sealed) else None


def _with_default(core: CoreSchema, field: Field[Any]) -> CoreSchema:
    if field.default is not MISSING:
        return core_schema.with_default_schema(core, default=field.default)
    if field.default_factory is not MISSING:
        return core_schema.with_default_schema(core, default_factory=field.default_factory)
    return core


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _key(entry: tuple[str, Field[Any]]) -> str:
    return entry[0]


def camel_case(name: str) -> str:
    """`occurred_at` as the form says it: `occurredAt`."""
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)


def _documented(cls: type) -> JsonSchema:
    said = (cls.__doc__ or "").strip()
    own = said and not said.startswith(f"{cls.__name__}(") and "__doc__" in cls.__dict__
    return {"title": cls.__name__} | ({"description": said.split("\n\n")[0]} if own else {})


def referring_to(refs: str, part: Any) -> Any:
    match part:
        case dict():
            return {
                key: refs + value if key == "$ref" else referring_to(refs, value)
                for key, value in part.items()
            }
        case list():
            return [referring_to(refs, each) for each in part]
        case _:
            return part


_SCALARS: dict[Any, Shape] = {
    str: _text(LONGEST_TEXT),
    bool: Shape(core_schema.bool_schema(strict=True), {"type": "boolean"}),
    int: Shape(
        _saying(
            core_schema.int_schema(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER),
            f"must be a whole number from {-LARGEST_NUMBER} to {LARGEST_NUMBER}",
        ),
        {"type": "integer", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
    ),
    UUID: Shape(
        _matching(_UUID, core_schema.uuid_schema(), "must be a UUID of 36 characters"),
        {"type": "string", "format": "uuid"},
    ),
    date: Shape(
        _matching(_DATE, core_schema.date_schema(), "must be a date such as 2024-03-01"),
        {"type": "string", "format": "date"},
    ),
    datetime: Shape(
        _matching(
            _INSTANT,
            core_schema.no_info_plain_validator_function(
                _in_utc,
                serialization=core_schema.plain_serializer_function_ser_schema(write_instant),
            ),
            _INSTANT_WANTED,
        ),
        {"type": "string", "format": "date-time"},
    ),
}

_TRUSTED: dict[Any, Shape] = {
    str: Shape(core_schema.str_schema(strict=True), {"type": "string"}),
    datetime: Shape(
        core_schema.no_info_plain_validator_function(datetime.fromisoformat),
        {"type": "string", "format": "date-time"},
    ),
}
