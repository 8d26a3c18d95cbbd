"""Answers in time: TML-04, and which answers came too late (TML-05 asks that as well)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from domain.convenant_project.questions import (
    InformationNoticePublished,
    QuestionAnsweredSeparately,
    QuestionAsked,
)
from domain.convenant_project.tendering import InvitationSent
from domain.law.calendar import add_days
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, DEADLINE, ESTIMATE, OPENING, PROCEDURE
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    breach,
    positions,
)
from domain.rules.time_limits.tender_period import AFTER_INVITATION, form
from domain.terms import DUTCH_TIME, Code, Text, dutch_date


@dataclass(frozen=True, kw_only=True)
class LateAnswer:
    """A timely question that was answered after the last day for it, or not at all (None)."""

    question: Recorded[QuestionAsked]
    answer: Recorded[Any] | None
    last: date


def deadline_on(case: Case, day: date) -> date:
    """The deadline as it stood when `day` began; what is moved on that day answers that day."""
    morning = datetime.combine(day, time.min, tzinfo=DUTCH_TIME).astimezone(UTC)
    return dutch_date(case.dossier.deadline_at(morning) or case.deadline)


def late_answers(case: Case) -> Iterator[LateAnswer]:
    """Timely questions of the tender phase that were not answered N days before the deadline.

    A question that is still open counts once its last day has passed at the moment of judging.
    In the selection phase no last day exists.
    """
    days = case.information_days.value
    for asked in _questions(case):
        answer = _answer(case, asked.fact.question)
        if answer is not None:
            day = dutch_date(answer.occurred_at)
            last = add_days(deadline_on(case, day), -days)
        else:
            day, last = dutch_date(case.judged_at), case.cutoff_day
        if day > last:
            yield LateAnswer(question=asked, answer=answer, last=last)


def _questions(case: Case) -> list[Recorded[QuestionAsked]]:
    phase = case.opening
    if form(case) in AFTER_INVITATION:
        phase = case.dossier.project.first(InvitationSent) or phase
    begun = dutch_date(phase.occurred_at)
    return [
        each
        for each in case.dossier.project.of(QuestionAsked)
        if each.fact.timely and dutch_date(each.occurred_at) >= begun
    ]


def _answer(case: Case, question: Code) -> Recorded[Any] | None:
    """The first answer, to all or to some; that all get it is for INF-07."""
    project = case.dossier.project
    found: list[Recorded[Any]] = [
        *(each for each in project.of(InformationNoticePublished) if question in each.fact.answers),
        *(
            each
            for each in project.of(QuestionAnsweredSeparately)
            if each.fact.question == question
        ),
    ]
    return min(found, key=lambda each: (each.occurred_at, each.position), default=None)


# ---------------------------------------------------------------------------------------- TML-04


def answered_in_time(case: Case) -> Verdict:
    """An extension after a late answer excuses it here; whether it is long enough is TML-05."""
    days = case.information_days
    closes = dutch_date(case.deadline)
    late = [
        each
        for each in late_answers(case)
        if each.answer is None or closes <= deadline_on(case, dutch_date(each.answer.occurred_at))
    ]
    if not late:
        return Pass(
            why=Text(
                nl="Geen tijdig gestelde vraag is later beantwoord dan"
                f" {wording.plural(days.value, 'dag', 'dagen')} voor het sluiten.",
                en="No timely question was answered later than"
                f" {wording.plural(days.value, 'day', 'days')} before the close.",
            ),
            evidence=positions(case.dossier.deadline()),
        )
    questions = ", ".join(sorted(each.question.fact.question for each in late))
    last = wording.day(min(each.last for each in late))
    closing = wording.day(closes)
    return breach(
        Text(
            nl=f"Op {questions} moest uiterlijk op {last.nl} antwoord zijn, {days.value} dagen"
            f" voor het sluiten op {closing.nl}; het kwam later of niet, en de termijn is niet"
            " verlengd.",
            en=f"{questions} had to be answered by {last.en}, {days.value} days before the close"
            f" on {closing.en}; the answer came later or not at all, and the term was not"
            " extended.",
        ),
        positions(
            *(each.question for each in late),
            *(each.answer for each in late),
            case.dossier.deadline(),
        ),
        numbers=(days,),
        remedy=Text(
            nl="Beantwoord de vraag aan allen en verleng voor het sluiten de termijn.",
            en="Answer the question to all and extend the term before it closes.",
        ),
    )


TML_04 = Rule(
    id="TML-04",
    title=Text(nl="Antwoorden komen op tijd", en="Answers come in time"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.PROPORTIONALITY),
    sources=(
        Source(reference="Aw 2.54(1)-(2)", tag="V"),
        Source(reference="ARW 2016, nota van inlichtingen", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(PROCEDURE, OPENING, ESTIMATE, DEADLINE),
    check=answered_in_time,
)
