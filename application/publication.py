"""What everybody may know: facts whose content was made public when they happened.

A fact is published material when the act that it records was itself a publication: a notice, a
report on the website, a document on TenderNed. Everything else asks for a token.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.circle.convenant import ConvenantSigned
from domain.circle.founding import CircleFounded
from domain.circle.meetings import ReportPublished
from domain.convenant_project.award import AwardNoticePublished
from domain.convenant_project.execution import ResultsPublished
from domain.convenant_project.knowledge import DocumentPublished
from domain.convenant_project.preparation import ProjectAnnounced
from domain.convenant_project.procedure import (
    DeadlineMoved,
    NoticePublished,
    NoticeRectified,
    NoticeRenewed,
)
from domain.convenant_project.questions import InformationNoticePublished
from domain.record import Recorded

PUBLISHED = (
    CircleFounded,
    ConvenantSigned,
    ReportPublished,
    ProjectAnnounced,
    NoticePublished,
    NoticeRectified,
    NoticeRenewed,
    DocumentPublished,
    AwardNoticePublished,
    ResultsPublished,
)
"""Acts of publication."""

_AFTER_NOTICE = (DeadlineMoved, InformationNoticePublished)
"""Public in a procedure with a notice; in a private one they go to the invitees only."""


def published(recorded: Iterable[Recorded[Any]]) -> Sequence[Recorded[Any]]:
    """Of the facts of one stream, those that everybody may know, in their order."""
    facts = tuple(recorded)
    noticed = any(isinstance(each.fact, NoticePublished) for each in facts)
    public = (*PUBLISHED, *_AFTER_NOTICE) if noticed else PUBLISHED
    return [each for each in facts if isinstance(each.fact, public)]
