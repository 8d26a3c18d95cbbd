"""No contract before the standstill is over, nor while a court is asked: AWD-02 and AWD-04."""

from datetime import date
from typing import Any

from domain.convenant_project.award import ContractSigned, InjunctionDecided, InjunctionSought
from domain.law.calendar import add_days, legal_end
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.award.period import (
    Standstill,
    last_letter_day,
    letters,
    require_tenders,
    standstill,
)
from domain.rules.case import Case, Missing
from domain.rules.needs import ESTIMATE, NOTICE_OR_PROCEDURE
from domain.rules.rule import (
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
    positions,
)
from domain.terms import Instant, MemberId, Text, dutch_date

# ---------------------------------------------------------------------------------------- AWD-02


def signed_after_standstill(case: Case) -> Verdict:
    """A term of days ends with its last day: signing is allowed from the next day on, holiday or not.

    The latest letter of before the signature counts; for a tenderer who was never told the term
    did not begin. Nothing can be said before the signature: that no contract was signed yet does
    not show that the standstill will be kept.
    """
    due = standstill(case)
    if due.days == 0:
        return NotApplicable(
            why=Text(
                nl="Er hoeft niet te worden gewacht: de wet vraagt het hier niet, niets is beloofd"
                " of niemand anders dingt mee.",
                en="There is no need to wait: the law does not ask it here, nothing was promised,"
                " or nobody else competes.",
            )
        )
    require_tenders(case)
    contract = case.dossier.project.first(ContractSigned)
    if contract is None:
        raise _not_signed(case, due)
    signed = dutch_date(contract.occurred_at)
    sent, untold = last_letter_day(case, by=contract.occurred_at)
    evidence = positions(*letters(case, by=contract.occurred_at).values(), contract)
    if sent is None or untold:
        return _never_began(case, contract, untold, due)
    end = due.end(sent)
    told = _told(due, sent, end)
    day = wording.day(signed)
    if signed > end:
        return Pass(
            why=Text(nl=f"{told.nl} Getekend op {day.nl}.", en=f"{told.en} Signed on {day.en}."),
            evidence=evidence,
        )
    first = wording.day(add_days(end, 1))
    return Violation(
        why=Text(
            nl=f"{told.nl} Getekend op {day.nl}; dat mocht vanaf {first.nl}.",
            en=f"{told.en} Signed on {day.en}; that was allowed from {first.en}.",
        ),
        evidence=evidence,
        severity=_severity(due, signed, sent),
        remedy=_VOIDABLE,
    )


_VOIDABLE = Text(
    nl="Leg de overeenkomst voor aan een jurist: zij kan vernietigbaar zijn (Aw 4.15(1)(b)).",
    en="Put the contract before a lawyer: it may be voidable (Aw 4.15(1)(b)).",
)


def _severity(due: Standstill, signed: date, sent: date) -> Severity:
    """Breaking the statute is worse than breaking only a promise that went further."""
    unlawful = due.by_law > 0 and signed <= legal_end(sent, due.by_law)
    return Severity.BLOCKER if unlawful else Severity.MAJOR


def _not_signed(case: Case, due: Standstill) -> Missing:
    sent, untold = last_letter_day(case)
    if sent is None or untold:
        return Missing("de ondertekening van de overeenkomst", "the signature of the contract")
    first = wording.day(add_days(due.end(sent), 1))
    return Missing(
        f"de ondertekening van de overeenkomst, die mag vanaf {first.nl}",
        f"the signature of the contract, which is allowed from {first.en}",
    )


def _never_began(
    case: Case,
    contract: Recorded[ContractSigned],
    untold: frozenset[MemberId],
    due: Standstill,
) -> Violation:
    day = wording.day(dutch_date(contract.occurred_at))
    who = case.names(untold)
    nl = f"{who} was" if untold else "De inschrijvers waren"
    en = f"{who} had" if untold else "The tenderers had"
    return Violation(
        why=Text(
            nl=f"{nl} niet ingelicht toen op {day.nl} werd getekend: de opschortende termijn was"
            " niet begonnen.",
            en=f"{en} not been told when the contract was signed on {day.en}: the standstill had"
            " not begun.",
        ),
        evidence=positions(*letters(case, by=contract.occurred_at).values(), contract),
        severity=Severity.BLOCKER if due.by_law else Severity.MAJOR,
        remedy=_VOIDABLE,
    )


