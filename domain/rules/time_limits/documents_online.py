"""Whether the tender documents could be had from the first day: TML-03."""

from dataclasses import dataclass

from domain.convenant_project.knowledge import DocumentPublished
from domain.convenant_project.preparation import PublicChannel
from domain.convenant_project.procedure import TenderDocumentsFixed
from domain.dossier import Sight, days_between
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.needs import COMPETITION, ESTIMATE, OPENING
from domain.rules.rule import (
    Need,
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
from domain.terms import Code, Instant, MemberId, Text, dutch_date

_PROCUREMENT_CHANNELS = frozenset({PublicChannel.TENDERNED, PublicChannel.OFFICIAL_JOURNAL})

TENDER_DOCUMENTS = Need(
    text=Text(nl="de aanbestedingsstukken", en="the tender documents"),
    present=lambda case: bool(case.dossier.project.of(TenderDocumentsFixed)),
)


@dataclass(frozen=True, kw_only=True)
class _Late:
    """A tender document that came after the day on which it was due, or never (`sight` None)."""

    document: Code
    version: int
    due: Instant
    sight: Sight | None


def from_the_first_day(case: Case) -> Verdict:
    """Full access from the day of the notice on (Aw 2.66(1) speaks of its date, not its hour).

    In a private procedure every invited organisation has the documents on the day of its own
    invitation. A new version of a document that was there, and a document that was made
    afterwards, are changes (TML-05); a document that existed and was held back is late.
    """
    procedure = case.dossier.procedure
    ground = None if procedure is None else procedure.fact.offline_ground
    if procedure is not None and ground is not None:
        return Pass(
            why=Text(
                nl=f"Voor stukken die niet vrij online staan is de grond van Aw {ground}"
                " vastgelegd.",
                en=f"For documents that are not freely online the ground of Aw {ground} is on"
                " record.",
            ),
            evidence=positions(procedure),
        )
    wanted = _wanted(case)
    late = [each for document in sorted(wanted) for each in _late(case, document, wanted[document])]
    since = wording.day(dutch_date(case.opening.occurred_at))
    if not late:
        return Pass(
            why=Text(
                nl=f"De {len(wanted)} aanbestedingsstukken waren vanaf {since.nl} volledig te"
                " krijgen.",
                en=f"The {len(wanted)} tender documents could be had in full from {since.en}.",
            ),
            evidence=positions(case.opening, *case.dossier.project.of(TenderDocumentsFixed)),
        )
    return _found_late(case, late)


def _wanted(case: Case) -> dict[Code, int]:
    """The documents that are due at the opening, each with the lowest version that will do."""
    dossier, opening = case.dossier, case.opening.occurred_at
    fixed = sorted(
        dossier.project.of(TenderDocumentsFixed), key=lambda each: (each.occurred_at, each.position)
    )
    by_then = [each for each in fixed if dutch_date(each.occurred_at) <= dutch_date(opening)]
    first = by_then[-1] if by_then else fixed[0]
    wanted = {ref.document: ref.version for ref in first.fact.documents}
    existed = {
        document
        for (document, _), added in dossier.versions.items()
        if added.occurred_at <= opening
    }
    taken_up = [
        ref.document for each in fixed if each.occurred_at > opening for ref in each.fact.documents
    ]
    taken_up += [each.fact.document for each in _published_meanwhile(case)]
    for document in taken_up:
        if document in existed:
            wanted.setdefault(document, 1)
    return wanted


def _published_meanwhile(case: Case) -> list[Recorded[DocumentPublished]]:
    """What was put on the procurement channel while tenders were awaited is a tender document."""
    dossier, closing = case.dossier, case.dossier.deadline()
    if dossier.notice_published is None:
        return []
    return [
        each
        for each in dossier.project.of(DocumentPublished)
        if each.fact.channel in _PROCUREMENT_CHANNELS
        and each.occurred_at > case.opening.occurred_at
        and (closing is None or each.occurred_at <= closing.fact.deadline)
    ]


def _late(case: Case, document: Code, lowest: int) -> list[_Late]:
    dossier = case.dossier
    good = [
        version for version in dossier.versions if version[0] == document and version[1] >= lowest
    ]
    if dossier.notice_published is not None:
        public = [
            dossier.publications[version] for version in good if version in dossier.publications
        ]
        dues: list[tuple[Instant, list[Sight]]] = [(case.opening.occurred_at, public)]
    else:
        dues = [
            (_invited_at(case, org), [seen for v in good if (seen := dossier.first_seen(org, v))])
            for org in sorted(dossier.invited, key=str)
        ]
    late = []
    for due, sights in dues:
        sight = min(sights, key=lambda each: each.at, default=None)
        if sight is None or dutch_date(sight.at) > dutch_date(due):
            late.append(_Late(document=document, version=lowest, due=due, sight=sight))
    return late


def _invited_at(case: Case, org: MemberId) -> Instant:
    return min(each.occurred_at for each in case.dossier.invitations if each.fact.recipient == org)


def _found_late(case: Case, late: list[_Late]) -> Verdict:
    names = ", ".join(sorted({each.document for each in late}))
    opened = wording.day(dutch_date(late[0].due))
    seen = [each for each in late if each.sight is not None]
    last = max((each.sight.at for each in seen if each.sight is not None), default=None)
    nl = f"{names} was op {opened.nl}, de dag van de aankondiging of uitnodiging, niet te krijgen"
    en = f"{names} could not be had on {opened.en}, the day of the notice or invitation"
    if len(seen) < len(late) or last is None:
        nl, en = f"{nl}, en later ook niet voor allen.", f"{en}, nor by all at a later time."
    else:
        came = wording.day(dutch_date(last))
        after = days_between(late[0].due, last)
        nl = f"{nl}, maar pas op {came.nl}, {wording.plural(after, 'dag', 'dagen')} later."
        en = f"{en}, but only on {came.en}, {wording.plural(after, 'day', 'days')} later."
    closing = case.dossier.deadline()
    return Violation(
        why=Text(nl=nl, en=en),
        evidence=positions(
            case.opening,
            closing,
            *(case.dossier.versions.get((each.document, each.version)) for each in late),
            *(each.sight for each in late),
        ),
        remedy=Text(
            nl="Geef het stuk aan allen en verleng de termijn zo lang als het ontbrak; na het"
            " sluiten: intrekken of opnieuw aanbesteden.",
            en="Give the document to all and extend the term by as long as it was missing; after"
            " the close: withdraw or re-tender.",
        ),
    )


TML_03 = Rule(
    id="TML-03",
    title=Text(nl="Alle stukken vanaf de eerste dag", en="Every document from the first day"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 2.66(1), (3)-(4)", tag="V"),
        Source(reference="Aw 1.12, 1.15; ARW 2016", tag="D"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(OPENING, ESTIMATE, TENDER_DOCUMENTS),
    check=from_the_first_day,
)
