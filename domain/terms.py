"""Words that every slice shares: ids, moments, money, sealed values.

Money is a whole number of euro cents, a percentage a whole number of basis points (10,000 is
100 %), an instant an aware `datetime` in UTC. There are no floats in facts.
"""

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NewType, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

CircleId = NewType("CircleId", UUID)
MemberId = NewType("MemberId", UUID)
ProjectId = NewType("ProjectId", UUID)
MissionId = NewType("MissionId", UUID)
PersonRef = NewType("PersonRef", UUID)
"""A person as the record knows them: a random id; name and contact data are `Sealed`."""

Code = NewType("Code", str)
"""A short name that is unique within its aggregate: a document `D14`, a meeting `2026-01-22`."""

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
KVK_NUMBER = re.compile(r"[0-9]{8}")
MUNICIPALITY_CODE = re.compile(r"gm[0-9]{4}")
"""A municipality (gemeente) in the register TOOI."""
CPV_CODE = re.compile(r"[0-9]{8}(-[0-9])?")
SHA256 = re.compile(r"[0-9a-f]{64}")

Instant = datetime
Euro = NewType("Euro", int)
"""Euro cents, excluding VAT unless a field says otherwise."""
BasisPoints = NewType("BasisPoints", int)
"""Hundredths of a percent: 6,000 is 60 %."""

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
_ORGANISATIONS = UUID("5c0f9f4e-2f5e-5d0b-9a55-0d9f6d9d3c11")


def member_id_of_kvk(kvk_number: str) -> MemberId:
    """The id of the organisation with this KvK number (Kamer van Koophandel, 8 digits).

    Derived, so that the ledger's own version check keeps every organisation unique.
    """
    return MemberId(uuid5(_ORGANISATIONS, kvk_number))


def dutch_date(instant: Instant) -> date:
    """The calendar day of `instant` in the Netherlands, where every term (termijn) is counted."""
    return instant.astimezone(DUTCH_TIME).date()


def end_of(day: date) -> Instant:
    """The last instant of a calendar day in the Netherlands."""
    return datetime.combine(day, time.max, tzinfo=DUTCH_TIME).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When, and by whom, a command is given. `actor` is a pseudonym, never a name or address."""

    now: Instant
    actor: PersonRef


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A value that can be forgotten: AES-256-GCM under a key of the vault (kluis).

    `kid` names the key, `field` what was sealed; `nonce` and `ciphertext` are base64. Nothing in
    the domain reads it, so a replay is the same before and after the key is destroyed.
    """

    kid: UUID
    field: str
    nonce: str
    ciphertext: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """A sentence for people, in Dutch and in English."""

    nl: str
    en: str


class Language(StrEnum):
    NL = "nl"
    EN = "en"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. `occurred_at` is asserted by the actor; the ledger adds its own."""

    occurred_at: Instant


@dataclass(frozen=True, kw_only=True)
class Command:
    """A wish of an actor. `occurred_at` is when it happened, if that was before now."""

    occurred_at: Instant | None = None


F = TypeVar("F", bound=Fact)


def stated(fact: type[F], command: Command, moment: Moment, **more: Any) -> F:
    """`fact` with the particulars that it shares with `command`, at the moment it happened."""
    named = {each.name for each in fields(fact)} - {"occurred_at"}
    shared = {
        each.name: getattr(command, each.name) for each in fields(command) if each.name in named
    }
    return fact(occurred_at=command.occurred_at or moment.now, **(shared | more))


EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing that Kringboek records happened before this; an older date is a slip of the pen."""
