"""Another Kringboek's log becomes the one of an empty one: the same to the byte, or not at all."""

import asyncio
import io
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from application.export.opening import Bundle
from application.export.take_in import take_in
from application.export.unzipping import BundleRefused
from application.ports import CommandReused, StoredEvent
from application.transparency.checkpoint import open_checkpoint
from application.transparency.keys import SignerKey, keys_in
from application.transparency.ports import LogRefused
from infrastructure.arriving_log import ArrivingLog
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.embedded_postgres import Cluster
from infrastructure.empty_ledger import EmptyLedger, Writing
from infrastructure.refusals import Unusable
from tests.conftest import ORIGIN, Database, _copied, _migrated_template
from tests.exported import Kept, files, handled
from tests.infrastructure.noted import MAPPER, append, ledger_of

EVENTS = 300
COMMAND = UUID(int=77)


@dataclass(frozen=True, kw_only=True)
class There:
    """The Kringboek that is to be filled: an empty one, with folders of its own."""

    database: Database
    data: Path

    @property
    def log(self) -> Path:
        return self.data / "log"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def rows(self) -> int:
        with psycopg.connect(self.database.superuser_dsn) as connection:
            found = connection.execute(
                "SELECT (SELECT count(*) FROM ledger.event) + (SELECT count(*) FROM ledger.command)"
            ).fetchone()
        assert found is not None
        count: int = found[0]
        return count

    async def take(
        self,
        bundle: bytes,
        *,
        key: Path | None = None,
        reached: Callable[[int], None] = lambda _: None,
        ledger: EmptyLedger | None = None,
    ) -> None:
        await take_in(
            Bundle(io.BytesIO(bundle), MAPPER.unreadable),
            ledger or EmptyLedger(self.database.superuser_dsn),
            ArrivingLog(self.log, self.keys, key),
            reached,
        )

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[Kept]:
        async with ledger_of(self.database) as ledger:
            yield Kept(ledger=ledger, data=self.data)


@dataclass(frozen=True, kw_only=True)
class Here:
    """The Kringboek that a bundle is of."""

    database: Database
    kept: Kept
    bundle: bytes

    @property
    def key(self) -> Path:
        return self.kept.data / "keys" / "log.key"


@pytest.fixture
def there(cluster: Cluster, tmp_path: Path) -> Iterator[There]:
    with _copied(cluster, _migrated_template(cluster, ORIGIN, sandbox=False)) as database:
        yield There(database=database, data=tmp_path / "daar")


