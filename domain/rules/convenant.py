"""CNV: a convenant project takes its steps in order, and asks a whole question. Section 8.2."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.execution import StepReopened
from domain.convenant_project.preparation import RequestDrafted
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.announced import ANNOUNCED, announced
from domain.rules.case import Case, Missing
from domain.rules.needs import in_regime
from domain.rules.rule import (
    Need,
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
from domain.steps import Step, steps
from domain.terms import Euro, Instant, Text, dutch_date


def _under_convenant(case: Case) -> bool:
    registration = case.dossier.registration
    if registration is None:
        raise Missing("de registratie van het project", "the registration of the project")
    return registration.fact.under_convenant


UNDER_CONVENANT = Trigger(
    text=Text(
        nl="dit project valt niet onder een convenant", en="this project is under no convenant"
    ),
    met=_under_convenant,
)

# ---------------------------------------------------------------------------------------- CNV-01

_NEEDS: Mapping[int, tuple[int, ...]] = {
    2: (1,),
    3: (2,),
    4: (3,),
    5: (4,),
    6: (4,),  # may run parallel to 5, and so needs what 5 needs
    7: (5, 6),
    8: (7,),
    9: (8,),
    10: (9,),
    11: (10,),
    12: (11,),
    13: (12,),
}
_SIGNATURE, _WORK = 9, 10
_CLOSED_BY: Mapping[int, int] = {3: 7, 4: 7, 5: 7, 7: 9, 8: 9, 9: 10, 10: 11}
"""A step that is over once a later one is reached: taking it up again is going back. The circle
may keep discussing a project, and a monitoring programme may be sharpened, at any time."""
_WEIGHTY = range(7, 11)
"""Steps from tendering to execution; out of order, they are a MAJOR breach."""


def _needed_before(number: int) -> frozenset[int]:
    """Every step that must come before, directly or through others."""
    direct = _NEEDS.get(number, ())
    return frozenset(direct).union(*(_needed_before(each) for each in direct))


@dataclass(frozen=True, kw_only=True)
class Disorder:
    """Step `early` was reached before `late`, or before `late` was taken up again.

    `by` is the fact of the later moment; None where it has not happened at all.
    """

    early: Step
    late: Step
    by: Recorded[Any] | None


def _disorders(case: Case) -> Iterator[Disorder]:
    found = {step.number: step for step in steps(case.dossier)}
    reopened = case.dossier.project.of(StepReopened)
    for early in found.values():
        if early.reached is None:
            continue
        reached = early.reached.occurred_at
        for number in sorted(_needed_before(early.number)):
            late = found[number]
            if (early.number, number) == (_WORK, _SIGNATURE):
                signed = case.dossier.project.first(ContractSigned)
                if signed is None or signed.occurred_at > reached:
                    yield Disorder(early=early, late=late, by=signed)
                    continue
            for by in _later(early, late, reached):
                if not _openly(reopened, number, reached, by.occurred_at):
                    yield Disorder(early=early, late=late, by=by)
                    break


def _later(early: Step, late: Step, reached: Instant) -> Iterable[Recorded[Any]]:
    """The facts of step `late` that came after `early` was reached, and should not have."""
    if late.reached is not None and late.reached.occurred_at > reached:
        return (late.reached,)
    if _CLOSED_BY.get(late.number) == early.number:
        return [each for each in late.facts if each.occurred_at > reached]
    return ()


def _openly(
    reopened: tuple[Recorded[StepReopened], ...], number: int, start: Instant, end: Instant
) -> bool:
    """Whether the project went back to this step, or to one before it, by a fact that says so."""
    return any(each.fact.step <= number and start <= each.occurred_at <= end for each in reopened)


def steps_in_order(case: Case) -> Verdict:
    """By when things happened, to the minute; at the same moment is in order.

    A step that was never reached is skipped, not out of order (CNV-02 and the rules of the step
    itself judge that): a project may enter the record at any step. One thing is required to be
    there: work may not start without a signed contract, and nothing said later mends that. Going
    back is in order when a fact says so before the step is taken up again.
    """
    disorders = list(_disorders(case))
    if not disorders:
        reached = [step for step in steps(case.dossier) if step.reached is not None]
        return Pass(
            why=Text(
                nl=f"De {len(reached)} genomen stappen volgen elkaar in de goede orde.",
                en=f"The {len(reached)} steps taken follow each other in the right order.",
            ),
            evidence=positions(*(step.reached for step in reached)),
        )
    told = {each.late.number: each for each in reversed(disorders)}
    weighty = any(each.early.number in _WEIGHTY for each in disorders)
    texts = [_told(told[number]) for number in sorted(told)]
    return Violation(
        why=Text(nl=" ".join(each.nl for each in texts), en=" ".join(each.en for each in texts)),
        evidence=positions(
            *(each.early.reached for each in disorders), *(each.by for each in disorders)
        ),
        severity=Severity.MAJOR if weighty else Severity.MINOR,
        remedy=Text(
            nl="Leg vast dat een stap wordt heropend voordat hij opnieuw wordt gezet.",
            en="Record that a step is reopened before it is taken again.",
        ),
    )


def _told(disorder: Disorder) -> Text:
    early, late = disorder.early, disorder.late
    if early.reached is None:
        raise AssertionError("a step that was not reached cannot be early")
    on = wording.day(dutch_date(early.reached.occurred_at))
    if disorder.by is None:
        return Text(
            nl=f"Stap {early.number} ({early.title.nl}, {on.nl}) begon zonder getekende"
            " overeenkomst.",
            en=f"Step {early.number} ({early.title.en}, {on.en}) began without a signed contract.",
        )
    by = wording.day(dutch_date(disorder.by.occurred_at))
    return Text(
        nl=f"Stap {early.number} ({early.title.nl}, {on.nl}) ging vooraf aan stap {late.number}"
        f" ({late.title.nl}, {by.nl}).",
        en=f"Step {early.number} ({early.title.en}, {on.en}) came before step {late.number}"
        f" ({late.title.en}, {by.en}).",
    )


CNV_01 = Rule(
    id="CNV-01",
    title=Text(
        nl="De stappen van een convenantproject volgen elkaar op",
        en="The steps of a convenant project follow each other",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(Source(reference="seeds F0:274-290", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=UNDER_CONVENANT,
    needs=(),
    check=steps_in_order,
)

# ---------------------------------------------------------------------------------------- CNV-03

REQUEST = Need(
    text=Text(nl="de uitvraag", en="the request"),
    present=lambda case: bool(case.dossier.project.of(RequestDrafted)),
)


def request_is_whole(case: Case) -> Verdict:
    """The newest request of the day of the notice or invitations, or of before it.

    A request that was drafted only afterwards had none of its elements when it was needed. The
    weighting is looked for here as an element; whether it was published is AWC-02.
    """
    opened = announced(case)
    if opened is None:
        raise Missing("de aankondiging of de uitnodigingen", "the notice or the invitations")
    day = dutch_date(opened.occurred_at)
    on = wording.day(day)
    in_time = [
        each
        for each in case.dossier.project.of(RequestDrafted)
        if dutch_date(each.occurred_at) <= day
    ]
    drafted = max(in_time, key=lambda each: (each.occurred_at, each.position), default=None)
    remedy = Text(
        nl="Vul de uitvraag aan en publiceer haar aan allen.",
        en="Complete the request and publish it to all.",
    )
    if drafted is None:
        return Violation(
            why=Text(
                nl=f"Op {on.nl}, bij de aankondiging of uitnodiging, was er nog geen uitvraag.",
                en=f"On {on.en}, at the notice or invitation, there was no request yet.",
            ),
            evidence=positions(opened, *case.dossier.project.of(RequestDrafted)),
            remedy=remedy,
        )
    request = drafted.fact
    elements = (
        (any(_filled(each) for each in request.focus_points), "speerpunten", "focus points"),
        (_filled(request.contract_form), "contractvorm", "contract form"),
        (
            any(_filled(each) for each in request.selection_criteria),
            "selectiecriteria",
            "selection criteria",
        ),
        (_filled(request.weighting), "weging", "weighting"),
    )
    lacking = [(nl, en) for there, nl, en in elements if not there]
    if not lacking:
        return Pass(
            why=Text(
                nl="De uitvraag heeft alle vier de elementen.",
                en="The request has all four elements.",
            ),
            evidence=positions(drafted, opened),
        )
    return Violation(
        why=Text(
            nl=f"Op {on.nl} ontbrak in de uitvraag: {', '.join(nl for nl, _ in lacking)}.",
            en=f"On {on.en} the request lacked: {', '.join(en for _, en in lacking)}.",
        ),
        evidence=positions(drafted, opened),
        remedy=remedy,
    )


def _filled(text: str | None) -> bool:
    return text is not None and bool(text.strip())


CNV_03 = Rule(
    id="CNV-03",
    title=Text(nl="De uitvraag heeft vier elementen", en="The request has four elements"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="seeds F0:280-282", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=UNDER_CONVENANT,
    needs=(ANNOUNCED, REQUEST),
    check=request_is_whole,
)

# ---------------------------------------------------------------------------------------- CNV-16


def private_ceiling(case: Case) -> Verdict:
    """The seed says "tot 1,5 miljoen": exactly that amount is still within it."""
    ceiling = case.number(ParameterKey.MULTI_PRIVATE_CEILING)
    estimate = case.estimate
    worth, limit = wording.amount(estimate.fact.amount), wording.amount(Euro(ceiling.value))
    evidence = positions(estimate, case.reference)
    if estimate.fact.amount <= ceiling.value:
        return Pass(
            why=Text(
                nl=f"De raming van {worth.nl} ligt niet boven {limit.nl}.",
                en=f"The estimate of {worth.en} is not above {limit.en}.",
            ),
            evidence=evidence,
        )
    return breach(
        Text(
            nl=f"Er is meervoudig onderhands aanbesteed bij een raming van {worth.nl}, boven"
            f" {limit.nl}.",
            en=f"The work was tendered privately at an estimate of {worth.en}, above {limit.en}.",
        ),
        evidence,
        numbers=(ceiling,),
        remedy=Text(nl="Besteed nationaal aan.", en="Tender by a national procedure."),
    )


CNV_16 = Rule(
    id="CNV-16",
    title=Text(nl="Meervoudig onderhands tot 1,5 miljoen", en="Private tenders up to 1.5 million"),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY,),
    sources=(Source(reference="seeds F0:140-142", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=in_regime(Regime.MULTI_PRIVATE),
    needs=(),
    check=private_ceiling,
)

RULES = (CNV_01, CNV_03, CNV_16)
