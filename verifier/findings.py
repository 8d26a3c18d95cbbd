"""What is wrong, and where; what was checked, and what was not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.lines import ENGLISH, LINES, in_language
from verifier.words import CURES, SAME_CURE, SAYS

MOST_FINDINGS = 200
"""Findings that are told one by one; a log with more than that needs no longer list."""


class Malformed(Exception):
    """Something is not in its form. The message says what, in English, for whoever repairs it."""


class Unusable(Exception):
    """There is nothing to verify, or no way to: exit code 2. Holds a key of `LINES`."""

    def __init__(self, line: str, **particulars: object) -> None:
        super().__init__(in_language(LINES[line], ENGLISH, particulars))
        self.line = line
        self.particulars = particulars

    def __reduce__(self) -> tuple[Any, ...]:
        """For the way back from a worker."""
        return _unusable, (self.line, self.particulars)


def _unusable(line: str, particulars: Mapping[str, Any]) -> Unusable:
    return Unusable(line, **particulars)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong, or (`is_note`) worth knowing. `says` is a key of `SAYS`, its head the code."""

    says: str
    position: int | None = None
    until: int | None = None
    path: str | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)
    is_note: bool = False

    @property
    def code(self) -> str:
        return self.says.partition(".")[0]

    def where(self, language: str) -> str:
        said = []
        if self.position is not None:
            line = "at" if self.until in (None, self.position) else "range"
            particulars = {"position": self.position, "until": self.until}
            said.append(in_language(LINES[line], language, particulars))
        if self.path is not None:
            said.append(self.path)
        return ", ".join(said)

    def sentence(self, language: str) -> str:
        return in_language(SAYS[self.says], language, self.particulars)

    def cure(self, language: str) -> str:
        return in_language(CURES[SAME_CURE.get(self.code, self.code)], language, {})


Line = tuple[str, Mapping[str, Any]]
"""A key of `LINES` with its particulars."""


@dataclass(kw_only=True)
class Report:
    """What was checked, what is wrong, and what was not covered."""

    source: str
    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    findings: list[Finding] = field(default_factory=list)
    untold: int = 0
    checked: list[Line] = field(default_factory=list)
    uncovered: list[Line] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def wrong(self) -> bool:
        return self.untold > 0 or any(not each.is_note for each in self.findings)

    def tell(self, says: str, *, is_note: bool = False, **where: Any) -> None:
        """Add a finding: `position`, `until` and `path` are where, the rest are particulars."""
        place = {name: where.pop(name, None) for name in ("position", "until", "path")}
        self.add(Finding(says=says, is_note=is_note, particulars=where, **place))

    def add(self, finding: Finding) -> None:
        if len(self.findings) < MOST_FINDINGS or finding.is_note:
            self.findings.append(finding)
        else:
            self.untold += 1

    def check(self, line: str, **particulars: Any) -> None:
        self.checked.append((line, particulars))

    def leave(self, line: str, **particulars: Any) -> None:
        self.uncovered.append((line, particulars))
