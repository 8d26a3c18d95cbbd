"""What a witness (getuige) decides: whether it cosigns a checkpoint (c2sp.org/tlog-witness).

A witness belongs to another organisation than the log. It remembers one checkpoint of each log it
knows and signs a newer one only after a proof that nothing before it was changed. Two histories of
one log therefore never both get its signature, whoever holds the log's key. It sees hashes only.

What the witness asks of its memory is that reading and writing are one act that nobody comes
between, and that what was remembered is on disk before anything is signed: a witness that forgets
can be led into another history.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import SignerKey, VerifierKey
from application.transparency.note import Note
from application.transparency.strict import FormatError, base64, decimal, to_base64, utf8
from domain.tree import InvalidProof, verify_consistency

MOST_PROOF_LINES = 63
_NO_NOTE = ("not-a-note", "too-large", "not-utf8")
"""Codes of what cannot be a note, whoever signed it."""
_OLD = "old "


@dataclass(frozen=True, kw_only=True)
class AddCheckpoint:
    """The request: the size that the witness last cosigned, the proof from there, the new note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def encode(self) -> bytes:
        lines = (f"{_OLD}{self.old}", *(to_base64(each) for each in self.proof), "")
        return "".join(f"{each}\n" for each in lines).encode() + self.note

    @classmethod
    def parse(cls, body: bytes) -> "AddCheckpoint":
        """Raises FormatError. The note is not looked at."""
        head, blank, note = body.partition(b"\n\n")
        first, *hashes = utf8(head, "the request").split("\n")
        if not blank or not first.startswith(_OLD):
            raise FormatError(
                "not-a-request",
                "a request is `old` and a size, the hashes of a proof, a blank line, a checkpoint",
            )
        if len(hashes) > MOST_PROOF_LINES:
            raise FormatError("not-a-request", f"a proof has at most {MOST_PROOF_LINES} hashes")
        return cls(
            old=decimal(first.removeprefix(_OLD), "the old size"),
            proof=tuple(base64(each, f"hash {at} of the proof") for at, each in enumerate(hashes)),
            note=note,
        )


class Why(StrEnum):
    """Why nothing was cosigned."""

    MALFORMED = "malformed"
    UNKNOWN_LOG = "unknown-log"
    NOT_SIGNED = "not-signed"
    OTHER_SIZE = "other-size"
    """The witness remembers another size than the request began from, or another root for it."""
    INCONSISTENT = "inconsistent"


class NotCosigned(Exception):
    """Nothing was signed and nothing remembered. `size` is what is remembered, for OTHER_SIZE."""

    def __init__(self, why: Why, message: str, size: int = 0) -> None:
        super().__init__(message)
        self.why = why
        self.size = size


class MemoryLost(Exception):
    """What was remembered of a log cannot be read. Until it can, nothing of that log is cosigned."""


class Recollection(Protocol):
    """What is remembered of one log, while nobody else can read or change it."""

    @property
    def note(self) -> bytes | None:
        """The note that was cosigned last; None when there was none."""

    def remember(self, note: bytes) -> None:
        """On return `note` is on disk in the place of the last one, whole, whatever happens next."""

    def keep_evidence(self, note: bytes) -> None:
        """Keep a signed checkpoint that contradicts the one that is remembered."""


class Memory(Protocol):
    """What a witness remembers, one checkpoint for each log."""

    def held(self, origin: str) -> AbstractContextManager[Recollection]:
        """Waits until nobody else holds what is remembered of `origin`, in any process."""

    def evidence(self, origin: str) -> int:
        """How many checkpoints were kept that contradict what was remembered."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A log, and what the witness remembers of it. `contradictions` is 0 for an honest log."""

    origin: str
    size: int
    root: bytes | None
    contradictions: int


@dataclass(frozen=True, kw_only=True)
class Cosigned:
    """What was remembered, and then signed; `line` is the answer."""

    origin: str
    size: int
    line: str


