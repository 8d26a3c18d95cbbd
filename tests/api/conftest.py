"""A house that the tests of one module share: opening one takes longer than most of what is tested."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest

from infrastructure.embedded_postgres import Cluster
from tests.api.in_process import Doors, doors
from tests.conftest import ORIGIN, _copied, _migrated_template

Told = Callable[[Callable[[Doors], Awaitable[None]]], None]
"""Tells a story at the doors of a real ledger."""


@pytest.fixture(scope="module")
def at_the_doors(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    template = _migrated_template(cluster, ORIGIN, sandbox=False)
    with _copied(cluster, template) as database, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        opened = doors(database, tmp_path_factory.mktemp("data"))
        at = runner.run(stack.enter_async_context(opened))

        def told(story: Callable[[Doors], Awaitable[None]]) -> None:
            async def inside() -> None:
                await story(at)

            runner.run(inside())

        yield told
        runner.run(stack.aclose())
