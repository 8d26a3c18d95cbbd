"""What every answer has, whatever door it came from: security headers, a version, a trace id.

Also the last resort: an exception that nothing below turned into an answer.
"""

import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.house import API_VERSION
from api.problems import Problem
from api.v1 import PREFIX

_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_OF_THE_API = [
    *_ALWAYS,
    (b"api-version", API_VERSION.encode()),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
_POLICY_OF_PAGES = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    b" form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OF_PAGES = [
    *_ALWAYS,
    (b"content-security-policy", _POLICY_OF_PAGES),
]

Observe = Callable[[str, int, float], None]
"""Which part of the service answered, with which status, in how many seconds."""

_log = structlog.get_logger()


class Doors:
    """`v1` answers what is under /v1, `site` everything else."""

    def __init__(self, v1: ASGIApp, site: ASGIApp, observe: Observe) -> None:
        self._v1 = v1
        self._site = site
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._site(scope, receive, send)
            return
        path: str = scope["path"]
        of_api = path == PREFIX or path.startswith(PREFIX + "/")
        trace_id = _trace_id(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(trace_id=trace_id)
        begun = time.perf_counter()
        status = 0

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                given = {name for name, _ in headers}
                wanted = _OF_THE_API if of_api else _OF_PAGES
                headers += [each for each in wanted if each[0] not in given]
                headers.append((b"trace-id", trace_id.encode()))
            await send(message)

        try:
            await (self._v1 if of_api else self._site)(scope, receive, dressed)
        except Exception:
            _log.exception("request.failed")
            if status:
                raise
            problem = Problem(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "service.fault",
                "something went wrong here; the log has it under the Trace-Id of this answer",
            )
            await problem.response()(scope, receive, dressed)
        finally:
            self._observe("api" if of_api else "site", status, time.perf_counter() - begun)


def _trace_id(scope: Scope) -> str:
    """The caller's trace (W3C Trace Context), or a new one."""
    for name, value in scope["headers"]:
        if name == b"traceparent":
            found = _TRACEPARENT.fullmatch(value)
            if found is not None:
                trace: bytes = found[1]
                return trace.decode()
    return secrets.token_hex(16)
