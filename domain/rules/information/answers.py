"""Answers to questions, confidences and the spoken word: INF-07, INF-09 and INF-10."""

from typing import Any
from uuid import UUID

from domain.circle import MeetingHeld, ReportPublished
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.knowledge import (
    Relevance,
)
from domain.convenant_project.preparation import ProjectDiscussed
from domain.convenant_project.tendering import (
    InformationNoticePublished,
    QuestionAnsweredSeparately,
)
from domain.dossier import Sight
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, ESTIMATE, OPENING
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
    positions,
)
from domain.rules.since import AW_2012
from domain.terms import Code, Text

# ---------------------------------------------------------------------------------------- INF-07


def one_answer_to_all(case: Case) -> Verdict:
    dossier = case.dossier
    to_all = {
        question
        for notice in dossier.project.of(InformationNoticePublished)
        for question in notice.fact.answers
    }
    partial = [
        answer
        for answer in dossier.project.of(QuestionAnsweredSeparately)
        if not answer.fact.confidential
        and answer.fact.question not in to_all
        and not dossier.competitors <= set(answer.fact.recipients)
    ]
    if not partial:
        return Pass(
            why=Text(
                nl="Ieder antwoord ging naar allen.",
                en="Every answer went to all.",
            ),
            evidence=positions(*dossier.project.of(InformationNoticePublished)),
        )
    questions = ", ".join(sorted(answer.fact.question for answer in partial))
    return Violation(
        why=Text(
            nl=f"Het antwoord op {questions} ging niet naar allen die meedingen.",
            en=f"The answer to {questions} did not go to all who compete.",
        ),
        evidence=positions(*partial),
        remedy=Text(
            nl="Publiceer het antwoord in een nota van inlichtingen.",
            en="Publish the answer in an information notice.",
        ),
    )


INF_07 = Rule(
    id="INF-07",
    title=Text(nl="Eén antwoord aan allen", en="One answer to all"),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.TRANSPARENCY),
    sources=(Source(reference="Aw 2.53(2)", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE),
    check=one_answer_to_all,
)

# ---------------------------------------------------------------------------------------- INF-09


def confidences_kept(case: Case) -> Verdict:
    dossier = case.dossier
    leaked: list[Recorded[Any] | Sight | None] = []
    names = []
    for version, added in dossier.versions.items():
        giver = added.fact.provided_by
        if added.fact.relevance is not Relevance.CONFIDENTIAL or giver is None:
            continue
        own = dossier.group(giver)
        others = [
            sight
            for (org, seen), sight in dossier.disclosures.items()
            if seen == version and org not in own
        ]
        if (public := dossier.publications.get(version)) is not None:
            others.append(public)
        if others:
            leaked += [added, *others]
            names.append(version)
    found = [
        each
        for each in dossier.project.of(RecordChecked)
        if each.fact.check is RecordCheck.DISTORTING_INFORMATION
    ]
    failed = [each for each in found if not each.fact.passed]
    if not leaked and not failed:
        return Pass(
            why=Text(
                nl="Niets dat in vertrouwen is gegeven, ging naar een ander.",
                en="Nothing that was given in confidence went to another.",
            ),
            evidence=positions(*found),
        )
    documents = wording.versions(sorted(names)) or "-"
    return Violation(
        why=Text(
            nl=f"In vertrouwen gegeven of mededinging verstorende informatie is verstrekt"
            f" ({documents}).",
            en=f"Information given in confidence, or able to distort competition, was given away"
            f" ({documents}).",
        ),
        evidence=positions(*leaked, *failed),
    )


INF_09 = Rule(
    id="INF-09",
    title=Text(
        nl="Wat in vertrouwen is gegeven blijft vertrouwelijk",
        en="What was given in confidence stays confidential",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="Aw 2.57(1)-(2)", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=None,
    needs=(),
    check=confidences_kept,
)

# ---------------------------------------------------------------------------------------- INF-10


def spoken_word_captured(case: Case) -> Verdict:
    dossier = case.dossier
    opening = case.opening.occurred_at
    meetings: dict[tuple[UUID, Code], Recorded[Any]] = {
        (each.fact.circle, each.fact.meeting): each for each in dossier.project.of(ProjectDiscussed)
    }
    reported: dict[tuple[UUID, Code], Recorded[ReportPublished]] = {}
    for circle, file in dossier.circles.items():
        for met in file.of(MeetingHeld):
            if any(item.project == dossier.id for item in met.fact.agenda):
                meetings[circle, met.fact.meeting] = met
        for report in file.of(ReportPublished):
            if dossier.id in report.fact.projects and report.occurred_at <= opening:
                reported.setdefault((circle, report.fact.meeting), report)
    before = {key: met for key, met in meetings.items() if met.occurred_at < opening}
    if not before:
        return NotApplicable(
            why=Text(
                nl="Het project is voor de aankondiging niet in een kring besproken.",
                en="No circle discussed the project before the notice.",
            )
        )
    silent = {key: met for key, met in before.items() if key not in reported}
    if not silent:
        return Pass(
            why=Text(
                nl="Van elke bespreking stond voor de aankondiging een verslag openbaar.",
                en="A report of every discussion was public before the notice.",
            ),
            evidence=positions(*before.values(), *reported.values()),
        )
    which = ", ".join(sorted(meeting for _, meeting in silent))
    return Violation(
        why=Text(
            nl=f"Van bijeenkomst {which} was voor de aankondiging geen verslag over dit project"
            " openbaar.",
            en=f"No report about this project was public before the notice for meeting {which}.",
        ),
        evidence=positions(*silent.values()),
        remedy=Text(
            nl="Publiceer het verslag, en geef wat besproken is aan allen.",
            en="Publish the report, and give all what was discussed.",
        ),
    )


INF_10 = Rule(
    id="INF-10",
    title=Text(
        nl="Wat mondeling is gedeeld staat in een verslag",
        en="What was shared in speech stands in a report",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY,),
    sources=(Source(reference="seeds F1:705, publicatie van verslagen", tag="S"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(OPENING,),
    check=spoken_word_captured,
)
