"""What else is recorded of an organisation, and what is refused because it cannot be."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.member import member
from domain.member.organisation import (
    LegalForm,
    MemberRegistered,
    OrganisationKind,
    RetirementGround,
    RetireOrganisation,
)
from domain.member.people import IntroducePerson, PersonRole, StatePersonRole
from domain.member.practice import (
    CapacityStated,
    DeclareInterest,
    SharedResourceKind,
    ShareResource,
    StateCapacity,
    StateCompetence,
    WithdrawResource,
)
from domain.member.training import (
    CompletePlacement,
    OfferPlacement,
    PlacementCompleted,
    PlacementKind,
    ReportResearch,
    StartResearch,
)
from domain.terms import Code, Command, Sealed
from tests.given import NOW, When, at, given, person, project
from tests.given import member as named

SECRET = Sealed(kid=UUID(int=1), field="name", nonce="AA==", ciphertext="AA==")
REGISTERED = MemberRegistered(
    occurred_at=at("2023-01-01"),
    name="Alba Infra BV",
    kind=OrganisationKind.CONTRACTOR,
    legal_form=LegalForm.PRIVATE_LIMITED,
)


def after(*commands: Command) -> Any:
    """An organisation for which these commands were given, one after another."""
    facts: list[Any] = [REGISTERED]
    for command in commands:
        done: When[Any] = given(member, *facts).when(command)  # type: ignore[arg-type]
        assert done.refused is None, done.refused
        facts += done.facts
    return given(member, *facts)


def with_(command: Command, **more: Any) -> Any:
    return type(command)(
        **{each.name: getattr(command, each.name) for each in fields(command)} | more
    )


INTRODUCED = IntroducePerson(person=person("Sanne"), name=SECRET)
ROLE = StatePersonRole(
    person=person("Sanne"),
    role=PersonRole.WORK_PLANNER,
    since=date(2024, 1, 1),
    until=date(2025, 1, 1),
)
COMPETENCE = StateCompetence(subject="proefsleuven", evidence="vijf werken")
CAPACITY = StateCapacity(
    kind_of_work="riolering", people=12, since=date(2026, 1, 1), until=date(2026, 6, 30)
)
SHARED = ShareResource(
    resource=Code("H1"),
    kind=SharedResourceKind.CHARGING,
    title="laadplein",
    terms="tegen kostprijs",
    shared_with=(named("Havik"),),
)
WITHDRAWN = WithdrawResource(resource=Code("H1"), reason="verkocht")
INTEREST = DeclareInterest(project=project("Lindenstraat"), interest=SECRET, conflict=True)
PLACEMENT = OfferPlacement(
    placement=Code("P1"),
    kind=PlacementKind.GRADUATION,
    subject="emissieloos straten",
    places=2,
    since=date(2026, 2, 1),
    until=date(2026, 7, 1),
    school=named("Hogeschool"),
)
COMPLETED = CompletePlacement(placement=Code("P1"), students=2, stayed=1)
RESEARCH = StartResearch(
    research=Code("O1"), question="Wat kost stilte?", institute=named("Hogeschool"), students=3
)
REPORTED = ReportResearch(
    research=Code("O1"), findings="minder dan gedacht", tried_in=(project("Lindenstraat"),)
)
RETIRED = RetireOrganisation(
    ground=RetirementGround.MERGED, ended_on=date(2026, 11, 21), successor=named("Havik")
)

IN_ORDER = (
    INTRODUCED, ROLE, COMPETENCE, CAPACITY, SHARED, WITHDRAWN, INTEREST, PLACEMENT, COMPLETED,
    RESEARCH, REPORTED, RETIRED,
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(IN_ORDER)), ids=lambda n: type(IN_ORDER[n]).__name__)
def test_what_is_said_is_recorded_as_it_was_said(number: int) -> None:
    command = IN_ORDER[number]
    (fact,) = after(*IN_ORDER[:number]).when(command).facts
    for each in fields(command):
        if each.name != "occurred_at":
            assert getattr(fact, each.name) == getattr(command, each.name)
    assert fact.occurred_at == NOW


@pytest.mark.parametrize("command", IN_ORDER, ids=lambda command: type(command).__name__)
def test_nothing_is_said_of_an_organisation_that_nobody_registered(command: Command) -> None:
    given(member).when(command).then_refused("member.unknown")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "command", "code", "field"),
    [
        ((RETIRED,), RETIRED, "member.retired", None),
        ((), with_(RETIRED, ended_on=date(2026, 11, 22)), "member.retires-later", "endedOn"),
        ((), ROLE, "member.unknown-person", "person"),
        (
            (INTRODUCED,),
            with_(ROLE, until=date(2023, 12, 31)),
            "member.role-ends-before-it-starts",
            "until",
        ),
        ((), with_(CAPACITY, people=-1), "member.capacity", "people"),
        (
            (),
            with_(CAPACITY, until=date(2025, 12, 31)),
            "member.capacity-ends-before-it-starts",
            "until",
        ),
        ((SHARED,), SHARED, "member.resource-known", "resource"),
        ((), with_(SHARED, resource="H 1"), "member.resource-code", "resource"),
        ((), WITHDRAWN, "member.resource-not-shared", "resource"),
        ((SHARED, WITHDRAWN), WITHDRAWN, "member.resource-not-shared", "resource"),
        ((PLACEMENT,), PLACEMENT, "member.placement-known", "placement"),
        ((), with_(PLACEMENT, placement="P 1"), "member.placement-code", "placement"),
        ((), with_(PLACEMENT, places=0), "member.places", "places"),
        (
            (),
            with_(PLACEMENT, until=date(2026, 1, 31)),
            "member.placement-ends-before-it-starts",
            "until",
        ),
        ((), COMPLETED, "member.no-placement", "placement"),
        ((PLACEMENT, COMPLETED), COMPLETED, "member.no-placement", "placement"),
        ((PLACEMENT,), with_(COMPLETED, stayed=3), "member.stayed", "stayed"),
        ((PLACEMENT,), with_(COMPLETED, stayed=-1), "member.stayed", "stayed"),
        ((RESEARCH,), RESEARCH, "member.research-known", "research"),
        ((), with_(RESEARCH, students=-1), "member.students", "students"),
        ((), REPORTED, "member.unknown-research", "research"),
    ],
)
def test_what_cannot_be_is_refused(
    before: tuple[Command, ...], command: Command, code: str, field: str | None
) -> None:
    after(*before).when(command).then_refused(code, field=field)


def test_a_role_and_a_capacity_may_be_for_one_day() -> None:
    one_day = with_(ROLE, until=date(2024, 1, 1))
    assert after(INTRODUCED).when(one_day).refused is None
    (fact,) = after().when(with_(CAPACITY, until=date(2026, 1, 1))).facts
    assert isinstance(fact, CapacityStated)


def test_a_person_may_have_several_roles_after_one_another() -> None:
    later = with_(ROLE, role=PersonRole.DIRECTOR, since=date(2025, 1, 2), until=None)
    assert after(INTRODUCED, ROLE).when(later).refused is None


def test_a_placement_to_which_nobody_came_is_completed_too() -> None:
    (fact,) = after(PLACEMENT).when(with_(COMPLETED, students=0, stayed=0)).facts
    assert isinstance(fact, PlacementCompleted)


def test_research_may_report_more_than_once() -> None:
    assert after(RESEARCH, REPORTED).when(REPORTED).refused is None


def test_what_an_organisation_did_before_it_ended_can_still_be_recorded() -> None:
    assert after(RETIRED).when(COMPETENCE).refused is None
