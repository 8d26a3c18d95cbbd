"""Asking the server of a witness for its cosignature (c2sp.org/tlog-witness)."""

from application.transparency.outside import WitnessFailed, WitnessHolds
from application.transparency.strict import LARGEST
from infrastructure.other_server import NoAnswer, OtherServer

_LONGEST = 65_536
"""Bytes of an answer: a few signature lines, of which the longest kind takes 3,300."""
_OK, _CONFLICT = 200, 409
_SIZE = "text/x.tlog.size"
_LONGEST_SIZE = 20
"""Bytes of the longest size, with its newline."""


class HttpWitness:
    """The witness at the submission prefix `url`; `within` is how many seconds it has."""

    def __init__(self, url: str, *, within: float) -> None:
        self._server = OtherServer(
            f"{url.rstrip('/')}/add-checkpoint",
            headers={"Content-Type": "text/plain; charset=utf-8"},
            longest=_LONGEST,
            within=within,
        )

    async def add_checkpoint(self, request: bytes) -> str:
        """As `application.transparency.outside.AskedWitness` promises."""
        try:
            answer = await self._server.post(request)
        except NoAnswer as error:
            raise WitnessFailed("no-answer", str(error)) from None
        if answer.status == _CONFLICT and answer.media == _SIZE:
            raise WitnessHolds(_size(answer.body))
        if answer.status != _OK:
            raise WitnessFailed(f"answered-{answer.status}", f"answered {answer.status}")
        try:
            return answer.body.decode("utf-8")
        except UnicodeDecodeError:
            raise WitnessFailed("not-a-cosignature", "answered with what is not text") from None


def _size(body: bytes) -> int:
    told = body[:_LONGEST_SIZE].removesuffix(b"\n")
    if not told.isdigit() or body != b"%d\n" % int(told) or int(told) > LARGEST:
        raise WitnessFailed("not-a-size", "answered 409 without a size")
    return int(told)
