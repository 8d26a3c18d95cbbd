"""The open convenant of a circle: optional, and its parties may join and stop at any moment."""

from dataclasses import dataclass

from domain.terms import Command, Fact, MemberId, Moment, stated

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Convenant:
    """`open_entry` and `open_exit`: parties may join and stop at any moment."""

    parties: tuple[MemberId, ...]
    open_entry: bool
    open_exit: bool


@dataclass(frozen=True, kw_only=True)
class ConvenantSigned(Fact, Convenant):
    """The open convenant of this circle."""


ConvenantFact = ConvenantSigned

# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class SignConvenant(Command, Convenant):
    pass


ConvenantCommand = SignConvenant

# --------------------------------------------------------------------------------------- decide


def decide(command: ConvenantCommand, moment: Moment) -> tuple[ConvenantFact, ...]:
    return (stated(ConvenantSigned, command, moment),)
