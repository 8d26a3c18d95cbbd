"""The receipt (ontvangstbewijs) of an event: the log's signed word, given with the command's answer.

    kringboek-receipt/v1
    <origin>
    <index of the leaf, decimal>
    <leaf hash, base64>
    <recorded time, as in the entry>

It is a signed note by the log's key, and a promise: a later checkpoint of more than `index` leaves
holds this leaf there. Who has a receipt that no checkpoint keeps holds the proof of a broken log.

No receipt can pass for a checkpoint, nor a checkpoint for a receipt, though one key signs both. In
a checkpoint the third line is 44 characters of base64, in a receipt a number of at most 19 digits;
and the first line here is no log's origin.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from application.transparency.keys import SignerKey
from application.transparency.note import Note, Verifier, open_note
from application.transparency.strict import LARGEST, FormatError, base64, decimal, to_base64
from domain.tree import HASH_SIZE

HEADER = "kringboek-receipt/v1"
_LINES = 5
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class ReceiptError(FormatError):
    """Text that is no receipt, or none of this log. Codes: `not-a-receipt`, `wrong-origin`."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the log promises. `index` is the event's position less one; `recorded_at` is aware."""

    origin: str
    index: int
    leaf: bytes
    recorded_at: datetime

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise ReceiptError("not-a-receipt", "the origin is one line that is not empty")
        if not 0 <= self.index <= LARGEST:
            raise ReceiptError("not-a-receipt", f"an index is from 0 up to {LARGEST}")
        if len(self.leaf) != HASH_SIZE:
            raise ReceiptError("not-a-receipt", f"a leaf hash has {HASH_SIZE} bytes")
        if self.recorded_at.tzinfo is None:
            raise ReceiptError("not-a-receipt", "the recorded time has a time zone")

    def text(self) -> str:
        moment = self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
        lines = (
            HEADER,
            self.origin,
            str(self.index),
            to_base64(self.leaf),
            moment.replace("+00:00", "Z"),
        )
        return "".join(f"{each}\n" for each in lines)

    def signed(self, key: SignerKey) -> bytes:
        """The receipt as it is handed over."""
        text = self.text()
        return Note(text=text, signatures=(key.sign(text),)).encode()

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """From the text of a note. Raises ReceiptError or FormatError."""
        lines = text.split("\n")
        if lines.pop() != "" or len(lines) != _LINES or lines[0] != HEADER:
            raise ReceiptError(
                "not-a-receipt", f"a receipt is five lines, of which the first is {HEADER}"
            )
        _, origin, index, leaf, recorded_at = lines
        return cls(
            origin=origin,
            index=decimal(index, "the index of the receipt"),
            leaf=base64(leaf, "the leaf hash of the receipt"),
            recorded_at=_instant(recorded_at),
        )


def open_receipt(data: bytes, *, origin: str, log_keys: tuple[Verifier, ...]) -> Receipt:
    """The receipt, if a known key of the log `origin` signed it.

    Raises ReceiptError, NoteError or FormatError otherwise.
    """
    receipt = Receipt.parse(open_note(data, log_keys).text)
    if receipt.origin != origin:
        raise ReceiptError(
            "wrong-origin", f"this is a receipt of {receipt.origin!r}, not of {origin!r}"
        )
    return receipt


def _instant(text: str) -> datetime:
    malformed = ReceiptError(
        "not-a-receipt", "the recorded time is UTC with six digits and Z, as in the entry"
    )
    if not _INSTANT.fullmatch(text):
        raise malformed
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise malformed from error
