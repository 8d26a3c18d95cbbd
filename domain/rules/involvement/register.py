"""Who helped to prepare, and whether the register says so: INV-01."""

from collections.abc import Iterator
from typing import Any

from domain.circle.founding import FacilitatorAppointed
from domain.convenant_project.interests import PersonAssigned, ProjectRole
from domain.convenant_project.knowledge import (
    InvolvementRegistered,
    Relevance,
)
from domain.convenant_project.preparation import ExpertGroupFormed, ExpertGroupMet
from domain.law.since import AW_2016
from domain.record import Recorded
from domain.rules.case import Case
from domain.rules.needs import COMPETITION
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    positions,
)
from domain.terms import MemberId, Text


def everybody_registered(case: Case) -> Verdict:
    """Who sat in the expert group, advised, or supplied a relevant document is on the register.

    The record of a linked undertaking will do: involvement is judged per group. The authority
    itself and a circle's independent facilitator are no market parties, unless they compete.
    """
    registered = {
        member
        for each in case.dossier.project.of(InvolvementRegistered)
        for member in case.dossier.group(each.fact.member)
    }
    helped = [(member, found) for member, found in _helped(case) if _market_party(case, member)]
    missing = [(member, found) for member, found in helped if member not in registered]
    if not missing:
        return Pass(
            why=Text(
                nl="Van iedereen die aan de voorbereiding meewerkte is de betrokkenheid vastgelegd.",
                en="The involvement of everybody who helped to prepare is on record.",
            ),
            evidence=positions(
                *case.dossier.project.of(InvolvementRegistered), *(found for _, found in helped)
            ),
        )
    who = case.names({member for member, _ in missing})
    return Violation(
        why=Text(
            nl=f"{who} werkte mee aan de voorbereiding, maar de betrokkenheid is niet vastgelegd.",
            en=f"{who} helped to prepare, but the involvement is not on record.",
        ),
        evidence=positions(*(found for _, found in missing)),
        remedy=Text(
            nl="Leg vast sinds wanneer en waarbij deze organisaties betrokken waren.",
            en="Register since when and in what these organisations were involved.",
        ),
    )


def _helped(case: Case) -> Iterator[tuple[MemberId, Recorded[Any]]]:
    """Organisations of which a fact says that they took part in the preparation, and that fact."""
    project, opening = case.dossier.project, case.dossier.opening
    for formed in project.of(ExpertGroupFormed):
        yield from ((member, formed) for member in formed.fact.members)
    for met in project.of(ExpertGroupMet):
        yield from ((member, met) for member in met.fact.attendance)
    for assigned in project.of(PersonAssigned):
        if assigned.fact.role in {ProjectRole.ADVISER, ProjectRole.MARKET_EXPERT}:
            yield assigned.fact.organisation, assigned
    for added in case.dossier.versions.values():
        if (
            added.fact.provided_by is not None
            and added.fact.relevance is Relevance.RELEVANT
            and (opening is None or added.occurred_at < opening.occurred_at)
        ):
            yield added.fact.provided_by, added


def _market_party(case: Case, member: MemberId) -> bool:
    registration = case.dossier.registration
    neutral = {
        each.fact.facilitator
        for file in case.dossier.circles.values()
        for each in file.of(FacilitatorAppointed)
    }
    if registration is not None and member == registration.fact.authority:
        return False
    return member not in neutral or member in case.dossier.competitors


INV_01 = Rule(
    id="INV-01",
    title=Text(
        nl="Het register van betrokkenheid is volledig",
        en="The register of involvement is complete",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.51(1), 2.56(1)", tag="V"),
        Source(reference="seeds F0:152, werkvoorbereiding", tag="S"),
    ),
    since=AW_2016,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(),
    check=everybody_registered,
)
