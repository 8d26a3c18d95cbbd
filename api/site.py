"""Everything that is not under /v1: whether the service lives, what it counts, signing in, pages."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from api.commands import problem_of
from api.house import House
from api.metrics import MEDIA_TYPE, Gauge, Metrics
from api.outside_figures import outside_figures
from api.problems import Problem, forbidden, unknown
from application.access import RECORD, Action
from application.transparency.log import LogStatus

SESSION = "kringboek_session"
"""The cookie of the pages. It holds an access token, so that pages and API meet one check."""

_READY_WITHIN = 500
"""Positions by which views may be behind before this process is not ready to answer."""


def create_site(house: House, metrics: Metrics, routers: Iterable[APIRouter] = ()) -> FastAPI:
    """The application of everything outside the interface. `routers` are the pages'."""
    site = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    site.state.house = house
    site.state.metrics = metrics
    site.include_router(_operation)
    if house.issuer is not None:
        site.include_router(_sign_in)
    for each in routers:
        site.include_router(each)
    site.add_exception_handler(Exception, _told)
    site.add_exception_handler(HTTPException, _told)
    site.add_exception_handler(Problem, _told)
    return site


def house_of(request: Request) -> House:
    """The house that a request came to."""
    house: House = request.app.state.house
    return house


async def _told(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.NOT_FOUND:
            return unknown().response()
        return Problem(
            status, f"http.{status.name.lower().replace('_', '-')}", status.description,
            headers=dict(error.headers or {}),
        ).response()  # fmt: skip
    problem = problem_of(error)
    if problem is None:
        raise error
    return problem.response()


# -------------------------------------------------------------------------------- how it is doing

_operation = APIRouter()


@_operation.get("/healthz")
async def healthz() -> Response:
    """The process answers; whether it can do its work is for /readyz."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


@_operation.get("/readyz")
async def readyz(request: Request) -> Response:
    """The ledger answers, and every view follows it."""
    house = house_of(request)
    try:
        head, _ = await house.ledger.head()
        views = await house.views.health()
    except Exception:  # noqa: BLE001  whatever keeps the database from answering
        return _not_ready("the database does not answer")
    failed = [each.view for each in views if each.failure]
    behind = [each.view for each in views if head - each.position > _READY_WITHIN]
    if failed:
        return _not_ready(f"these views stopped: {', '.join(failed)}")
    if behind or not views:
        return _not_ready(f"these views are behind: {', '.join(behind) or 'all'}")
    return JSONResponse(
        {"status": "ready", "position": head}, headers={"Cache-Control": "no-store"}
    )


def _not_ready(why: str) -> Response:
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "service.not-ready", why, headers={"Retry-After": "2"}
    ).response()


@_operation.get("/metrics")
async def metrics(request: Request) -> Response:
    """For auditors and administrators: figures about the service are not published material."""
    house = house_of(request)
    person = await house.tokens.of_header(request.headers.get("authorization"))
    if not await house.access.may(person, Action.READ_OPERATION, RECORD):
        raise forbidden("auditors and administrators may read this")
    head, _ = await house.ledger.head()
    health = await house.views.health()
    gauges = [
        Gauge(name="kringboek_ledger_position", help="The ledger's head.", value=head),
        *_of_the_log(await asyncio.to_thread(house.log.look), head),
        *await asyncio.to_thread(lambda: list(outside_figures(house.log))),
        *(
            Gauge(
                name="kringboek_view_position",
                help="How far each view is.",
                value=each.position,
                labels={"view": each.view},
            )
            for each in health
        ),
        *(
            Gauge(
                name="kringboek_view_failed",
                help="1 for a view that stopped.",
                value=float(each.failure is not None),
                labels={"view": each.view},
            )
            for each in health
        ),
    ]
    counted: Metrics = request.app.state.metrics
    return Response(
        counted.exposition(gauges), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )


def _of_the_log(status: LogStatus, head: int) -> Iterator[Gauge]:
    yield Gauge(
        name="kringboek_log_size", help="Events under the newest checkpoint.", value=status.size
    )
    yield Gauge(
        name="kringboek_log_behind",
        help="Events of the ledger that no checkpoint holds yet.",
        value=max(head - status.size, 0),
    )
    if status.published_at is not None:
        yield Gauge(
            name="kringboek_log_checkpoint_age_seconds",
            help="Since the newest checkpoint was published; it ages while nothing is recorded.",
            value=round(max(time.time() - status.published_at, 0.0), 3),
        )
    yield Gauge(
        name="kringboek_log_leads",
        help="1 for the process that publishes the log.",
        value=float(status.leads),
    )
    refusal = status.refusal
    yield Gauge(
        name="kringboek_log_refused",
        help="1 while the log stands still until a person has looked.",
        value=float(refusal is not None),
        labels={"code": "" if refusal is None else refusal.code},
    )


# ------------------------------------------------------------------------------------ signing in

_sign_in = APIRouter()


@_sign_in.get("/sign-in")
async def sign_in(request: Request) -> Response:
    """The link that the terminal printed. It works once, whoever follows it first."""
    issuer = house_of(request).issuer
    person = None if issuer is None else issuer.redeem(request.query_params.get("code", ""))
    if issuer is None or person is None:
        raise Problem(
            HTTPStatus.GONE,
            "sign-in.used",
            "this link was used before, or is too old; `kringboek token --role auditor --link`"
            " prints a new one",
        )
    return _signed_in(request, issuer.token(person))


@_sign_in.post("/sign-in/sample-auditor")
async def sign_in_as_sample_auditor(request: Request) -> Response:
    """In a sandbox anybody may look around as the auditor of the sample: there is no real record."""
    house = house_of(request)
    _refuse_other_sites(request)
    if house.issuer is None or house.sample_auditor is None:
        raise unknown()
    return _signed_in(request, house.issuer.token(house.sample_auditor))


@_sign_in.post("/sign-out")
async def sign_out(request: Request) -> Response:
    _refuse_other_sites(request)
    answer = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    answer.delete_cookie(SESSION, path="/", httponly=True, samesite="lax")
    return answer


def _signed_in(request: Request, token: str) -> Response:
    answer = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    answer.set_cookie(
        SESSION,
        token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _refuse_other_sites(request: Request) -> None:
    """A form of another site may not sign somebody in or out here."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    ):
        raise forbidden("this form belongs to another site")
