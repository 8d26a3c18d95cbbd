"""The log as the doors see it: how it is doing, what it published, and its word for what came in."""

from dataclasses import dataclass, replace
from time import time
from typing import Protocol

from application.ports import Appended
from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import VerifierKey
from application.transparency.policy import Policy
from application.transparency.ports import PublishedLog, Refusal, unusable
from application.transparency.receipt import Receipt
from application.transparency.strict import FormatError


class Pen(Protocol):
    """The log's key, for what is promised and not remembered."""

    @property
    def key(self) -> VerifierKey:
        """The public half."""

    def receipt(self, receipt: Receipt) -> str:
        """The signed receipt."""


@dataclass(frozen=True, kw_only=True)
class LogStatus:
    """How the log was doing at the last look, at most some seconds ago.

    `checkpoint` is the newest that is published, `published_at` its moment in seconds since 1970.
    With a `refusal` nothing is published any more until a person has looked; its `why` and `cure`
    are for the operator, and may name folders of the machine.
    """

    checkpoint: Checkpoint | None = None
    published_at: float | None = None
    refusal: Refusal | None = None
    leads: bool = False
    """Whether it is this process that publishes."""

    @property
    def size(self) -> int:
        return 0 if self.checkpoint is None else self.checkpoint.size


class Log:
    """One for each process. `published` is the folder, to read from; `pen` None gives no receipts.

    `policy` says whose cosignatures count, where the operator set one: `standing.witnessing` tells
    what is witnessed by it.
    """

    def __init__(
        self,
        *,
        origin: str,
        published: PublishedLog,
        pen: Pen | None,
        policy: Policy | None = None,
    ) -> None:
        self.origin = origin
        self.published = published
        self.policy = policy
        self._pen = pen
        self.status = LogStatus()
        self.stopped: Refusal | None = None
        """Why this process, which leads, publishes nothing; also where the folder cannot say it."""

    @property
    def key(self) -> VerifierKey | None:
        """The key of checkpoints and receipts, where this process has it."""
        return None if self._pen is None else self._pen.key

    def look(self, *, leads: bool | None = None) -> LogStatus:
        """Read how the log is doing; blocks for as long as a small file takes.

        A folder that cannot be read is a log that stands still.
        """
        leading = self.status.leads if leads is None else leads
        try:
            status = LogStatus(
                checkpoint=self._newest(),
                published_at=self.published.published_at(),
                refusal=self.stopped or self.published.refusal(),
                leads=leading,
            )
        except OSError as error:
            known = self.status.refusal
            refusal = self.stopped or unusable(error).told(time() if known is None else known.since)
            status = replace(self.status, refusal=refusal, leads=leading)
        self.status = status
        return status

    def receipts(self, appended: Appended, *, published: int) -> tuple[str, ...]:
        """A receipt for every event, in order; the same ones for a repeated command.

        None are given while the log stands still, nor for a new event at a place that was under the
        checkpoint of `published` events before it was recorded: a receipt is a promise, and these
        could not be kept.
        """
        if self._pen is None or self.status.refusal is not None:
            return ()
        if not appended.repeated and appended.first_position <= published:
            return ()
        return tuple(
            self._pen.receipt(
                Receipt(
                    origin=self.origin,
                    index=appended.first_position - 1 + number,
                    leaf=leaf,
                    recorded_at=appended.recorded_at,
                )
            )
            for number, leaf in enumerate(appended.leaves)
        )

    def _newest(self) -> Checkpoint | None:
        note = self.published.checkpoint()
        if note is None or self._pen is None:
            return None
        try:
            opened = open_checkpoint(note, origin=self.origin, log_keys=[self._pen.key])
        except FormatError:  # for the integrator to refuse, with its cure
            return None
        return opened.checkpoint
