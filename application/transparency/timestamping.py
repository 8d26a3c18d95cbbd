"""Timestamps (tijdstempels, RFC 3161): an authority outside the house says when a checkpoint was.

What is stamped is the text of the newest checkpoint: origin, size and root, each line with its
newline, without the signatures, of which more may come. So whoever keeps text and token needs
`openssl ts -verify` and nothing of ours. A token is kept only when it holds.

One token covers everything before it, so one in an hour says within an hour when anything was
recorded at the latest. An authority that is down or wrong is asked again later; nothing waits.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from time import monotonic

from application.transparency.checkpoint import Checkpoint
from application.transparency.cosigning import SKEW, SharedLog
from application.transparency.note import Note
from application.transparency.outside import AuthorityFailed, TimestampAuthority
from application.transparency.ports import PublishedLog

NEWEST = "timestamped"
"""The file of the log's folder that says which token is the newest."""
_FIRST_REST = 30.0
"""Seconds after which an authority that failed once is asked again."""


def token_path(size: int) -> str:
    """Where in the log's folder the token over the checkpoint of `size` is."""
    return f"timestamps/{size}.tsr"


@dataclass(frozen=True, kw_only=True)
class Timestamped:
    """The newest token: over the checkpoint of `size`, `at` seconds since 1970 by its authority."""

    size: int
    at: float


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """What came of asking the authority, for the operator's log lines; `code` is empty if all is well."""

    size: int
    code: str = ""
    why: str = ""


class Timestamping:
    """One for each process. `every` is the least number of seconds between two tokens."""

    def __init__(
        self,
        *,
        authority: TimestampAuthority,
        log: SharedLog,
        every: float,
        clock: Callable[[], float],
        hear: Callable[[Stamped], None],
        rest: float = _FIRST_REST,
    ) -> None:
        self._authority = authority
        self._log = log
        self._every = every
        self._clock = clock
        self._hear = hear
        self._rest = rest
        self._tries = 0
        self._next = 0.0
        self._news = asyncio.Event()

    async def ask(self, _checkpoint: Checkpoint, _previous: Checkpoint | None) -> None:
        """There is a new checkpoint; returns at once, because `run` does the asking."""
        self._news.set()

    async def run(self) -> None:
        """Have the newest checkpoint stamped whenever it is due, until cancelled."""
        while True:
            self._news.clear()
            rest: float | None = self._every
            try:
                rest = await self.round()
            except Exception as error:  # noqa: BLE001  nobody would see that it ended
                why = f"no timestamp can be kept ({type(error).__name__})"
                self._hear(Stamped(size=0, code="fault", why=why))
            if rest is None:
                await self._news.wait()
            else:
                await asyncio.sleep(rest)

    async def round(self) -> float | None:
        """Have the newest checkpoint stamped if that is due.

        Gives the seconds until it is; None while there is nothing new to stamp.
        """
        note = await asyncio.to_thread(self._log.checkpoint)
        if note is None:
            return None
        text = Note.parse(note).text
        size = Checkpoint.parse(text).size
        newest = await asyncio.to_thread(timestamped, self._log)
        if size == 0 or (newest is not None and newest.size >= size):
            return None
        # An authority whose clock ran ahead once is not waited for until that moment has come.
        stamped_at = 0.0 if newest is None or newest.at > self._clock() + SKEW else newest.at
        wait = max(stamped_at + self._every - self._clock(), self._next - monotonic())
        if wait > 0:
            return min(wait, self._every)
        try:
            token, at = await self._authority.stamp(text.encode())
        except AuthorityFailed as failed:
            self._hear(Stamped(size=size, code=failed.code, why=str(failed)))
            rest = min(self._rest * 2.0**self._tries, self._every)
            self._tries = min(self._tries + 1, 30)
            self._next = monotonic() + rest
            return rest
        self._tries = 0
        told = Timestamped(size=size, at=at.timestamp())
        kept = {token_path(size): token, NEWEST: (json.dumps(asdict(told)) + "\n").encode()}
        await asyncio.to_thread(self._log.write, kept)
        self._hear(Stamped(size=size))
        return self._every


def timestamped(log: PublishedLog) -> Timestamped | None:
    """The newest token that was kept, by what lies in the log's folder; None when there is none."""
    data = log.read(NEWEST)
    if data is None:
        return None
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(data)
        return Timestamped(size=int(told["size"]), at=float(told["at"]))
    return None
