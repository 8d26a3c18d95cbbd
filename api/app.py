"""The application: the interface under /v1 and the site beside it, on one house."""

from starlette.types import ASGIApp

from api import commands, openapi, published
from api.doors import Doors
from api.house import House
from api.metrics import Metrics
from api.pages.routes import router as pages
from api.site import create_site
from api.v1 import V1


def create_app(house: House) -> ASGIApp:
    """Everything that is served, on an open house."""
    known = [*commands.operations(), *published.operations()]
    known += openapi.operations(known)
    metrics = Metrics()
    return Doors(V1(house, known), create_site(house, metrics, [pages]), metrics.observe)
