"""Who may do what: a plain table, which knows nothing of Cedar, against the policy in force.

Every role, held for a whole authority and in one circle, against every thing, own and another's.
R reads it, D reads the dossier, A reads who has access, W writes, P sets policy, I introduces people,
G grants, O watches the service, X exports the log; U opens what is sealed, H reads what the record
holds about somebody, E asks that somebody be forgotten, F decides about that; a dot is a refusal.
"""

from itertools import combinations
from uuid import UUID, uuid5

import pytest

from application.access import (
    RECORD,
    Action,
    Held,
    Kind,
    Place,
    Policy,
    Thing,
    action_of,
    belonging,
    place,
    policy_in_force,
)
from application.aggregates import AGGREGATES
from domain.member.access import AccessRole
from domain.terms import CircleId, MemberId

_NAMES = UUID("00000000-0000-5000-8000-0000000acce5")
NOORDERDAM = MemberId(uuid5(_NAMES, "Noorderdam"))
ZUIDERDAM = MemberId(uuid5(_NAMES, "Zuiderdam"))
KRING = CircleId(uuid5(_NAMES, "Kring Noorderdam"))
OTHER_CIRCLE = CircleId(uuid5(_NAMES, "Andere kring van Noorderdam"))
THEIR_CIRCLE = CircleId(uuid5(_NAMES, "Kring Zuiderdam"))


def own(authority: MemberId, circle: CircleId | None = None) -> frozenset[Place]:
    places = {place(authority)}
    return frozenset(places if circle is None else {*places, place(authority, circle)})


def thing(kind: Kind, owner: frozenset[Place], also: frozenset[Place] = frozenset()) -> Thing:
    return Thing(kind=kind, own=owner, seen_by=owner | also)


THINGS = {
    "the circle": thing(Kind.CIRCLE, own(NOORDERDAM, KRING)),
    "another circle of ours": thing(Kind.CIRCLE, own(NOORDERDAM, OTHER_CIRCLE)),
    "their circle": thing(Kind.CIRCLE, own(ZUIDERDAM, THEIR_CIRCLE)),
    "a project of the circle": thing(Kind.PROJECT, own(NOORDERDAM, KRING)),
    "a project of ours without a circle": thing(Kind.PROJECT, own(NOORDERDAM)),
    "a project of theirs": thing(Kind.PROJECT, own(ZUIDERDAM, THEIR_CIRCLE)),
    "a project of theirs that our circle hears of": thing(
        Kind.PROJECT, own(ZUIDERDAM), own(NOORDERDAM, KRING)
    ),
    "a mission of the circle": thing(Kind.MISSION, own(NOORDERDAM, KRING)),
    "a mission of theirs": thing(Kind.MISSION, own(ZUIDERDAM, THEIR_CIRCLE)),
    "our authority": Thing(
        kind=Kind.ORGANISATION, own=own(NOORDERDAM), seen_by=own(NOORDERDAM), is_authority=True
    ),
    "their authority": Thing(
        kind=Kind.ORGANISATION, own=own(ZUIDERDAM), seen_by=own(ZUIDERDAM), is_authority=True
    ),
    "a firm in the circle": thing(Kind.ORGANISATION, frozenset(), own(NOORDERDAM, KRING)),
    "a firm outside": thing(Kind.ORGANISATION, frozenset()),
    "the record": RECORD,
}

LETTERS = {
    "R": Action.READ,
    "D": Action.READ_DOSSIER,
    "A": Action.READ_ACCESS,
    "W": Action.WRITE,
    "P": Action.SET_POLICY,
    "I": Action.INTRODUCE,
    "G": Action.GRANT,
    "O": Action.READ_OPERATION,
    "U": Action.OPEN,
    "H": Action.READ_PERSON,
    "E": Action.REQUEST_ERASURE,
    "F": Action.DECIDE_ERASURE,
    "X": Action.EXPORT,
}

#                                           auditor officer facilit. member administr. privacy officer
ORACLE = """
for the whole authority
the circle                                  | RDA  | RDW   | RWU | R | .     | RDUH
another circle of ours                      | RDA  | RDW   | RWU | R | .     | RDUH
their circle                                | .    | .     | .   | . | .     | .
a project of the circle                     | RDA  | RDWU  | R   | R | .     | RDUH
a project of ours without a circle          | RDA  | RDWU  | R   | R | .     | RDUH
a project of theirs                         | .    | .     | .   | . | .     | .
a project of theirs that our circle hears of| R    | R     | R   | R | .     | .
a mission of the circle                     | RDA  | RDW   | RWU | R | .     | RDUH
a mission of theirs                         | .    | .     | .   | . | .     | .
our authority                               | RDAH | RDWPIU| R   | R | RAIGE | RDUHEF
their authority                             | R    | .     | .   | . | .     | .
a firm in the circle                        | R    | RWIU  | R   | R | .     | RUH
a firm outside                              | R    | RWIU  | .   | . | .     | RUH
the record                                  | OX   | .     | .   | . | O     | .

in one circle
the circle                                  | RDA  | RDW   | RWU | R | .     | RDUH
another circle of ours                      | .    | .     | .   | . | .     | .
their circle                                | .    | .     | .   | . | .     | .
a project of the circle                     | RDA  | RDWU  | R   | R | .     | RDUH
a project of ours without a circle          | .    | .     | .   | . | .     | .
a project of theirs                         | .    | .     | .   | . | .     | .
a project of theirs that our circle hears of| R    | R     | R   | R | .     | .
a mission of the circle                     | RDA  | RDW   | RWU | R | .     | RDUH
a mission of theirs                         | .    | .     | .   | . | .     | .
our authority                               | R    | .     | .   | . | .     | .
their authority                             | R    | .     | .   | . | .     | .
a firm in the circle                        | R    | RWIU  | R   | R | .     | RUH
a firm outside                              | R    | RWIU  | .   | . | .     | RUH
the record                                  | OX   | .     | .   | . | O     | .
"""
ROLES = (
    AccessRole.AUDITOR,
    AccessRole.OFFICER,
    AccessRole.FACILITATOR,
    AccessRole.MEMBER,
    AccessRole.ADMINISTRATOR,
    AccessRole.PRIVACY_OFFICER,
)