class Witness:
    """`logs` are the keys that are believed for each origin; `clock` is in seconds since 1970."""

    def __init__(
        self,
        *,
        signer: SignerKey,
        logs: Mapping[str, Sequence[VerifierKey]],
        memory: Memory,
        clock: Callable[[], int],
    ) -> None:
        self._signer = signer
        self._logs = {origin: tuple(keys) for origin, keys in logs.items()}
        self._memory = memory
        self._clock = clock

    @property
    def vkey(self) -> str:
        return str(self._signer.verifier)

    @property
    def origins(self) -> Sequence[str]:
        """The logs that are watched, whatever is remembered of them."""
        return sorted(self._logs)

    def add_checkpoint(self, body: bytes) -> Cosigned:
        """The cosignature, once the checkpoint is remembered; raises `NotCosigned`.

        A crash after remembering and before answering costs nothing: asked again with the size that
        is now remembered, the witness signs the same checkpoint.
        """
        try:
            request = AddCheckpoint.parse(body)
            text = utf8(request.note.rpartition(b"\n\n")[0] + b"\n", "the checkpoint")
            offered = Checkpoint.parse(text)
        except FormatError as error:
            raise NotCosigned(Why.MALFORMED, f"malformed: {error}") from error
        self._require_signed(request.note, offered.origin)
        if request.old > offered.size:
            why = f"malformed: a log of {request.old} entries does not become one of {offered.size}"
            raise NotCosigned(Why.MALFORMED, why)
        with self._memory.held(offered.origin) as recollection:
            last = _remembered(recollection)
            self._require_same_history(request, offered, last, recollection)
            if last is None or last.size < offered.size:
                recollection.remember(request.note)
            line = self._signer.sign(text, self._clock()).line()
        return Cosigned(origin=offered.origin, size=offered.size, line=line)

    def known(self) -> list[Known]:
        """Every log, with what is remembered of it."""
        found = []
        for origin in self.origins:
            with self._memory.held(origin) as recollection:
                last = _remembered(recollection)
            found.append(
                Known(
                    origin=origin,
                    size=0 if last is None else last.size,
                    root=None if last is None else last.root,
                    contradictions=self._memory.evidence(origin),
                )
            )
        return found

    def _require_signed(self, note: bytes, origin: str) -> None:
        keys = self._logs.get(origin)
        if keys is None:
            raise NotCosigned(
                Why.UNKNOWN_LOG, "unknown log: this witness does not know that origin"
            )
        try:
            open_checkpoint(note, origin=origin, log_keys=keys)
        except FormatError as error:
            if error.code in _NO_NOTE:
                raise NotCosigned(Why.MALFORMED, f"malformed: {error}") from error
            raise NotCosigned(Why.NOT_SIGNED, f"invalid signature: {error}") from error

    def _require_same_history(
        self,
        request: AddCheckpoint,
        offered: Checkpoint,
        last: Checkpoint | None,
        recollection: Recollection,
    ) -> None:
        if last is not None and last.size == offered.size and last.root != offered.root:
            # Both are signed by the log: together they prove that it tells two histories.
            recollection.keep_evidence(request.note)
        size = 0 if last is None else last.size
        if request.old != size:
            raise NotCosigned(Why.OTHER_SIZE, f"this witness last cosigned {size} entries", size)
        if last is None or last.size == 0:
            if request.proof:
                why = "the consistency proof from an empty log has no hashes"
                raise NotCosigned(Why.INCONSISTENT, why)
            return
        if last.size == offered.size and last.root != offered.root:
            why = f"this witness cosigned another root for {size} entries"
            raise NotCosigned(Why.OTHER_SIZE, why, size)
        try:
            verify_consistency(last.size, offered.size, request.proof, last.root, offered.root)
        except InvalidProof as error:
            raise NotCosigned(Why.INCONSISTENT, f"the consistency proof fails: {error}") from error


def _remembered(recollection: Recollection) -> Checkpoint | None:
    note = recollection.note
    if note is None:
        return None
    try:
        return Checkpoint.parse(Note.parse(note).text)
    except FormatError as error:
        raise MemoryLost(f"what this witness remembers cannot be read: {error}") from error
