"""Which versions of which documents (stukken) does a project have?"""

from dataclasses import dataclass, replace
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.convenant_project.knowledge import (
    DocumentVersionAdded,
    DocumentWithdrawn,
    Genre,
    Relevance,
)
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, ProjectId

Heard = DocumentVersionAdded | DocumentWithdrawn


@dataclass(frozen=True, kw_only=True)
class DocumentRow:
    project: ProjectId
    document: Code
    version: int
    title: str
    sha256: str
    relevance: Relevance
    genre: Genre
    material: bool
    provided_by: MemberId | None
    added_at: Instant
    withdrawn_at: Instant | None = None


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    return (version_of(ProjectId(recorded.stream), fact.document, fact.version),)


def on(row: DocumentRow | None, recorded: Recorded[Heard]) -> DocumentRow | None:
    fact = recorded.fact
    match fact:
        case DocumentVersionAdded():
            return DocumentRow(
                project=ProjectId(recorded.stream),
                document=fact.document,
                version=fact.version,
                title=fact.title,
                sha256=fact.sha256,
                relevance=fact.relevance,
                genre=fact.genre,
                material=fact.material,
                provided_by=fact.provided_by,
                added_at=fact.occurred_at,
            )
        case DocumentWithdrawn():
            return row and replace(row, withdrawn_at=fact.occurred_at)
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def version_of(project: ProjectId, document: Code, version: int) -> Key:
    return key(project, document, version)


def of_project(project: ProjectId) -> Shelf:
    return branch(project)


view = View(name="documents", version=1, row=DocumentRow, hears=Heard, keys=keys, on=on)
