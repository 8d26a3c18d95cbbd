"""What an audit says: what is wrong, where, and under which stable code."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_FINDINGS = 1_000
"""Findings that are told one by one; a ledger with more than that needs no longer list."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong, at a position of the ledger or in a file of the log, or both.

    `code` is one of:

        changed-body     the body or its salt is not what the entry commits to
        swapped-bodies   so is another event's, whose body stands here
        changed-column   another column is not what the entry says; `column` names it
        changed-entry    the entry is not the one that was published, or not in its form
        changed-leaf     the leaf is not the hash of the entry
        missing          an event was taken out
        inserted         an event was put in between
        reordered        an event stands in another's place
        stream-order     an event is not the next version of its stream
        time-order       an event was recorded before the one that precedes it
        forked           from here on there is another history than the one that was published
        shrunk           the ledger ends before what was published: an old backup
        dropped-after-receipt    an event that the log gave its word for is not there
        other-log        a checkpoint or receipt of another log
        stale-checkpoint an older checkpoint lies where the newest should
        re-signed        the log signed two checkpoints that contradict each other
        changed-command  the row of a command does not say what its events say
        missing-command  an event without its command's row, or the other way round
        bad-tile, bad-bundle, bad-checkpoint, bad-signature    a file of the log was changed
        unexplained      the hashes do not fit, and nothing more can be said
    """

    code: str
    why: str
    position: int | None = None
    column: str | None = None
    path: str | None = None

    def plain(self) -> dict[str, Any]:
        said = {
            "code": self.code,
            "position": self.position,
            "column": self.column,
            "path": self.path,
            "why": self.why,
        }
        return {name: value for name, value in said.items() if value is not None}

    def __str__(self) -> str:
        where = [
            *([] if self.position is None else [f"position {self.position}"]),
            *([] if self.path is None else [self.path]),
        ]
        return f"{', '.join(where) or 'the log'}: {self.code}: {self.why}"


@dataclass(kw_only=True)
class Told:
    """Findings as they come; those beyond `MOST_FINDINGS` are only counted."""

    findings: list[Finding] = field(default_factory=list)
    untold: int = 0

    def tell(self, finding: Finding) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)
        else:
            self.untold += 1

    def tell_all(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            self.tell(each)

    def take(self, other: "Told") -> None:
        self.tell_all(other.findings)
        self.untold += other.untold

    def __bool__(self) -> bool:
        return bool(self.findings or self.untold)
