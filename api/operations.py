"""Operations: one table from which requests are routed and the OpenAPI document is made.

So what is documented is what is served. A parameter that is not in the table is refused, because a
misspelt `asOf` that was ignored would give today's answer to a question about then.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.house import House
from api.problems import Wrong, bad_request, unknown
from domain.terms import Command, PersonRef

Schema = Mapping[str, Any]


class In(StrEnum):
    PATH = "path"
    QUERY = "query"
    HEADER = "header"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    where: In
    description: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    example: Any = None


class Call:
    """A request, and who asks. `person` raises for a public operation: it has none."""

    def __init__(self, house: House, request: Request, person: PersonRef | None) -> None:
        self.house = house
        self.request = request
        self._person = person

    @property
    def person(self) -> PersonRef:
        if self._person is None:
            raise LookupError("a public operation knows no person")
        return self._person

    @property
    def id(self) -> UUID:
        """The `{id}` of the path; what is no id is the address of nothing."""
        return path_id(self.request.path_params["id"])

    def header(self, name: str) -> str | None:
        return self.request.headers.get(name)

    def query(self, name: str) -> str | None:
        return self.request.query_params.get(name)


@dataclass(frozen=True, kw_only=True)
class Raw:
    """A schema by name; `schema` is told where the components are. None: it is there already."""

    name: str
    schema: Callable[[str], Schema] | None = None


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which versions of a resource: after one position, up to another, at most `limit` of them.

    The oldest of these, or the newest when that is said.
    """

    after: int = 0
    up_to: int
    newest: bool = False
    limit: int = 1000

    def of(self, positions: Iterable[int]) -> Sequence[int]:
        """Those of some positions, in order."""
        found = sorted({each for each in positions if self.after < each <= self.up_to})
        return found[-self.limit :] if self.newest else found[: self.limit]


Versions = Callable[[Call, Span], Awaitable[Sequence[int]]]
"""The positions as of which a resource may read otherwise than just before, in order."""

Handler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One way in. `answer` is the class of what comes back, `raw` its schema where that is no form.

    `media` says what comes back where that is no JSON; "" where nothing does.
    `problems` are the statuses besides 400, 401 and 404 that it can end in. `versions` are the
    mementos (RFC 7089) of what travels in time.
    """

    method: str
    path: str
    id: str
    tag: str
    summary: str
    description: str = ""
    handle: Handler
    parameters: tuple[Parameter, ...] = ()
    body: type[Command] | None = None
    answer: type | None = None
    raw: "Raw | None" = None
    status: int = 200
    media: str = "application/json"
    headers: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    public: bool = False
    versions: Versions | None = None

    @property
    def queries(self) -> frozenset[str]:
        return frozenset(each.name for each in self.parameters if each.where is In.QUERY)


def path_id(text: str) -> UUID:
    """A UUID in its one spelling, or the problem that there is nothing here."""
    try:
        found = UUID(text)
    except ValueError:
        raise unknown() from None
    if str(found) != text.lower():
        raise unknown()
    return found


def refuse_unknown_queries(operation: Operation, request: Request) -> None:
    """Raise `Problem` for query parameters that this operation has not, or has twice."""
    if not request.scope["query_string"]:
        return
    given = [name for name, _ in request.query_params.multi_items()]
    wrong = [
        Wrong(name=name, detail="is not a parameter of this operation")
        for name in dict.fromkeys(given)
        if name not in operation.queries
    ]
    wrong += [
        Wrong(name=name, detail="is given more than once")
        for name in dict.fromkeys(given)
        if given.count(name) > 1
    ]
    if wrong:
        known = ", ".join(sorted(operation.queries)) or "none"
        raise bad_request(
            "request.parameter", f"these parameters cannot be used; known here: {known}", wrong
        )
