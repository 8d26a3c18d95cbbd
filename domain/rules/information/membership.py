"""Who joins late and who leaves early: INF-04 and INF-05."""

from datetime import date
from typing import Any

from domain.circle.membership import MemberJoined, MemberLeft
from domain.convenant_project.knowledge import (
    DocumentDisclosed,
    InvolvementRegistered,
)
from domain.convenant_project.preparation import ExpertGroupLeft
from domain.dossier import Sight, Version
from domain.law.calendar import add_working_days, months_before
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012, AW_2016
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, DEADLINE, ESTIMATE, OPENING
from domain.rules.rule import (
    NotApplicable,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    breach,
    positions,
)
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- INF-04


def late_joiner_served(case: Case) -> Verdict:
    dossier = case.dossier
    term = case.number(ParameterKey.BACKLOG_TERM)
    start = dossier.registration
    joiners = [
        joined
        for file in dossier.circles.values()
        for joined in file.of(MemberJoined)
        if start is not None and start.occurred_at < joined.occurred_at <= case.deadline
    ]
    served: list[Recorded[Any] | Sight | None] = []
    owed = False
    for joined in joiners:
        backlog = _backlog(case, joined)
        owed = owed or bool(backlog)
        due = add_working_days(dutch_date(joined.occurred_at), term.value)
        last = min(due, case.cutoff_day)
        sights = {version: dossier.first_seen(joined.fact.member, version) for version in backlog}
        missed = [
            version
            for version, sight in sights.items()
            if sight is None or dutch_date(sight.at) > last
        ]
        if missed:
            return _not_served(case, joined, missed, last, term)
        served += [joined, *sights.values()]
    if not owed:
        return NotApplicable(
            why=Text(
                nl="Niemand trad toe nadat de leden relevante stukken hadden gekregen.",
                en="Nobody joined after the members had been given relevant documents.",
            )
        )
    return Pass(
        why=Text(
            nl=f"Wie later toetrad kreeg de eerdere stukken binnen {term.value} werkdagen.",
            en=f"Who joined later got the earlier documents within {term.value} working days.",
        ),
        evidence=positions(*served),
    )


def _backlog(case: Case, joined: Recorded[MemberJoined]) -> list[Version]:
    """Relevant versions that members were given, and not everybody, before somebody joined."""
    members = case.dossier.circle_members(joined.occurred_at) - {joined.fact.member}
    backlog = set()
    for given in case.dossier.project.of(DocumentDisclosed):
        version = (given.fact.document, given.fact.version)
        public = case.dossier.publications.get(version)
        if (
            version in case.relevant
            and given.fact.recipient in members
            and given.occurred_at < joined.occurred_at
            and (public is None or public.at > joined.occurred_at)
        ):
            backlog.add(version)
    return sorted(backlog)


def _not_served(
    case: Case,
    joined: Recorded[MemberJoined],
    missed: list[Version],
    last: date,
    term: InForce,
) -> Verdict:
    newcomer = joined.fact.member
    documents, until = wording.versions(missed), wording.day(last)
    return breach(
        Text(
            nl=f"{case.name(newcomer)} trad toe en kreeg {documents} niet uiterlijk op {until.nl}.",
            en=f"{case.name(newcomer)} joined and was not given {documents} by {until.en}.",
        ),
        positions(
            joined,
            *(case.dossier.versions.get(version) for version in missed),
            *(case.dossier.first_seen(newcomer, version) for version in missed),
        ),
        numbers=(term,),
        severity=Severity.BLOCKER if newcomer in case.dossier.competitors else Severity.MAJOR,
        remedy=Text(
            nl=f"Geef {documents} alsnog, met ontvangstbewijs.",
            en=f"Give {documents} after all, with a receipt.",
        ),
    )


INF_04 = Rule(
    id="INF-04",
    title=Text(
        nl="Wie later toetreedt krijgt de eerdere stukken",
        en="Who joins later is given the earlier documents",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(
        Source(reference="seeds F0:45, F0:165-167, open toetreding", tag="S"),
        Source(reference="Aw 1.12, 1.15", tag="V"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, DEADLINE),
    check=late_joiner_served,
)

# ---------------------------------------------------------------------------------------- INF-05


def leaver_still_involved(case: Case) -> Verdict:
    dossier = case.dossier
    window = case.number(ParameterKey.LEAVER_LOOK_BACK)
    opening = case.opening
    earliest = months_before(dutch_date(opening.occurred_at), window.value)
    start = dossier.registration
    left: list[Recorded[MemberLeft] | Recorded[ExpertGroupLeft]] = [
        *dossier.project.of(ExpertGroupLeft),
        *(each for file in dossier.circles.values() for each in file.of(MemberLeft)),
    ]
    leavers = [
        each
        for each in left
        if start is not None
        and start.occurred_at < each.occurred_at < opening.occurred_at
        and dutch_date(each.occurred_at) >= earliest
        and each.fact.member in dossier.bidders
    ]
    if not leavers:
        return NotApplicable(
            why=Text(
                nl="Geen inschrijver verliet de kring of de expertgroep voor de aankondiging.",
                en="No tenderer left the circle or the expert group before the notice.",
            )
        )
    registered = {
        member
        for each in dossier.project.of(InvolvementRegistered)
        for member in dossier.group(each.fact.member)
    }
    forgotten = [each for each in leavers if each.fact.member not in registered]
    if not forgotten:
        return Pass(
            why=Text(
                nl="Van iedere inschrijver die vertrok is de betrokkenheid vastgelegd.",
                en="The involvement of every tenderer that left is on record.",
            ),
            evidence=positions(*leavers),
        )
    who = case.names(each.fact.member for each in forgotten)
    return breach(
        Text(
            nl=f"{who} vertrok voor de aankondiging, schreef in en geldt als niet betrokken.",
            en=f"{who} left before the notice, submitted a tender and counts as not involved.",
        ),
        positions(*forgotten),
        numbers=(window,),
        remedy=Text(
            nl="Leg de betrokkenheid vast en neem de maatregelen van Aw 2.51.",
            en="Register the involvement and take the measures of Aw 2.51.",
        ),
    )


INF_05 = Rule(
    id="INF-05",
    title=Text(nl="Wie vertrekt houdt zijn kennis", en="Who leaves keeps what it knows"),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(
        Source(reference="seeds F0:45, F0:165-167, open uittreding", tag="S"),
        Source(reference="Aw 2.51(1)", tag="V"),
    ),
    since=AW_2016,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE),
    check=leaver_still_involved,
)
