"""One JSON form: what is written is canonical and reads back, and what is odd is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any
from uuid import UUID

import jsonschema
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from application.forms import Malformed, form
from application.shapes import LARGEST_NUMBER, LONGEST_CIPHERTEXT, LONGEST_TEXT
from domain.circle import CircleFact
from domain.convenant_project import ProjectFact
from domain.member import MemberFact
from domain.mission import MissionFact
from domain.terms import BasisPoints, Fact, MemberId, Sealed
from tests.given import NOW
from tests.infrastructure.test_event_mapper import members_of
from tests.thoroughness import examples


class Colour(StrEnum):
    BLUE = "blauw"
    WHITE = "wit"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A place at the table."""

    member: MemberId
    weight: BasisPoints = BasisPoints(0)


@dataclass(frozen=True, kw_only=True)
class Everything(Fact):
    """A fact with one field of every kind."""

    zeal: int
    title: str
    remark: str | Sealed
    aside: Sealed | None = None
    colour: Colour
    colours: frozenset[Colour]
    words: frozenset[str]
    seats: tuple[Seat, ...] = ()
    day: date | None
    is_open: bool
    seen_at: datetime | None = None


SEALED = Sealed(kid=UUID(int=1), field="remark", nonce="AAAA", ciphertext="BBBB")
PLAIN: Mapping[str, Any] = {
    "aside": None,
    "colour": "wit",
    "colours": ["blauw"],
    "day": None,
    "isOpen": True,
    "occurredAt": "2026-11-21T12:00:00.000000Z",
    "remark": "hoi",
    "seats": [{"member": "00000000-0000-0000-0000-000000000005", "weight": 10}],
    "seenAt": None,
    "title": "é",
    "words": ["b", "c"],
    "zeal": 3,
}
VALUE = Everything(
    occurred_at=NOW,
    zeal=3,
    title="é",
    remark="hoi",
    colour=Colour.WHITE,
    colours=frozenset({Colour.BLUE}),
    words=frozenset({"c", "b"}),
    seats=(Seat(member=MemberId(UUID(int=5)), weight=BasisPoints(10)),),
    day=None,
    is_open=True,
)

EARLY, LATE = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)
instants = st.datetimes(
    EARLY.replace(tzinfo=None), LATE.replace(tzinfo=None), timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])
)  # fmt: skip
sealed = st.builds(Sealed, kid=st.uuids(), field=texts, nonce=texts, ciphertext=texts)
everything = st.builds(
    Everything,
    occurred_at=instants,
    zeal=numbers,
    title=texts,
    remark=texts | sealed,
    aside=st.none() | sealed,
    colour=st.sampled_from(Colour),
    colours=st.frozensets(st.sampled_from(Colour)),
    words=st.frozensets(texts, max_size=4),
    seats=st.lists(st.builds(Seat, member=st.uuids(), weight=numbers), max_size=3).map(tuple),
    day=st.none() | st.dates(),
    is_open=st.booleans(),
    seen_at=st.none() | instants,
)


def problems_of(body: bytes | str) -> dict[str, str]:
    with pytest.raises(Malformed) as refused:
        form(Everything).read(body)
    return {each.field_path: each.why for each in refused.value.problems}


def test_a_value_is_written_with_every_key_and_none_as_null() -> None:
    assert form(Everything).write(VALUE) == PLAIN
    assert form(Everything).read(json.dumps(PLAIN)) == VALUE
    assert form(Everything).read_object(PLAIN) == VALUE


@settings(max_examples=examples(40), deadline=None)
@given(everything)
def test_what_is_written_is_canonical_and_reads_back(value: Everything) -> None:
    canonical = form(Everything).canonical(value)
    assert canonical == rfc8785.dumps(form(Everything).write(value))
    assert form(Everything).read(canonical) == value
    assert form(Everything).read_object(form(Everything).write(value)) == value
    jsonschema.validate(json.loads(canonical), form(Everything).schema())


def test_every_instant_is_kept_in_utc() -> None:
    read = form(Everything).read_object({**PLAIN, "occurredAt": "2026-11-21T14:00:00.5+02:00"})
    assert read.occurred_at == datetime(2026, 11, 21, 12, 0, 0, 500_000, tzinfo=UTC)
    assert read.occurred_at.tzinfo is UTC
    assert form(Everything).write(read)["occurredAt"] == "2026-11-21T12:00:00.500000Z"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("zeal", "5"),
        ("zeal", 5.0),
        ("zeal", True),
        ("zeal", None),
        ("zeal", LARGEST_NUMBER + 1),
        ("zeal", -LARGEST_NUMBER - 1),
        ("isOpen", 1),
        ("isOpen", "true"),
        ("title", 5),
        ("title", "a\0b"),
        ("title", "x" * (LONGEST_TEXT + 1)),
        ("colour", "rood"),
        ("colours", ["wit", "wit"]),
        ("colours", "wit"),
        ("words", {}),
        ("day", "2026-02-30"),
        ("day", "2026-11-21T00:00:00"),
        ("day", "1763683200"),
        ("day", 1763683200),
        ("occurredAt", "2026-11-21T12:00:00"),
        ("occurredAt", "2026-11-21 12:00:00Z"),
        ("occurredAt", "2026-11-21T12:00:60Z"),
        ("occurredAt", "2026-11-21T12:00:00.1234567Z"),
        ("occurredAt", "0001-01-01T00:00:00+14:00"),
        ("occurredAt", 1763726400),
        ("remark", None),
        ("remark", 5),
        ("remark", ["a"]),
        ("seats", None),
    ],
)
def test_what_is_nearly_right_is_refused_where_it_is_wrong(key: str, value: object) -> None:
    assert list(problems_of(json.dumps({**PLAIN, key: value}))) == [f"/{key}"]


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/seats/0/member", {"seats": [{"member": "00000000000000000000000000000005"}]}),
        ("/seats/0/~0a~1b", {"seats": [{"member": str(UUID(int=5)), "~a/b": 1}]}),
        ("/remark/kid", {"remark": {"kid": 1, "field": "", "nonce": "", "ciphertext": ""}}),
        ("/extra", {"extra": 1}),
        ("/is_open", {"is_open": True}),
    ],
)
def test_what_is_wrong_inside_is_named_by_its_pointer(path: str, change: dict[str, Any]) -> None:
    assert list(problems_of(json.dumps({**PLAIN, **change}))) == [path]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    body = {**PLAIN, "zeal": "5", "extra": 1, "day": "x"}
    del body["title"]
    assert problems_of(json.dumps(body)) == {
        "/zeal": f"must be a whole number from {-LARGEST_NUMBER} to {LARGEST_NUMBER}",
        "/extra": "is not a field of this form",
        "/day": "must be a date such as 2024-03-01",
        "/title": "is missing",
    }


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"5", b"null", b"[" * 5000])
def test_what_is_no_object_is_refused_as_a_whole(body: bytes) -> None:
    assert list(problems_of(body)) == [""]


