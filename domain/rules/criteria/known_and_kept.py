"""Known from the first day, the same until the last: AWC-02 and AWC-03."""

from typing import Any

from domain.convenant_project.tendering import AwardMethod, CriteriaPublished, Place
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.announced_criteria import (
    changes_since_opening,
    criteria_at_opening,
    weight_range,
    weights_changed,
)
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, CRITERIA, ESTIMATE, OPENING
from domain.rules.rule import (
    NotApplicable,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    Warn,
    breach,
    positions,
)
from domain.rules.time_limits.changes import extension_after
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- AWC-02


def known_from_the_start(case: Case) -> Verdict:
    """The criteria as announced: named, weighted, and together the whole.

    Counted from the publication of the notice: what was dispatched nobody could read before. In a
    private procedure the invitation and its documents are the notice. A weight may be a range
    (marge); where no weight is possible, the order counts and the reason must be objective.
    """
    announced = criteria_at_opening(case)
    opened = wording.day(dutch_date(case.opening.occurred_at))
    if announced is None:
        later = case.dossier.project.first(CriteriaPublished)
        return Violation(
            why=Text(
                nl=f"Op {opened.nl}, bij de aankondiging of uitnodiging, waren de gunningscriteria"
                " niet bekend.",
                en=f"On {opened.en}, at the notice or invitation, the award criteria were not"
                " known.",
            ),
            evidence=positions(case.opening, later),
            remedy=_RENEW,
        )
    stated = announced.fact
    if stated.method is not AwardMethod.BEST_PRICE_QUALITY:
        return NotApplicable(
            why=Text(
                nl="Alleen prijs of kosten beslissen: er is niets te wegen.",
                en="Price or cost alone decides: there is nothing to weigh.",
            )
        )
    if case.dossier.notice_published is not None and not stated.in_notice:
        return _lacking(
            case,
            announced,
            Text(
                nl="De aankondiging noemt de gunningscriteria niet.",
                en="The notice does not name the award criteria.",
            ),
        )
    unweighted = [each.name for each in stated.criteria if weight_range(each) is None]
    by_order = bool(stated.criteria) and bool((stated.order_reason or "").strip())
    if (unweighted or not stated.criteria) and not by_order:
        names = ", ".join(unweighted) or "-"
        return _lacking(
            case,
            announced,
            Text(
                nl=f"Op {opened.nl} had niet elk criterium een weging ({names}).",
                en=f"On {opened.en} not every criterion had a weight ({names}).",
            ),
        )
    return _sums_up(case, announced) if not unweighted else _known(announced, opened)


def _sums_up(case: Case, announced: Recorded[CriteriaPublished]) -> Verdict:
    whole = case.number(ParameterKey.WEIGHTS_SUM)
    ranges = [found for each in announced.fact.criteria if (found := weight_range(each))]
    lowest, highest = sum(low for low, _ in ranges), sum(high for _, high in ranges)
    if lowest <= whole.value <= highest:
        return _known(announced, wording.day(dutch_date(case.opening.occurred_at)))
    total = wording.percentage(lowest if lowest > whole.value else highest)
    due = wording.percentage(whole.value)
    return breach(
        Text(
            nl=f"De wegingen tellen op tot {total.nl} in plaats van {due.nl}.",
            en=f"The weights add up to {total.en} instead of {due.en}.",
        ),
        positions(announced),
        numbers=(whole,),
        remedy=_RENEW,
    )


def _known(announced: Recorded[CriteriaPublished], opened: Text) -> Pass:
    parts = [
        f"{each.name} {wording.percentage(each.weight).nl}"
        for each in announced.fact.criteria
        if each.weight is not None
    ]
    listed = f" ({', '.join(parts)})" if parts else ""
    return Pass(
        why=Text(
            nl=f"Op {opened.nl} stonden criteria en weging vast{listed}.",
            en=f"On {opened.en} criteria and weights were known{listed}.",
        ),
        evidence=positions(announced),
    )


_RENEW = Text(
    nl="Kondig de opdracht opnieuw aan, met de criteria en hun weging.",
    en="Announce the contract anew, with the criteria and their weights.",
)


def _lacking(case: Case, announced: Recorded[Any], why: Text) -> Violation:
    return Violation(why=why, evidence=positions(case.opening, announced), remedy=_RENEW)


