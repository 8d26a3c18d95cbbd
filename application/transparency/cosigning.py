"""Gathering cosignatures: every witness of the policy is asked for the newest checkpoint.

In rounds: all are asked for the same checkpoint at once, as a quorum is of one checkpoint. Whoever
does not answer in time has no part in that round and is left alone for a while, twice as long each
time. Nothing waits for a round: events are recorded and checkpoints are published meanwhile.

No witness is believed. A cosignature is kept when the policy's key made it over this checkpoint,
just now, and when that witness is not known to have forgotten what it cosigned before: a witness
that forgot may have been led into another history since, so its word is worth nothing until it
remembers again, or has a new key and a new line in the policy. The same witness counts once,
however many lines it answers with.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import Protocol

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import VerifierKey
from application.transparency.note import Note, NoteError, Signature
from application.transparency.outside import AskedWitness, WitnessFailed, WitnessHolds
from application.transparency.policy import Judged, Policy, Witness
from application.transparency.ports import PublishedLog
from application.transparency.standing import (
    STANDINGS,
    Condition,
    Standing,
    encode,
    standings,
)
from application.transparency.strict import FormatError
from application.transparency.witnessing import AddCheckpoint

SKEW = 300
"""Seconds by which the clock of somebody else may differ from ours, either way."""
_MOST_LINES = 16
_LONGEST_REST = 300.0
"""Seconds after which a witness that failed many times is asked again."""


class SharedLog(PublishedLog, Protocol):
    """The log's folder, in which also is kept how witnesses stand."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Store files, each whole or not at all."""

    def forget(self, path: str) -> None:
        """Remove what lies at a path, if anything does."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of asking one witness, for the operator's log lines."""

    witness: str
    size: int
    condition: Condition
    code: str = ""
    why: str = ""


class _Unfit(Exception):
    """What a witness answered is of no use."""

    def __init__(self, condition: Condition, code: str, why: str) -> None:
        super().__init__(why)
        self.condition = condition
        self.code = code