def _told(due: Standstill, sent: date, end: date) -> Text:
    """When the letters went out, where the days end, and where the Algemene termijnenwet ends."""
    day, raw, last = wording.day(sent), wording.day(add_days(sent, due.days)), wording.day(end)
    moved = end != add_days(sent, due.days)
    nl = f"De laatste brief ging uit op {day.nl}; {due.days} dagen eindigen op {raw.nl}"
    en = f"The last letter went out on {day.en}; {due.days} days end on {raw.en}"
    if moved:
        nl += f", geen werkdag, dus op {last.nl}"
        en += f", no working day, hence on {last.en}"
    return Text(nl=f"{nl}.", en=f"{en}.")


AWD_02 = Rule(
    id="AWD-02",
    title=Text(
        nl="Niet tekenen binnen de opschortende termijn", en="No signature within the standstill"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION, Principle.TRANSPARENCY),
    sources=(
        Source(reference="Aw 2.127(1)-(4)", tag="V"),
        Source(reference="Algemene termijnenwet art. 1 and 3", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=signed_after_standstill,
)

# ---------------------------------------------------------------------------------------- AWD-04


def waited_for_the_court(case: Case) -> Verdict:
    """Until the court ruled or the claimant withdrew, and never before the standstill is over.

    What the ruling says is not judged here: signing against it is contempt, not haste.
    """
    contract = case.dossier.project.first(ContractSigned)
    due = standstill(case)
    if contract is None or due.days == 0:
        return _NO_STANDSTILL
    told = letters(case, by=contract.occurred_at) or letters(case)
    if not told:
        return _NO_STANDSTILL
    begun = min(each.occurred_at for each in told.values())
    end = due.end(max(dutch_date(each.occurred_at) for each in told.values()))
    sought = [
        each
        for each in case.dossier.project.of(InjunctionSought)
        if each.occurred_at >= begun and dutch_date(each.occurred_at) <= end
    ]
    if not sought:
        return _NO_STANDSTILL
    rulings = [_ruling(case, each.occurred_at) for each in sought]
    early = dutch_date(contract.occurred_at) <= end
    waited = all(each is not None and each.occurred_at <= contract.occurred_at for each in rulings)
    day, last = wording.day(dutch_date(contract.occurred_at)), wording.day(end)
    evidence = positions(*sought, *rulings, contract)
    if waited and not early:
        return Pass(
            why=Text(
                nl=f"Getekend op {day.nl}, na de uitspraak en na de opschortende termijn tot"
                f" {last.nl}.",
                en=f"Signed on {day.en}, after the ruling and after the standstill to {last.en}.",
            ),
            evidence=evidence,
        )
    return Violation(
        why=Text(
            nl=f"Getekend op {day.nl}, terwijl in kort geding nog niet was beslist."
            if not waited
            else f"Getekend op {day.nl}, binnen de opschortende termijn tot {last.nl}, terwijl een"
            " kort geding liep.",
            en=f"Signed on {day.en}, while the injunction was not decided yet."
            if not waited
            else f"Signed on {day.en}, within the standstill to {last.en}, while an injunction had"
            " been asked.",
        ),
        evidence=evidence,
        remedy=_VOIDABLE,
    )


_NO_STANDSTILL = NotApplicable(
    why=Text(
        nl="Er is geen overeenkomst getekend terwijl tijdens een opschortende termijn een kort"
        " geding was gevraagd.",
        en="No contract was signed after an injunction was asked during a standstill.",
    )
)


def _ruling(case: Case, after: Instant) -> Recorded[InjunctionDecided] | None:
    """The first decision since: one injunction is pending at a time."""
    found: list[Recorded[Any]] = [
        each for each in case.dossier.project.of(InjunctionDecided) if each.occurred_at >= after
    ]
    return min(found, key=lambda each: (each.occurred_at, each.position), default=None)


AWD_04 = Rule(
    id="AWD-04",
    title=Text(nl="Wachten op de rechter", en="Waiting for the court"),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(Source(reference="Aw 2.131", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(
            nl="er is geen kort geding gevraagd, of niets getekend",
            en="no injunction was asked, or nothing was signed",
        ),
        met=lambda case: (
            case.dossier.project.first(InjunctionSought) is not None
            and case.dossier.project.first(ContractSigned) is not None
        ),
    ),
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=waited_for_the_court,
)