def test_a_key_that_comes_twice_is_refused() -> None:
    twice = json.dumps(PLAIN)[:-1] + ', "zeal": 4}'
    assert problems_of(twice) == {"": "names a key twice in one object"}


def test_a_refusal_never_repeats_what_was_sent() -> None:
    secret = "Wilhelmina de Onbekende"
    for key in PLAIN:
        wrong = {**PLAIN, key: {"name": secret}, secret: 1}
        with pytest.raises(Malformed) as refused:
            form(Everything).read(json.dumps(wrong))
        assert secret not in "".join(each.why for each in refused.value.problems)


def test_a_value_that_would_not_read_back_is_not_written() -> None:
    for odd in (
        Everything(**{**vars(VALUE), "zeal": LARGEST_NUMBER + 1}),
        Everything(**{**vars(VALUE), "title": "a\ud800"}),
        Everything(**{**vars(VALUE), "title": 5}),
        Everything(**{**vars(VALUE), "occurred_at": NOW.replace(tzinfo=None)}),
        Everything(**{**vars(VALUE), "day": datetime(2026, 11, 21, tzinfo=UTC)}),
    ):
        with pytest.raises(Malformed):
            form(Everything).canonical(odd)


def test_the_longest_text_still_fits_when_it_is_sealed() -> None:
    long = Sealed(kid=UUID(int=1), field="f", nonce="n", ciphertext="A" * LONGEST_CIPHERTEXT)
    value = Everything(**{**vars(VALUE), "remark": long, "title": "x" * LONGEST_TEXT})
    assert form(Everything).read(form(Everything).canonical(value)) == value


def test_a_field_with_a_default_may_be_left_out_and_another_may_not() -> None:
    shorter = {key: value for key, value in PLAIN.items() if key not in ("aside", "seats")}
    assert form(Everything).read_object(shorter).seats == ()
    required = form(Everything).schema()["required"]
    assert sorted(set(PLAIN) - set(required)) == ["aside", "seats", "seenAt"]


def test_dates_and_instants_as_yaml_reads_them_are_welcome() -> None:
    read = form(Everything).read_object(
        {**PLAIN, "day": date(2024, 3, 1), "seenAt": datetime(2024, 3, 1, tzinfo=UTC)}
    )
    assert (read.day, read.seen_at) == (date(2024, 3, 1), datetime(2024, 3, 1, tzinfo=UTC))
    with pytest.raises(Malformed, match="/seenAt"):
        form(Everything).read_object({**PLAIN, "seenAt": NOW.replace(tzinfo=None)})
    with pytest.raises(Malformed, match="JSON cannot say"):
        form(Everything).read_object({**PLAIN, "title": object()})


def test_a_type_without_a_form_is_refused_by_field_when_the_house_is_built() -> None:
    @dataclass(frozen=True)
    class Floating:
        weight: float

    @dataclass(frozen=True)
    class Twofold:
        thing: int | str

    @dataclass(frozen=True)
    class Loose:
        notes: dict[str, str]

    for odd, field in ((Floating, "weight"), (Twofold, "thing"), (Loose, "notes")):
        with pytest.raises(TypeError, match=f"{odd.__name__}.{field}"):
            form(odd)


def test_the_schema_names_its_parts_and_can_point_elsewhere() -> None:
    schema = form(Everything).schema("#/components/schemas/")
    assert set(schema["$defs"]) == {"Colour", "Seat", "Sealed"}
    assert schema["properties"]["colour"] == {"$ref": "#/components/schemas/Colour"}
    assert schema["$defs"]["Colour"]["enum"] == ["blauw", "wit"]
    assert schema["$defs"]["Seat"]["description"] == "A place at the table."
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    "fact",
    sorted(
        members_of(CircleFact | MemberFact | ProjectFact | MissionFact),
        key=str,
    ),
)
def test_every_fact_of_the_domain_has_a_schema(fact: type[Fact]) -> None:
    jsonschema.Draft202012Validator.check_schema(form(fact).schema())
