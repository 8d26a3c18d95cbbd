"""The open convenant of a circle: optional, and its parties may join and stop at any moment."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_new
from domain.circle.topics import CircleTheme
from domain.decider import require
from domain.terms import Code, Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


class ConvenantSection(StrEnum):
    """The nine sections of an open convenant, in their order."""

    OCCASION = "occasion"  # 1 aanleiding
    SOCIETAL_RESULT = "societal-result"  # 2 beoogd maatschappelijk resultaat
    SUSTAINABILITY = "sustainability"  # 3 bijdrage aan de duurzaamheidsambitie
    FRAMEWORK = "framework"  # 4 kaders
    ARGUMENTS = "arguments"  # 5 argumenten, en het tegenargument
    CIRCLE = "circle"  # 6 kenniskring, open convenant
    PROJECTS = "projects"  # 7 convenantprojecten
    CARRY_OVER = "carry-over"  # 8 doorwerking binnen de eigen organisatie
    OUTDOOR_SPACE = "outdoor-space"  # 9 buitenruimte


@dataclass(frozen=True, kw_only=True)
class Convenant:
    """`open_entry` and `open_exit`: parties may join and stop at any moment."""

    parties: tuple[MemberId, ...]
    open_entry: bool
    open_exit: bool


@dataclass(frozen=True, kw_only=True)
class ConvenantSigned(Fact, Convenant):
    """The open convenant of this circle."""


@dataclass(frozen=True, kw_only=True)
class ConvenantText:
    section: ConvenantSection
    text: str


@dataclass(frozen=True, kw_only=True)
class ConvenantSectionWritten(Fact, ConvenantText):
    """A section of the convenant reads like this from now on."""


@dataclass(frozen=True, kw_only=True)
class Ambition:
    """`source` is where the council (college) said so, such as a coalition agreement."""

    ambition: Code
    theme: CircleTheme
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class AmbitionSet(Fact, Ambition):
    """The convenant took up an ambition (ambitie)."""


@dataclass(frozen=True, kw_only=True)
class ConvenantParty:
    member: MemberId


@dataclass(frozen=True, kw_only=True)
class ConvenantPartyJoined(Fact, ConvenantParty):
    """A party signed the convenant that was there (aansluiten)."""


@dataclass(frozen=True, kw_only=True)
class ConvenantPartyLeft(Fact, ConvenantParty):
    """A party stopped with the convenant (stoppen)."""


ConvenantFact = (
    ConvenantSigned
    | ConvenantSectionWritten
    | AmbitionSet
    | ConvenantPartyJoined
    | ConvenantPartyLeft
)

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Signed:
    """`parties` is None while no convenant was signed."""

    parties: frozenset[MemberId] | None = None
    ambitions: frozenset[Code] = frozenset()


def evolve(state: Signed, fact: ConvenantFact) -> Signed:
    match fact:
        case ConvenantSigned():
            return replace(state, parties=frozenset(fact.parties))
        case ConvenantPartyJoined():
            return replace(state, parties=(state.parties or frozenset()) | {fact.member})
        case ConvenantPartyLeft():
            return replace(state, parties=(state.parties or frozenset()) - {fact.member})
        case AmbitionSet():
            return replace(state, ambitions=state.ambitions | {fact.ambition})
        case ConvenantSectionWritten():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class SignConvenant(Command, Convenant):
    pass


@dataclass(frozen=True, kw_only=True)
class WriteConvenantSection(Command, ConvenantText):
    pass


@dataclass(frozen=True, kw_only=True)
class SetAmbition(Command, Ambition):
    pass


@dataclass(frozen=True, kw_only=True)
class JoinConvenant(Command, ConvenantParty):
    pass


@dataclass(frozen=True, kw_only=True)
class LeaveConvenant(Command, ConvenantParty):
    pass


ConvenantCommand = (
    SignConvenant | WriteConvenantSection | SetAmbition | JoinConvenant | LeaveConvenant
)

# --------------------------------------------------------------------------------------- decide


def decide(state: Signed, command: ConvenantCommand, moment: Moment) -> tuple[ConvenantFact, ...]:
    match command:
        case SignConvenant():
            return (stated(ConvenantSigned, command, moment),)
        case WriteConvenantSection():
            return (stated(ConvenantSectionWritten, command, moment),)
        case SetAmbition():
            require_new(state.ambitions, command.ambition, "ambition")
            return (stated(AmbitionSet, command, moment),)
        case JoinConvenant():
            require(
                command.member not in _parties(state),
                "circle.convenant-party-known",
                "this organisation is a party to the convenant already",
                field="member",
            )
            return (stated(ConvenantPartyJoined, command, moment),)
        case LeaveConvenant():
            require(
                command.member in _parties(state),
                "circle.convenant-party-unknown",
                "this organisation is no party to the convenant",
                field="member",
            )
            return (stated(ConvenantPartyLeft, command, moment),)
        case _:
            assert_never(command)


def _parties(state: Signed) -> frozenset[MemberId]:
    require(
        state.parties is not None,
        "circle.no-convenant",
        "no convenant was signed in this circle; sign it first",
    )
    return state.parties or frozenset()
