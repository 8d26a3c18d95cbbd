"""Contracts that may be one contract cut into pieces: THR-05."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.contract_design import (
    EstimateMade,
    MotivationGiven,
    MotivationSubject,
)
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.preparation import ProjectRegistered
from domain.dossier import Dossier
from domain.law.calendar import add_months
from domain.law.parameter_keys import ParameterKey
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.needs import ESTIMATE, NOTICE_OR_PROCEDURE
from domain.rules.neighbours import neighbours
from domain.rules.outside import outside
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    Warn,
    positions,
)
from domain.terms import Euro, MemberId, Text, dutch_date


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A contract as this rule sees it: on which day it came to market, and for how much."""

    dossier: Dossier
    registration: Recorded[ProjectRegistered]
    started: Recorded[Any]
    estimate: Recorded[EstimateMade] | None

    @property
    def day(self) -> date:
        return dutch_date(self.started.occurred_at)

    @property
    def worth(self) -> Euro:
        return Euro(0) if self.estimate is None else self.estimate.fact.amount

    @property
    def contractors(self) -> frozenset[MemberId]:
        signed = self.dossier.project.of(ContractSigned)
        return frozenset(
            member for each in signed for member in self.dossier.group(each.fact.contractor)
        )

    @property
    def explained(self) -> tuple[Recorded[MotivationGiven], ...]:
        """The objective reasons on record for keeping this contract apart."""
        return tuple(
            each
            for each in self.dossier.project.of(MotivationGiven)
            if each.fact.subject is MotivationSubject.NOT_SPLIT
        )

    @property
    def proof(self) -> tuple[Recorded[Any] | None, ...]:
        return (self.registration, self.started, self.estimate)


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Pieces that each stay below `limit` and reach it together."""

    limit: Euro
    pieces: tuple[Piece, ...]

    @property
    def sum(self) -> Euro:
        return Euro(sum(piece.worth for piece in self.pieces))


def _piece(dossier: Dossier) -> Piece | None:
    """None where the contract has not come to market: then it is judged when it does."""
    registration, started = dossier.registration, dossier.notice_sent or dossier.procedure
    if registration is None or started is None:
        return None
    if outside(dossier) is not None:
        return None
    return Piece(
        dossier=dossier,
        registration=registration,
        started=started,
        estimate=dossier.estimate(by=started.occurred_at),
    )


def _same(one: str, other: str) -> bool:
    def plain(text: str) -> str:
        return " ".join(text.casefold().split())

    return bool(plain(one)) and plain(one) == plain(other)


def _akin(one: Piece, other: Piece) -> bool:
    """Same CPV division, and the same object, location or contractor's group.

    Whether two locations adjoin cannot be read from their names: a check by people sees that.
    """
    mine, theirs = one.registration.fact, other.registration.fact
    return mine.cpv[:2] == theirs.cpv[:2] and (
        _same(mine.object, theirs.object)
        or _same(mine.location, theirs.location)
        or bool(one.contractors & other.contractors)
    )


def _windows(own: Piece, others: Iterable[Piece], months: int) -> Iterator[tuple[Piece, ...]]:
    """Every run of `months`, its last day included, that holds `own`: what came to market in it."""
    pieces = [own, *others]
    for start in sorted({piece.day for piece in pieces}):
        end = add_months(start, months)
        if start <= own.day <= end:
            yield tuple(piece for piece in pieces if start <= piece.day <= end)


def _crossing(
    own: Piece, others: Iterable[Piece], limits: tuple[Euro, ...], months: int
) -> Crossing | None:
    """The highest limit that own and akin contracts duck under, each alone, and reach together."""
    found = []
    for window in _windows(own, others, months):
        for limit in limits:
            below = tuple(piece for piece in window if piece.worth < limit)
            crossing = Crossing(limit=limit, pieces=below)
            if own.worth < limit <= crossing.sum:
                found.append(crossing)
    return max(found, key=lambda each: (each.limit, each.sum), default=None)


def no_splitting(case: Case) -> Verdict:
    """The engine warns and asks for a review; only people find an intent (oogmerk).

    A reason on file at either of two akin contracts explains that pair. A review that found no
    intent closes the matter for the contracts that were on record when it looked.
    """
    window = case.number(ParameterKey.SPLITTING_WINDOW)
    row, estimate = case.threshold_row, case.estimate
    own = _piece(case.dossier)
    if own is None:
        raise Missing("de registratie van het project", "the registration of the project")
    reviews = sorted(
        (
            each
            for each in case.dossier.project.of(RecordChecked)
            if each.fact.check is RecordCheck.SPLITTING_INTENT
        ),
        key=lambda each: (each.occurred_at, each.position),
    )
    review = reviews[-1] if reviews else None
    if review is not None and not review.fact.passed:
        on = wording.day(dutch_date(review.occurred_at))
        return Violation(
            why=Text(
                nl=f"Op {on.nl} is vastgelegd dat de opdracht is gesplitst met het oogmerk de"
                " regels te ontgaan.",
                en=f"On {on.en} it was put on record that the contract was split with the intent"
                " to escape the rules.",
            ),
            evidence=positions(review, estimate, case.reference),
            remedy=Text(
                nl="Tel de opdrachten samen en besteed ze aan volgens de procedure voor het"
                " geheel.",
                en="Add the contracts up and procure them by the procedure for the whole.",
            ),
        )
    akin = [
        piece
        for each in neighbours(case)
        if (piece := _piece(each)) is not None and _akin(own, piece)
    ]
    unexplained = [] if own.explained else [piece for piece in akin if not piece.explained]
    limits = case.parameters.splitting_limits(own.registration.fact.kind, case.reference_day)
    crossing = _crossing(own, unexplained, limits, window.value)
    if crossing is None:
        if own.worth < row.amount:
            _require_estimates(own, unexplained, window.value)
        return _nothing_split(own, akin, row.amount)
    evidence = _proof(own, crossing)
    if review is not None and review.fact.up_to >= evidence[-1]:
        return Pass(
            why=Text(
                nl="Verwante opdrachten zijn nagezien en er is geen oogmerk tot splitsen gevonden.",
                en="Akin contracts were reviewed and no intent to split was found.",
            ),
            evidence=positions(review),
        )
    return _suspicion(case, crossing, window.value, evidence)


def _proof(own: Piece, crossing: Crossing) -> tuple[int, ...]:
    """What each piece was worth, and the contracts that tie it to the same contractor's group."""
    tied = [
        signed
        for piece in crossing.pieces
        if piece is not own and own.contractors & piece.contractors
        for dossier in (own.dossier, piece.dossier)
        for signed in dossier.project.of(ContractSigned)
    ]
    return positions(*(fact for piece in crossing.pieces for fact in piece.proof), *tied)


