"""The papers (stukken) of a project: their versions, who was given each, and what became public."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.opened import Opened
from api.operations import Call, Operation
from api.registers import FOR_THE_DOSSIER, May, Register, register_operations
from application.aggregates import CONVENANT_PROJECT
from application.views import disclosures, documents, publications
from application.views.disclosures import DisclosureRow
from application.views.documents import DocumentRow
from application.views.publications import PublicationRow
from domain.convenant_project.knowledge import Relevance


@dataclass(frozen=True, kw_only=True)
class DocumentVersionList:
    versions: tuple[DocumentRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class DisclosureList:
    disclosures: tuple[DisclosureRow, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class PublicationList:
    publications: tuple[PublicationRow, ...]
    next: str | None


def operations() -> Iterator[Operation]:
    yield from register_operations(*REGISTERS)


def _in_confidence(_: Call, found: Opened) -> May:
    async def may(row: DocumentRow) -> bool:
        return found.sight.dossier or row.relevance is not Relevance.CONFIDENTIAL

    return may


REGISTERS = (
    Register(
        of=CONVENANT_PROJECT,
        word="document-versions",
        id="convenantProjectDocumentVersions",
        summary="Every version of every document of a project",
        view=documents.view,
        shelf=documents.of_project,
        said=DocumentVersionList,
        inside="versions",
        may=_in_confidence,
    ),
    Register(
        of=CONVENANT_PROJECT,
        word="disclosures",
        id="convenantProjectDisclosures",
        summary="Who was given which document of a project, when and how",
        view=disclosures.view,
        shelf=disclosures.of_project,
        said=DisclosureList,
        inside="disclosures",
        only=FOR_THE_DOSSIER,
    ),
    Register(
        of=CONVENANT_PROJECT,
        word="publications",
        id="convenantProjectPublications",
        summary="Which documents of a project everybody could read, since when and where",
        view=publications.view,
        shelf=publications.of_project,
        said=PublicationList,
        inside="publications",
    ),
)
