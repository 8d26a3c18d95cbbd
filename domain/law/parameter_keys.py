"""What a parameter is: its name, unit, source and certainty, and the row of one period.

The numbers themselves stand in `parameter_table`, the questions about them in `parameters`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.law.coverage import NotCovered
from domain.terms import Text


class Tag(StrEnum):
    """How sure a number is (zekerheid)."""

    V = "V"
    """Read in a copy of the source itself."""
    V2 = "V2"
    """Read in a secondary source only."""
    K = "K"
    """Common knowledge that no source at hand confirms."""
    D = "D"
    """An engineering reading that makes an open norm testable."""
    S = "S"
    """Stated by the founding documents of the kenniskring."""


class Unit(StrEnum):
    EURO_CENTS = "euro-cents"
    BASIS_POINTS = "basis-points"
    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    COUNT = "count"


class ParameterKey(StrEnum):
    """Stable names: they are stored in `ParameterAdopted.key` and never renamed."""

    # value and splitting: raming, splitsing
    LOT_EXEMPT_WORKS = "lot-exempt-works"
    LOT_EXEMPT_OTHER = "lot-exempt-supplies-services"
    LOT_EXEMPT_SHARE = "lot-exempt-share"
    SPLITTING_WINDOW = "splitting-window"

    # choice of procedure and requirements: procedurekeuze, eisen
    INVITED_AT_LEAST = "invited-at-least"
    INVITED_AT_MOST = "invited-at-most"
    INVITEE_MIX_WINDOW = "invitee-mix-window"
    INVITEE_MIX_SHARE = "invitee-mix-share"
    INVITEE_MIX_STREAK = "invitee-mix-streak"
    MULTI_PRIVATE_CEILING = "multi-private-ceiling"
    TURNOVER_CAP = "turnover-cap"
    TURNOVER_CAUTION = "turnover-caution"

    # termijnen, the periods
    TENDER_OPEN_EU = "tender-open-eu"
    TENDER_RESTRICTED_EU = "tender-restricted-eu"
    REQUEST_EU = "request-eu"
    E_SUBMISSION_REDUCTION = "e-submission-reduction"
    DOCS_OFFLINE_EXTRA = "docs-offline-extra"
    PRIOR_NOTICE_TENDER = "prior-notice-tender"
    PRIOR_NOTICE_FLOOR = "prior-notice-floor"
    PRIOR_NOTICE_AT_LEAST = "prior-notice-at-least"
    PRIOR_NOTICE_AT_MOST = "prior-notice-at-most"
    URGENT_REQUEST = "urgent-request"
    URGENT_OPEN = "urgent-open"
    URGENT_RESTRICTED = "urgent-restricted"
    TENDER_OPEN_NATIONAL = "tender-open-national"
    TENDER_RESTRICTED_NATIONAL = "tender-restricted-national"
    REQUEST_NATIONAL = "request-national"
    TENDER_MULTI_PRIVATE = "tender-multi-private"
    HOLIDAY_SHARE = "holiday-share"
    NVI_EUROPEAN = "nvi-european"
    NVI_URGENT = "nvi-urgent"
    NVI_NATIONAL = "nvi-national"
    NVI_MULTI_PRIVATE = "nvi-multi-private"
    EXTENSION_AFTER_DEADLINE = "extension-after-deadline"
    EXTENSION_AFTER_CHANGE = "extension-after-change"
    INVITATION_SPREAD = "invitation-spread"

    # information and involvement: gelijk aan de streep
    BACKLOG_TERM = "backlog-term"
    LEAVER_LOOK_BACK = "leaver-look-back"
    ANNOUNCEMENT_LEAD = "announcement-lead"
    HEARING_TERM = "hearing-term"

    # award, file, integrity: gunning, dossier, integriteit
    WEIGHTS_SUM = "weights-sum"
    AWARD_LETTER_SPREAD = "award-letter-spread"
    STANDSTILL = "standstill"
    AWARD_NOTICE = "award-notice"
    FILE_RETENTION = "file-retention"
    FORMER_EMPLOYER = "former-employer"

    # contract modification: wijziging
    MODIFICATION_SMALL_WORKS = "modification-small-works"
    MODIFICATION_SMALL_OTHER = "modification-small-supplies-services"
    MODIFICATION_INCREASE = "modification-increase"

    # kenniskring, the circle
    SME_SEATS_AT_LEAST = "sme-seats-at-least"
    SME_SEATS_AT_MOST = "sme-seats-at-most"
    MUNICIPAL_SEATS_AT_LEAST = "municipal-seats-at-least"
    MUNICIPAL_SEATS_AT_MOST = "municipal-seats-at-most"
    SEAT_ROTATION = "seat-rotation"
    REPORT_PUBLICATION = "report-publication"
    ENTRY_ANSWER = "entry-answer"

    # bewaartermijnen, how long confidences are kept
    RETENTION_PERSON = "retention-person"
    RETENTION_KLAAGPAAL = "retention-klaagpaal"
    RETENTION_REFLECTION = "retention-reflection"
    RETENTION_MINUTES = "retention-minutes"
    RETENTION_PROJECT = "retention-project"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number for one period; `valid_until` is inclusive, None means that no end is known."""

    key: ParameterKey
    value: int
    unit: Unit
    valid_from: date
    valid_until: date | None
    source: str
    tag: Tag

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a key means: for officers (`label`), for rules (`decides`), and who may set it.

    `fixed` numbers are the law's: an authority cannot adopt another. `rows` lie in order of
    `valid_from`, without overlap.
    """

    key: ParameterKey
    unit: Unit
    label: Text
    decides: tuple[str, ...]
    fixed: bool
    rows: tuple[Parameter, ...]

    def row(self, day: date) -> Parameter:
        """The row of `day`. Raises NotCovered."""
        for row in self.rows:
            if row.covers(day):
                return row
        raise NotCovered(f"parameter {self.key}", day)
