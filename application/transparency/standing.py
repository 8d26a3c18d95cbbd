"""How each witness of the policy stands, and what was witnessed: for operators and for whoever asks.

It lies in the log's folder, so that every process tells the same and a restart forgets nothing: a
witness that remembers less than it cosigned before is noticed by what lies here.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from application.transparency.checkpoint import Checkpoint
from application.transparency.policy import Policy
from application.transparency.ports import PublishedLog
from application.transparency.strict import FormatError

STANDINGS = "witnesses"
"""The file of the log's folder in which the standings are."""


class Condition(StrEnum):
    """What came of asking a witness the last time."""

    NOT_ASKED = "not-asked"
    COSIGNS = "cosigns"
    SILENT = "silent"
    REFUSES = "refuses"
    WRONG = "wrong"
    """It answered with what is not its cosignature of this checkpoint, made just now."""
    REWOUND = "rewound"
    """It remembers less than it cosigned: a restored backup, or a witness that can be led."""
    OTHER_HISTORY = "other-history"
    """It holds another root for a size of this log: the log told two histories, or it lies."""
    AHEAD = "ahead"
    """It cosigned more than this log has published: the log's folder is a restored backup."""

    @property
    def is_alarm(self) -> bool:
        """Whether a person should look, because time alone does not cure it."""
        return self in (
            Condition.WRONG,
            Condition.REWOUND,
            Condition.OTHER_HISTORY,
            Condition.AHEAD,
        )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One witness, under its name in the policy.

    `size` is the largest that it was seen to cosign and `at` what it said of the time, in seconds
    since 1970; `since` is when this condition began; `failures` counts by code from the beginning.
    """

    name: str
    vkey: str
    size: int = 0
    at: int = 0
    condition: Condition = Condition.NOT_ASKED
    why: str = ""
    since: float = 0.0
    failures: Mapping[str, int] = field(default_factory=dict)

    def cosigned(self, size: int, at: int, now: float) -> "Standing":
        since = self.since if self.condition is Condition.COSIGNS else now
        return replace(
            self, size=max(size, self.size), at=at, condition=Condition.COSIGNS, why="", since=since
        )

    def failed(self, condition: Condition, code: str, why: str, now: float) -> "Standing":
        since = self.since if self.condition is condition else now
        failures = {**self.failures, code: self.failures.get(code, 0) + 1}
        return replace(self, condition=condition, why=why, since=since, failures=failures)


@dataclass(frozen=True, kw_only=True)
class Witnessing:
    """What is witnessed: the newest checkpoint that has the quorum of the policy in force, if any."""

    quorum: str
    witnessed: Checkpoint | None
    standings: tuple[Standing, ...]

    @property
    def size(self) -> int:
        return 0 if self.witnessed is None else self.witnessed.size


def witnessing(log: PublishedLog, policy: Policy) -> Witnessing:
    """How it is by what lies in the log's folder; blocks for as long as two small files take."""
    kept = log.witnessed()
    witnessed = None
    if kept is not None:
        try:
            judged = policy.judge(kept)
            witnessed = judged.checkpoint if judged.met and judged.witnesses else None
        except FormatError:  # of another policy, or spoiled: then nothing is witnessed yet
            witnessed = None
    return Witnessing(quorum=policy.quorum, witnessed=witnessed, standings=standings(log, policy))


def standings(log: PublishedLog, policy: Policy) -> tuple[Standing, ...]:
    """Every witness of the policy. One of whom nothing is known begins anew."""
    known = _known(log.read(STANDINGS))
    found = []
    for each in policy.witnesses:
        fresh = Standing(name=each.name, vkey=str(each.key))
        kept = known.get(fresh.vkey)
        found.append(fresh if kept is None else replace(kept, name=each.name))
    return tuple(found)


def encode(told: tuple[Standing, ...]) -> bytes:
    return (json.dumps([asdict(each) for each in told], indent=1, sort_keys=True) + "\n").encode()


def _known(data: bytes | None) -> dict[str, Standing]:
    """What the file says, by vkey; nothing where it is missing or spoiled."""
    if data is None:
        return {}
    try:
        return {each.vkey: each for each in map(_standing, json.loads(data))}
    except (ValueError, TypeError, KeyError):
        return {}


def _standing(plain: dict[str, Any]) -> Standing:
    size, at = plain["size"], plain["at"]
    if not (isinstance(size, int) and isinstance(at, int) and size >= 0):
        raise TypeError("a size and a time are whole numbers")
    return Standing(**{**plain, "condition": Condition(plain["condition"])})
