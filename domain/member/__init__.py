"""Member (deelnemer): an organisation that the record knows, inside a circle or not.

Everybody who acts on a project is one: contractors that sit in a circle, outsiders that bid,
contracting authorities, facilitators, linked undertakings. Being in a circle is a fact of the
circle. Seven rooms: `organisation` says who it is, `people` who acts for it, `practice` what it can,
did and shares, `training` its students and research; for an authority `policy` holds its own
parameters and bands, `access` whom it lets into the record, and `erasure` whom it forgets.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain import sealing
from domain.decider import Decider, Refused, require_possible_time
from domain.member import access, erasure, organisation, people, policy, practice, training
from domain.member.access import AccessCommand, AccessFact, Grants
from domain.member.erasure import CompleteErasure, ErasureCommand, ErasureFact, Erasures
from domain.member.organisation import (
    Identity,
    OrganisationCommand,
    OrganisationFact,
    RegisterMember,
)
from domain.member.people import People, PeopleCommand, PeopleFact
from domain.member.policy import PolicyCommand, PolicyFact
from domain.member.practice import Practice, PracticeCommand, PracticeFact
from domain.member.training import Training, TrainingCommand, TrainingFact
from domain.sealing import Keys, RecordDestruction, SealingFact
from domain.terms import Moment

MemberFact = (
    OrganisationFact
    | PeopleFact
    | PracticeFact
    | TrainingFact
    | PolicyFact
    | AccessFact
    | ErasureFact
)
MemberCommand = (
    OrganisationCommand
    | PeopleCommand
    | PracticeCommand
    | TrainingCommand
    | PolicyCommand
    | AccessCommand
    | ErasureCommand
)


@dataclass(frozen=True, kw_only=True)
class Member:
    identity: Identity = Identity()
    people: People = People()
    practice: Practice = Practice()
    training: Training = Training()
    grants: Grants = Grants()
    erasures: Erasures = Erasures()
    keys: Keys = Keys()


def evolve(state: Member, fact: MemberFact | SealingFact) -> Member:
    if isinstance(fact, OrganisationFact):
        return replace(state, identity=organisation.evolve(state.identity, fact))
    if isinstance(fact, PeopleFact):
        return replace(state, people=people.evolve(state.people, fact))
    if isinstance(fact, PracticeFact):
        return replace(state, practice=practice.evolve(state.practice, fact))
    if isinstance(fact, TrainingFact):
        return replace(state, training=training.evolve(state.training, fact))
    if isinstance(fact, PolicyFact):
        return state
    if isinstance(fact, AccessFact):
        return replace(state, grants=access.evolve(state.grants, fact))
    if isinstance(fact, ErasureFact):
        return replace(state, erasures=erasure.evolve(state.erasures, fact))
    if isinstance(fact, SealingFact):
        return replace(state, keys=sealing.evolve(state.keys, fact))
    assert_never(fact)


def decide(
    state: Member, command: MemberCommand | CompleteErasure | RecordDestruction, moment: Moment
) -> tuple[MemberFact | SealingFact, ...]:
    require_possible_time(command, moment)
    if isinstance(command, RegisterMember):
        return organisation.decide(state.identity, command, moment)
    known = state.identity.organisation
    if known is None:
        raise Refused("member.unknown", "no organisation has this id; register it first")
    if isinstance(command, OrganisationCommand):
        return organisation.decide(state.identity, command, moment)
    if isinstance(command, PeopleCommand):
        return people.decide(state.people, command, moment)
    if isinstance(command, PracticeCommand):
        return practice.decide(state.practice, command, moment)
    if isinstance(command, TrainingCommand):
        return training.decide(state.training, command, moment)
    if isinstance(command, PolicyCommand):
        return policy.decide(known, command, moment)
    if isinstance(command, AccessCommand):
        return access.decide(state.grants, command, moment)
    if isinstance(command, ErasureCommand | CompleteErasure):
        return erasure.decide(state.erasures, known, command, moment)
    if isinstance(command, RecordDestruction):
        return sealing.decide(state.keys, command, moment)
    assert_never(command)


member = Decider(name="member", initial=Member(), decide=decide, evolve=evolve)
