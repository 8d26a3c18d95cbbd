"""A question to a server of somebody else, which may be down, slow, wrong or hostile.

Whatever that server does, the one who asks has an answer or `NoAnswer` within the time that was
agreed, holds no more than `longest` bytes of it, and stands ready to be stopped: the request runs in
a thread of its own that nobody waits for. Such a thread may outlive its question, when bytes come
one by one; there is never more than one for each server, as a server that is still busy with the
last question is not asked another.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPMessage
from threading import Thread
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back; `media` is the Content-Type without parameters, in lower case."""

    status: int
    media: str
    body: bytes


class NoAnswer(Exception):
    """Nothing came that is an answer. The message is ours, and safe to log."""


class _NoRedirect(HTTPRedirectHandler):
    """Whom we ask was written down by the operator; nobody else is asked instead."""

    def redirect_request(
        self, _req: Request, _fp: IO[bytes], _code: int, _msg: str, _headers: HTTPMessage, _url: str
    ) -> None:
        return None


_opener = build_opener(_NoRedirect)


class OtherServer:
    """POSTs to one address, `http` or `https`, by way of the proxy that the environment names.

    `within` is seconds from the question to the end of the answer.
    """

    def __init__(
        self, url: str, *, headers: Mapping[str, str], longest: int, within: float
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url} is not an address of http or https")
        self._url = url
        self._headers = dict(headers)
        self._longest = longest
        self._within = within
        self._busy = False

    async def post(self, body: bytes) -> Answer:
        """The answer, of whatever status; raises `NoAnswer`."""
        if self._busy:
            raise NoAnswer("is still busy with the last question")
        loop = asyncio.get_running_loop()
        coming: asyncio.Future[Answer] = loop.create_future()

        def ask() -> None:
            answer: Answer | None = None
            error: NoAnswer | None = None
            try:
                answer = self._ask(body)
            except (OSError, HTTPException, ValueError) as failed:
                error = NoAnswer(_said(failed))
            finally:
                self._busy = False  # before it is told, as the next question may come at once
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                loop.call_soon_threadsafe(_unless_done, coming, answer, error)

        self._busy = True
        Thread(target=ask, name="other-server", daemon=True).start()
        try:
            async with asyncio.timeout(self._within):
                return await coming
        except TimeoutError:
            raise NoAnswer(f"did not answer within {self._within:g} seconds") from None

    def _ask(self, body: bytes) -> Answer:
        request = Request(self._url, data=body, headers=self._headers, method="POST")  # noqa: S310  checked
        try:
            with _opener.open(request, timeout=self._within) as came:
                return self._read(came.status, came.headers, came)
        except HTTPError as refused:
            with refused:
                return self._read(refused.code, refused.headers, refused)

    def _read(self, status: int, headers: Message, body: IO[bytes]) -> Answer:
        read = body.read(self._longest + 1)
        if len(read) > self._longest:
            raise ValueError(f"answered with more than {self._longest} bytes")
        promised = headers.get("Content-Length", "")
        if promised.isdecimal() and len(read) < int(promised):
            raise ValueError("did not finish its answer")
        return Answer(status=status, media=headers.get_content_type(), body=read)


def _unless_done(
    coming: "asyncio.Future[Answer]", answer: Answer | None, error: NoAnswer | None
) -> None:
    if coming.done():
        return
    if error is not None:
        coming.set_exception(error)
    elif answer is not None:
        coming.set_result(answer)


def _said(error: Exception) -> str:
    """What went wrong, without a word of the other side."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, OSError):
        error = reason
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be reached ({error.strerror})"
    if type(error) is ValueError:
        return str(error)
    return f"did not answer properly ({type(error).__name__})"
