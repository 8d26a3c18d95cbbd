"""What a circle publishes and whom it lets in: CIR-08 and CIR-09."""

from dataclasses import dataclass
from typing import Any

from domain.circle.meetings import MeetingHeld, ReportPublished
from domain.circle.membership import (
    EntryAnswered,
    EntryGround,
    EntryOutcome,
    EntryRequested,
    MemberJoined,
)
from domain.convenant_project.preparation import ProjectDiscussed
from domain.dossier import File
from domain.law.calendar import add_days, add_working_days
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.circle.span import HEARD, meetings, span
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    breach,
    positions,
)
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- CIR-08


@dataclass(frozen=True, kw_only=True)
class _Overdue:
    met: Recorded[MeetingHeld]
    report: Recorded[ReportPublished] | None
    due: Text
    term: InForce
    about_a_project: bool


def reports_are_published(case: Case) -> Verdict:
    """A meeting whose term still runs on the day of judging is not yet late.

    A meeting has project content where its agenda or its report names any project, or this project
    says that it was discussed there.
    """
    today = dutch_date(case.judged_at)
    held = meetings(case)
    in_time: list[Recorded[Any]] = []
    late: list[_Overdue] = []
    for file, met in held:
        day = dutch_date(met.occurred_at)
        term = case.number(ParameterKey.REPORT_PUBLICATION, day)
        due = add_working_days(day, term.value)
        report = _report(file, met)
        seen = today if report is None else min(today, dutch_date(report.occurred_at))
        if seen > due:
            late.append(
                _Overdue(
                    met=met,
                    report=report,
                    due=wording.day(due),
                    term=term,
                    about_a_project=_about_a_project(case, met, report),
                )
            )
        elif report is not None:
            in_time.append(report)
    if not late:
        return Pass(
            why=Text(
                nl=f"Van elke bijeenkomst sinds het begin van het project ({len(held)}) kwam het"
                " verslag op tijd op de website, of loopt de termijn nog.",
                en=f"Of every meeting since the project began ({len(held)}) the report came to the"
                " website in time, or the term still runs.",
            ),
            evidence=positions(*in_time),
        )
    told = [_told(each) for each in late]
    weighty = any(each.about_a_project for each in late)
    return breach(
        Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told)),
        positions(*(each.met for each in late), *(each.report for each in late)),
        numbers=[each.term for each in late],
        severity=Severity.MAJOR if weighty else Severity.MINOR,
        remedy=Text(
            nl="Publiceer het verslag alsnog op de website van de gemeente.",
            en="Publish the report on the municipality's website after all.",
        ),
    )


def _report(file: File[Any], met: Recorded[MeetingHeld]) -> Recorded[ReportPublished] | None:
    found = [each for each in file.of(ReportPublished) if each.fact.meeting == met.fact.meeting]
    return min(found, key=lambda each: (each.occurred_at, each.position), default=None)


def _about_a_project(
    case: Case, met: Recorded[MeetingHeld], report: Recorded[ReportPublished] | None
) -> bool:
    return (
        any(item.project is not None for item in met.fact.agenda)
        or (report is not None and bool(report.fact.projects))
        or any(
            each.fact.meeting == met.fact.meeting and each.fact.circle == met.stream
            for each in case.dossier.project.of(ProjectDiscussed)
        )
    )


def _told(each: _Overdue) -> Text:
    met = wording.day(dutch_date(each.met.occurred_at))
    days = wording.plural(each.term.value, "werkdag", "werkdagen")
    days_en = wording.plural(each.term.value, "working day", "working days")
    if each.report is None:
        return Text(
            nl=f"Van de bijeenkomst van {met.nl} stond op {each.due.nl}, na {days}, geen verslag"
            " openbaar.",
            en=f"No report of the meeting of {met.en} was public on {each.due.en}, after"
            f" {days_en}.",
        )
    on = wording.day(dutch_date(each.report.occurred_at))
    return Text(
        nl=f"Het verslag van de bijeenkomst van {met.nl} kwam op {on.nl}, na {each.due.nl}"
        f" ({days}).",
        en=f"The report of the meeting of {met.en} came on {on.en}, after {each.due.en}"
        f" ({days_en}).",
    )


CIR_08 = Rule(
    id="CIR-08",
    title=Text(
        nl="Verslagen staan op de website van de gemeente",
        en="Reports stand on the municipality's website",
    ),
    subject=Subject.CIRCLE,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="seeds F1:705", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MINOR,
    trigger=HEARD,
    needs=(),
    check=reports_are_published,
)

# ---------------------------------------------------------------------------------------- CIR-09


@dataclass(frozen=True, kw_only=True)
class _Request:
    """`answer` is what came of it: an answer, or joining the circle, which is one as well."""

    asked: Recorded[EntryRequested]
    answer: Recorded[Any] | None


