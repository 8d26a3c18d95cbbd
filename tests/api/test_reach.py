"""Everything that can be asked, and everything that can be said, has a door.

Which door answers from which view is not written down anywhere: it is seen by asking them all.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx

from api.app import create_app, operations
from api.time_travel import AS_OF
from application.aggregates import AGGREGATES
from application.views.asking import Views
from application.views.catalogue import VIEWS
from application.views.view import View
from domain.member.access import AccessRole
from tests.api.conftest import Told
from tests.api.in_process import Doors
from tests.api.neighbourhood import Neighbourhood
from tests.api.test_access_at_the_doors import caught_up


class Overheard:
    """Views that remember which of them the doors asked. Who may do what is looked up elsewhere."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        asking = getattr(self._views, name)
        if name in {"position", "wait_for", "health"}:
            return asking

        def ask(view: View[Any], *rest: Any, **more: Any) -> Any:
            self.asked.add(view.name)
            return asking(view, *rest, **more)

        return ask


def test_every_view_answers_at_some_door(at_the_doors: Told) -> None:
    async def story(at: Doors) -> None:
        here = await Neighbourhood(at).told()
        auditor = await at.token(AccessRole.AUDITOR, here.ours, name="wie alles vraagt")
        await caught_up(at)
        overheard = Overheard(at.house.views)
        views: Any = overheard
        app = create_app(replace(at.house, views=views))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://kring.example"
        ) as client:
            for path in reads():
                await client.get(
                    f"/v1{here.address(path)}", headers={"Authorization": f"Bearer {auditor}"}
                )
        assert overheard.asked == {view.name for view in VIEWS}

    at_the_doors(story)


def reads(*, travelling: bool = False) -> Sequence[str]:
    """The paths that are read; `travelling` are those that take `asOf`, and answer with JSON."""
    return [
        each.path
        for each in operations()
        if each.method == "GET"
        and each.path != "/events/stream"
        and (not travelling or (AS_OF in each.parameters and each.media == "application/json"))
    ]


def test_every_command_is_taken_at_one_door() -> None:
    taken = [each.body for each in operations() if each.body is not None]
    assert len(taken) == len(set(taken))
    assert set(taken) == {command for each in AGGREGATES for command in each.taken}
