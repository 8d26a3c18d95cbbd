"""When things change there must be more time: TML-05, and the extension that AWC-03 asks as well."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.convenant_project.award import AwardDecided, AwardLetterSent, ContractSigned
from domain.convenant_project.questions import InformationNoticePublished
from domain.convenant_project.tendering import CandidateRegistered
from domain.dossier import Sight, Version, days_between
from domain.law.calendar import add_days
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.announced_criteria import changes_since_opening, weights_changed
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
from domain.rules.time_limits.questions import deadline_on, late_answers
from domain.rules.time_limits.tender_period import minimum_tender_period, start_of_tender_period
from domain.terms import Instant, MemberId, Text, dutch_date


@dataclass(frozen=True, kw_only=True)
class Extension:
    """What a change on a day asks of the deadline, and what became of it.

    `old` is the deadline as it stood that morning, `due` the earliest new one, `reached` the
    deadline as it ended up. `numbers` are those that `due` hangs on.
    """

    old: date
    due: date
    reached: date
    numbers: tuple[InForce, ...]

    @property
    def enough(self) -> bool:
        return self.reached >= self.due

    @property
    def deciding(self) -> tuple[InForce, ...]:
        """None decides where there was no extension at all: that there must be one is the law."""
        return self.numbers if self.reached > self.old else ()


def extension_after(case: Case, day: date) -> Extension:
    """The extension that a considerable change on `day` asks for (reading of Aw 2.73(2)).

    At least a day beyond the old deadline, N days after the change, and 5 days after it.
    """
    old = deadline_on(case, day)
    information = case.information_days
    beyond = case.number(ParameterKey.EXTENSION_AFTER_DEADLINE)
    after = case.number(ParameterKey.EXTENSION_AFTER_CHANGE)
    return Extension(
        old=old,
        due=max(
            add_days(old, beyond.value),
            add_days(day, information.value),
            add_days(day, after.value),
        ),
        reached=dutch_date(case.deadline),
        numbers=(information, beyond, after),
    )


@dataclass(frozen=True, kw_only=True)
class _Change:
    """Why more time is due from `day` on. `numbers`: those that make it a reason at all."""

    day: date
    what: Text
    found: tuple[Recorded[Any] | Sight | None, ...]
    considerable: bool
    numbers: tuple[InForce, ...] = ()


def _changes(case: Case) -> list[_Change]:
    """Every reason of Aw 2.73(1)(c) and (d), until the award was decided."""
    opening, ended = case.opening.occurred_at, _ended(case)
    changes = [
        *_new_versions(case),
        *(
            _Change(
                day=dutch_date(each.occurred_at),
                what=Text(
                    nl=f"nota van inlichtingen {each.fact.number}",
                    en=f"information notice {each.fact.number}",
                ),
                found=(each,),
                considerable=True,
            )
            for each in case.dossier.project.of(InformationNoticePublished)
            if each.fact.material and each.occurred_at > opening
        ),
        *(
            _Change(
                day=dutch_date(after.occurred_at),
                what=Text(
                    nl=f"versie {after.fact.version} van de gunningscriteria, met andere weging",
                    en=f"version {after.fact.version} of the award criteria, weighted otherwise",
                ),
                found=(before, after),
                considerable=True,
            )
            for before, after in changes_since_opening(case)
            if weights_changed(before.fact, after.fact)
        ),
        *(
            _Change(
                day=dutch_date(late.answer.occurred_at),
                what=Text(
                    nl=f"het late antwoord op {late.question.fact.question}",
                    en=f"the late answer to {late.question.fact.question}",
                ),
                found=(late.question, late.answer),
                considerable=False,
                numbers=(case.information_days,),
            )
            for late in late_answers(case)
            if late.answer is not None
        ),
    ]
    return [each for each in changes if ended is None or each.day <= dutch_date(ended)]


def _ended(case: Case) -> Instant | None:
    """When tenders could no longer be changed: the award was decided, told or signed."""
    project = case.dossier.project
    ends = (
        project.first(AwardDecided),
        project.first(AwardLetterSent),
        project.first(ContractSigned),
    )
    return min((each.occurred_at for each in ends if each is not None), default=None)


def _new_versions(case: Case) -> list[_Change]:
    """Versions that considerably change the documents and became known after the opening."""
    changes = []
    for version, added in sorted(case.dossier.versions.items()):
        sights = _later_sights(case, version) if added.fact.material else []
        if sights:
            last = max(sights, key=lambda each: each.at)
            name = wording.versions([version])
            changes.append(
                _Change(
                    day=dutch_date(last.at),
                    what=Text(nl=name, en=name),
                    found=(added, last),
                    considerable=True,
                )
            )
    return changes


def _later_sights(case: Case, version: Version) -> list[Sight]:
    """When those who compete came to know a version, as far as that was after their first day.

    Where there is a notice, everybody may compete and its publication counts.
    """
    dossier = case.dossier
    public = dossier.publications.get(version)
    if dossier.notice_published is not None and public is not None:
        late = dutch_date(public.at) > dutch_date(case.opening.occurred_at)
        return [public] if late else []
    return [
        sight
        for org in sorted(dossier.competitors, key=str)
        if (sight := dossier.first_seen(org, version)) is not None
        and dutch_date(sight.at) > dutch_date(_first_day(case, org))
    ]


def _first_day(case: Case, org: MemberId) -> Instant:
    """From when an organisation competes: the opening, or its own invitation or candidacy."""
    came = [each.occurred_at for each in case.dossier.invitations if each.fact.recipient == org]
    came += [
        each.occurred_at
        for each in case.dossier.project.of(CandidateRegistered)
        if each.fact.candidate == org
    ]
    return max(case.opening.occurred_at, min(came, default=case.opening.occurred_at))


# ---------------------------------------------------------------------------------------- TML-05


def extended_after_change(case: Case) -> Verdict:
    """Judged change by change: each asks its own extension of the deadline that stood that day.

    For changed weights more time is not enough; that is AWC-03.
    """
    changes = [(each, extension_after(case, each.day)) for each in _changes(case)]
    short = [(change, extension) for change, extension in changes if not extension.enough]
    if not short:
        return _too_short_for_a_visit(case) or _nothing_short(case, [each for each, _ in changes])
    considerable = [pair for pair in short if pair[0].considerable]
    worst, extension = max(considerable or short, key=lambda pair: pair[1].due)
    day, due, old = wording.day(worst.day), wording.day(extension.due), wording.day(extension.old)
    reached = wording.day(extension.reached)
    if extension.reached > extension.old:
        nl, en = f"verlengd tot {reached.nl}", f"extended to {reached.en}"
    else:
        nl, en = f"niet verlengd en bleef {old.nl}", f"not extended and stayed {old.en}"
    return breach(
        Text(
            nl=f"Na {worst.what.nl} van {day.nl} was ten minste {due.nl} nodig; de termijn is {nl}.",
            en=f"After {worst.what.en} of {day.en} at least {due.en} was due; the term was {en}.",
        ),
        positions(
            *(found for change, _ in short for found in change.found),
            *case.dossier.deadline_moves(),
            case.dossier.deadline_set(),
        ),
        numbers=(*worst.numbers, *extension.deciding),
        severity=Severity.BLOCKER if considerable else Severity.MAJOR,
        remedy=Text(
            nl=f"Verleng voor het sluiten de termijn tot {due.nl} of later. Na het sluiten:"
            " intrekken of opnieuw aanbesteden.",
            en=f"Before the close, extend the term to {due.en} or later. After the close:"
            " withdraw or re-tender.",
        ),
    )


def _nothing_short(case: Case, changes: list[_Change]) -> Verdict:
    if not changes:
        return Pass(
            why=Text(
                nl="De stukken zijn niet aanmerkelijk gewijzigd en geen tijdig gevraagde"
                " inlichting kwam te laat.",
                en="The documents were not considerably changed and no timely question was"
                " answered too late.",
            ),
            evidence=positions(case.dossier.deadline()),
        )
    closes = wording.day(dutch_date(case.deadline))
    return Pass(
        why=Text(
            nl=f"De termijn is na elke wijziging genoeg verlengd, tot {closes.nl}.",
            en=f"The term was extended enough after every change, to {closes.en}.",
        ),
        evidence=positions(
            *(found for change in changes for found in change.found), *case.dossier.deadline_moves()
        ),
    )


def _too_short_for_a_visit(case: Case) -> Verdict | None:
    """A visit, or documents to be seen on the spot, ask for more than the shortest period.

    Aw 2.73(1)(a)-(b) with Directive 2014/24/EU art. 47(2): a period set longer from the start is
    as good as one extended later. Where the law has no shortest period, that of policy counts.
    """
    procedure = case.dossier.procedure
    if procedure is None or not (
        procedure.fact.site_visit_required or procedure.fact.on_site_documents
    ):
        return None
    minimum = minimum_tender_period(case)
    policy = case.number(ParameterKey.TENDER_MULTI_PRIVATE)
    shortest = policy.value if minimum is None else minimum.days
    start = start_of_tender_period(case)
    days = days_between(start.occurred_at, case.deadline)
    if days > shortest:
        return None
    until = wording.day(add_days(start.occurred_at, shortest + 1))
    return breach(
        Text(
            nl="Inschrijven kan pas na een bezoek of inzage ter plaatse, maar de termijn van"
            f" {days} dagen is niet langer dan de kortste van {shortest}.",
            en="Tendering takes a visit or an inspection on the spot, but the term of"
            f" {days} days is no longer than the shortest of {shortest}.",
        ),
        positions(procedure, start, case.dossier.deadline()),
        numbers=(policy,) if minimum is None else (),
        severity=Severity.MAJOR,
        remedy=Text(
            nl=f"Verleng voor het sluiten de termijn tot {until.nl} of later.",
            en=f"Before the close, extend the term to {until.en} or later.",
        ),
    )


TML_05 = Rule(
    id="TML-05",
    title=Text(
        nl="Verandert er iets, dan komt er tijd bij", en="When things change, there is more time"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.PROPORTIONALITY),
    sources=(
        Source(reference="Aw 2.73(1)(a)-(d), (2)", tag="V"),
        Source(reference="Aw 1.12, 1.15; ARW 2016", tag="D"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(PROCEDURE, OPENING, ESTIMATE, DEADLINE),
    check=extended_after_change,
)
