"""What the log has published, as an export finds it. An export stands on exactly one checkpoint."""

from dataclasses import dataclass

from application.transparency.checkpoint import Checkpoint
from application.transparency.note import Note
from application.transparency.policy import Policy
from application.transparency.ports import PublishedLog
from application.transparency.published_tiles import TileMissing, reading
from application.transparency.strict import FormatError
from application.transparency.tiles import Place


class NothingPublished(Exception):
    """There is no checkpoint to stand on yet."""

    code = "export.nothing-published"
    cure = (
        "`kringboek serve` publishes a checkpoint within seconds after the first event: start it, see"
        " in its log why it does not, or name the folder that it publishes in with KRINGBOEK_LOG"
    )

    def __init__(self) -> None:
        super().__init__("the log has published no checkpoint yet")


class LogIncomplete(Exception):
    """The folder of the log is not what its checkpoint says."""

    code = "export.log-incomplete"
    cure = "`kringboek doctor` says what the folder of the log lacks"


@dataclass(frozen=True, kw_only=True)
class Stand:
    """The checkpoint on which an export stands: its bytes, with every signature, and what it says."""

    signed: bytes
    checkpoint: Checkpoint

    @property
    def size(self) -> int:
        return self.checkpoint.size


def newest(log: PublishedLog) -> Stand:
    """The newest checkpoint. Raises `NothingPublished`, also for one of an empty log."""
    signed = log.checkpoint()
    if signed is None:
        raise NothingPublished
    try:
        checkpoint = Checkpoint.parse(Note.parse(signed).text)
    except FormatError as error:
        raise LogIncomplete(f"the published checkpoint cannot be read: {error}") from error
    if checkpoint.size == 0:
        raise NothingPublished
    return Stand(signed=signed, checkpoint=checkpoint)


def has_its_quorum(log: PublishedLog, stand: Stand) -> bool:
    """Whether the witnesses of the log's policy cosigned `stand`; True where there is no policy."""
    policy = log.read("policy")
    if policy is None:
        return True
    try:
        return Policy.parse(policy).judge(stand.signed).met
    except FormatError:
        return False


def tile(log: PublishedLog, place: Place) -> bytes:
    """The tile or bundle at `place`, as it was published. Raises `LogIncomplete`."""
    try:
        return reading(log)(place)
    except TileMissing:
        raise LogIncomplete(f"the log has no {place.path}") from None
    except FormatError as error:
        raise LogIncomplete(f"{place.path}: {error}") from error
