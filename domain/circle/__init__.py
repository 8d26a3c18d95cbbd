"""Circle (kenniskring): where an authority and regional contractors learn, decide and prepare.

`founding` tells how it begins and who guides it, `convenant` what its parties signed, `membership`
who is in it and `seats` who sits in it; `meetings` when it met and what became public, `klaagpaal`
what was complained of in safety, `decisions` and `agreements` what it resolved.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain.circle import (
    agreements,
    convenant,
    decisions,
    founding,
    klaagpaal,
    meetings,
    membership,
    seats,
)
from domain.circle.agreements import AgreementCommand, AgreementFact, Agreements
from domain.circle.convenant import ConvenantCommand, ConvenantFact
from domain.circle.decisions import DecisionCommand, DecisionFact, Decisions
from domain.circle.founding import FoundCircle, Founding, FoundingCommand, FoundingFact
from domain.circle.klaagpaal import Klaagpaal, KlaagpaalCommand, KlaagpaalFact
from domain.circle.meetings import MeetingCommand, MeetingFact, Meetings
from domain.circle.membership import Members, MembershipCommand, MembershipFact
from domain.circle.seats import Seating, SeatingCommand, SeatingFact
from domain.decider import Decider, require, require_possible_time
from domain.terms import Moment

CircleFact = (
    FoundingFact
    | ConvenantFact
    | MembershipFact
    | SeatingFact
    | MeetingFact
    | KlaagpaalFact
    | DecisionFact
    | AgreementFact
)
CircleCommand = (
    FoundingCommand
    | ConvenantCommand
    | MembershipCommand
    | SeatingCommand
    | MeetingCommand
    | KlaagpaalCommand
    | DecisionCommand
    | AgreementCommand
)


@dataclass(frozen=True, kw_only=True)
class Circle:
    founding: Founding = Founding()
    members: Members = Members()
    seating: Seating = Seating()
    meetings: Meetings = Meetings()
    klaagpaal: Klaagpaal = Klaagpaal()
    decisions: Decisions = Decisions()
    agreements: Agreements = Agreements()


def evolve(state: Circle, fact: CircleFact) -> Circle:
    if isinstance(fact, FoundingFact):
        return replace(state, founding=founding.evolve(state.founding, fact))
    if isinstance(fact, ConvenantFact):
        return state
    if isinstance(fact, MembershipFact):
        return replace(state, members=membership.evolve(state.members, fact))
    if isinstance(fact, SeatingFact):
        return replace(state, seating=seats.evolve(state.seating, fact))
    if isinstance(fact, MeetingFact):
        return replace(state, meetings=meetings.evolve(state.meetings, fact))
    if isinstance(fact, KlaagpaalFact):
        return replace(state, klaagpaal=klaagpaal.evolve(state.klaagpaal, fact))
    if isinstance(fact, DecisionFact):
        return replace(state, decisions=decisions.evolve(state.decisions, fact))
    if isinstance(fact, AgreementFact):
        return replace(state, agreements=agreements.evolve(state.agreements, fact))
    assert_never(fact)


def decide(state: Circle, command: CircleCommand, moment: Moment) -> tuple[CircleFact, ...]:
    require_possible_time(command, moment)
    require(
        state.founding.founded or isinstance(command, FoundCircle),
        "circle.unknown",
        "no circle has this id; found it first",
    )
    if isinstance(command, FoundingCommand):
        return founding.decide(state.founding, command, moment)
    if isinstance(command, ConvenantCommand):
        return convenant.decide(command, moment)
    if isinstance(command, MembershipCommand):
        return membership.decide(state.members, command, moment)
    if isinstance(command, SeatingCommand):
        return seats.decide(state.seating, command, moment)
    if isinstance(command, MeetingCommand):
        return meetings.decide(state.meetings, command, moment)
    if isinstance(command, KlaagpaalCommand):
        return klaagpaal.decide(state.klaagpaal, command, moment)
    if isinstance(command, DecisionCommand):
        return decisions.decide(state.decisions, command, moment)
    if isinstance(command, AgreementCommand):
        return agreements.decide(state.agreements, command, moment)
    assert_never(command)


circle = Decider(name="circle", initial=Circle(), decide=decide, evolve=evolve)
