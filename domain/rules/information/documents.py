"""Which documents who knew, and when: INF-01, INF-02, INF-03 and INF-06."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain.convenant_project.procedure import TenderDocumentsFixed
from domain.convenant_project.tendering import CandidateRegistered
from domain.dossier import Sight, Version
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, DEADLINE, ESTIMATE, OPENING
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
from domain.terms import Instant, MemberId, Text, dutch_date, end_of

LEVEL_AT_THE_LINE = Source(reference="seeds F0:132-138, gelijk aan de streep", tag="S")
EQUAL_TREATMENT = Source(reference="Aw 1.8, 1.12, 1.15", tag="V")


@dataclass(frozen=True, kw_only=True)
class Lead:
    """`ahead` could know a version before `behind` could, who may never have had it."""

    version: Version
    ahead: MemberId
    behind: MemberId
    first: Sight
    second: Sight | None


def _leads(case: Case) -> Iterator[Lead]:
    """Every relevant version that one organisation had before a bidder or invited one."""
    deadline = case.deadline
    others = sorted(case.contenders | case.involved.keys(), key=str)
    for version in case.relevant:
        for behind in sorted(case.contenders, key=str):
            second = case.dossier.first_seen(behind, version)
            for ahead in others:
                first = case.dossier.first_seen(ahead, version)
                if ahead == behind or first is None or first.at > deadline:
                    continue
                if second is None or first.at < second.at:
                    yield Lead(
                        version=version, ahead=ahead, behind=behind, first=first, second=second
                    )


def _proof(case: Case, leads: list[Lead]) -> tuple[int, ...]:
    """The version's own fact, who had it first, and when the other had it, if ever."""
    added = [case.dossier.versions.get(lead.version) for lead in leads]
    return positions(*added, *(lead.first for lead in leads), *(lead.second for lead in leads))


def _told(leads: list[Lead], case: Case) -> tuple[str, str, str]:
    """Documents, those who were ahead, those who were behind."""
    documents = wording.versions(sorted({lead.version for lead in leads}))
    ahead = case.names({lead.ahead for lead in leads})
    behind = case.names({lead.behind for lead in leads})
    return documents, ahead, behind


def _european_or_national(case: Case) -> Severity:
    return Severity.BLOCKER if case.regime is Regime.EUROPEAN else Severity.MAJOR


# ---------------------------------------------------------------------------------------- INF-01


def equal_set(case: Case) -> Verdict:
    deadline = case.deadline
    unequal = [lead for lead in _leads(case) if lead.second is None or lead.second.at > deadline]
    if not unequal:
        return Pass(
            why=Text(
                nl="Bij het sluiten van de termijn kende iedere inschrijver en genodigde dezelfde"
                f" {len(case.relevant)} relevante documentversies.",
                en="When the term closed every tenderer and invited organisation knew the same"
                f" {len(case.relevant)} relevant document versions.",
            ),
            evidence=positions(case.dossier.deadline()),
        )
    documents, ahead, behind = _told(unequal, case)
    return Violation(
        why=Text(
            nl=f"{documents} was bekend bij {ahead}, maar bij het sluiten van de termijn niet bij"
            f" {behind}.",
            en=f"{documents} was known to {ahead}, but not to {behind} when the term closed.",
        ),
        evidence=_proof(case, unequal),
        remedy=Text(
            nl="Geef de ontbrekende stukken aan allen en verleng de termijn; na het sluiten:"
            " intrekken of opnieuw aanbesteden.",
            en="Give what is missing to all and extend the term; after it closed: withdraw or"
            " re-tender.",
        ),
    )


INF_01 = Rule(
    id="INF-01",
    title=Text(
        nl="Iedereen die meedingt kent dezelfde stukken",
        en="Everybody who competes knows the same documents",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.NON_DISCRIMINATION),
    sources=(EQUAL_TREATMENT, Source(reference="Aw 2.51(2)(a)", tag="V"), LEVEL_AT_THE_LINE),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, DEADLINE),
    check=equal_set,
)

