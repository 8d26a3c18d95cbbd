"""Problems: how the doors say no (RFC 9457), always in one form, always with a stable code.

`type` is `urn:kringboek:problem:` and the code, which is fit for a search and never changes. What
was sent is never repeated: it may name people. All that is wrong with a request is said together,
each with a JSON pointer to the field.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from application.forms import Malformed
from application.forms import Problem as FieldProblem
from application.ports import CommandReused, StaleVersion
from domain.decider import Refused

MEDIA_TYPE = "application/problem+json"
URN = "urn:kringboek:problem:"


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One thing wrong with a request; `pointer` (RFC 6901) is "" for the whole of it.

    For a parameter or a header, `name` says which.
    """

    detail: str
    pointer: str | None = None
    name: str | None = None


class Problem(Exception):
    """The answer to a request that is not carried out. Nothing was recorded."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: Iterable[Wrong] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.more = more

    def response(self) -> Response:
        plain: dict[str, Any] = {
            "type": URN + self.code,
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            **self.more,
        }
        if self.errors:
            plain["errors"] = [_plain(each) for each in self.errors]
        return Response(
            json.dumps(plain, ensure_ascii=False).encode(),
            status_code=int(self.status),
            media_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-store", **self.headers},
        )


def _plain(wrong: Wrong) -> dict[str, str]:
    named = {"pointer": wrong.pointer, "name": wrong.name, "detail": wrong.detail}
    return {key: value for key, value in named.items() if value is not None}


# ------------------------------------------------------------------------- what each one is called


def unauthorised(code: str, detail: str) -> Problem:
    """401. The challenge says what is asked for (RFC 6750)."""
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        code,
        detail,
        headers={"WWW-Authenticate": 'Bearer realm="kringboek"'},
    )


def forbidden(detail: str) -> Problem:
    return Problem(HTTPStatus.FORBIDDEN, "access.forbidden", detail)


def unknown(what: str = "Nothing here has this address") -> Problem:
    """404, also for what exists and is not for this reader: both answers are equal."""
    return Problem(HTTPStatus.NOT_FOUND, "address.unknown", what)


def bad_request(code: str, detail: str, errors: Iterable[Wrong] = ()) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, code, detail, errors=errors)


def bad_parameter(name: str, detail: str) -> Problem:
    return bad_request("request.parameter", f"{name}: {detail}", [Wrong(name=name, detail=detail)])


def of_malformed(malformed: Malformed) -> Problem:
    return bad_request(
        malformed.code,
        "The body is not the form of this command; `errors` names every field and what it must be",
        [_wrong(each) for each in malformed.problems],
    )


def _wrong(problem: FieldProblem) -> Wrong:
    return Wrong(pointer=problem.field_path, detail=problem.why)


def of_refused(refused: Refused) -> Problem:
    """409: well-formed, and yet it cannot have happened as far as the record knows.

    Not 422, which says one thing only here: a key reused for another request.
    """
    wrong = (
        () if refused.field is None else (Wrong(pointer=f"/{refused.field}", detail=refused.why),)
    )
    return Problem(HTTPStatus.CONFLICT, refused.code, refused.why, errors=wrong)


def of_stale(stale: StaleVersion) -> Problem:
    return Problem(
        HTTPStatus.PRECONDITION_FAILED,
        "version.stale",
        f"the resource is at version {stale.actual}, not {stale.expected}; read it again, and decide"
        " anew",
        headers={"ETag": f'"{stale.actual}"'},
    )


def of_reused(_: CommandReused) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "idempotency-key.reused",
        "this Idempotency-Key was used before for another request; use a new key",
    )


@dataclass(frozen=True, kw_only=True)
class ProblemForm:
    """What went wrong, in the form of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Wrong, ...] = field(default=())
