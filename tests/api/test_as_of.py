"""As of then is what a fresh replay cut then gives: rows, states, verdicts, and every answer.

The quick run looks at a few positions of some samples and of one history of any facts at all;
`make asof-property` at many, of all of them. Which positions is chance, and the same chance each
time in the quick run.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from api.app import create_app
from api.pages.matrix import matrix
from api.verdicts import verdicts_said
from application.access import KINDS, Kind, belonging
from application.aggregates import AGGREGATES
from application.compliance import UnknownProject, judge_project
from application.forms import form
from application.ports import Append
from application.registers import ViewRegisters
from application.scanned_registers import ScannedRegisters
from application.scenarios.play import play
from application.sealing.sealer import Sealer
from application.views.catalogue import VIEWS
from domain.decider import fold
from domain.member.access import AccessRole
from domain.member.organisation import MemberRegistered, OrganisationKind
from domain.record import Recorded
from domain.terms import Fact, MemberId, PersonRef, ProjectId
from infrastructure.embedded_postgres import Cluster
from infrastructure.follower import ViewFollower
from infrastructure.ledger import PostgresLedger
from infrastructure.scenario_file import read_scenario
from infrastructure.view_store import ViewStore
from tests.any_facts import histories
from tests.api.in_process import Doors, doors
from tests.api.test_reach import reads
from tests.conftest import SANDBOX_ORIGIN, Database, _copied, _migrated_template
from tests.fresh_fold import ever, fresh_fold, on_shelf
from tests.infrastructure.following import ledger_at
from tests.infrastructure.test_view_store import all_pages, reading
from tests.memory_ledger import MemoryVault
from tests.told_ledger import ToldLedger

SERVICE = "kringboek_service"
SCENARIOS = Path(__file__).parents[2] / "scenarios"
WANTED = int(os.environ.get("KRINGBOEK_ASOF", "0"))
"""Positions per history that `make asof-property` asks for; 0 in an ordinary run."""
ALL_SAMPLES = sorted(each.name for each in SCENARIOS.glob("*.yaml")) if WANTED else []
MOST_SHELVES = 40 if WANTED else 8
"""Shelves of one view that are looked at as of one position."""
chance = random.Random(None if WANTED else 2026)  # noqa: S311 - nothing to guess


def some_positions(head: int, quick: int) -> list[int]:
    return [chance.randint(1, head) for _ in range(WANTED or quick)]


@asynccontextmanager
async def played(database: Database, sample: str) -> AsyncIterator[PostgresLedger]:
    async with ledger_at(database.dsn(SERVICE)) as ledger:
        await play(
            read_scenario(SCENARIOS / sample), ledger, Sealer(MemoryVault()), policy=bytes(32)
        )
        yield ledger


async def recorded_in(ledger: PostgresLedger) -> list[Recorded[Fact]]:
    return [each async for each in ledger.read()]


async def record(ledger: PostgresLedger, told: Sequence[Recorded[Fact]]) -> None:
    """The same facts of the same streams at the same positions and moments."""
    for each in told:
        append = Append(
            command=uuid4(),
            request=b"as it was",
            stream=each.stream,
            expected_version=each.version - 1,
            facts=(each.fact,),
            actor=each.actor,
            policy=bytes(32),
        )
        done = await ledger.append(append, clock=each.recorded_at)
        assert (done.last_position, done.recorded_at) == (each.position, each.recorded_at)


# --------------------------------------------------------------------- rows, states and verdicts


async def holds(database: Database, ledger: PostgresLedger, positions: Sequence[int]) -> None:
    """What is asked of the whole record as of then, against what its first events alone give."""
    told = await recorded_in(ledger)
    follower = ViewFollower(dsn=database.dsn(SERVICE), ledger=ledger, views=VIEWS)
    assert await follower.catch_up() == len(told)
    async with reading(database) as views:
        for position in positions:
            cut = told[:position]
            await rows_are_those_of(cut, views, told)
            await states_are_those_of(cut, ledger)
            await verdicts_are_those_of(cut, ledger, ViewRegisters(views))


async def rows_are_those_of(
    cut: Sequence[Recorded[Fact]], views: ViewStore, told: Sequence[Recorded[Fact]]
) -> None:
    for view in VIEWS:
        keys, shelves = ever(view, told)
        then = fresh_fold(view, cut, as_of=len(cut))
        asked = sorted(keys)[:1000]
        found = await views.get_many(view, asked, as_of=len(cut))
        assert {key: each.row for key, each in found.entries.items()} == {
            key: then[key].row for key in asked if key in then
        }, view.name
        looked_at = sorted(shelves)
        chance.shuffle(looked_at)
        for shelf in looked_at[:MOST_SHELVES]:
            pages = await all_pages(views, view, shelf, len(cut), 100)
            assert pages == on_shelf(view, then, shelf), (view.name, shelf)


async def states_are_those_of(cut: Sequence[Recorded[Fact]], ledger: PostgresLedger) -> None:
    for stream in {each.stream for each in cut}:
        own = [each.fact for each in cut if each.stream == stream]
        loaded = [each.fact for each in await ledger.load(stream, up_to=len(cut))]
        kind = belonging(stream, own).kind
        for aggregate in AGGREGATES:
            if KINDS[aggregate.name] is kind:
                assert fold(aggregate.decider, loaded) == fold(aggregate.decider, own)
        assert loaded == own


async def verdicts_are_those_of(
    cut: Sequence[Recorded[Fact]], ledger: PostgresLedger, registers: ViewRegisters
) -> None:
    """Byte for byte, and the matrix with them. A project that is not there yet is unknown to both."""
    fresh = ToldLedger(cut)
    streams = {each.stream for each in cut}
    projects = [
        each
        for each in sorted(streams)
        if belonging(each, [one.fact for one in cut if one.stream == each]).kind is Kind.PROJECT
    ]
    for project in projects:
        answers: list[Any] = []
        for asked, known in ((ledger, registers), (fresh, ScannedRegisters(fresh))):
            try:
                verdicts = await judge_project(asked, known, ProjectId(project), position=len(cut))
            except UnknownProject:
                answers.append(None)
                continue
            said = verdicts_said(verdicts)
            answers.append((form(type(said)).known(said), matrix(verdicts.case, str)))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("sample", ALL_SAMPLES or ["electrification.yaml"])
@pytest.mark.timeout(3600 if WANTED else 120)
def test_of_a_sample(sandbox_database: Database, sample: str) -> None:
    async def story() -> None:
        async with played(sandbox_database, sample) as ledger:
            head, _ = await ledger.head()
            await holds(sandbox_database, ledger, some_positions(head, quick=2))

    asyncio.run(story())


@pytest.mark.timeout(3600 if WANTED else 120)
def test_of_any_facts_at_all(cluster: Cluster) -> None:
    template = _migrated_template(cluster, SANDBOX_ORIGIN, sandbox=True)
    everything = frozenset[type[Fact]]().union(*(view.facts for view in VIEWS))

    @settings(
        max_examples=max(1, WANTED),
        deadline=None,
        derandomize=not WANTED,
        suppress_health_check=[*HealthCheck],
    )
    @given(histories(everything, least=60, most=120))
    def holds_for(told: list[Recorded[Fact]]) -> None:
        async def story(database: Database) -> None:
            async with ledger_at(database.dsn(SERVICE)) as ledger:
                await record(ledger, told)
                await holds(database, ledger, some_positions(len(told), quick=2)[:5])

        with _copied(cluster, template) as database:
            asyncio.run(story(database))

    holds_for()


# ----------------------------------------------------------------------------------- every answer


@dataclass(frozen=True)
class Reader:
    """An auditor of every authority there is, at the doors of one house."""

    at: Doors
    token: str

    @classmethod
    async def of(cls, at: Doors, authorities: Sequence[MemberId]) -> "Reader":
        person = PersonRef(UUID("00000000-0000-4000-8000-0000000a0d17"))
        for each in authorities:
            await at.terminal.grant(each, person, AccessRole.AUDITOR, None)
        head, _ = await at.house.ledger.head()
        await at.house.access.relations.changed(head)
        assert at.house.issuer is not None
        return cls(at, at.house.issuer.token(person))


def authorities_of(told: Sequence[Recorded[Fact]]) -> list[MemberId]:
    return [
        MemberId(each.stream)
        for each in told
        if isinstance(each.fact, MemberRegistered)
        and each.fact.kind is OrganisationKind.CONTRACTING_AUTHORITY
    ]


def addresses(told: Sequence[Recorded[Fact]], *, most: int) -> list[str]:
    """Reads of things that have begun, at most so many of each kind."""
    words = {KINDS[each.name]: each.plural for each in AGGREGATES}
    ids: dict[str, list[UUID]] = {}
    for stream in dict.fromkeys(each.stream for each in told):
        kind = belonging(stream, [each.fact for each in told if each.stream == stream]).kind
        if kind is not None:
            ids.setdefault(words[kind], []).append(stream)
    return [
        path.replace("{id}", str(each))
        for path in reads(travelling=True)
        for each in (ids.get(path.split("/")[1], [])[:most] if "{id}" in path else [None])
    ]


def without_chance(said: Any) -> Any:
    """An answer without what a fresh salt, a new command or another policy changes."""
    if isinstance(said, dict):
        return {
            name: without_chance(value)
            for name, value in said.items()
            if name not in {"salt", "bodyhash", "command", "policyhash"}
        }
    return [without_chance(each) for each in said] if isinstance(said, list) else said


async def same_as_part(
    reader: Reader, part: Database, cut: Sequence[Recorded[Fact]], folder: Path
) -> int:
    """Whether the house of `part`, which hears no more than `cut`, says the same; of how many."""
    async with ledger_at(part.dsn(SERVICE)) as ledger:
        await record(ledger, cut)
    async with doors(part, folder) as other:
        theirs = await Reader.of(other, authorities_of(cut))
        vault: Any = reader.at.house.vault
        app = create_app(replace(other.house, vault=vault))
        answered = 0
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
            base_url="http://kring.example",
        ) as client:
            for path in addresses(cut, most=WANTED or 1):
                asked = f"{path}?asOf=position:{len(cut)}"
                bearer = {"Authorization": f"Bearer {theirs.token}"}
                fresh = await client.get(f"/v1{asked}", headers=bearer)
                then = await reader.at.get(reader.token, asked)
                assert then.status_code == fresh.status_code, (asked, then.text, fresh.text)
                assert without_chance(then.json()) == without_chance(fresh.json()), asked
                answered += then.status_code == HTTPStatus.OK
        return answered


@pytest.mark.parametrize("sample", ALL_SAMPLES or ["s07-bruggen-zuidtangent.yaml"])
@pytest.mark.timeout(3600 if WANTED else 120)
def test_every_answer_is_that_of_a_house_that_knows_no_more(
    cluster: Cluster, tmp_path: Path, sample: str
) -> None:
    template = _migrated_template(cluster, SANDBOX_ORIGIN, sandbox=True)

    async def story(whole: Database) -> None:
        async with played(whole, sample) as ledger:
            told = await recorded_in(ledger)
        positions = [max(each, len(told) // 4) for each in some_positions(len(told), quick=1)]
        async with doors(whole, tmp_path / "whole") as at:
            reader = await Reader.of(at, authorities_of(told))
            for number, position in enumerate(positions):
                with _copied(cluster, template) as part:
                    answered = await same_as_part(
                        reader, part, told[:position], tmp_path / str(number)
                    )
                    assert answered > 15, "much of what was asked was there to be answered"

    with _copied(cluster, template) as whole:
        asyncio.run(story(whole))


@pytest.mark.timeout(3600 if WANTED else 120)
def test_every_answer_about_any_facts_at_all(cluster: Cluster, tmp_path: Path) -> None:
    template = _migrated_template(cluster, SANDBOX_ORIGIN, sandbox=True)
    everything = frozenset[type[Fact]]().union(*(view.facts for view in VIEWS))
    folders = (tmp_path / str(number) for number in count())

    async def story(whole: Database, told: list[Recorded[Fact]]) -> None:
        async with ledger_at(whole.dsn(SERVICE)) as ledger:
            await record(ledger, told)
        async with doors(whole, next(folders)) as at:
            reader = await Reader.of(at, authorities_of(told))
            for position in some_positions(len(told), quick=1)[:3]:
                with _copied(cluster, template) as part:
                    await same_as_part(reader, part, told[:position], next(folders))

    @settings(
        max_examples=max(1, WANTED),
        deadline=None,
        derandomize=not WANTED,
        suppress_health_check=[*HealthCheck],
    )
    @given(histories(everything, least=60, most=120))
    def holds_for(told: list[Recorded[Fact]]) -> None:
        with _copied(cluster, template) as whole:
            asyncio.run(story(whole, told))

    holds_for()