AWC_02 = Rule(
    id="AWC-02",
    title=Text(
        nl="Criteria en weging staan vooraf vast", en="Criteria and weights are known beforehand"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.115(1), (4)-(5)", tag="V"),
        Source(reference="seeds F0:280-282, selectiecriteria en weging", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, CRITERIA),
    check=known_from_the_start,
)

# ---------------------------------------------------------------------------------------- AWC-03


def unchanged_since(case: Case) -> Verdict:
    """A new version is a change, also where only sub-criteria or scoring rules can differ.

    Changed weights are presumed essential: only a new notice (or a new invitation to all) mends
    that. Any other change is allowed before the deadline, by rectification, with more time.
    """
    changes = changes_since_opening(case)
    judged = [_broken_by(case, before, after) for before, after in changes]
    broken = [each for each in judged if each is not None]
    if broken:
        return next((each for each in broken if isinstance(each, Violation)), broken[0])
    if not changes:
        return Pass(
            why=Text(
                nl="De criteria zijn na de aankondiging of uitnodiging niet gewijzigd.",
                en="The criteria did not change after the notice or invitation.",
            ),
            evidence=positions(criteria_at_opening(case)),
        )
    return Pass(
        why=Text(
            nl="De criteria zijn voor het sluiten bij rectificatie gewijzigd, met genoeg extra"
            " tijd en zonder de weging te raken.",
            en="The criteria were changed by rectification before the close, with enough more"
            " time and without touching the weights.",
        ),
        evidence=positions(*(after for _, after in changes), *case.dossier.deadline_moves()),
    )


def _broken_by(
    case: Case, before: Recorded[CriteriaPublished], after: Recorded[CriteriaPublished]
) -> Violation | Warn | None:
    changed = wording.day(dutch_date(after.occurred_at))
    closes = case.dossier.deadline_at(after.occurred_at)
    evidence = positions(before, after, case.dossier.deadline(), *case.dossier.deadline_moves())
    remedy = _RENEW
    numbers: tuple[InForce, ...] = ()
    if weights_changed(before.fact, after.fact):
        old, new = _weighting(before.fact), _weighting(after.fact)
        why = Text(
            nl=f"Op {changed.nl}, na de aankondiging, is de weging gewijzigd van {old.nl} in"
            f" {new.nl}.",
            en=f"On {changed.en}, after the notice, the weights were changed from {old.en} to"
            f" {new.en}.",
        )
    elif closes is not None and after.occurred_at > closes:
        why = Text(
            nl=f"Op {changed.nl}, na het sluiten van de termijn, zijn de criteria gewijzigd.",
            en=f"On {changed.en}, after the term closed, the criteria were changed.",
        )
    elif after.fact.place is not Place.RECTIFICATION:
        why = Text(
            nl=f"Op {changed.nl} zijn de criteria gewijzigd zonder rectificatie aan allen.",
            en=f"On {changed.en} the criteria were changed without a rectification to all.",
        )
    else:
        extension = extension_after(case, dutch_date(after.occurred_at))
        if extension.enough:
            return None
        due, numbers = wording.day(extension.due), extension.deciding
        why = Text(
            nl=f"Na de wijziging van de criteria op {changed.nl} was een termijn tot ten minste"
            f" {due.nl} nodig.",
            en=f"After the criteria were changed on {changed.en} a term to at least {due.en} was"
            " due.",
        )
        remedy = Text(
            nl=f"Verleng voor het sluiten de termijn tot {due.nl} of later.",
            en=f"Before the close, extend the term to {due.en} or later.",
        )
    return breach(why, evidence, numbers=numbers, remedy=remedy)


def _weighting(published: CriteriaPublished) -> Text:
    """Prijs 40 %, plan van aanpak 60 %."""
    told = [
        (each.name, wording.percentage(each.weight) if each.weight is not None else None)
        for each in published.criteria
    ]
    return Text(
        nl=", ".join(f"{name} {share.nl}" if share else name for name, share in told),
        en=", ".join(f"{name} {share.en}" if share else name for name, share in told),
    )


AWC_03 = Rule(
    id="AWC-03",
    title=Text(
        nl="Na de aankondiging verandert er niets aan de criteria",
        en="After the notice the criteria do not change",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.115, 2.73(1)(d)", tag="V"),
        Source(reference="CvAE advies 142; HvJ EU Lianakis, C-532/06", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, CRITERIA),
    check=unchanged_since,
)