def _require_estimates(own: Piece, others: Iterable[Piece], months: int) -> None:
    """An akin contract of unknown value could be the piece that makes the sum."""
    for window in _windows(own, others, months):
        for piece in window:
            if piece.estimate is None:
                title = piece.registration.fact.title
                raise Missing(
                    f"de raming van {title}, een verwante opdracht",
                    f"the estimate of {title}, an akin contract",
                )


def _nothing_split(own: Piece, akin: list[Piece], european: Euro) -> Verdict:
    proof = [*own.explained, *(fact for piece in akin for fact in piece.explained)]
    limit = wording.amount(european)
    return Pass(
        why=Text(
            nl=f"Geen opdrachten die samen een grens halen (de hoogste is {limit.nl}) zijn zonder"
            f" reden apart gehouden; verwante opdrachten: {len(akin)}.",
            en=f"No contracts that together reach a limit (the highest is {limit.en}) were kept"
            f" apart without a reason; akin contracts: {len(akin)}.",
        ),
        evidence=positions(*own.proof, *proof),
    )


def _suspicion(case: Case, crossing: Crossing, months: int, evidence: tuple[int, ...]) -> Warn:
    limit, together = wording.amount(crossing.limit), wording.amount(crossing.sum)
    titles = ", ".join(
        sorted(
            piece.registration.fact.title
            for piece in crossing.pieces
            if piece.dossier.id != case.dossier.id
        )
    )
    return Warn(
        why=Text(
            nl=f"Deze opdracht en {titles} lijken op elkaar, kwamen binnen {months} maanden op de"
            f" markt en blijven elk onder {limit.nl}, maar zijn samen {together.nl}; er is geen"
            " objectieve reden vastgelegd.",
            en=f"This contract and {titles} are akin, came to market within {months} months and"
            f" each stay below {limit.en}, but together they are {together.en}; no objective"
            " reason is on record.",
        ),
        evidence=evidence,
        remedy=Text(
            nl="Leg de objectieve reden vast, of laat nagaan of er een oogmerk tot splitsen was.",
            en="Record the objective reason, or have somebody review whether there was an intent"
            " to split.",
        ),
    )


THR_05 = Rule(
    id="THR-05",
    title=Text(
        nl="Opdrachten zijn niet gesplitst om de regels te ontgaan",
        en="Contracts are not split to escape the rules",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.NON_DISCRIMINATION, Principle.TRANSPARENCY),
    sources=(Source(reference="Aw 2.14(1)-(2), 1.10a", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=no_splitting,
)
