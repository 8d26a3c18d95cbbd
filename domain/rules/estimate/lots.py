"""The sum of the lots against the threshold: THR-04."""

from domain.convenant_project.contract_design import LotsDivided
from domain.convenant_project.preparation import ContractKind
from domain.law.parameter_keys import ParameterKey
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import NOTICE_OR_PROCEDURE
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
    positions,
)
from domain.rules.shares import more_than
from domain.terms import Euro, Text, dutch_date


def lots_on_the_reference_day(case: Case) -> Recorded[LotsDivided] | None:
    """The newest division on the reference day or before it; else the first one known."""
    divisions = sorted(
        case.dossier.project.of(LotsDivided), key=lambda each: (each.occurred_at, each.position)
    )
    in_time = [each for each in divisions if dutch_date(each.occurred_at) <= case.reference_day]
    return next(iter([*reversed(in_time), *divisions]), None)


def lots_aggregate(case: Case) -> Verdict:
    """Every lot that is not procured European leans on the exemption, and all of them together."""
    row = case.threshold_row
    divided = lots_on_the_reference_day(case)
    lots = () if divided is None else divided.fact.lots
    works = row.kind is ContractKind.WORKS
    most = case.number(
        ParameterKey.LOT_EXEMPT_WORKS if works else ParameterKey.LOT_EXEMPT_OTHER
    ).value
    share = case.number(ParameterKey.LOT_EXEMPT_SHARE).value
    total = Euro(sum(lot.value for lot in lots))
    exempted = [lot for lot in lots if not lot.european_procedure]
    together = Euro(sum(lot.value for lot in exempted))
    too_large = [lot for lot in exempted if lot.value > most]
    worth, limit = wording.amount(total), wording.amount(row.amount)
    evidence = positions(divided, case.reference)
    if total < row.amount:
        return Pass(
            why=Text(
                nl=f"De percelen zijn samen {worth.nl}, minder dan het drempelbedrag van"
                f" {limit.nl} ({row.id}).",
                en=f"The lots together are {worth.en}, less than the threshold of {limit.en}"
                f" ({row.id}).",
            ),
            evidence=evidence,
        )
    if not too_large and not more_than(together, share, total):
        return Pass(
            why=Text(
                nl=f"Elk perceel is Europees aanbesteed of vrij: de {len(exempted)} vrije percelen"
                f" zijn samen {wording.amount(together).nl} van {worth.nl}.",
                en=f"Every lot is procured European or exempt: the {len(exempted)} exempt lots"
                f" together are {wording.amount(together).en} of {worth.en}.",
            ),
            evidence=evidence,
        )
    each, part = wording.amount(Euro(most)), wording.percentage(share)
    which = too_large or exempted
    names = ", ".join(f"{lot.lot} ({lot.title})" for lot in which)
    return Violation(
        why=Text(
            nl=f"De percelen zijn samen {worth.nl} en halen het drempelbedrag van {limit.nl}"
            f" ({row.id}), maar niet Europees aanbesteed is: {names}. Vrij is ten hoogste"
            f" {each.nl} per perceel en {part.nl} van het geheel; niet Europees is hier"
            f" {wording.amount(together).nl}.",
            en=f"The lots together are {worth.en} and reach the threshold of {limit.en}"
            f" ({row.id}), but these are not procured European: {names}. Exempt is at most"
            f" {each.en} a lot and {part.en} of the whole; not European here is"
            f" {wording.amount(together).en}.",
        ),
        evidence=evidence,
        remedy=Text(
            nl="Besteed deze percelen Europees aan.",
            en="Procure these lots under the European rules.",
        ),
    )


THR_04 = Rule(
    id="THR-04",
    title=Text(nl="Percelen tellen samen", en="Lots count together"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.NON_DISCRIMINATION),
    sources=(Source(reference="Aw 2.18", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(nl="de opdracht is niet in percelen verdeeld", en="the contract has no lots"),
        met=lambda case: bool(case.dossier.project.of(LotsDivided)),
    ),
    needs=(NOTICE_OR_PROCEDURE,),
    check=lots_aggregate,
)
