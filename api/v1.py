"""The interface under /v1: from a request to its operation, and from whatever happens to an answer.

The table is a tree of path segments, so that finding one of some hundred and seventy operations
takes a few lookups instead of as many regular expressions; for the same reason it is not FastAPI's
router, whose share of a command's time was measured (docs/decisions/0007-doors.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.commands import problem_of
from api.house import House
from api.identity import refuse_token_in_query
from api.operations import Call, Operation, refuse_unknown_queries
from api.problems import Problem, unknown

PREFIX = "/v1"

_log = structlog.get_logger()


@dataclass
class _Node:
    below: dict[str, "_Node"] = field(default_factory=dict)
    any_below: "tuple[str, _Node] | None" = None
    operations: dict[str, Operation] = field(default_factory=dict)


class V1:
    """The ASGI application of the operations; paths in `scope` begin with /v1."""

    def __init__(self, house: House, operations: Iterable[Operation]) -> None:
        self._house = house
        self._root = _Node()
        for each in operations:
            self._add(each)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request({**scope, "root_path": PREFIX}, receive)
        try:
            response = await self._answer(request)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001  whatever it is, it is told as a problem
            problem = problem_of(error)
            if problem is None:
                _log.exception("request.failed", path=scope["path"])
                problem = _fault()
            response = problem.response()
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        refuse_token_in_query(request.scope["query_string"])
        operation, path_params = self._found(request.method, request.scope["path"])
        request.scope["path_params"] = path_params
        refuse_unknown_queries(operation, request)
        person = None
        if not operation.public:
            person = await self._house.tokens.of_header(request.headers.get("authorization"))
        return await operation.handle(Call(self._house, request, person))

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.strip("/").split("/"):
            if segment.startswith("{"):
                if node.any_below is None:
                    node.any_below = segment.strip("{}"), _Node()
                node = node.any_below[1]
            else:
                node = node.below.setdefault(segment, _Node())
        if operation.method in node.operations:
            raise ValueError(f"two operations are {operation.method} {operation.path}")
        node.operations[operation.method] = operation

    def _found(self, method: str, path: str) -> tuple[Operation, Mapping[str, str]]:
        """The operation of a path. A trailing slash is another path, of which there is none."""
        node = self._root
        params: dict[str, str] = {}
        for segment in path.removeprefix(PREFIX).removeprefix("/").split("/"):
            if segment in node.below:
                node = node.below[segment]
            elif node.any_below is not None and segment:
                name, node = node.any_below
                params[name] = segment
            else:
                raise unknown()
        if not node.operations:
            raise unknown()
        found = node.operations.get("GET" if method == "HEAD" else method)
        if found is None:
            allowed = sorted({*node.operations, *(["HEAD"] if "GET" in node.operations else [])})
            raise Problem(
                HTTPStatus.METHOD_NOT_ALLOWED,
                "method.not-allowed",
                f"this address takes {', '.join(allowed)}",
                headers={"Allow": ", ".join(allowed)},
            )
        return found, params


def _fault() -> Problem:
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "service.fault",
        "something went wrong here, not with you; whoever runs this service finds it in the log"
        " under the Trace-Id of this answer",
    )