def _requests(file: File[Any]) -> tuple[_Request, ...]:
    answers: list[Recorded[Any]] = [*file.of(EntryAnswered), *file.of(MemberJoined)]
    found = []
    for asked in file.of(EntryRequested):
        after = [
            each
            for each in answers
            if each.fact.member == asked.fact.member and each.occurred_at >= asked.occurred_at
        ]
        answer = min(after, key=lambda each: (each.occurred_at, each.position), default=None)
        found.append(_Request(asked=asked, answer=answer))
    return tuple(found)


def entry_is_open(case: Case) -> Verdict:
    """Requests that were open at some time between the project's start and the day of judging.

    The one condition that may be asked is having worked in the municipality. A refusal for want
    of that is allowed, unless the request itself is on record as meeting it. A late answer is a
    breach as well: until it came the request lay unanswered.
    """
    within = span(case)
    open_then = [
        each
        for file in case.dossier.circles.values()
        for each in _requests(file)
        if within.first is None
        or each.answer is None
        or dutch_date(each.answer.occurred_at) >= within.first
        if dutch_date(each.asked.occurred_at) <= within.last
    ]
    refused = [each for each in open_then if _wrongly_refused(each)]
    slow: list[tuple[_Request, InForce]] = []
    for each in open_then:
        asked = dutch_date(each.asked.occurred_at)
        term = case.number(ParameterKey.ENTRY_ANSWER, asked)
        answered = within.last if each.answer is None else dutch_date(each.answer.occurred_at)
        if min(answered, within.last) > add_days(asked, term.value):
            slow.append((each, term))
    evidence = positions(*(each.asked for each in open_then), *(each.answer for each in open_then))
    if not refused and not slow:
        return Pass(
            why=Text(
                nl="Ieder verzoek tot toetreding is op tijd beantwoord en geen is onterecht"
                " geweigerd.",
                en="Every request to join was answered in time and none was wrongly refused.",
            ),
            evidence=evidence,
        )
    told = [_told_refusal(case, each) for each in refused]
    told += [_told_slow(case, each, term) for each, term in slow]
    why = Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told))
    found = [*refused, *(each for each, _ in slow)]
    proof = positions(*(each.asked for each in found), *(each.answer for each in found))
    remedy = Text(
        nl="Beantwoord het verzoek alsnog, en weiger alleen wie niet in de gemeente heeft gewerkt.",
        en="Answer the request after all, and refuse only who has not worked in the municipality.",
    )
    if refused:
        return Violation(why=why, evidence=proof, remedy=remedy)
    return breach(why, proof, numbers=[term for _, term in slow], remedy=remedy)


def _wrongly_refused(request: _Request) -> bool:
    answer = request.answer
    return (
        answer is not None
        and isinstance(answer.fact, EntryAnswered)
        and answer.fact.outcome is EntryOutcome.REFUSED
        and (
            answer.fact.ground is not EntryGround.NO_WORK_IN_MUNICIPALITY
            or request.asked.fact.meets_condition
        )
    )


def _told_refusal(case: Case, request: _Request) -> Text:
    answer = request.answer
    if answer is None:
        raise AssertionError("a request that was refused has an answer")
    who, on = case.name(request.asked.fact.member), wording.day(dutch_date(answer.occurred_at))
    return Text(
        nl=f"{who} is op {on.nl} geweigerd zonder dat werk in de gemeente ontbrak"
        f" (grond: {answer.fact.ground}).",
        en=f"{who} was refused on {on.en} though it did not lack work in the municipality"
        f" (ground: {answer.fact.ground}).",
    )


def _told_slow(case: Case, request: _Request, term: InForce) -> Text:
    who = case.name(request.asked.fact.member)
    asked = wording.day(dutch_date(request.asked.occurred_at))
    if request.answer is None:
        return Text(
            nl=f"Het verzoek van {who} van {asked.nl} is na {term.value} dagen onbeantwoord.",
            en=f"The request of {who} of {asked.en} is unanswered after {term.value} days.",
        )
    on = wording.day(dutch_date(request.answer.occurred_at))
    return Text(
        nl=f"Het verzoek van {who} van {asked.nl} is pas op {on.nl} beantwoord, na meer dan"
        f" {term.value} dagen.",
        en=f"The request of {who} of {asked.en} was answered on {on.en} only, after more than"
        f" {term.value} days.",
    )


CIR_09 = Rule(
    id="CIR-09",
    title=Text(nl="Open toetreding", en="Open entry"),
    subject=Subject.CIRCLE,
    principles=(Principle.NON_DISCRIMINATION, Principle.TRANSPARENCY),
    sources=(Source(reference="seeds F0:45, F0:165-167", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=HEARD,
    needs=(),
    check=entry_is_open,
)
