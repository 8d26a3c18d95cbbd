"""Which versions of which documents could everybody read, and since when (publicaties)?"""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.convenant_project.knowledge import DocumentPublished
from domain.convenant_project.preparation import PublicChannel
from domain.record import Recorded
from domain.terms import Code, Instant, ProjectId

Heard = DocumentPublished


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """The publication that happened first; `position` is the event that shows it."""

    project: ProjectId
    document: Code
    version: int
    published_at: Instant
    channel: PublicChannel
    url: str | None
    position: int


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    return (publication_of(ProjectId(recorded.stream), fact.document, fact.version),)


def on(row: PublicationRow | None, recorded: Recorded[Heard]) -> PublicationRow | None:
    fact = recorded.fact
    match fact:
        case DocumentPublished():
            if row is not None and row.published_at <= fact.occurred_at:
                return row
            return PublicationRow(
                project=ProjectId(recorded.stream),
                document=fact.document,
                version=fact.version,
                published_at=fact.occurred_at,
                channel=fact.channel,
                url=fact.url,
                position=recorded.position,
            )
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def publication_of(project: ProjectId, document: Code, version: int) -> Key:
    return key(project, document, version)


def of_project(project: ProjectId) -> Shelf:
    return branch(project)


view = View(
    name="publications",
    version=1,
    row=PublicationRow,
    hears=Heard,
    keys=keys,
    on=on,
)