class Cosigning:
    """One for each process. `servers` are the policy's witnesses with an address, by their names.

    `prove(old, size)` gives the consistency proof between two sizes of the log; it blocks, as the
    folder does. `clock` is in seconds since 1970. `rest` is how many seconds a witness that failed
    once is left alone.
    """

    def __init__(
        self,
        *,
        policy: Policy,
        log: SharedLog,
        prove: Callable[[int, int], Sequence[bytes]],
        servers: Mapping[str, AskedWitness],
        clock: Callable[[], float],
        hear: Callable[[Heard], None],
        rest: float = 2.0,
    ) -> None:
        self._policy = policy
        self._log = log
        self._prove = prove
        self._servers = dict(servers)
        self._clock = clock
        self._hear = hear
        self._rest = rest
        self._tries: dict[str, int] = {}
        self._next: dict[str, float] = {}
        self._news = asyncio.Event()

    async def ask(self, _checkpoint: Checkpoint, _previous: Checkpoint | None) -> None:
        """As `ports.Witnesses` promises; returns at once, because `run` does the asking."""
        self._news.set()

    async def run(self) -> None:
        """Ask whenever there is news, and again whoever failed, until cancelled."""
        while True:
            self._news.clear()
            rest: float | None = _LONGEST_REST
            try:
                rest = await self.round()
            except Exception as error:  # noqa: BLE001  nobody would see that it ended
                why = f"cosignatures cannot be gathered ({type(error).__name__})"
                self._hear(
                    Heard(witness="", size=0, condition=Condition.SILENT, code="fault", why=why)
                )
            with suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._news.wait()

    async def round(self) -> float | None:
        """Ask everybody who has not cosigned the newest checkpoint, at once, and wait for them.

        Gives the seconds until somebody is to be asked again; None when nobody is.
        """
        judged = await asyncio.to_thread(self._newest)
        if judged is None or judged.checkpoint.size == 0:
            return None
        lacking = self._lacking(judged)
        now = monotonic()
        due = [each for each in lacking if self._next.get(each.name, 0.0) <= now]
        if due:
            known = await asyncio.to_thread(standings, self._log, self._policy)
            before = {each.name: each for each in known}
            attended = (self._attend(each, judged, before[each.name]) for each in due)
            came = await asyncio.gather(*attended, return_exceptions=True)
            told = [each for each in came if isinstance(each, Standing)]
            await asyncio.to_thread(self._keep, told)
            for each in came:
                if isinstance(each, BaseException):
                    raise each
        times = [self._next[each.name] for each in lacking if each.name in self._next]
        return max(min(times) - monotonic(), 0.0) if times else None

    def _newest(self) -> Judged | None:
        note = self._log.checkpoint()
        return None if note is None else self._judged(note)

    def _judged(self, note: bytes) -> Judged:
        """By the policy; where that is the quorum's, it is kept as witnessed.

        A policy may ask for nobody, and then its quorum is met by nobody: that is not witnessed.
        """
        judged = self._policy.judge(note)
        if judged.met and judged.witnesses and judged.checkpoint.size:
            self._log.keep_witnessed(judged.checkpoint.size, note)
        return judged

    def _keep(self, told: Sequence[Standing]) -> None:
        """Write down how these stand now. A size that another process wrote meanwhile is not lost."""
        new = {each.vkey: each for each in told}
        kept = standings(self._log, self._policy)
        after = tuple(
            replace(new[each.vkey], size=max(new[each.vkey].size, each.size))
            if each.vkey in new
            else each
            for each in kept
        )
        if after != kept:
            self._log.write({STANDINGS: encode(after)})

    def _lacking(self, judged: Judged) -> list[Witness]:
        return [
            each
            for each in self._policy.witnesses
            if each.name in self._servers and each.name not in judged.witnesses
        ]

    # ------------------------------------------------------------------------------ one witness

    async def _attend(self, witness: Witness, judged: Judged, standing: Standing) -> Standing:
        """Ask one witness, and keep what it gives; how it stands after that."""
        size = judged.checkpoint.size
        try:
            signature, at = await self._cosignature(witness, judged, standing)
            await asyncio.to_thread(self._add, witness.key, judged, signature)
        except _Unfit as unfit:
            self._put_off(witness.name)
            self._hear(
                Heard(
                    witness=witness.name,
                    size=size,
                    condition=unfit.condition,
                    code=unfit.code,
                    why=str(unfit),
                )
            )
            return standing.failed(unfit.condition, unfit.code, str(unfit), self._clock())
        self._tries.pop(witness.name, None)
        self._next.pop(witness.name, None)
        self._hear(Heard(witness=witness.name, size=size, condition=Condition.COSIGNS))
        return standing.cosigned(size, at, self._clock())

    async def _cosignature(
        self, witness: Witness, judged: Judged, standing: Standing
    ) -> tuple[Signature, int]:
        """Its cosignature of the checkpoint, checked; raises `_Unfit`.

        It is asked from the size that it was last seen to cosign, and once more from the size that
        it says it holds, if that is larger.
        """
        old = min(standing.size, judged.checkpoint.size)
        try:
            answer = await self._asked(witness, judged, old)
        except WitnessHolds as holds:
            await asyncio.to_thread(self._require_fit, holds.size, old, judged, standing)
            try:
                answer = await self._asked(witness, judged, holds.size)
            except WitnessHolds as again:
                raise _conflict(holds.size, again.size, judged.checkpoint.size) from None
        return self._checked(witness.key, judged.opened.text, answer)

    async def _asked(self, witness: Witness, judged: Judged, old: int) -> str:
        size = judged.checkpoint.size
        proof = await asyncio.to_thread(self._prove, old, size) if 0 < old < size else ()
        # Others' cosignatures are not the witness's business, and every byte is one to read.
        logs = {each.key for each in self._policy.logs}
        signed = tuple(each.signature for each in judged.opened.verified if each.key in logs)
        note = Note(text=judged.opened.text, signatures=signed).encode()
        request = AddCheckpoint(old=old, proof=tuple(proof), note=note).encode()
        try:
            return await self._servers[witness.name].add_checkpoint(request)
        except WitnessFailed as failed:
            if failed.code == "no-answer":
                raise _Unfit(Condition.SILENT, failed.code, str(failed)) from None
            if failed.code == "answered-422":  # our proof holds by our tiles, so its root differs
                raise _other_history(old) from None
            raise _Unfit(Condition.REFUSES, failed.code, str(failed)) from None

    def _require_fit(self, held: int, old: int, judged: Judged, standing: Standing) -> None:
        """Raises `_Unfit` where a witness holds what it cannot hold if all is well."""
        if held < standing.size:
            why = f"remembers {held} entries, and cosigned {standing.size} before"
            raise _Unfit(Condition.REWOUND, "rewound", why)
        if held == old:
            raise _conflict(old, held, judged.checkpoint.size)
        if held > judged.checkpoint.size:
            newest = self._newest()
            if newest is not None and held <= newest.checkpoint.size:
                # Published and cosigned since, by another process: the next round finds it so.
                raise _Unfit(Condition.SILENT, "overtaken", "was asked for a newer one meanwhile")
            why = f"cosigned {held} entries, and this log has published fewer"
            raise _Unfit(Condition.AHEAD, "ahead", why)

    def _checked(self, key: VerifierKey, text: str, answer: str) -> tuple[Signature, int]:
        """The one line of this witness's key, which holds over `text` and was made just now."""
        lines = answer.splitlines(keepends=True)
        if not 0 < len(lines) <= _MOST_LINES:
            raise _Unfit(Condition.WRONG, "not-a-cosignature", f"answered with {len(lines)} lines")
        try:
            given = [Signature.parse(each) for each in lines]
        except FormatError as error:
            why = f"answered with what is no signature: {error}"
            raise _Unfit(Condition.WRONG, "not-a-cosignature", why) from None
        own = [each for each in given if (each.name, each.key_id) == (key.name, key.key_id)]
        if not own:
            why = "signed with another key than the policy has for it"
            raise _Unfit(Condition.WRONG, "unknown-key", why)
        try:
            times = [key.verify(text, each.value) for each in own]
        except NoteError as error:
            code, why = error.code, f"answered with a cosignature that fails: {error}"
            raise _Unfit(Condition.WRONG, code, why) from None
        at = times[0]
        if at is None or abs(at - self._clock()) > SKEW:
            why = f"says that it cosigned at {at}, and was asked just now"
            raise _Unfit(Condition.WRONG, "wrong-time", why)
        return own[0], at

    def _add(self, key: VerifierKey, judged: Judged, signature: Signature) -> None:
        """Keep it with the checkpoint over which it was checked, if that still lies there."""
        size = judged.checkpoint.size

        def added(published: bytes) -> bytes:
            note = Note.parse(published)
            if note.text != judged.opened.text:
                return published  # another folder was put in place while the witness was asked
            if any((each.name, each.key_id) == (key.name, key.key_id) for each in note.signatures):
                return published  # by another process, a moment ago
            return note.with_signatures([signature]).encode()

        self._log.amend(size, added)
        note = self._log.checkpoint_of(size)
        if note is not None:
            self._judged(note)

    def _put_off(self, name: str) -> None:
        tries = self._tries.get(name, 0)
        self._tries[name] = tries + 1
        self._next[name] = monotonic() + min(self._rest * 2.0 ** min(tries, 30), _LONGEST_REST)


def _conflict(old: int, held: int, size: int) -> _Unfit:
    """What a witness means by a conflict, when it was asked from the size that it holds."""
    if old == held == size:
        return _other_history(size)
    why = f"was asked from {old} entries and holds {held}, which is no reason to refuse"
    return _Unfit(Condition.WRONG, "senseless-conflict", why)


def _other_history(size: int) -> _Unfit:
    why = f"holds another root for {size} entries than this log has published"
    return _Unfit(Condition.OTHER_HISTORY, "other-history", why)
