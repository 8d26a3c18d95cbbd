"""What did parties of a circle agree on (afspraken), and does everybody keep to it?"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.circle.agreements import (
    AgreementEnded,
    AgreementEndGround,
    AgreementExtended,
    AgreementFact,
    AgreementMade,
    EnforcementChecked,
    EnforcementPlace,
    FindingSettled,
    FreeRiderFound,
    SanctionImposed,
    SanctionKind,
)
from domain.record import Recorded
from domain.terms import CircleId, Code, Instant, MemberId, ProjectId, Sealed


@dataclass(frozen=True, kw_only=True)
class EnforcementCheck:
    check: Code
    place: EnforcementPlace
    kept: bool
    project: ProjectId | None
    member: MemberId | None
    checked_at: Instant


@dataclass(frozen=True, kw_only=True)
class SanctionSaid:
    kind: SanctionKind
    text: Sealed
    imposed_at: Instant


@dataclass(frozen=True, kw_only=True)
class FreeRiderFinding:
    """`upheld` is None while the finding is open; texts stay sealed."""

    finding: Code
    member: MemberId
    text: Sealed
    found_at: Instant
    sanctions: tuple[SanctionSaid, ...] = ()
    upheld: bool | None = None
    how: Sealed | None = None


@dataclass(frozen=True, kw_only=True)
class CircleAgreementRow:
    """`until` is the last day on which it binds; None while nobody ends it."""

    circle: CircleId
    agreement: Code
    subject: str
    parties: tuple[MemberId, ...]
    made_at: Instant
    until: date | None
    checks: tuple[EnforcementCheck, ...] = ()
    findings: tuple[FreeRiderFinding, ...] = ()
    ended_at: Instant | None = None
    ended_on_ground: AgreementEndGround | None = None

    @property
    def places_checked(self) -> frozenset[EnforcementPlace]:
        """Where enforcement was seen; both places are meant."""
        return frozenset(each.place for each in self.checks)

    @property
    def open_findings(self) -> tuple[Code, ...]:
        return tuple(each.finding for each in self.findings if each.upheld is None)


def keys(recorded: Recorded[AgreementFact]) -> tuple[Key, ...]:
    return (agreement_of(CircleId(recorded.stream), recorded.fact.agreement),)


def on(
    row: CircleAgreementRow | None, recorded: Recorded[AgreementFact]
) -> CircleAgreementRow | None:
    fact = recorded.fact
    if isinstance(fact, AgreementMade):
        return CircleAgreementRow(
            circle=CircleId(recorded.stream),
            agreement=fact.agreement,
            subject=fact.subject,
            parties=fact.parties,
            made_at=fact.occurred_at,
            until=fact.until,
        )
    if row is None:
        return None
    match fact:
        case AgreementExtended():
            return replace(row, until=fact.until)
        case EnforcementChecked():
            check = EnforcementCheck(
                check=fact.check,
                place=fact.place,
                kept=fact.kept,
                project=fact.project,
                member=fact.member,
                checked_at=fact.occurred_at,
            )
            return replace(row, checks=(*row.checks, check))
        case FreeRiderFound():
            found = FreeRiderFinding(
                finding=fact.finding,
                member=fact.member,
                text=fact.text,
                found_at=fact.occurred_at,
            )
            return replace(row, findings=(*row.findings, found))
        case SanctionImposed() | FindingSettled():
            return replace(row, findings=tuple(_after(each, fact) for each in row.findings))
        case AgreementEnded():
            return replace(row, ended_at=fact.occurred_at, ended_on_ground=fact.ground)
        case _:
            assert_never(fact)


def _after(finding: FreeRiderFinding, fact: SanctionImposed | FindingSettled) -> FreeRiderFinding:
    if finding.finding != fact.finding:
        return finding
    if isinstance(fact, FindingSettled):
        return replace(finding, upheld=fact.upheld, how=fact.how)
    sanction = SanctionSaid(kind=fact.kind, text=fact.text, imposed_at=fact.occurred_at)
    return replace(finding, sanctions=(*finding.sanctions, sanction))


# ----------------------------------------------------------------------------------- how to ask


def agreement_of(circle: CircleId, agreement: Code) -> Key:
    return key(circle, agreement)


def of_circle(circle: CircleId) -> Shelf:
    return branch(circle)


view = View(
    name="circle-agreements",
    version=1,
    row=CircleAgreementRow,
    hears=AgreementFact,
    keys=keys,
    on=on,
)
