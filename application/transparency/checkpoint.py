"""Checkpoints (c2sp.org/tlog-checkpoint): the log's size and root, signed.

    <origin>
    <size, decimal>
    <root, base64>
    [extension lines]

A checkpoint (controlepunt) is what an auditor keeps: it commits to every entry before it. A log
never signs two that are inconsistent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from application.transparency.note import Opened, Verifier, open_note
from application.transparency.strict import LARGEST, FormatError, base64, decimal, to_base64
from domain.tree import HASH_SIZE, empty_root

_FIRST_LINES = 3


class CheckpointError(FormatError):
    """Text that is no checkpoint, or a checkpoint that is not this log's.

    Codes: `not-a-checkpoint`, `wrong-origin`, `unsigned-by-log`.
    """


@dataclass(frozen=True, kw_only=True)
class Checkpoint:
    """Size and root of the log named `origin`.

    `extensions` are further lines, for which nobody vouches; ours have none. Raises CheckpointError
    for what cannot be written as a checkpoint, and for an empty log with a root.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.origin or any(
            "\n" in each or not each for each in (self.origin, *self.extensions)
        ):
            raise CheckpointError(
                "not-a-checkpoint", "the origin and each extension are one line that is not empty"
            )
        if not 0 <= self.size <= LARGEST:
            raise CheckpointError("not-a-checkpoint", f"a size is from 0 up to {LARGEST}")
        if len(self.root) != HASH_SIZE:
            raise CheckpointError(
                "not-a-checkpoint", f"a root has {HASH_SIZE} bytes, and this has {len(self.root)}"
            )
        if self.size == 0 and self.root != empty_root():
            raise CheckpointError("not-a-checkpoint", "a log without entries has one root only")

    def text(self) -> str:
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{each}\n" for each in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """From the text of a note. Raises CheckpointError or FormatError."""
        lines = text.split("\n")
        if lines.pop() != "" or len(lines) < _FIRST_LINES:
            raise CheckpointError(
                "not-a-checkpoint",
                "a checkpoint is at least three lines, origin, size and root, ended by a newline",
            )
        origin, size, root, *extensions = lines
        return cls(
            origin=origin,
            size=decimal(size, "the size of the checkpoint"),
            root=base64(root, "the root of the checkpoint"),
            extensions=tuple(extensions),
        )


@dataclass(frozen=True, kw_only=True)
class OpenedCheckpoint:
    """A checkpoint that its log signed, with every signature on it."""

    checkpoint: Checkpoint
    opened: Opened


def open_checkpoint(
    data: bytes, *, origin: str, log_keys: Sequence[Verifier], cosigners: Iterable[Verifier] = ()
) -> OpenedCheckpoint:
    """The checkpoint of the log `origin`, if one of `log_keys` signed it.

    Raises CheckpointError, NoteError or FormatError otherwise. A cosigner's signature that fails
    rejects it too; whether enough cosigners signed is the policy's question.
    """
    opened = open_note(data, (*log_keys, *cosigners))
    checkpoint = Checkpoint.parse(opened.text)
    if checkpoint.origin != origin:
        raise CheckpointError(
            "wrong-origin", f"this is a checkpoint of {checkpoint.origin!r}, not of {origin!r}"
        )
    if not any(each.key in log_keys for each in opened.verified):
        raise CheckpointError("unsigned-by-log", f"no known key of {origin!r} has signed this")
    return OpenedCheckpoint(checkpoint=checkpoint, opened=opened)
