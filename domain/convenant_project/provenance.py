"""Provenance (herkomst): which published notice a project of this record was read from.

Such a project was not prepared in sight of the record: it may enter at any step, without a circle,
and what the notice does not say is not known here either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID, uuid5

from domain.convenant_project.procedure import OutsideRegime
from domain.decider import require, require_form
from domain.terms import SHA256, Command, Fact, MemberId, Moment, Text, stated

# ---------------------------------------------------------------------------------------- facts


class ImportStep(StrEnum):
    """What an import tells of a project, one command each; the names never change."""

    PROJECT = "project"
    NOTICE = "notice"
    LOTS = "lots"
    ESTIMATE = "estimate"
    PROCEDURE = "procedure"
    DISPATCH = "dispatch"
    PUBLICATION = "publication"
    DEADLINE_REQUESTS = "deadline requests"
    DEADLINE_TENDERS = "deadline tenders"
    ANNOUNCEMENT = "announcement"
    AWARD = "award"
    CONTRACT = "contract"
    AWARD_NOTICE = "award-notice"


_IMPORTS = UUID("b6f0a1de-3f7e-5c0b-9d36-2a8e5c47d011")


def import_command(sha256: str, step: str) -> UUID:
    """The id of the command that told one step of the import of a file, whoever imports it.

    So the same file is imported once, and everybody can see which facts came from it.
    """
    return uuid5(_IMPORTS, f"{sha256} {step}")


def import_commands(files: Iterable[str]) -> frozenset[UUID]:
    """The commands by which a project was read from these files, given by their SHA-256."""
    return frozenset(import_command(file, step) for file in files for step in ImportStep)


@dataclass(frozen=True, kw_only=True)
class OutsideLaw:
    """Law that the notice is under and that Kringboek does not model.

    `regime` is absent where the law is none that the record names. `element` is where the notice
    says so, `stated` what it says there, `why` the reason that every rule gives for its silence.
    """

    regime: OutsideRegime | None = None
    element: str
    stated: str
    why: Text


@dataclass(frozen=True, kw_only=True)
class NoticeRemark:
    """What a reader of the project should know of the notice: a doubt, or something left out.

    `code` is stable; `element` is a path in the file, or the field of the notice that it is about.
    """

    code: str
    element: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class ImportedNotice:
    """A notice, by what identifies it and by what it says that no other fact here holds.

    `identifier` is the number in the Official Journal (Publicatieblad), or the notice's own where
    it was not published; `sha256` is over the bytes of the file. `procedure_id` is shared by all
    notices of one procedure, `previous` numbers an earlier notice of it, `changes` is the notice of
    which this is a changed version. `procedure` and `legal_basis` are the notice's own codes.
    `buyers` begins with the project's contracting authority; `winners` are all that the notice
    names, whether or not a contract with each of them could be recorded.
    """

    form: str
    identifier: str
    notice_id: str | None = None
    notice_version: str | None = None
    procedure_id: str | None = None
    previous: str | None = None
    changes: str | None = None
    sha256: str
    language: str
    legal_basis: str
    procedure: str | None = None
    dispatched_on: date
    published_on: date | None = None
    buyers: tuple[MemberId, ...]
    winners: tuple[MemberId, ...] = ()
    outside: OutsideLaw | None = None
    remarks: tuple[NoticeRemark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoticeImported(Fact, ImportedNotice):
    """The project was read from this notice (aankondiging); dated by when that was done."""


ProvenanceFact = NoticeImported

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """`files`: the SHA-256 of every notice that was read into this project."""

    files: frozenset[str] = frozenset()


def evolve(state: Provenance, fact: ProvenanceFact) -> Provenance:
    match fact:
        case NoticeImported():
            return replace(state, files=state.files | {fact.sha256})
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class ImportNotice(Command, ImportedNotice):
    """Record from which notice the project was read; reading one is the door's business."""


ProvenanceCommand = ImportNotice

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Provenance, command: ProvenanceCommand, moment: Moment
) -> tuple[ProvenanceFact, ...]:
    match command:
        case ImportNotice():
            require_form(
                command.sha256,
                SHA256,
                "project.notice-hash",
                "is not a SHA-256; write 64 hexadecimal digits in lower case",
                field="sha256",
            )
            require(
                command.sha256 not in state.files,
                "project.notice-imported",
                "this very file was read into the project before",
                field="sha256",
            )
            require(
                bool(command.buyers) and len(set(command.buyers)) == len(command.buyers),
                "project.notice-buyers",
                "name each buyer once, and at least one",
                field="buyers",
            )
            return (stated(NoticeImported, command, moment),)
        case _:
            assert_never(command)
