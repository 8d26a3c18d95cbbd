"""Who was given which version of which document, and since when (verstrekkingen)?

A cell of the knowledge matrix (kennismatrix), without what everybody could read: that is a row of
`publications`, and is joined when the matrix is read.
"""

from dataclasses import dataclass
from typing import assert_never

from application.views.view import Key, Shelf, View, branch, key
from domain.convenant_project.knowledge import Channel, DocumentDisclosed, Proof
from domain.record import Recorded
from domain.terms import Code, Instant, MemberId, ProjectId

Heard = DocumentDisclosed


@dataclass(frozen=True, kw_only=True)
class DisclosureRow:
    """The disclosure that happened first; `position` is the event that shows it."""

    project: ProjectId
    document: Code
    version: int
    recipient: MemberId
    disclosed_at: Instant
    channel: Channel
    proof: Proof | None
    position: int


def keys(recorded: Recorded[Heard]) -> tuple[Key, ...]:
    fact = recorded.fact
    project = ProjectId(recorded.stream)
    return (disclosed_to(project, fact.document, fact.version, fact.recipient),)


def on(row: DisclosureRow | None, recorded: Recorded[Heard]) -> DisclosureRow | None:
    fact = recorded.fact
    match fact:
        case DocumentDisclosed():
            if row is not None and row.disclosed_at <= fact.occurred_at:
                return row
            return DisclosureRow(
                project=ProjectId(recorded.stream),
                document=fact.document,
                version=fact.version,
                recipient=fact.recipient,
                disclosed_at=fact.occurred_at,
                channel=fact.channel,
                proof=fact.proof,
                position=recorded.position,
            )
        case _:
            assert_never(fact)


# ----------------------------------------------------------------------------------- how to ask


def disclosed_to(project: ProjectId, document: Code, version: int, recipient: MemberId) -> Key:
    return key(project, document, version, recipient)


def of_project(project: ProjectId) -> Shelf:
    return branch(project)


view = View(
    name="disclosures",
    version=1,
    row=DisclosureRow,
    hears=Heard,
    keys=keys,
    on=on,
)
