"""Keys of sealed texts: made, and destroyed. Facts that every aggregate takes.

A command whose texts are sealed gets one key (sleutel); its facts and the fact of the key are one
append, so that no sealed text stands in the record without its key. The key's fact says whom the
texts concern and in which circles, and commits to the key without telling it. What is destroyed
stays in the record as ciphertext that nobody reads any more; nothing else changes.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, assert_never
from uuid import UUID

from domain.decider import require
from domain.terms import CircleId, Code, Command, Fact, MemberId, Moment, PersonRef, stated

KeyId = NewType("KeyId", UUID)
"""The id of a key in the vault (kluis): `kid` of every text that it seals."""

# ---------------------------------------------------------------------------------------- facts


class Concern(StrEnum):
    """How a text concerns a person (betrokkene)."""

    AUTHOR = "author"  # wie het vastlegde
    MENTIONED = "mentioned"  # wie de opdracht met een verwijzing noemt
    NAMED = "named"  # van wie later is gezegd dat de tekst over die persoon gaat


class ErasureGround(StrEnum):
    """Why somebody is forgotten (grond voor wissing)."""

    NO_LONGER_NEEDED = "no-longer-needed"  # niet langer nodig, AVG 17(1)(a)
    CONSENT_WITHDRAWN = "consent-withdrawn"  # toestemming ingetrokken, AVG 17(1)(b)
    OBJECTION = "objection"  # bezwaar, AVG 17(1)(c)
    UNLAWFUL = "unlawful"  # onrechtmatig verwerkt, AVG 17(1)(d)
    LEGAL_DUTY = "legal-duty"  # wettelijke verplichting om te wissen, AVG 17(1)(e)
    RETENTION_ENDED = "retention-ended"  # bewaartermijn verstreken, AVG 5(1)(e), Archiefwet 1995


class RecordKind(StrEnum):
    """Kinds of confidential text (soorten stukken), each kept for a period of its own."""

    PERSON = "person"  # namen en contactgegevens
    KLAAGPAAL = "klaagpaal"
    REFLECTION = "reflection"  # intake en reflecties
    MINUTES = "minutes"  # gesprekken, voorstellen, bezwaren, bevindingen
    PROJECT = "project"  # dossier van een project


@dataclass(frozen=True, kw_only=True)
class Subject:
    person: PersonRef
    concern: Concern


@dataclass(frozen=True, kw_only=True)
class SealedField:
    """`back` is how many events before the key's own the text stands: 1 is just before it."""

    back: int
    field: str


@dataclass(frozen=True, kw_only=True)
class KeyMade:
    """`commitment` is an HMAC-SHA256 under the key, in hex: it binds to it and reveals nothing.

    `circles` are those that the stream belonged to at that moment; none for an organisation.
    """

    kid: KeyId
    commitment: str
    kind: RecordKind
    texts: tuple[SealedField, ...]
    subjects: tuple[Subject, ...]
    circles: tuple[CircleId, ...]


@dataclass(frozen=True, kw_only=True)
class KeyCreated(Fact, KeyMade):
    """The texts that were recorded just before this were sealed under a key of their own.

    It happened when they did, so that a retention period counts from there.
    """


@dataclass(frozen=True, kw_only=True)
class Destruction:
    """`erasure` is the code of the request, in the record of `authority`, that this carries out."""

    kid: KeyId
    ground: ErasureGround
    authority: MemberId
    erasure: Code


@dataclass(frozen=True, kw_only=True)
class KeyDestroyed(Fact, Destruction):
    """A key was destroyed (vernietigd): what it sealed can be read by nobody any more."""


SealingFact = KeyCreated | KeyDestroyed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of one stream; a destroyed one is in both."""

    made: frozenset[KeyId] = frozenset()
    destroyed: frozenset[KeyId] = frozenset()


def evolve(state: Keys, fact: SealingFact) -> Keys:
    match fact:
        case KeyCreated():
            return replace(state, made=state.made | {fact.kid})
        case KeyDestroyed():
            return replace(state, destroyed=state.destroyed | {fact.kid})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RecordDestruction(Command, Destruction):
    """Given by the erasure that destroyed the key, and by nobody at a door."""


# --------------------------------------------------------------------------------------- decide


def decide(state: Keys, command: RecordDestruction, moment: Moment) -> tuple[SealingFact, ...]:
    require(
        command.kid in state.made,
        "sealing.unknown-key",
        "nothing here was sealed under this key; look up the stream of its texts",
        field="kid",
    )
    if command.kid in state.destroyed:
        return ()
    return (stated(KeyDestroyed, command, moment),)
