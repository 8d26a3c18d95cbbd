"""MOD: changes of a contract that was signed. Rule book, section 7.

A modification is tested by the article that it leans on. Only those that lean on 2.163b add up
there (the others are carried by an article of their own). Indexation (2.163b(2)) is not a fact
yet: values are taken as they are recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.execution import ContractModified, ModificationBasis
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.periods import Regime
from domain.law.since import AW_2012, AW_2016
from domain.law.thresholds import ContractKind, ThresholdRow, threshold
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.rule import (
    Need,
    NotApplicable,
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
from domain.rules.shares import at_least, more_than
from domain.terms import Euro, Text, dutch_date

_UNFORESEEN = (ModificationBasis.AW_2_163D, ModificationBasis.AW_2_163E)


def _modifications(case: Case, *bases: ModificationBasis) -> tuple[Recorded[ContractModified], ...]:
    """Those that lean on one of these articles, in the order in which they happened."""
    found = [each for each in case.dossier.project.of(ContractModified) if each.fact.basis in bases]
    return tuple(sorted(found, key=lambda each: (each.occurred_at, each.position)))


def _leans_on(*bases: ModificationBasis) -> Callable[[Case], bool]:
    return lambda case: bool(_modifications(case, *bases))


def _contract(case: Case) -> Recorded[ContractSigned]:
    signed = case.dossier.project.first(ContractSigned)
    if signed is None:
        raise Missing("de overeenkomst", "the contract")
    return signed


def _kind(case: Case) -> ContractKind:
    registration = case.dossier.registration
    if registration is None:
        raise Missing("de registratie van het project", "the registration of the project")
    return ContractKind(registration.fact.kind.value)


CONTRACT = Need(
    text=Text(nl="de overeenkomst", en="the contract"),
    present=lambda case: bool(case.dossier.project.of(ContractSigned)),
)

# ---------------------------------------------------------------------------------------- MOD-01


@dataclass(frozen=True, kw_only=True)
class _Sum:
    """The net value of all small modifications so far, after one of them.

    `row` is the threshold of that modification's day, None where none is loaded.
    """

    change: Recorded[ContractModified]
    net: Euro
    share: InForce
    row: ThresholdRow | None

    @property
    def day(self) -> date:
        return dutch_date(self.change.occurred_at)

    def too_large_for(self, contract: Euro) -> bool:
        return at_least(self.net, self.share.value, contract)


def small_modifications(case: Case) -> Verdict:
    """Net and cumulative, after each modification: "lower than", so equal is too much.

    The threshold is that of the modification's own day; the one of the day of signature is shown
    beside it. A running sum that once was too large is not cured by a later reduction.
    """
    signed, kind = _contract(case), _kind(case)
    works = kind is ContractKind.WORKS
    key = ParameterKey.MODIFICATION_SMALL_WORKS if works else ParameterKey.MODIFICATION_SMALL_OTHER
    changes = _modifications(case, ModificationBasis.AW_2_163B)
    net, sums = Euro(0), list[_Sum]()
    for change in changes:
        net = Euro(net + change.fact.delta)
        day = dutch_date(change.occurred_at)
        sums.append(
            _Sum(change=change, net=net, share=case.number(key, day), row=threshold(kind, day))
        )
    told = [
        *_nature(changes),
        *_share(signed.fact.value, sums),
        *_threshold(threshold(kind, dutch_date(signed.occurred_at)), sums),
    ]
    evidence = positions(signed, *changes)
    if told:
        return Violation(
            why=Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told)),
            evidence=evidence,
            remedy=Text(
                nl="Zoek een ander artikel dat de wijziging draagt (2.163c tot en met 2.163f), of"
                " besteed opnieuw aan.",
                en="Find another article that carries the modification (2.163c to 2.163f), or"
                " tender anew.",
            ),
        )
    for each in sums:
        if each.row is None:
            raise Missing(
                f"het drempelbedrag op {each.day.isoformat()}",
                f"the threshold on {each.day.isoformat()}",
            )
    total, value = wording.amount(net), wording.amount(signed.fact.value)
    share = wording.percentage(sums[-1].share.value)
    return Pass(
        why=Text(
            nl=f"De kleine wijzigingen zijn samen {total.nl}, minder dan {share.nl} van {value.nl}"
            " en minder dan het drempelbedrag.",
            en=f"The small modifications together are {total.en}, less than {share.en} of"
            f" {value.en} and less than the threshold.",
        ),
        evidence=evidence,
    )


def _nature(changes: tuple[Recorded[ContractModified], ...]) -> list[Text]:
    codes = ", ".join(each.fact.modification for each in changes if each.fact.changes_nature)
    if not codes:
        return []
    return [
        Text(
            nl=f"{codes} verandert de algemene aard van de opdracht.",
            en=f"{codes} changes the general nature of the contract.",
        )
    ]


def _share(contract: Euro, sums: list[_Sum]) -> list[Text]:
    for each in sums:
        if each.too_large_for(contract):
            net, on, value = (
                wording.amount(each.net),
                wording.day(each.day),
                wording.amount(contract),
            )
            share = wording.percentage(each.share.value)
            return [
                Text(
                    nl=f"Op {on.nl} waren de kleine wijzigingen samen {net.nl}; dat is niet lager"
                    f" dan {share.nl} van de overeenkomst van {value.nl}.",
                    en=f"On {on.en} the small modifications together were {net.en}; that is not"
                    f" lower than {share.en} of the contract of {value.en}.",
                )
            ]
    return []


def _threshold(at_award: ThresholdRow | None, sums: list[_Sum]) -> list[Text]:
    for each in sums:
        if each.row is not None and each.net >= each.row.amount:
            net, on = wording.amount(each.net), wording.day(each.day)
            limit = wording.amount(each.row.amount)
            before = Text(nl="onbekend", en="unknown")
            if at_award is not None:
                shown = wording.amount(at_award.amount)
                before = Text(nl=f"{shown.nl}, {at_award.id}", en=f"{shown.en}, {at_award.id}")
            return [
                Text(
                    nl=f"Op {on.nl} waren zij samen {net.nl}; dat is niet lager dan het"
                    f" drempelbedrag van die dag, {limit.nl} ({each.row.id}; bij de gunning"
                    f" {before.nl}).",
                    en=f"On {on.en} they together were {net.en}; that is not lower than the"
                    f" threshold of that day, {limit.en} ({each.row.id}; at the award"
                    f" {before.en}).",
                )
            ]
    return []


MOD_01 = Rule(
    id="MOD-01",
    title=Text(
        nl="Kleine wijzigingen blijven samen klein", en="Small modifications together stay small"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.TRANSPARENCY),
    sources=(
        Source(reference="Aw 2.163b(1), (3)", tag="V"),
        Source(reference="drempelbedrag op de dag van de wijziging", tag="D"),
    ),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(
            nl="er is geen wijziging op grond van artikel 2.163b",
            en="no modification leans on article 2.163b",
        ),
        met=_leans_on(ModificationBasis.AW_2_163B),
    ),
    needs=(CONTRACT,),
    check=small_modifications,
)

# ---------------------------------------------------------------------------------------- MOD-03


def additional_or_unforeseen(case: Case) -> Verdict:
    """Each modification by itself: an increase of exactly half is still allowed.

    The notice is asked of both articles: the directive's art. 72(1) names them together.
    """
    signed = _contract(case)
    changes = _modifications(case, *_UNFORESEEN)
    told = []
    for change in changes:
        code, fact = change.fact.modification, change.fact
        half = case.number(ParameterKey.MODIFICATION_INCREASE, dutch_date(change.occurred_at))
        if more_than(fact.delta, half.value, signed.fact.value):
            more, share = wording.amount(fact.delta), wording.percentage(half.value)
            value = wording.amount(signed.fact.value)
            told.append(
                Text(
                    nl=f"{code} verhoogt de prijs met {more.nl}, meer dan {share.nl} van"
                    f" {value.nl}.",
                    en=f"{code} raises the price by {more.en}, more than {share.en} of {value.en}.",
                )
            )
        if not fact.conditions_recorded:
            told.append(
                Text(
                    nl=f"Voor {code} zijn de voorwaarden (a) tot en met (c) van {fact.basis} niet"
                    " vastgelegd.",
                    en=f"For {code} the conditions (a) to (c) of {fact.basis} are not on record.",
                )
            )
        if not fact.notice_identifier:
            told.append(
                Text(
                    nl=f"Van {code} is geen aankondiging op TenderNed gedaan (2.163d(5)).",
                    en=f"No notice of {code} was published on TenderNed (2.163d(5)).",
                )
            )
    evidence = positions(signed, *changes)
    if told:
        return Violation(
            why=Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told)),
            evidence=evidence,
            remedy=Text(
                nl="Leg de voorwaarden vast en kondig de wijziging aan; boven de helft van de"
                " prijs: besteed opnieuw aan.",
                en="Record the conditions and announce the modification; above half of the price:"
                " tender anew.",
            ),
        )
    codes = ", ".join(each.fact.modification for each in changes)
    return Pass(
        why=Text(
            nl=f"{codes}: voorwaarden vastgelegd, aangekondigd, en de prijsstijging blijft binnen"
            " de grens.",
            en=f"{codes}: conditions on record, announced, and the increase stays within the"
            " limit.",
        ),
        evidence=evidence,
    )


MOD_03 = Rule(
    id="MOD-03",
    title=Text(
        nl="Aanvullende werken en onvoorziene omstandigheden",
        en="Additional works and unforeseen circumstances",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.PROPORTIONALITY),
    sources=(Source(reference="Aw 2.163d, 2.163e", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(
            nl="er is geen wijziging op grond van artikel 2.163d of 2.163e",
            en="no modification leans on article 2.163d or 2.163e",
        ),
        met=_leans_on(*_UNFORESEEN),
    ),
    needs=(CONTRACT,),
    check=additional_or_unforeseen,
)

# ---------------------------------------------------------------------------------------- MOD-08


def policy_ceiling(case: Case) -> Verdict:
    """Whatever the modifications lean on, the contract with them stays within the ceiling.

    Exactly the ceiling is within it, as for the estimate (CNV-16). A contract that was signed
    above the ceiling is told of at once; below it, there is nothing to judge until it is modified.
    """
    signed = _contract(case)
    changes = _modifications(case, *ModificationBasis)
    running, last = signed.fact.value, dutch_date(signed.occurred_at)
    evidence = positions(signed, *changes)
    reached = [(running, last)]
    for change in changes:
        running, last = Euro(running + change.fact.delta), dutch_date(change.occurred_at)
        reached.append((running, last))
    for value, on in reached:
        ceiling = case.number(ParameterKey.MULTI_PRIVATE_CEILING, on).value
        if value > ceiling:
            worth, when, limit = (
                wording.amount(value),
                wording.day(on),
                wording.amount(Euro(ceiling)),
            )
            return Warn(
                why=Text(
                    nl=f"Op {when.nl} kwam de meervoudig onderhandse overeenkomst met wijzigingen"
                    f" op {worth.nl}, boven {limit.nl}.",
                    en=f"On {when.en} the privately tendered contract with its modifications came"
                    f" to {worth.en}, above {limit.en}.",
                ),
                evidence=evidence,
                remedy=Text(
                    nl="Motiveer waarom de ruimere procedure niet nodig was, of besteed het meerdere"
                    " apart aan.",
                    en="Give the reasons why the wider procedure was not needed, or tender the"
                    " excess apart.",
                ),
            )
    if not changes:
        return NotApplicable(
            why=Text(nl="de overeenkomst is niet gewijzigd", en="the contract was not modified")
        )
    worth = wording.amount(running)
    return Pass(
        why=Text(
            nl=f"De overeenkomst met wijzigingen komt op {worth.nl}.",
            en=f"The contract with its modifications comes to {worth.en}.",
        ),
        evidence=evidence,
    )


MOD_08 = Rule(
    id="MOD-08",
    title=Text(
        nl="Een onderhandse opdracht groeit niet boven het beleid uit",
        en="A private contract does not outgrow the policy",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY,),
    sources=(Source(reference="seeds F0:140-142", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.ADVISORY,
    trigger=Trigger(
        text=Text(
            nl="er is geen overeenkomst die meervoudig onderhands is aanbesteed",
            en="there is no contract that was tendered privately among several",
        ),
        met=lambda case: (
            bool(case.dossier.project.of(ContractSigned)) and case.regime is Regime.MULTI_PRIVATE
        ),
    ),
    needs=(),
    check=policy_ceiling,
)

RULES = (MOD_01, MOD_03, MOD_08)
