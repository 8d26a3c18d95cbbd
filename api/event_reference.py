"""The catalogue of every event, `docs/events.md`: made from the facts, their names and their samples.

`python -m api.event_reference` writes it anew, in a checkout; a test holds the document to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from api.compose import EVENT_NAMES, EventMapper
from api.scenario_reference import docstring, in_camel_case
from application.aggregates import AGGREGATES, Aggregate, kebab
from application.sentences import sentence
from application.shapes import camel_case
from application.vocabulary import word
from domain.sealing import SealingFact
from domain.terms import BasisPoints, Code, Euro, Fact, PersonRef, Sealed

DOCUMENT = Path("docs/events.md")
SAMPLES = Path("tests/data/samples")

_HEAD = """\
# Every event

Made by `python -m api.event_reference`; do not edit. This is the proposal for the freeze of
v0.1.0: from that tag on a name is never renamed, a field never taken away, and a form that changes
gets the next version ([how](upcasting.md)).

Every event has `occurredAt`, the instant at which it happened as the actor asserted it; the tables
leave it out. The ledger adds position, version in its stream, moment of recording, actor and
command.

| what | in JSON |
|---|---|
| instant | RFC 3339 in UTC with six digits: `2026-03-02T08:00:00.000000Z` |
| day | `2026-03-02`, a calendar day in the Netherlands |
| euro cents | whole number, excluding VAT unless the field says otherwise |
| basis points | whole number; 10,000 is 100 % |
| id | UUID; of a person it is a pseudonym |
| code | 1 to 64 letters, digits, dots and hyphens, unique within its aggregate |
| text, sealed | the ciphertext of a text that can be forgotten: `kid`, `field`, `nonce`, `ciphertext` |

The sentences are those of the stored samples in `tests/data/samples`; `<member>` stands for the
name of what the field `member` points at. A field that may be `null` is always written.
"""

_SHARED = """\
## Any of these (sleutels)

