"""A municipality is known by its code, and only on the days on which it was there."""

from dataclasses import replace
from datetime import date

import pytest

from domain.circle import circle
from domain.circle.founding import CircleFounded, FoundCircle
from domain.member import member
from domain.member.organisation import (
    LegalForm,
    MemberRegistered,
    OrganisationKind,
    RegisterMember,
)
from domain.member.practice import ReferenceWork
from domain.municipalities import MUNICIPALITIES, is_sample
from tests.given import at, given
from tests.given import member as organisation

CIRCLE = FoundCircle(
    name="Kenniskring Polderrand",
    authority=organisation("Gemeente Polderrand"),
    municipality_code="gm0416",
    region="Polderrand",
)
AUTHORITY = RegisterMember(
    name="Gemeente Polderrand",
    kind=OrganisationKind.CONTRACTING_AUTHORITY,
    legal_form=LegalForm.PUBLIC_BODY,
    municipality_code="gm0416",
)


def test_the_register_is_whole() -> None:
    assert len(MUNICIPALITIES) == 605
    today = date(2024, 1, 1)
    assert sum(each.there_on(today) for each in MUNICIPALITIES.values()) == 342
    assert all(
        each.begun is None or each.ended is None or each.begun <= each.ended
        for each in MUNICIPALITIES.values()
    )
    assert not any(map(is_sample, MUNICIPALITIES))


@pytest.mark.parametrize(
    ("decider", "command"), [(circle, CIRCLE), (member, AUTHORITY)], ids=["circle", "member"]
)
@pytest.mark.parametrize(
    ("where_when", "refusal", "told"),
    [
        ("gm0416 2022-01-01", "no-longer-there", "Langedijk, which ended on 2021-12-31"),
        ("gm1980 2021-12-31", "not-yet-there", "Dijk en Waard, which began on 2022-01-01"),
        ("gm0001 2021-12-31", "not-known", "register TOOI"),
    ],
)
def test_a_municipality_that_was_not_there_is_refused_by_its_name_and_day(
    decider: object, command: object, where_when: str, refusal: str, told: str
) -> None:
    code, day = where_when.split()
    asked = replace(command, municipality_code=code, occurred_at=at(day))  # type: ignore[type-var]
    answer = given(decider).when(asked)  # type: ignore[arg-type,var-annotated]
    answer.then_refused(f"municipality.{refusal}", field="municipalityCode")
    assert answer.refused is not None
    assert told in answer.refused.why


def test_a_work_was_made_in_a_municipality_that_was_there() -> None:
    registered = MemberRegistered(
        occurred_at=at("2010-01-01"),
        name="Duinweg BV",
        kind=OrganisationKind.CONTRACTOR,
        legal_form=LegalForm.PRIVATE_LIMITED,
    )
    work = ReferenceWork(work="Duiker", municipality_code="gm0416", completed_on=date(2021, 12, 31))
    told = given(member, registered)
    assert told.when(work).refused is None
    late = replace(work, completed_on=date(2022, 1, 1))
    told.when(late).then_refused("municipality.no-longer-there", field="municipalityCode")


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("gm0416", "2021-12-31 23:59"),
        ("gm1980", "2022-01-01 00:00"),
        ("gm0363", "1995-01-01"),
        ("gm9901", "2026-01-01"),
    ],
)
def test_a_municipality_is_there_from_its_first_day_to_its_last(code: str, day: str) -> None:
    told = replace(CIRCLE, municipality_code=code, occurred_at=at(day))
    given(circle).when(told).then(
        CircleFounded(
            occurred_at=at(day),
            name=CIRCLE.name,
            authority=CIRCLE.authority,
            municipality_code=code,
            region=CIRCLE.region,
        )
    )
