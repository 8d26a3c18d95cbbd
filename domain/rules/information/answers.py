"""Answers to questions, confidences and the spoken word: INF-07 to INF-10."""

from typing import Any
from uuid import UUID

from domain.circle.meetings import MeetingHeld, ReportPublished
from domain.convenant_project.award import ReportField
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.knowledge import (
    Relevance,
)
from domain.convenant_project.preparation import ProjectDiscussed
from domain.convenant_project.questions import (
    InformationNoticePublished,
    QuestionAnsweredSeparately,
    QuestionAsked,
)
from domain.dossier import Sight
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.award_report import newest_report
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
    Trigger,
    Verdict,
    Violation,
    positions,
)
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

# ---------------------------------------------------------------------------------------- INF-08


def _kept_apart(case: Case) -> list[Recorded[QuestionAnsweredSeparately]]:
    return [
        each
        for each in case.dossier.project.of(QuestionAnsweredSeparately)
        if each.fact.confidential
    ]


def secrecy_was_asked(case: Case) -> Verdict:
    """Who asked must have said why publication harms; a European procedure lists it as well.

    The list is part f of the proces-verbaal. While nothing is signed that can still come.
    """
    to_all = {
        question
        for notice in case.dossier.project.of(InformationNoticePublished)
        for question in notice.fact.answers
    }
    secret = [each for each in _kept_apart(case) if each.fact.question not in to_all]
    reasons = {
        each.fact.question: each
        for each in case.dossier.project.of(QuestionAsked)
        if (each.fact.confidentiality_reason or "").strip()
    }
    unasked = [each for each in secret if each.fact.question not in reasons]
    if unasked:
        questions = ", ".join(sorted({each.fact.question for each in unasked}))
        return Violation(
            why=Text(
                nl=f"Het antwoord op {questions} is vertrouwelijk gehouden, maar de vrager gaf niet"
                " aan waarom openbaarheid hem schaadt.",
                en=f"The answer to {questions} was kept confidential, but the asker did not say why"
                " publication would do harm.",
            ),
            evidence=positions(*unasked),
            remedy=Text(
                nl="Publiceer het antwoord in een nota van inlichtingen.",
                en="Publish the answer in an information notice.",
            ),
        )
    if secret and case.regime is Regime.EUROPEAN:
        report = newest_report(case)
        if report is None or ReportField.F not in report.fact.filled:
            return Violation(
                why=Text(
                    nl="Het proces-verbaal noemt de vertrouwelijk gehouden antwoorden niet.",
                    en="The report of the procedure does not list the answers kept confidential.",
                ),
                evidence=positions(*secret, report),
                remedy=Text(
                    nl="Vul onderdeel f van het proces-verbaal in.",
                    en="Fill in part f of the report.",
                ),
            )
    return Pass(
        why=Text(
            nl="Elk vertrouwelijk gehouden antwoord bleef dat op verzoek van de vrager, met reden.",
            en="Every answer kept confidential was so at the asker's request, with a reason.",
        ),
        evidence=positions(*secret, *(reasons.get(each.fact.question) for each in secret)),
    )


INF_08 = Rule(
    id="INF-08",
    title=Text(
        nl="Een antwoord blijft alleen op verzoek vertrouwelijk",
        en="An answer stays confidential only on request",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(Source(reference="Aw 2.53(3), 2.132(1)(f)", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=Trigger(
        text=Text(
            nl="geen antwoord is vertrouwelijk gehouden", en="no answer was kept confidential"
        ),
        met=lambda case: bool(_kept_apart(case)) and COMPETITION.met(case),
    ),
    needs=(),
    check=secrecy_was_asked,
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