def rows() -> list[tuple[AccessRole, CircleId | None, str, frozenset[Action]]]:
    found = []
    circle: CircleId | None = None
    for line in ORACLE.strip().splitlines():
        if "|" not in line:
            circle = KRING if line == "in one circle" else circle
            continue
        name, *cells = (each.strip() for each in line.split("|"))
        for role, cell in zip(ROLES, cells, strict=True):
            letters = "" if cell == "." else cell
            found.append((role, circle, name, frozenset(LETTERS[each] for each in letters)))
    return found


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_in_force()


@pytest.mark.parametrize(
    ("role", "circle", "name", "allowed"),
    rows(),
    ids=[f"{role}-{'circle' if circle else 'all'}-{name}" for role, circle, name, _ in rows()],
)
def test_the_policy_says_what_the_table_says(
    policy: Policy,
    role: AccessRole,
    circle: CircleId | None,
    name: str,
    allowed: frozenset[Action],
) -> None:
    roles = frozenset({Held(role=role, authority=NOORDERDAM, circle=circle)})
    found = {action for action in Action if policy.allows(roles, action, THINGS[name])}
    assert found == allowed


def test_the_table_speaks_of_every_role_thing_and_action() -> None:
    assert {role for role, _, _, _ in rows()} == set(AccessRole)
    assert {name for _, _, name, _ in rows()} == set(THINGS)
    assert set(LETTERS.values()) == set(Action)
    assert {action for *_, allowed in rows() for action in allowed} == set(Action)


@pytest.mark.parametrize("name", THINGS)
def test_whoever_holds_no_role_may_do_nothing(policy: Policy, name: str) -> None:
    assert not any(policy.allows(frozenset(), action, THINGS[name]) for action in Action)


@pytest.mark.parametrize("name", THINGS)
def test_an_auditor_never_writes_whatever_else_the_auditor_is(policy: Policy, name: str) -> None:
    everything = frozenset(
        Held(role=role, authority=authority)
        for role in AccessRole
        for authority in (NOORDERDAM, ZUIDERDAM)
    )
    for action in (
        Action.WRITE,
        Action.SET_POLICY,
        Action.INTRODUCE,
        Action.GRANT,
        Action.OPEN,
        Action.REQUEST_ERASURE,
        Action.DECIDE_ERASURE,
    ):
        assert not policy.allows(everything, action, THINGS[name])


@pytest.mark.parametrize("name", THINGS)
def test_an_administrator_never_decides_whatever_else_that_is(policy: Policy, name: str) -> None:
    for others in combinations(set(AccessRole) - {AccessRole.ADMINISTRATOR}, 2):
        roles = frozenset(
            Held(role=role, authority=NOORDERDAM) for role in (AccessRole.ADMINISTRATOR, *others)
        )
        for action in (Action.WRITE, Action.SET_POLICY, Action.DECIDE_ERASURE):
            assert not policy.allows(roles, action, THINGS[name])


def test_an_authority_cannot_give_away_the_circle_of_another(policy: Policy) -> None:
    lent = Held(role=AccessRole.OFFICER, authority=NOORDERDAM, circle=THEIR_CIRCLE)
    for name in ("their circle", "a project of theirs", "their authority"):
        for action in Action:
            assert not policy.allows(frozenset({lent}), action, THINGS[name])


def test_a_policy_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid policy"):
        Policy("permit (principal, action, resource) whenever { true };")


def test_the_policy_is_known_by_the_hash_of_its_text(policy: Policy) -> None:
    again = Policy(policy.text)
    assert again.sha256 == policy.sha256
    assert Policy(policy.text + "\n").sha256 != policy.sha256


def test_every_command_asks_for_one_action() -> None:
    asked = {
        command: action_of(command)
        for aggregate in AGGREGATES
        for command in aggregate.commands.values()
    }
    special = {each.__name__: action for each, action in asked.items() if action != Action.WRITE}
    assert special == {
        "AdoptParameters": Action.SET_POLICY,
        "AdoptBandSet": Action.SET_POLICY,
        "IntroducePerson": Action.INTRODUCE,
        "GrantAccess": Action.GRANT,
        "WithdrawAccess": Action.GRANT,
        "RequestErasure": Action.REQUEST_ERASURE,
        "NamePersons": Action.DECIDE_ERASURE,
        "GrantErasure": Action.DECIDE_ERASURE,
        "RefuseErasure": Action.DECIDE_ERASURE,
    }


def test_a_stream_that_nothing_began_belongs_nowhere() -> None:
    assert belonging(UUID(int=1), []).kind is None
