"""One step of an import, and the moments that a notice gives it.

Days without an hour count from their first moment in the Netherlands: the day is what terms are
counted by, and no moment of a day that has begun lies in the future.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from application.notices.left_out import remark
from application.notices.notice import Notice, NoticeRefused
from domain.convenant_project.provenance import ImportStep, NoticeRemark
from domain.terms import DUTCH_TIME, Command, Instant, Text, dutch_date


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of an import; `said_in` is the field of the notice that gives its moment."""

    name: ImportStep
    command: Command
    said_in: str = "dispatched_on"


_ELEMENTS: Mapping[str, tuple[str, str]] = {
    "kind": ("CODED_DATA_SECTION/CODIF_DATA/NC_CONTRACT_NATURE", "BT-23"),
    "dispatched_on": ("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE", "BT-05"),
    "published_on": ("CODED_DATA_SECTION/REF_OJS/DATE_PUB", "OPP-012"),
    "decided_on": ("AWARD_CONTRACT/AWARDED_CONTRACT/DATE_CONCLUSION_CONTRACT", "BT-1451"),
    "concluded_on": ("AWARD_CONTRACT/AWARDED_CONTRACT/DATE_CONCLUSION_CONTRACT", "BT-145"),
}
"""Where a field stands in TED, and its business term in eForms."""


def element(notice: Notice, field: str) -> str:
    """Where in the file a field is to be found, for whoever has to look at it."""
    ted, eforms = _ELEMENTS[field]
    return eforms if notice.form.startswith("eforms") else ted


def require_past(notice: Notice, said_in: str, moment: Instant | None, now: Instant) -> None:
    """Refuse the notice when the moment in this field is still to come."""
    if moment is not None and moment > now:
        raise NoticeRefused(
            "notice.in-the-future",
            Text(
                nl="De aankondiging noemt hier een dag die nog moet komen. Neem haar daarna over.",
                en="The notice names a day here that is still to come. Import it after that day.",
            ),
            element(notice, said_in),
        )


def start_of(day: date) -> Instant:
    """The first instant of a calendar day in the Netherlands."""
    return datetime.combine(day, time.min, tzinfo=DUTCH_TIME).astimezone(UTC)


def dispatched(notice: Notice) -> Instant:
    """When the notice was sent."""
    return notice.dispatched_at or start_of(notice.dispatched_on)


def published(notice: Notice, remarks: list[NoticeRemark]) -> Instant | None:
    """From when everybody could read it; None, with a remark, where the notice does not say.

    Not before the dispatch of the same day, of which the notice may give the hour.
    """
    if notice.published_on is None:
        remarks.append(
            remark(
                "published_on",
                "De aankondiging zegt niet dat en wanneer zij is bekendgemaakt.",
                "The notice does not say that it was published, or when.",
            )
        )
        return None
    sent = dispatched(notice)
    return sent if dutch_date(sent) == notice.published_on else start_of(notice.published_on)