# ---------------------------------------------------------------------------------------- INF-02


def equal_in_time(case: Case) -> Verdict:
    cutoff = case.cutoff_day
    days = case.information_days
    spread = timedelta(hours=case.number(ParameterKey.INVITATION_SPREAD).value)
    late = [
        lead
        for lead in _leads(case)
        if lead.second is None
        or (dutch_date(lead.second.at) > cutoff and lead.second.at - lead.first.at > spread)
    ]
    last = wording.day(cutoff)
    if not late:
        return Pass(
            why=Text(
                nl=f"Wat een ander al had, had iedereen uiterlijk op {last.nl},"
                f" {days.value} dagen voor het sluiten.",
                en=f"What another had, everybody had by {last.en}, {days.value} days before"
                " the close.",
            ),
            evidence=positions(case.dossier.deadline()),
        )
    documents, ahead, behind = _told(late, case)
    known = ""
    known_en = ""
    arrivals = [dutch_date(lead.second.at) for lead in late if lead.second is not None]
    if arrivals:
        newest = wording.day(max(arrivals))
        before = (dutch_date(case.deadline) - max(arrivals)).days
        known = f" Dat gebeurde pas op {newest.nl}, {before} dagen voor het sluiten."
        known_en = f" It happened on {newest.en} only, {before} days before the close."
    return breach(
        Text(
            nl=f"{ahead} kende {documents} eerder dan {behind}; de laatste dag om dat gelijk te"
            f" trekken was {last.nl}.{known}",
            en=f"{ahead} knew {documents} before {behind} did; the last day to make that even was"
            f" {last.en}.{known_en}",
        ),
        _proof(case, late),
        numbers=() if any(lead.second is None for lead in late) else (days,),
        severity=_european_or_national(case),
        remedy=_remedy_in_time(max(arrivals, default=None), days.value),
    )


def _remedy_in_time(newest: date | None, days: int) -> Text:
    again = Text(
        nl="Na het sluiten: intrekken of opnieuw aanbesteden.",
        en="After the close: withdraw or re-tender.",
    )
    if newest is None:
        return Text(
            nl=f"Geef de stukken aan allen en verleng de termijn met ten minste {days} dagen"
            f" daarna. {again.nl}",
            en=f"Give the documents to all and extend the term to at least {days} days after"
            f" that. {again.en}",
        )
    until = wording.day(newest + timedelta(days=days))
    return Text(
        nl=f"Verleng voor het sluiten de termijn tot {until.nl} of later. {again.nl}",
        en=f"Before the close, extend the term to {until.en} or later. {again.en}",
    )


INF_02 = Rule(
    id="INF-02",
    title=Text(
        nl="Iedereen kent dezelfde stukken op tijd",
        en="Everybody knows the same documents in time",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.TRANSPARENCY),
    sources=(
        Source(reference="Aw 2.51(2)(b), 2.73(1)(c)", tag="V"),
        EQUAL_TREATMENT,
        LEVEL_AT_THE_LINE,
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, DEADLINE),
    check=equal_in_time,
)

# ---------------------------------------------------------------------------------------- INF-03