Told = Callable[[Callable[[Here], Awaitable[None]]], None]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What is moved in these tests, and the bundle of it; who goes on with it has a copy."""

    database: Database
    data: Path
    bundle: bytes


@pytest.fixture(scope="module")
def moved(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    data = tmp_path_factory.mktemp("hier")

    async def made(database: Database) -> bytes:
        async with ledger_of(database) as ledger:
            kept = Kept(ledger=ledger, data=data)
            await kept.note(40)
            await ledger.append(append(uuid4(), "eerder gegeven", command=COMMAND))
            await kept.note(EVENTS - 41)
            return await kept.bundle()

    with _copied(cluster, _migrated_template(cluster, ORIGIN, sandbox=False)) as database:
        yield Moved(database=database, data=data, bundle=asyncio.run(made(database)))


def _told(database: Database, data: Path, bundle: bytes) -> Told:
    def told(story: Callable[[Here], Awaitable[None]]) -> None:
        async def inside() -> None:
            async with ledger_of(database) as ledger:
                kept = Kept(ledger=ledger, data=data)
                await story(Here(database=database, kept=kept, bundle=bundle))

        asyncio.run(inside())

    return told


@pytest.fixture
def here(moved: Moved) -> Told:
    """For stories that only look at what is moved."""
    return _told(moved.database, moved.data, moved.bundle)


@pytest.fixture
def goes_on(moved: Moved, cluster: Cluster, tmp_path: Path) -> Iterator[Told]:
    """For stories in which more is recorded here."""
    data = tmp_path / "hier"
    shutil.copytree(moved.data, data)
    with _copied(cluster, moved.database.name) as database:
        yield _told(database, data, moved.bundle)


async def rows_of(kept: Kept) -> list[StoredEvent]:
    return [row async for page in kept.ledger.stored() for row in page]


def test_with_its_key_a_log_goes_on_elsewhere_as_if_it_had_always_been_there(
    here: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        seen: list[int] = []
        await there.take(before.bundle, key=before.key, reached=seen.append)
        assert seen[-1] == EVENTS
        async with there.kept() as now:
            assert await rows_of(now) == await rows_of(before.kept)
            assert await now.bundle() == before.bundle
            appended = await now.ledger.append(append(uuid4(), "en verder"))
            assert appended.first_position == EVENTS + 1
            await now.publish()
            assert [path.name for path in sorted((there.log / "checkpoints").iterdir())] == [
                "300", "301", "40",
            ]  # fmt: skip
            assert now.folder.refusal() is None

    here(story)


def test_without_its_key_a_log_goes_on_under_a_new_one_and_says_the_same(
    here: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        await there.take(before.bundle)
        old = before.kept.signer.key
        async with there.kept() as now:
            new = now.signer.key
            assert new != old
            assert keys_in((there.log / "keys").read_bytes()) == (old, new)
            note = now.folder.checkpoint()
            assert note is not None
            for key in (old, new):
                said = open_checkpoint(note, origin=ORIGIN, log_keys=[key]).checkpoint
                assert said == Bundle(io.BytesIO(before.bundle), MAPPER.unreadable).checkpoint
            first, second = files(before.bundle), files(await now.bundle())
            assert {name for name in first if first[name] != second[name]} == {
                "checkpoint",
                "checkpoints/300",
                "checkpoints/40",
                "keys",
            }
            for name in ("checkpoint", "checkpoints/300", "checkpoints/40"):
                assert second[name].startswith(first[name])  # One more line, of the new key.
                open_checkpoint(second[name], origin=ORIGIN, log_keys=[new])
            await now.note(5)
            assert now.folder.refusal() is None

    here(story)


def test_an_order_that_was_carried_out_there_is_not_carried_out_here(
    here: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        await there.take(before.bundle)
        assert await before.kept.ledger.answered(COMMAND, b"request") is not None
        async with there.kept() as now:
            with pytest.raises(CommandReused):
                await now.ledger.answered(COMMAND, b"request")
            again = append(uuid4(), "eerder gegeven", command=COMMAND)
            with pytest.raises(CommandReused):
                await now.ledger.append(again)
            with psycopg.connect(there.database.superuser_dsn) as connection:
                differing = connection.execute(
                    "SELECT count(*) FROM ledger.command WHERE request <> ''"
                ).fetchone()
            assert differing == (0,)
        told = []
        for database in (there.database, before.database):
            with psycopg.connect(database.superuser_dsn) as connection:
                commands = connection.execute(
                    "SELECT command, stream, first_position, last_position, version, recorded_at"
                    " FROM ledger.command ORDER BY first_position"
                )
                told.append(commands.fetchall())
        assert told[0] == told[1]

    here(story)


def test_a_ledger_in_which_something_was_recorded_takes_nothing_in(
    here: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        async with there.kept() as now:
            await now.ledger.append(append(uuid4()))  # A command without a fact is one too.
        with pytest.raises(Unusable) as refused:
            await there.take(before.bundle)
        assert refused.value.code == "ledger-not-empty"
        assert not there.log.exists()
        with pytest.raises(Unusable):
            await there.take(before.bundle)

    here(story)


class Interrupted(Exception):
    """Somebody pulled the plug."""


class Lost(EmptyLedger):
    """The plug is pulled after everything was written, before it was kept."""

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Writing]:
        async with super().writing() as writing:
            yield writing
            raise Interrupted


def test_whatever_breaks_it_off_leaves_an_empty_ledger_that_takes_it_again(
    here: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        def plug(position: int) -> None:
            if position > 256:
                raise Interrupted

        spoiled = handled(
            before.bundle,
            lambda each: each.update({"bodies/001": each["bodies/001"].replace(b"text", b"tekst")}),
        )
        with pytest.raises(BundleRefused):
            await there.take(spoiled)
        with pytest.raises(Interrupted):
            await there.take(before.bundle, reached=plug)
        assert (there.rows, there.log.exists(), there.keys.exists()) == (0, False, False)

        with pytest.raises(Interrupted):
            await there.take(before.bundle, ledger=Lost(there.database.superuser_dsn))
        assert there.rows == 0
        async with there.kept() as now:
            with pytest.raises(
                LogRefused
            ):  # The log is there without its ledger: nothing is signed.
                await now.publish()
        await there.take(before.bundle)
        async with there.kept() as now:
            assert await rows_of(now) == await rows_of(before.kept)
            await now.note(3)

    here(story)


def test_nothing_is_taken_in_under_a_service_that_publishes(here: Told, there: There) -> None:
    async def story(before: Here) -> None:
        with psycopg.connect(there.database.superuser_dsn) as service:
            service.execute("SELECT pg_advisory_lock(5310723, 0)")
            with pytest.raises(Unusable) as refused:
                await there.take(before.bundle)
            service.execute("SELECT pg_advisory_unlock(5310723, 0)")
        assert refused.value.code == "import-while-serving"
        await there.take(before.bundle)

    here(story)


def test_a_key_that_did_not_sign_this_log_or_signed_more_of_it_is_refused(
    goes_on: Told, there: There, tmp_path: Path
) -> None:
    async def story(before: Here) -> None:
        async def refused(key: Path | None) -> str:
            with pytest.raises(Unusable) as found:
                await there.take(before.bundle, key=key)
            assert there.rows == 0
            return found.value.code

        other = tmp_path / "andere.key"
        other.write_text(f"{SignerKey.generate(ORIGIN).private_text()}\n")
        nothing = tmp_path / "niets"
        assert await refused(other) == "import-key"
        assert await refused(nothing) == "import-key"
        nothing.write_text("niets")
        assert await refused(nothing) == "import-key"
        own = CheckpointSigner.open(there.keys, ORIGIN)
        assert await refused(before.key) == "import-key"  # There is another one here.
        assert CheckpointSigner.open(there.keys, ORIGIN).key == own.key
        (there.keys / "log.key").unlink()
        (there.keys / "log.signed").unlink()
        await before.kept.note(2)
        assert await refused(before.key) == "import-not-newest"
        (there.keys / "log.key").write_bytes(before.key.read_bytes())
        (there.keys / "log.key").chmod(0o600)
        (there.keys / "log.signed").write_bytes(before.key.with_name("log.signed").read_bytes())
        assert await refused(None) == "import-not-newest"

    goes_on(story)


def test_a_folder_with_another_log_is_left_alone_and_one_of_an_empty_log_is_not(
    goes_on: Told, there: There
) -> None:
    async def story(before: Here) -> None:
        async with there.kept() as now:
            await now.publish()
        assert (there.log / "checkpoint").exists()
        (there.log / "lost+found").mkdir()  # As where a disk is mounted.
        (there.log / "tile" / "0").mkdir(parents=True)
        (there.log / "tile" / "0" / "999").write_bytes(b"of something that broke off")
        await there.take(before.bundle)
        assert {each.name for each in there.log.iterdir() if each.name[0] != "."} == {
            "checkpoint", "checkpoints", "keys", "tile", "lost+found",
        }  # fmt: skip
        assert not (there.log / "tile" / "0" / "999").exists()
        assert not (there.log / ".arriving").exists()
        elsewhere = There(database=there.database, data=there.data.with_name("elders"))
        other = ArrivingLog(there.log, elsewhere.keys)
        await before.kept.note(2)
        bundle = Bundle(io.BytesIO(await before.kept.bundle()), MAPPER.unreadable)
        with pytest.raises(Unusable) as refused:
            other.require_place(bundle)
        assert refused.value.code == "import-log"

    goes_on(story)
