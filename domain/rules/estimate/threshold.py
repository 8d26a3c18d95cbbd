"""The estimate against the threshold of its day: THR-01, THR-02, THR-06 and THR-07."""

from datetime import date
from typing import Any

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.execution import ContractModified
from domain.convenant_project.procedure import ProcedureType
from domain.law.since import AW_2012, AW_2016
from domain.law.thresholds import ThresholdRow, threshold
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.needs import ESTIMATE, NOTICE_OR_PROCEDURE, PROCEDURE
from domain.rules.rule import (
    NotApplicable,
    Outcome,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    Warn,
    positions,
)
from domain.terms import Euro, Text, dutch_date

EUROPEAN_PROCEDURES = frozenset(
    {
        ProcedureType.EUROPEAN_OPEN,
        ProcedureType.EUROPEAN_RESTRICTED,
        ProcedureType.EUROPEAN_NEGOTIATION,
        ProcedureType.COMPETITIVE_DIALOGUE,
        ProcedureType.INNOVATION_PARTNERSHIP,
        ProcedureType.NEGOTIATION_WITHOUT_NOTICE,
    }
)
"""Procedures of Deel 2. Whether the grounds for negotiating without a notice are there is another
question, which no fact here answers."""

# ---------------------------------------------------------------------------------------- THR-01


def threshold_on_the_right_day(case: Case) -> Verdict:
    row, estimate = case.threshold_row, case.estimate
    procedure = case.dossier.procedure
    declared = None if procedure is None else procedure.fact.procedure
    worth, limit = wording.amount(estimate.fact.amount), wording.amount(row.amount)
    on = wording.day(case.reference_day)
    evidence = positions(estimate, case.reference, procedure)
    if estimate.fact.amount < row.amount:
        return Pass(
            why=Text(
                nl=f"De raming van {worth.nl} ligt onder het drempelbedrag van {limit.nl} dat op"
                f" {on.nl} gold ({row.id}).",
                en=f"The estimate of {worth.en} lies below the threshold of {limit.en} that held on"
                f" {on.en} ({row.id}).",
            ),
            evidence=evidence,
        )
    if declared in EUROPEAN_PROCEDURES:
        return Pass(
            why=Text(
                nl=f"De raming van {worth.nl} haalt het drempelbedrag van {limit.nl} ({row.id}) en"
                " de procedure is Europees.",
                en=f"The estimate of {worth.en} reaches the threshold of {limit.en} ({row.id}) and"
                " the procedure is European.",
            ),
            evidence=evidence,
        )
    return Violation(
        why=Text(
            nl=f"De raming van {worth.nl} haalt het drempelbedrag van {limit.nl} dat op {on.nl}"
            f" gold ({row.id}), maar de procedure is {declared} en niet Europees.",
            en=f"The estimate of {worth.en} reaches the threshold of {limit.en} that held on"
            f" {on.en} ({row.id}), but the procedure is {declared} and not European.",
        ),
        evidence=evidence,
        remedy=Text(
            nl="Trek de procedure in en besteed Europees aan; een gesloten overeenkomst is"
            " vernietigbaar (Aw 4.15(1)(a)).",
            en="Withdraw the procedure and tender under the European rules; a contract that was"
            " signed can be annulled (Aw 4.15(1)(a)).",
        ),
    )


