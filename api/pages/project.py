"""The page of one project, as a value that its template only has to lay out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from api.pages import pictures
from api.pages.matrix import Matrix, matrix
from api.pages.texts import said, teller
from application.compliance import Verdicts
from application.sentences import sentence
from application.sentences.names import Names
from application.vocabulary import word
from domain.law.coverage import NotCovered
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.rule import (
    Indeterminate,
    Judgement,
    NotApplicable,
    Outcome,
    Pass,
    Severity,
    Violation,
    Warn,
)
from domain.steps import Step, steps
from domain.terms import DUTCH_TIME, Instant, Language, Text, dutch_date

WORST_FIRST = (
    Outcome.VIOLATION,
    Outcome.WARN,
    Outcome.INDETERMINATE,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of the timeline: what one command did. `more` are its further, similar facts."""

    position: int
    positions: tuple[int, ...]
    day: str
    clock: str
    recorded: str | None
    """The day of recording, where that is another."""
    sentence: str
    more: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """An event that a verdict rests on; `here` when the page's own timeline shows it."""

    position: int
    here: bool
    sentence: str


@dataclass(frozen=True, kw_only=True)
class VerdictRow:
    id: str
    title: str
    outcome: Outcome
    severity: Severity | None
    why: str
    remedy: str | None
    sources: tuple[tuple[str, str], ...]
    """Reference and tag."""
    evidence: tuple[Proof, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectPage:
    id: str
    title: str
    position: int
    judged_at: str
    parameters: str
    particulars: tuple[tuple[str, str], ...]
    """Key of a text, and the value."""
    steps: tuple[Step, ...]
    steps_picture: Markup
    counts: tuple[tuple[Outcome, int], ...]
    counts_picture: Markup
    matrix: Matrix
    matrix_picture: Markup | None
    timeline: tuple[Moment, ...]
    verdicts: tuple[tuple[Outcome, tuple[VerdictRow, ...]], ...]


def project_page(verdicts: Verdicts, names: Names, language: Language) -> ProjectPage:
    """Everything that a signed-in reader sees of a project, as of the verdicts' position."""
    dossier = verdicts.dossier
    case = verdicts.case
    tell = teller(language)
    registration = dossier.registration
    rows = steps(dossier)
    known = matrix(case, names)
    shown = _shown(verdicts)
    counts = tuple(
        (each, sum(judged.outcome is each for judged in verdicts.judgements))
        for each in WORST_FIRST
    )
    return ProjectPage(
        id=str(dossier.id),
        title=str(dossier.id) if registration is None else registration.fact.title,
        position=dossier.position,
        judged_at=moment(verdicts.judged_at),
        parameters=verdicts.parameters,
        particulars=tuple(_particulars(case, names, language)),
        steps=rows,
        steps_picture=pictures.steps(
            [
                pictures.Dot(
                    number=each.number,
                    title=said(each.title, language),
                    reached=each.reached_at is not None,
                )
                for each in rows
            ],
            tell("steps.title"),
        ),
        counts=counts,
        counts_picture=pictures.bar(
            [(each, tell(f"outcome.{each}"), count) for each, count in counts],
            tell("summary.caption"),
        ),
        matrix=known,
        matrix_picture=pictures.knowledge(known, tell, tell("matrix.picture")),
        timeline=timeline(shown, names, language),
        verdicts=tuple(_verdicts(verdicts, shown, names, language)),
    )


# ------------------------------------------------------------------------------------ particulars


def _particulars(case: Case, names: Names, language: Language) -> Iterable[tuple[str, str]]:
    dossier = case.dossier
    if (registration := dossier.registration) is not None:
        fact = registration.fact
        yield "project.authority", names(fact.authority)
        yield "project.object", fact.object
        yield "project.location", fact.location
        yield "project.kind", said(word(fact.kind), language)
        yield "project.cpv", fact.cpv
    if dossier.circles:
        yield "project.circles", ", ".join(sorted(names(each) for each in dossier.circles))
    if (procedure := dossier.procedure) is not None:
        yield "project.procedure", said(word(procedure.fact.procedure), language)
    yield from _computed(case, language)


def _computed(case: Case, language: Language) -> Iterable[tuple[str, str]]:
    """What the law makes of the facts; left out while something is missing."""
    tell = teller(language)

    def on(day: date) -> str:
        return said(wording.day(day), language)

    asked: Sequence[tuple[str, Callable[[], str]]] = (
        ("project.estimate", lambda: said(wording.amount(case.estimate.fact.amount), language)),
        ("project.regime", lambda: tell(f"regime.{case.regime_in_full}")),
        ("project.opening", lambda: on(dutch_date(case.opening.occurred_at))),
        ("project.cutoff", lambda: on(case.cutoff_day)),
        ("project.deadline", lambda: moment(case.deadline)),
    )
    for key, ask in asked:
        try:
            yield key, ask()
        except (Missing, NotCovered):
            continue


# --------------------------------------------------------------------------------------- timeline


def _shown(verdicts: Verdicts) -> tuple[Recorded[Any], ...]:
    """The project's own events, and those of others that a verdict rests on."""
    dossier = verdicts.dossier
    cited = {position for each in verdicts.judgements for position in evidence(each)}
    others = (
        each
        for files in (dossier.circles, dossier.members, dossier.neighbours)
        for file in files.values()
        for each in file.facts
        if each.position in cited
    )
    return tuple(
        sorted(
            (*dossier.project.facts, *others), key=lambda each: (each.occurred_at, each.position)
        )
    )


def timeline(
    events: Sequence[Recorded[Any]], names: Names, language: Language
) -> tuple[Moment, ...]:
    """One line for each run of like facts of one command."""

    def act(event: Recorded[Any]) -> tuple[Any, type]:
        return event.command, type(event.fact)

    return tuple(_moment(tuple(run), names, language) for _, run in groupby(events, key=act))


def _moment(run: tuple[Recorded[Any], ...], names: Names, language: Language) -> Moment:
    first, *rest = run
    happened, written = first.occurred_at, first.recorded_at
    differs = dutch_date(happened) != dutch_date(written)
    return Moment(
        position=first.position,
        positions=tuple(each.position for each in run),
        day=said(wording.day(dutch_date(happened)), language),
        clock=happened.astimezone(DUTCH_TIME).strftime("%H:%M"),
        recorded=said(wording.day(dutch_date(written)), language) if differs else None,
        sentence=said(sentence(first.fact, names), language),
        more=tuple((each.position, said(sentence(each.fact, names), language)) for each in rest),
    )


# --------------------------------------------------------------------------------------- verdicts


def _verdicts(
    verdicts: Verdicts, shown: Sequence[Recorded[Any]], names: Names, language: Language
) -> Iterable[tuple[Outcome, tuple[VerdictRow, ...]]]:
    told = {each.position: said(sentence(each.fact, names), language) for each in shown}
    for outcome in WORST_FIRST:
        rows = tuple(
            _verdict(each, told, language)
            for each in verdicts.judgements
            if each.outcome is outcome
        )
        if rows:
            yield outcome, rows


def _verdict(judged: Judgement, told: dict[int, str], language: Language) -> VerdictRow:
    why, remedy = _explained(judged)
    return VerdictRow(
        id=judged.rule.id,
        title=said(judged.rule.title, language),
        outcome=judged.outcome,
        severity=judged.severity,
        why=said(why, language),
        remedy=None if remedy is None else said(remedy, language),
        sources=tuple((each.reference, each.tag) for each in judged.rule.sources),
        evidence=tuple(
            Proof(position=each, here=each in told, sentence=told.get(each, ""))
            for each in evidence(judged)
        ),
    )


def _explained(judged: Judgement) -> tuple[Text, Text | None]:
    match judged.verdict:
        case Pass(why=why) | NotApplicable(why=why):
            return why, None
        case Violation(why=why, remedy=remedy) | Warn(why=why, remedy=remedy):
            return why, remedy
        case Indeterminate(missing=missing):
            return Text(nl=f"Ontbreekt: {missing.nl}.", en=f"Missing: {missing.en}."), None


def evidence(judged: Judgement) -> tuple[int, ...]:
    """The positions that a verdict rests on."""
    match judged.verdict:
        case Pass(evidence=found) | Violation(evidence=found) | Warn(evidence=found):
            return found
        case NotApplicable() | Indeterminate():
            return ()


def moment(instant: Instant) -> str:
    """2026-04-14 10:00, Dutch time."""
    return instant.astimezone(DUTCH_TIME).strftime("%Y-%m-%d %H:%M")
