"""What parties of a circle agree on (afspraken), also for several years, and whether it is kept.

Everybody keeps to what was agreed, or nobody does: an agreement is enforced (handhaving) in the
project's office and outside on the work, and who profits without keeping to it is a free rider.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, ProjectId, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class EnforcementPlace(StrEnum):
    OFFICE = "office"  # in de projectorganisatie
    WORK = "work"  # buiten op het werk


class SanctionKind(StrEnum):
    WARNING = "warning"  # waarschuwing
    REPAIR = "repair"  # herstel
    SUSPENSION = "suspension"  # schorsing
    EXCLUSION = "exclusion"  # uitsluiting van de afspraak


class AgreementEndGround(StrEnum):
    TERM_OVER = "term-over"  # looptijd voorbij
    FULFILLED = "fulfilled"  # nagekomen
    REPLACED = "replaced"  # vervangen
    CANCELLED = "cancelled"  # opgezegd
    BROKEN = "broken"  # geschonden


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """`until` is the last day on which it binds, also years ahead; None while nobody ends it."""

    agreement: Code
    subject: str
    parties: tuple[MemberId, ...]
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementMade(Fact, Agreement):
    """Parties of the circle agreed on something (afspraak)."""


@dataclass(frozen=True, kw_only=True)
class AgreementExtension:
    agreement: Code
    until: date


@dataclass(frozen=True, kw_only=True)
class AgreementExtended(Fact, AgreementExtension):
    """An agreement binds until another day."""


@dataclass(frozen=True, kw_only=True)
class Enforcement:
    """`kept`: the agreement was kept by `member`, or by all where nobody is named."""

    check: Code
    agreement: Code
    place: EnforcementPlace
    kept: bool
    project: ProjectId | None = None
    member: MemberId | None = None


@dataclass(frozen=True, kw_only=True)
class EnforcementChecked(Fact, Enforcement):
    """Somebody looked whether an agreement is kept (handhaving)."""


@dataclass(frozen=True, kw_only=True)
class FreeRiding:
    """`finding` is a code within its agreement."""

    agreement: Code
    finding: Code
    member: MemberId
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class FreeRiderFound(Fact, FreeRiding):
    """An organisation profits from an agreement that it does not keep."""


@dataclass(frozen=True, kw_only=True)
class Sanction:
    agreement: Code
    finding: Code
    kind: SanctionKind
    text: Sealed


@dataclass(frozen=True, kw_only=True)
class SanctionImposed(Fact, Sanction):
    """A finding against a free rider has a consequence."""


@dataclass(frozen=True, kw_only=True)
class FindingEnd:
    """`upheld`: the finding was right."""

    agreement: Code
    finding: Code
    upheld: bool
    how: Sealed


@dataclass(frozen=True, kw_only=True)
class FindingSettled(Fact, FindingEnd):
    """A finding was mended or taken back."""


@dataclass(frozen=True, kw_only=True)
class AgreementEnding:
    agreement: Code
    ground: AgreementEndGround
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Fact, AgreementEnding):
    """The agreement binds nobody any more."""


AgreementFact = (
    AgreementMade
    | AgreementExtended
    | EnforcementChecked
    | FreeRiderFound
    | SanctionImposed
    | FindingSettled
    | AgreementEnded
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Agreements:
    made: frozenset[Code] = frozenset()
    ended: frozenset[Code] = frozenset()
    checks: frozenset[Code] = frozenset()
    findings: frozenset[tuple[Code, Code]] = frozenset()
    """Agreement and finding."""
    settled: frozenset[tuple[Code, Code]] = frozenset()


def evolve(state: Agreements, fact: AgreementFact) -> Agreements:
    match fact:
        case AgreementMade():
            return replace(state, made=state.made | {fact.agreement})
        case AgreementEnded():
            return replace(state, ended=state.ended | {fact.agreement})
        case EnforcementChecked():
            return replace(state, checks=state.checks | {fact.check})
        case FreeRiderFound():
            return replace(state, findings=state.findings | {(fact.agreement, fact.finding)})
        case FindingSettled():
            return replace(state, settled=state.settled | {(fact.agreement, fact.finding)})
        case AgreementExtended() | SanctionImposed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class MakeAgreement(Command, Agreement):
    pass


@dataclass(frozen=True, kw_only=True)
class ExtendAgreement(Command, AgreementExtension):
    pass


@dataclass(frozen=True, kw_only=True)
class CheckEnforcement(Command, Enforcement):
    pass


@dataclass(frozen=True, kw_only=True)
class FindFreeRider(Command, FreeRiding):
    pass


@dataclass(frozen=True, kw_only=True)
class ImposeSanction(Command, Sanction):
    pass


@dataclass(frozen=True, kw_only=True)
class SettleFinding(Command, FindingEnd):
    pass


@dataclass(frozen=True, kw_only=True)
class EndAgreement(Command, AgreementEnding):
    pass


AgreementCommand = (
    MakeAgreement
    | ExtendAgreement
    | CheckEnforcement
    | FindFreeRider
    | ImposeSanction
    | SettleFinding
    | EndAgreement
)

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Agreements, command: AgreementCommand, moment: Moment
) -> tuple[AgreementFact, ...]:
    match command:
        case MakeAgreement():
            require_new(state.made, command.agreement, "agreement")
            return (stated(AgreementMade, command, moment),)
        case ExtendAgreement():
            _require_binding(state, command.agreement)
            return (stated(AgreementExtended, command, moment),)
        case CheckEnforcement():
            require_known(state.made, command.agreement, "agreement")
            require_new(state.checks, command.check, "check")
            return (stated(EnforcementChecked, command, moment),)
        case FindFreeRider():
            require_known(state.made, command.agreement, "agreement")
            require_new(_findings(state, command.agreement), command.finding, "finding")
            return (stated(FreeRiderFound, command, moment),)
        case ImposeSanction():
            _require_open(state, command.agreement, command.finding)
            return (stated(SanctionImposed, command, moment),)
        case SettleFinding():
            _require_open(state, command.agreement, command.finding)
            return (stated(FindingSettled, command, moment),)
        case EndAgreement():
            _require_binding(state, command.agreement)
            return (stated(AgreementEnded, command, moment),)
        case _:
            assert_never(command)


def _require_binding(state: Agreements, agreement: Code) -> None:
    require_known(state.made, agreement, "agreement")
    require(
        agreement not in state.ended,
        "circle.agreement-ended",
        "this agreement was ended before; make a new one",
        field="agreement",
    )


def _findings(state: Agreements, agreement: Code) -> frozenset[Code]:
    return frozenset(finding for of, finding in state.findings if of == agreement)


def _require_open(state: Agreements, agreement: Code, finding: Code) -> None:
    require_known(_findings(state, agreement), finding, "finding")
    require(
        (agreement, finding) not in state.settled,
        "circle.finding-settled",
        "this finding was settled before",
        field="finding",
    )