def one_current_version(case: Case) -> Verdict:
    dossier = case.dossier
    cutoff = end_of(case.cutoff_day)
    stale: list[Version] = []
    proof: list[Recorded[Any] | Sight | None] = []
    for document in sorted({document for document, _ in dossier.versions}):
        current = dossier.current(document, cutoff)
        if current is None:
            continue
        holders = {org for org in dossier.competitors if dossier.knows(org, current, cutoff)}
        left = {
            org
            for org in dossier.competitors - holders
            if any(
                dossier.knows(org, version, cutoff)
                for version in dossier.versions
                if version[0] == document and version != current
            )
        }
        if holders and left:
            stale.append(current)
            proof += [dossier.versions[current]]
            proof += [dossier.first_seen(org, current) for org in holders]
    for fixed in dossier.project.of(TenderDocumentsFixed):
        for ref in fixed.fact.documents:
            current = dossier.current(ref.document, fixed.occurred_at)
            if current != (ref.document, ref.version):
                stale.append((ref.document, ref.version))
                proof.append(fixed)
    if not stale:
        return Pass(
            why=Text(
                nl="Iedereen had van elk stuk de geldende versie.",
                en="Everybody had the current version of every document.",
            )
        )
    documents = wording.versions(sorted(set(stale)))
    return Violation(
        why=Text(
            nl=f"Niet iedereen had van elk stuk dezelfde, geldende versie: {documents}.",
            en=f"Not everybody had the same, current version of every document: {documents}.",
        ),
        evidence=positions(*proof),
        remedy=Text(
            nl="Zend de geldende versie aan allen en verleng zo nodig de termijn.",
            en="Send the current version to all and extend the term if need be.",
        ),
    )


INF_03 = Rule(
    id="INF-03",
    title=Text(nl="Eén geldende versie voor allen", en="One current version for all"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(Source(reference="Aw 1.9, 1.12(2), 1.15", tag="D"),),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, DEADLINE),
    check=one_current_version,
)

# ---------------------------------------------------------------------------------------- INF-06


def outsiders_too(case: Case) -> Verdict:
    dossier = case.dossier
    opening = case.opening.occurred_at
    members = dossier.circle_members(opening)
    outsiders = {
        org: _entitled_from(case, org) for org in dossier.competitors if org not in members
    }
    early: dict[Version, Sight] = {}
    for version in case.relevant:
        sights = [
            sight
            for org in members | case.involved.keys()
            if (sight := dossier.first_seen(org, version)) is not None and sight.at < opening
        ]
        if sights:
            early[version] = min(sights, key=lambda sight: sight.at)
    behind = [
        (org, version)
        for org, moment in outsiders.items()
        for version in early
        if not dossier.knows(org, version, moment)
    ]
    if not behind:
        return Pass(
            why=Text(
                nl="Wat leden voor de aankondiging wisten, had iedere andere gegadigde op tijd.",
                en="What members knew before the notice, every other candidate had in time.",
            ),
            evidence=positions(case.opening),
        )
    documents = wording.versions(sorted({version for _, version in behind}))
    who = case.names({org for org, _ in behind})
    return Violation(
        why=Text(
            nl=f"{documents} was voor de aankondiging of uitnodiging bekend in de kring of bij een"
            f" betrokkene, maar {who} had het op dat moment niet.",
            en=f"{documents} was known in the circle or to an involved organisation before the"
            f" notice or invitation, but {who} did not have it at that moment.",
        ),
        evidence=positions(
            *(early[version] for _, version in behind),
            *(dossier.first_seen(org, version) for org, version in behind),
        ),
        remedy=Text(
            nl="Voeg alle kennis uit de voorbereiding bij de aanbestedingsstukken.",
            en="Annex all knowledge from the preparation to the tender documents.",
        ),
    )


def _entitled_from(case: Case, org: MemberId) -> Instant:
    """When an outsider should have it all: at the notice or its invitation, or when it came up.

    An organisation that was never registered as a candidate could have been one from the notice.
    """
    dossier = case.dossier
    invited = [each.occurred_at for each in dossier.invitations if each.fact.recipient == org]
    came_up = [
        each.occurred_at
        for each in dossier.project.of(CandidateRegistered)
        if each.fact.candidate == org
    ]
    opening = case.opening.occurred_at
    return max(opening, min((*invited, *came_up), default=opening))


INF_06 = Rule(
    id="INF-06",
    title=Text(
        nl="Ook buitenstaanders weten wat de leden wisten",
        en="Outsiders too know what the members knew",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.NON_DISCRIMINATION, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.51(2)(a)", tag="V"),
        Source(reference="PIANOo jurisprudentieoverzicht kennisvoorsprong, regel 4", tag="V2"),
        LEVEL_AT_THE_LINE,
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE),
    check=outsiders_too,
)