Facts of the keys that texts are sealed under. They stand in the stream of what was sealed.\
"""

_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    date: "day",
    datetime: "instant",
    UUID: "id",
    Code: "code",
    Euro: "euro cents",
    BasisPoints: "basis points",
    PersonRef: "id of a person",
    Sealed: "text, sealed",
}


def document(samples: Path = SAMPLES) -> str:
    """The whole catalogue. `samples` is the folder with the stored sample of every event."""
    facts = list(EVENT_NAMES.by_fact)
    mapper = EventMapper(EVENT_NAMES)
    parts = [_HEAD, *_contents()]
    for aggregate in AGGREGATES:
        parts += [f"## {aggregate.title.en.capitalize()} ({aggregate.title.nl})", ""]
        for fact in facts:
            if _aggregate_of(fact) == aggregate.name:
                parts += _event(fact, mapper, samples)
    parts += [_SHARED, ""]
    for fact in get_args(SealingFact):
        parts += _event(fact, mapper, samples)
    return "\n".join([*parts, *_closed_sets(facts)])


def closed_sets(cls: type) -> Iterator[type[StrEnum]]:
    """The sets of words that a fact of this class can hold, in the order of its fields."""
    for hint in get_type_hints(cls).values():
        for inner in _inner(hint):
            if isinstance(inner, type) and issubclass(inner, StrEnum):
                yield inner
            elif inner is not Sealed and isinstance(inner, type) and is_dataclass(inner):
                yield from closed_sets(inner)


def _contents() -> Iterator[str]:
    yield "| aggregate | events |"
    yield "|---|---|"
    for aggregate in AGGREGATES:
        yield f"| {aggregate.title.en} ({aggregate.title.nl}) | {len(_names_of(aggregate))} |"
    shared = len(get_args(SealingFact))
    yield f"| any of these: keys of sealed texts (sleutels) | {shared} |"
    yield ""


def _names_of(aggregate: Aggregate) -> list[str]:
    return [name for name in EVENT_NAMES.by_name if name.startswith(f"{_prefix(aggregate)}.")]


def _prefix(aggregate: Aggregate) -> str:
    return aggregate.name.replace("_", "-")


def _aggregate_of(fact: type[Fact]) -> str | None:
    """The aggregate that a fact belongs to; None for one that belongs to all."""
    prefix = EVENT_NAMES.by_fact[fact].name.partition(".")[0]
    return next((each.name for each in AGGREGATES if _prefix(each) == prefix), None)


# ------------------------------------------------------------------------------------- one event


def _event(fact: type[Fact], mapper: EventMapper, samples: Path) -> Iterator[str]:
    named = EVENT_NAMES.by_fact[fact]
    yield f"### `{named.name}` version {named.version}"
    yield ""
    said = [docstring(fact), *(docstring(each) for each in _particulars(fact))]
    texts = [in_camel_case(each) for each in said if each]
    if texts:
        yield "\n\n".join(texts)
        yield ""
    rows = list(_rows(fact))
    if rows:
        yield "| field | what |"
        yield "|---|---|"
        yield from rows
        yield ""
    body = (samples / f"{named.name}.v{named.version}.json").read_bytes().strip()
    sample: Any = mapper.recall(named.name, named.version, body)
    told = sentence(sample, _Named(sample))
    yield f"- nl: {_as_text(told.nl)}"
    yield f"- en: {_as_text(told.en)}"
    yield ""


def _particulars(fact: type[Fact]) -> Iterator[type]:
    for each in fact.__bases__:
        if each is not Fact and is_dataclass(each):
            yield each


def _rows(cls: type, within: str = "") -> Iterator[str]:
    hints = get_type_hints(cls)
    for each in fields(cls):
        if each.name == "occurred_at" and not within:
            continue
        hint, name = hints[each.name], within + camel_case(each.name)
        unsaid = ", or `null`" if type(None) in get_args(hint) else ""
        yield f"| `{name}` | {_what(hint)}{unsaid} |"
        for inner in _inner(hint):
            if inner is not Sealed and isinstance(inner, type) and is_dataclass(inner):
                yield from _rows(inner, f"{name}[]." if _many(hint) else f"{name}.")


def _inner(hint: Any) -> tuple[Any, ...]:
    """The types in a hint, without `None` and without the list around them."""
    if get_origin(hint) in {Union, UnionType}:
        return tuple(
            inner for each in get_args(hint) if each is not type(None) for inner in _inner(each)
        )
    if get_origin(hint) in {tuple, frozenset}:
        return _inner(get_args(hint)[0])
    return (hint,)


def _many(hint: Any) -> bool:
    return get_origin(hint) in {tuple, frozenset} or any(
        _many(each) for each in get_args(hint) if get_origin(hint) in {Union, UnionType}
    )


def _what(hint: Any) -> str:
    told = " or ".join(_word(each) for each in _inner(hint))
    return f"list: {told}" if _many(hint) else told


def _word(inner: Any) -> str:
    if inner in _WORDS:
        return _WORDS[inner]
    if isinstance(inner, NewType):
        kind = kebab(inner.__name__).removesuffix("-id").replace("-", " ")
        return f"id of a {kind}" if inner.__supertype__ is UUID else _word(inner.__supertype__)
    if issubclass(inner, StrEnum):
        return "one of " + ", ".join(f"`{each}`" for each in inner)
    return "what follows"


class _Named:
    """What ids are called: the field of the sample in which they stand."""

    def __init__(self, sample: Fact) -> None:
        self._fields = dict(_ids(sample))

    def __call__(self, subject: UUID, /) -> str:
        return f"<{self._fields.get(subject, 'id')}>"


def _ids(value: Any, name: str = "") -> Iterator[tuple[UUID, str]]:
    if isinstance(value, UUID):
        yield value, name
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _ids(each, name)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _ids(getattr(value, each.name), camel_case(each.name))


def _as_text(told: str) -> str:
    return told.replace("<", "\\<").replace("|", "\\|")


# ------------------------------------------------------------------------------------ closed sets


def _closed_sets(facts: list[type[Fact]]) -> Iterator[str]:
    yield "## What the words mean"
    yield ""
    yield "| words | Dutch | English |"
    yield "|---|---|---|"
    found = dict.fromkeys(cls for fact in facts for cls in closed_sets(fact))
    for cls in sorted(found, key=lambda cls: (cls.__name__, [*cls])):
        yield f"| **{kebab(cls.__name__).replace('-', ' ')}** | | |"
        for each in cls:
            yield f"| `{each}` | {word(each).nl} | {word(each).en} |"
    yield ""


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
