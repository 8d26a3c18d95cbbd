"""Who sits in a circle, and for how long: CIR-01, CIR-03 and CIR-07."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.circle.founding import CircleFounded
from domain.circle.meetings import MeetingHeld
from domain.circle.membership import (
    EntryAnswered,
    EntryOutcome,
    EntryRequested,
    MemberJoined,
    MemberLeft,
)
from domain.circle.seats import RotationScheduled, SeatTaken, SeatVacated, Side
from domain.dossier import File
from domain.law.calendar import add_months
from domain.law.parameter_keys import ParameterKey
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.circle.span import HEARD, Span, meetings, span
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
    breach,
    positions,
)
from domain.terms import Code, Instant, MemberId, Text, dutch_date


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """One organisation on one seat. `since` is when it first sat there, with nobody in between.

    Another person for the same organisation, or a seat given up and taken again, is no rotation.
    """

    taken: Recorded[SeatTaken]
    since: Recorded[SeatTaken]
    ended: Recorded[Any] | None

    @property
    def member(self) -> MemberId:
        return self.taken.fact.member

    def holds(self, moment: Instant) -> bool:
        return self.taken.occurred_at <= moment and (
            self.ended is None or moment < self.ended.occurred_at
        )


def tenures(file: File[Any], side: Side) -> tuple[Tenure, ...]:
    """Every stretch on a seat of one side; leaving the circle gives up the seat as well."""
    moves: list[Recorded[Any]] = [
        *file.of(SeatTaken),
        *file.of(SeatVacated),
        *file.of(MemberLeft),
    ]
    sitting: dict[Code, Tenure] = {}
    before: dict[Code, Tenure] = {}
    found: list[Tenure] = []

    def end(seat: Code, by: Recorded[Any]) -> None:
        tenure = sitting.pop(seat, None)
        if tenure is not None:
            before[seat] = Tenure(taken=tenure.taken, since=tenure.since, ended=by)
            found.append(before[seat])

    for move in sorted(moves, key=lambda each: (each.occurred_at, each.position)):
        fact = move.fact
        if isinstance(fact, MemberLeft):
            for seat in [each for each, held in sitting.items() if held.member == fact.member]:
                end(seat, move)
            continue
        end(fact.seat, move)
        if isinstance(fact, SeatTaken):
            last = before.get(fact.seat)
            since = last.since if last is not None and last.member == fact.member else move
            sitting[fact.seat] = Tenure(taken=move, since=since, ended=None)
    found += sitting.values()
    return tuple(each for each in found if each.taken.fact.side is side)


def _taken(file: File[Any], side: Side, moment: Instant) -> tuple[Recorded[SeatTaken], ...]:
    return tuple(each.taken for each in tenures(file, side) if each.holds(moment))


# ---------------------------------------------------------------------------------------- CIR-01


def sme_seats(case: Case) -> Verdict:
    """Counted at each meeting; the rule book makes this advice, so a breach warns."""
    held = meetings(case)
    for file, met in held:
        day = dutch_date(met.occurred_at)
        least = case.number(ParameterKey.SME_SEATS_AT_LEAST, day).value
        most = case.number(ParameterKey.SME_SEATS_AT_MOST, day).value
        seats = _taken(file, Side.SME, met.occurred_at)
        if not least <= len(seats) <= most:
            on, count = wording.day(day), len(seats)
            return Warn(
                why=Text(
                    nl=f"Bij de bijeenkomst van {on.nl} waren er {count} mkb-zetels bezet; bedoeld"
                    f" zijn {least} tot en met {most}.",
                    en=f"At the meeting of {on.en} {count} SME seats were taken; {least} to {most}"
                    " are meant.",
                ),
                evidence=positions(met, *seats),
                remedy=Text(
                    nl="Laat de markt een lege zetel vullen, of laat een firma plaatsmaken.",
                    en="Let the market fill an empty seat, or let a firm make room.",
                ),
            )
    return Pass(
        why=Text(
            nl=f"Bij elke bijeenkomst sinds het begin van het project ({len(held)}) was het aantal"
            " mkb-zetels goed.",
            en=f"At every meeting since the project began ({len(held)}) the number of SME seats was"
            " right.",
        ),
        evidence=positions(*(met for _, met in held)),
    )


CIR_01 = Rule(
    id="CIR-01",
    title=Text(nl="Zeven of acht mkb-zetels", en="Seven or eight SME seats"),
    subject=Subject.CIRCLE,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(Source(reference="seeds F1:685", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.ADVISORY,
    trigger=HEARD,
    needs=(),
    check=sme_seats,
)

# ---------------------------------------------------------------------------------------- CIR-03


def municipal_seats(case: Case) -> Verdict:
    """Counted at each meeting, and at the moment of judging for every circle."""
    held = meetings(case)
    moments: list[tuple[File[Any], Instant, Recorded[MeetingHeld] | None]] = [
        *((file, met.occurred_at, met) for file, met in held),
        *((file, case.judged_at, None) for file in case.dossier.circles.values()),
    ]
    for file, moment, met in moments:
        day = dutch_date(moment)
        least = case.number(ParameterKey.MUNICIPAL_SEATS_AT_LEAST, day)
        most = case.number(ParameterKey.MUNICIPAL_SEATS_AT_MOST, day)
        seats = _taken(file, Side.MUNICIPAL, moment)
        if not least.value <= len(seats) <= most.value:
            on, count = wording.day(day), len(seats)
            return breach(
                Text(
                    nl=f"Op {on.nl} waren er {count} gemeentelijke zetels bezet; bedoeld zijn"
                    f" {least.value} tot en met {most.value}.",
                    en=f"On {on.en} {count} municipal seats were taken; {least.value} to"
                    f" {most.value} are meant.",
                ),
                positions(met, *seats),
                numbers=(least, most),
                remedy=Text(
                    nl="Vul de gemeentelijke zetels aan, of laat een vertegenwoordiger plaatsmaken.",
                    en="Fill the municipal seats, or let a representative make room.",
                ),
            )
    return Pass(
        why=Text(
            nl="Het aantal gemeentelijke zetels was telkens goed.",
            en="The number of municipal seats was right each time.",
        ),
        evidence=positions(*(met for _, met in held)),
    )


CIR_03 = Rule(
    id="CIR-03",
    title=Text(nl="Drie tot vijf gemeentelijke zetels", en="Three to five municipal seats"),
    subject=Subject.CIRCLE,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(Source(reference="seeds F1:687", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.ADVISORY,
    trigger=HEARD,
    needs=(),
    check=municipal_seats,
)

# ---------------------------------------------------------------------------------------- CIR-07


@dataclass(frozen=True, kw_only=True)
class Wait:
    """An eligible firm without a seat: from the day it asked, up to the day that ended it."""

    asked: Recorded[EntryRequested]
    over: Recorded[Any] | None

    @property
    def first(self) -> date:
        return dutch_date(self.asked.occurred_at)

    @property
    def last(self) -> date | None:
        """The last whole day of waiting; before `first` where it was seated the same day."""
        return None if self.over is None else dutch_date(self.over.occurred_at) - _DAY


_DAY = timedelta(days=1)


def waits(file: File[Any]) -> tuple[Wait, ...]:
    """Who may have a seat and waited for one.

    It met the condition when it asked, answered or not, or it was told to wait. A seat, joining the
    circle, or a refusal (which CIR-09 judges) ends the wait.
    """
    ends: list[Recorded[Any]] = [
        *file.of(SeatTaken),
        *file.of(MemberJoined),
        *(each for each in file.of(EntryAnswered) if each.fact.outcome is EntryOutcome.REFUSED),
    ]
    told_to_wait = [
        each for each in file.of(EntryAnswered) if each.fact.outcome is EntryOutcome.WAITING
    ]
    found = []
    for asked in file.of(EntryRequested):
        if asked.fact.meets_condition or _after(asked, told_to_wait):
            over = min(
                _after(asked, ends),
                key=lambda each: (each.occurred_at, each.position),
                default=None,
            )
            found.append(Wait(asked=asked, over=over))
    return tuple(found)


def _after(asked: Recorded[EntryRequested], facts: Iterable[Recorded[Any]]) -> list[Recorded[Any]]:
    """Those about the same organisation, from the request on."""
    return [
        each
        for each in facts
        if each.fact.member == asked.fact.member and each.occurred_at >= asked.occurred_at
    ]


def _last_day_together(tenure: Tenure, wait: Wait, within: Span) -> date | None:
    """The last day in the span on which one sat and the other waited; None where there is none."""
    until = [within.last]
    if tenure.ended is not None:
        until.append(dutch_date(tenure.ended.occurred_at) - _DAY)
    if wait.last is not None:
        until.append(wait.last)
    since = [dutch_date(tenure.taken.occurred_at), wait.first]
    if within.first is not None:
        since.append(within.first)
    return min(until) if max(since) <= min(until) else None


def rotation_is_followed(case: Case) -> Verdict:
    """A seat may be held longer than R months for as long as nobody waits for one.

    Whether it was too long is asked about the last day on which one sat and another waited: the
    tenure is longest then. Exactly R months is not yet longer.
    """
    within = span(case)
    schedules: list[Recorded[RotationScheduled]] = []
    for file in case.dossier.circles.values():
        schedule = file.last(RotationScheduled, by=case.judged_at)
        if schedule is None:
            return _no_schedule(file)
        schedules.append(schedule)
        for tenure in tenures(file, Side.SME):
            for wait in waits(file):
                day = _last_day_together(tenure, wait, within)
                if day is None:
                    continue
                months = case.number(ParameterKey.SEAT_ROTATION, day)
                if day > add_months(dutch_date(tenure.since.occurred_at), months.value):
                    return breach(
                        _too_long(case, tenure, wait, months.value),
                        positions(schedule, tenure.since, tenure.taken, wait.asked, wait.over),
                        numbers=(months,),
                        remedy=Text(
                            nl="Laat volgens het schema een zetel vrijkomen voor de wachtende firma.",
                            en="Let a seat become free for the waiting firm, by the schedule.",
                        ),
                    )
    return Pass(
        why=Text(
            nl="Er is een roulatieschema en geen firma wachtte terwijl een zetel te lang bezet was.",
            en="There is a rotation schedule and no firm waited while a seat was held too long.",
        ),
        evidence=positions(*schedules),
    )


def _no_schedule(file: File[Any]) -> Violation:
    return Violation(
        why=Text(
            nl="De kring heeft geen roulatieschema.", en="The circle has no rotation schedule."
        ),
        evidence=positions(file.first(CircleFounded)),
        remedy=Text(
            nl="Stel een roulatieschema vast en publiceer het.",
            en="Set a rotation schedule and publish it.",
        ),
    )


def _too_long(case: Case, tenure: Tenure, wait: Wait, months: int) -> Text:
    since = wording.day(dutch_date(tenure.since.occurred_at))
    asked = wording.day(wait.first)
    sits, waiting = case.name(tenure.member), case.name(wait.asked.fact.member)
    return Text(
        nl=f"{sits} zit sinds {since.nl} op zetel {tenure.taken.fact.seat}, langer dan {months}"
        f" maanden, terwijl {waiting} sinds {asked.nl} wacht(te).",
        en=f"{sits} has held seat {tenure.taken.fact.seat} since {since.en}, longer than {months}"
        f" months, while {waiting} has been waiting since {asked.en}.",
    )


CIR_07 = Rule(
    id="CIR-07",
    title=Text(
        nl="Er is een roulatieschema en het wordt gevolgd",
        en="There is a rotation schedule and it is followed",
    ),
    subject=Subject.CIRCLE,
    principles=(Principle.NON_DISCRIMINATION, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="seeds F1:703", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MINOR,
    trigger=HEARD,
    needs=(),
    check=rotation_is_followed,
)
