"""Shutting out whoever was involved: only heard, and only as a last resort: INV-04 and INV-05."""

from typing import Any

from domain.convenant_project.tendering import ExclusionGround, ProofInvited, TendererExcluded
from domain.dossier import days_between
from domain.law.calendar import add_days
from domain.law.parameter_keys import ParameterKey
from domain.law.since import AW_2016
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    breach,
    positions,
)
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- INV-04


def _exclusions(case: Case) -> list[Recorded[TendererExcluded]]:
    """Exclusions for prior involvement (Aw 2.87(1)(f)); other grounds have their own rules."""
    return [
        each
        for each in case.dossier.project.of(TendererExcluded)
        if each.fact.ground is ExclusionGround.PRIOR_INVOLVEMENT
    ]


def last_resort(case: Case) -> Verdict:
    excluded = _exclusions(case)
    unweighed = [each for each in excluded if not (each.fact.alternatives_analysis or "").strip()]
    who = case.names(each.fact.member for each in unweighed or excluded)
    if not unweighed:
        return Pass(
            why=Text(
                nl=f"Voor de uitsluiting van {who} zijn andere middelen afgewogen.",
                en=f"Other means were weighed before {who} was excluded.",
            ),
            evidence=positions(*excluded),
        )
    return Violation(
        why=Text(
            nl=f"{who} is om zijn betrokkenheid uitgesloten zonder afweging van andere middelen.",
            en=f"{who} was excluded for its involvement without weighing other means.",
        ),
        evidence=positions(*unweighed),
        remedy=Text(
            nl="Trek de uitsluiting in, of leg vast waarom geen ander middel volstond.",
            en="Withdraw the exclusion, or record why no other means would do.",
        ),
    )


INV_04 = Rule(
    id="INV-04",
    title=Text(nl="Uitsluiten is het laatste middel", en="Exclusion is the last resort"),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.51(3), 2.87(1)(f)", tag="V"),
        Source(reference="HvJ EU Fabricom, C-21/03", tag="V2"),
    ),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(
            nl="niemand is om eerdere betrokkenheid uitgesloten",
            en="nobody was excluded for prior involvement",
        ),
        met=lambda case: bool(_exclusions(case)) and COMPETITION.met(case),
    ),
    needs=(),
    check=last_resort,
)

# ---------------------------------------------------------------------------------------- INV-05


def heard_first(case: Case) -> Verdict:
    """The first invitation to prove counts; on the last day of the term exclusion is allowed."""
    term = case.number(ParameterKey.HEARING_TERM)
    invited = case.dossier.project.of(ProofInvited)
    heard: list[Recorded[Any]] = [*invited]
    for excluded in _exclusions(case):
        invitations = [
            each
            for each in invited
            if each.fact.member in case.dossier.group(excluded.fact.member)
            and each.occurred_at <= excluded.occurred_at
        ]
        who = case.name(excluded.fact.member)
        first = min(invitations, key=lambda each: each.occurred_at, default=None)
        if first is None:
            return _unheard(who, excluded)
        if days_between(first.occurred_at, excluded.occurred_at) < term.value:
            asked = wording.day(dutch_date(first.occurred_at))
            due = wording.day(add_days(first.occurred_at, term.value))
            day = wording.day(dutch_date(excluded.occurred_at))
            return breach(
                Text(
                    nl=f"{who} kreeg op {asked.nl} de kans tegenbewijs te leveren en is al op"
                    f" {day.nl} uitgesloten; dat mocht vanaf {due.nl}.",
                    en=f"{who} was given the chance to prove the contrary on {asked.en} and was"
                    f" excluded on {day.en} already; that was allowed from {due.en}.",
                ),
                positions(first, excluded),
                numbers=(term,),
                remedy=_HEAR,
            )
        heard.append(excluded)
    return Pass(
        why=Text(
            nl=f"Niemand is uitgesloten voordat hij {term.value} dagen had om tegenbewijs te"
            " leveren.",
            en=f"Nobody was excluded before having had {term.value} days to prove the contrary.",
        ),
        evidence=positions(*heard),
    )


_HEAR = Text(
    nl="Trek de uitsluiting in en hoor de inschrijver eerst.",
    en="Withdraw the exclusion and hear the tenderer first.",
)


def _unheard(who: str, excluded: Recorded[TendererExcluded]) -> Violation:
    return Violation(
        why=Text(
            nl=f"{who} is om zijn betrokkenheid uitgesloten zonder te zijn gehoord.",
            en=f"{who} was excluded for its involvement without being heard.",
        ),
        evidence=positions(excluded),
        remedy=_HEAR,
    )


INV_05 = Rule(
    id="INV-05",
    title=Text(nl="Eerst horen, dan uitsluiten", en="Hear first, then exclude"),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION, Principle.PROPORTIONALITY),
    sources=(Source(reference="Aw 2.51(4)", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(
            nl="niemand is om eerdere betrokkenheid uitgesloten of gevraagd tegenbewijs te leveren",
            en="nobody was excluded, or asked to prove the contrary, for prior involvement",
        ),
        met=lambda case: (
            bool(_exclusions(case) or case.dossier.project.of(ProofInvited))
            and COMPETITION.met(case)
        ),
    ),
    needs=(),
    check=heard_first,
)