THR_01 = Rule(
    id="THR-01",
    title=Text(
        nl="Drempelbedrag getoetst op de juiste dag",
        en="The threshold is tested on the right day",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.NON_DISCRIMINATION),
    sources=(
        Source(reference="Aw 2.1, 2.3, 2.15(1)", tag="V"),
        Source(reference="Richtlijn 2014/24/EU art. 4-6", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, PROCEDURE, ESTIMATE),
    check=threshold_on_the_right_day,
    settled_by_notice=frozenset({Outcome.PASS, Outcome.VIOLATION}),
)

# ---------------------------------------------------------------------------------------- THR-02


def estimate_is_complete(case: Case) -> Verdict:
    """The sum over the whole term of a framework (raamovereenkomst) is not a fact of its own.

    What was left out makes it incomplete, whatever else nobody said.
    """
    estimate = case.estimate
    parts = (
        (
            estimate.fact.excludes_vat,
            "de btw is niet buiten beschouwing gelaten",
            "VAT is included",
        ),
        (estimate.fact.includes_options, "opties ontbreken", "options are left out"),
        (estimate.fact.includes_extensions, "verlengingen ontbreken", "extensions are left out"),
        (
            estimate.fact.includes_supplied_goods,
            "wat de dienst zelf ter beschikking stelt ontbreekt",
            "what the authority itself makes available is left out",
        ),
    )
    lacking = [(nl, en) for there, nl, en in parts if there is False]
    unsaid = [what for what, there in _stated(estimate.fact) if there is None]
    if unsaid and not lacking:
        raise Missing(
            f"of de raming ook {' en '.join(what.nl for what in unsaid)} meetelt",
            f"whether the estimate counts {' and '.join(what.en for what in unsaid)} too",
        )
    worth, on = wording.amount(estimate.fact.amount), wording.day(dutch_date(estimate.occurred_at))
    if not lacking:
        return Pass(
            why=Text(
                nl=f"De raming van {worth.nl} van {on.nl} telt alles mee.",
                en=f"The estimate of {worth.en} of {on.en} counts everything.",
            ),
            evidence=positions(estimate),
        )
    return Violation(
        why=Text(
            nl=f"De raming van {worth.nl} van {on.nl} is onvolledig:"
            f" {'; '.join(nl for nl, _ in lacking)}.",
            en=f"The estimate of {worth.en} of {on.en} is incomplete:"
            f" {'; '.join(en for _, en in lacking)}.",
        ),
        evidence=positions(estimate),
        remedy=Text(
            nl="Maak voor de aankondiging een nieuwe raming die dit meetelt en toets de procedure"
            " opnieuw.",
            en="Before the notice, make a new estimate that counts this and test the procedure"
            " again.",
        ),
    )


def _stated(estimate: EstimateMade) -> tuple[tuple[Text, bool | None], ...]:
    """What an estimate has to count, and whether it says that it does; None where nobody said."""
    return (
        (Text(nl="opties", en="options"), estimate.includes_options),
        (Text(nl="verlengingen", en="extensions"), estimate.includes_extensions),
        (
            Text(
                nl="wat de dienst zelf ter beschikking stelt",
                en="what the authority itself makes available",
            ),
            estimate.includes_supplied_goods,
        ),
    )


THR_02 = Rule(
    id="THR-02",
    title=Text(nl="De raming is volledig", en="The estimate is complete"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="Aw 2.15(2)-(3), 2.16", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=estimate_is_complete,
)

# ---------------------------------------------------------------------------------------- THR-06


def _row(case: Case, day: date) -> ThresholdRow | None:
    return threshold(case.threshold_row.kind, day)


def value_crossed_after_award(case: Case) -> Verdict:
    """The award's row is that of the day of signature; equal to a row is across it.

    What matters is whether the running value ever crossed, not where it ended. A day without a
    row makes the question unanswerable only if the other row was not crossed either.
    """
    dossier, row = case.dossier, case.threshold_row
    signed = dossier.project.of(ContractSigned)[0]
    if case.estimate.fact.amount >= row.amount:
        return NotApplicable(
            why=Text(
                nl="De raming haalde het drempelbedrag al; er is later niets overschreden.",
                en="The estimate reached the threshold already; nothing was crossed later.",
            )
        )
    at_award = _row(case, dutch_date(signed.occurred_at))
    running: Euro = signed.fact.value
    if _reaches(running, at_award):
        return _crossed(case, running, signed, at_award, at_award)
    unknown: date | None = None if at_award is not None else dutch_date(signed.occurred_at)
    for change in sorted(
        dossier.project.of(ContractModified), key=lambda each: (each.occurred_at, each.position)
    ):
        running = Euro(running + change.fact.delta)
        day = dutch_date(change.occurred_at)
        at_change = _row(case, day)
        if _reaches(running, at_award) or _reaches(running, at_change):
            return _crossed(case, running, change, at_award, at_change)
        if at_change is None:
            unknown = unknown or day
    if unknown is not None:
        raise Missing(
            f"het drempelbedrag op {unknown.isoformat()}",
            f"the threshold on {unknown.isoformat()}",
        )
    return NotApplicable(
        why=Text(
            nl="Overeenkomst en wijzigingen blijven onder het drempelbedrag.",
            en="The contract and its modifications stay below the threshold.",
        )
    )


def _reaches(value: Euro, row: ThresholdRow | None) -> bool:
    return row is not None and value >= row.amount


def _crossed(
    case: Case,
    value: Euro,
    by: Recorded[Any],
    at_award: ThresholdRow | None,
    at_change: ThresholdRow | None,
) -> Warn:
    worth, on = wording.amount(value), wording.day(dutch_date(by.occurred_at))
    before, award, change = _shown(case.threshold_row), _shown(at_award), _shown(at_change)
    estimated = wording.amount(case.estimate.fact.amount)
    return Warn(
        why=Text(
            nl=f"Op {on.nl} kwam de overeenkomst met wijzigingen op {worth.nl}. Het drempelbedrag"
            f" was bij de gunning {award.nl} en op die dag {change.nl}; de raming van"
            f" {estimated.nl} lag onder {before.nl} (value_crossed_after_award).",
            en=f"On {on.en} the contract with its modifications came to {worth.en}. The threshold"
            f" was {award.en} at the award and {change.en} on that day; the estimate of"
            f" {estimated.en} lay below {before.en} (value_crossed_after_award).",
        ),
        evidence=positions(
            case.estimate,
            case.reference,
            *case.dossier.project.of(ContractSigned),
            *case.dossier.project.of(ContractModified),
        ),
        remedy=Text(
            nl="Toets elke wijziging aan MOD-01 tot en met MOD-05.",
            en="Test each modification against MOD-01 to MOD-05.",
        ),
    )


def _shown(row: ThresholdRow | None) -> Text:
    if row is None:
        return Text(nl="onbekend", en="unknown")
    limit = wording.amount(row.amount)
    return Text(nl=f"{limit.nl} ({row.id})", en=f"{limit.en} ({row.id})")


THR_06 = Rule(
    id="THR-06",
    title=Text(
        nl="De waarde groeide na de gunning over het drempelbedrag",
        en="The value grew across the threshold after the award",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="Aw 2.15(1), 2.163a e.v.", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.ADVISORY,
    trigger=Trigger(
        text=Text(nl="er is nog geen overeenkomst", en="there is no contract yet"),
        met=lambda case: bool(case.dossier.project.of(ContractSigned)),
    ),
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=value_crossed_after_award,
    settled_by_notice=frozenset({Outcome.WARN}),
)

# ---------------------------------------------------------------------------------------- THR-07


def period_is_loaded(case: Case) -> Verdict:
    """A day outside every row makes this and all that hangs on the regime INDETERMINATE."""
    row = case.threshold_row
    on, limit = wording.day(case.reference_day), wording.amount(row.amount)
    return Pass(
        why=Text(
            nl=f"Voor {on.nl} is een drempelbedrag geladen: {limit.nl} ({row.id}).",
            en=f"A threshold is loaded for {on.en}: {limit.en} ({row.id}).",
        ),
        evidence=positions(case.reference),
    )


THR_07 = Rule(
    id="THR-07",
    title=Text(nl="De periodetabel is volledig", en="The table of periods is complete"),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(Source(reference="Aw 2.1, drempelbedragen per periode", tag="D"),),
    since=AW_2012,
    until=None,
    severity=Severity.ADVISORY,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE,),
    check=period_is_loaded,
    settled_by_notice=frozenset({Outcome.PASS}),
)
