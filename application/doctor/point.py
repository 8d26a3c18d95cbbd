"""One point of the doctor's: as it should be, different, or not to be seen from here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.terms import Text

MOST_DETAILS = 100


class State(StrEnum):
    OK = "ok"
    DIFFERS = "differs"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, kw_only=True)
class Point:
    """`name` is stable. `details` say what differs, by position or name; `cure` what to do."""

    name: str
    state: State
    what: Text
    details: tuple[str, ...] = ()
    cure: Text | None = None

    def plain(self) -> dict[str, Any]:
        return {
            "point": self.name,
            "state": self.state,
            "what": {"nl": self.what.nl, "en": self.what.en},
            "details": list(self.details[:MOST_DETAILS]),
            "untold": max(0, len(self.details) - MOST_DETAILS),
            "cure": None if self.cure is None else {"nl": self.cure.nl, "en": self.cure.en},
        }


def ok(name: str, nl: str, en: str) -> Point:
    return Point(name=name, state=State.OK, what=Text(nl=nl, en=en))


def differs(name: str, what: Text, cure: Text, *details: str) -> Point:
    return Point(name=name, state=State.DIFFERS, what=what, cure=cure, details=details)


def cannot_tell(name: str, why: str) -> Point:
    what = Text(nl=f"niet te zien: {why}", en=f"cannot be seen: {why}")
    return Point(name=name, state=State.CANNOT_TELL, what=what)
