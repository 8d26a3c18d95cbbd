"""The application: the interface under /v1 and the site beside it, on one house."""

from starlette.types import ASGIApp

from api import (
    circle_registers,
    circles,
    commands,
    comparison,
    events,
    exports,
    forgetting,
    glossary,
    history,
    knowledge,
    me,
    member_registers,
    members,
    memento,
    missions,
    openapi,
    persons,
    project_papers,
    project_registers,
    projects,
    published,
    timeline,
    transparency,
)
from api.doors import Doors
from api.house import House
from api.metrics import Metrics
from api.operations import Operation
from api.pages.history import router as history_pages
from api.pages.routes import router as pages
from api.site import create_site
from api.tiles import router as tiles
from api.v1 import V1


def operations() -> list[Operation]:
    """Every operation of the interface, but for the one that describes them."""
    parts = (
        circles,
        circle_registers,
        members,
        member_registers,
        projects,
        project_registers,
        project_papers,
        missions,
        timeline,
        history,
        comparison,
        knowledge,
        events,
        exports,
        transparency,
        persons,
        forgetting,
        published,
        glossary,
        me,
        commands,
    )
    known = [operation for part in parts for operation in part.operations()]
    return [*known, *memento.operations(known)]


def create_app(house: House) -> ASGIApp:
    """Everything that is served, on an open house."""
    known = operations()
    known += openapi.operations(known, house.names)
    metrics = Metrics()
    return Doors(
        V1(house, known),
        create_site(house, metrics, [pages, history_pages, tiles]),
        metrics.observe,
    )
