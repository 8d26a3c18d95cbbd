"""Everybody is invited at the same moment: TML-08."""

from datetime import timedelta

from domain.convenant_project.procedure import DeadlineMoved
from domain.convenant_project.tendering import InvitationSent
from domain.law.parameter_keys import ParameterKey
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, ESTIMATE, OPENING
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
from domain.terms import Instant, Text, dutch_date


def same_moment(case: Case) -> Verdict:
    """Each organisation's first invitation counts.

    A deadline that was moved after the last invitation, by at least as long as that one came
    after the first, gives everybody the period that the first was given.
    """
    invitations = _first_invitations(case)
    if len(invitations) <= 1:
        return NotApplicable(
            why=Text(
                nl="Er zijn geen twee organisaties uitgenodigd.",
                en="No two organisations were invited.",
            )
        )
    spread = case.number(ParameterKey.INVITATION_SPREAD)
    first = min(invitations, key=lambda each: each.occurred_at)
    last = max(invitations, key=lambda each: each.occurred_at)
    apart = last.occurred_at - first.occurred_at
    shifts = _shifts(case, last.occurred_at, apart)
    if apart <= timedelta(hours=spread.value) or shifts:
        return Pass(
            why=Text(
                nl=f"De {len(invitations)} uitnodigingen gingen op hetzelfde moment uit, of de"
                " termijn schoof even ver op.",
                en=f"The {len(invitations)} invitations went out at the same moment, or the term"
                " moved as far.",
            ),
            evidence=positions(first, last, *shifts),
        )
    late = case.names(
        each.fact.recipient
        for each in invitations
        if each.occurred_at - first.occurred_at > timedelta(hours=spread.value)
    )
    began = wording.day(dutch_date(first.occurred_at))
    ended = wording.day(dutch_date(last.occurred_at))
    hours, minutes = divmod(int(apart.total_seconds()) // 60, 60)
    return breach(
        Text(
            nl=f"{late} kreeg de uitnodiging later: de eerste ging uit op {began.nl}, de laatste op"
            f" {ended.nl}, {hours} uur en {minutes} minuten na elkaar, zonder dat de termijn even"
            " ver opschoof.",
            en=f"{late} got the invitation later: the first went out on {began.en}, the last on"
            f" {ended.en}, {hours} hours and {minutes} minutes apart, while the term did not move"
            " as far.",
        ),
        positions(*invitations),
        numbers=(spread,),
        remedy=Text(
            nl="Verleng voor het sluiten de termijn met ten minste dat verschil.",
            en="Extend the term before it closes, by at least that difference.",
        ),
    )


def _first_invitations(case: Case) -> list[Recorded[InvitationSent]]:
    sent: dict[object, Recorded[InvitationSent]] = {}
    for each in sorted(
        case.dossier.invitations, key=lambda each: (each.occurred_at, each.position)
    ):
        sent.setdefault(each.fact.recipient, each)
    return list(sent.values())


def _shifts(case: Case, after: Instant, apart: timedelta) -> list[Recorded[DeadlineMoved]]:
    """Moves of the deadline after the last invitation, if together they go as far."""
    moves = [each for each in case.dossier.deadline_moves() if each.occurred_at >= after]
    before = case.dossier.deadline_at(after)
    if not moves or before is None or moves[-1].fact.deadline - before < apart:
        return []
    return moves


TML_08 = Rule(
    id="TML-08",
    title=Text(
        nl="Iedereen wordt op hetzelfde moment uitgenodigd",
        en="Everybody is invited at the same moment",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(Source(reference="Aw 1.8, 1.12, 1.15", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE),
    check=same_moment,
)
