"""The composition root: it builds the house, with plain constructor calls, and sees every room."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from api.house import House
from api.identity import TokenCheck, Trust
from application.access import Access, policy_in_force
from application.desk import Desk
from application.doctor.examine import Patient
from application.erasure.erase import Eraser
from application.erasure.from_views import ViewedTexts
from application.erasure.known import KnownTexts
from application.erasure.opening import Opener
from application.erasure.standing_by import StandingBy
from application.export.opening import Bundle
from application.export.take_in import Reached, take_in
from application.ports import Epochs, Ledger
from application.registers import ViewRegisters
from application.scenarios.scenario import Scenario
from application.sealing.sealer import Sealer
from application.snapshots import KeptStates
from application.transparency.integrate import integrate
from application.transparency.keys import VerifierKey
from application.transparency.log import Log
from application.transparency.ports import Published
from application.views.catalogue import VIEWS
from domain.terms import Instant
from infrastructure.arriving_log import ArrivingLog
from infrastructure.audit_source import AuditSource, opened_source
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.doctor.looking import LookingAround, Places
from infrastructure.empty_ledger import EmptyLedger
from infrastructure.ending import end
from infrastructure.event_mapper import EventMapper
from infrastructure.event_names import EVENT_NAMES
from infrastructure.existing_ledger import existing_ledger
from infrastructure.find_postgres import Postgres, find_postgres
from infrastructure.follower import ViewFollower
from infrastructure.in_progress import AdvisoryClaims
from infrastructure.integrator import Integrator
from infrastructure.issuer_keys import IssuerKeys, fetched_from
from infrastructure.key_files import secret
from infrastructure.ledger import PostgresLedger
from infrastructure.local_issuer import LocalIssuer, local_person
from infrastructure.logs import configure_logs
from infrastructure.migrate import migrate
from infrastructure.notices import read_notice
from infrastructure.others import Others
from infrastructure.persons import VaultAccounts, VaultPersons
from infrastructure.refusals import Unusable
from infrastructure.scenario_file import read_scenario
from infrastructure.settings import LedgerKind, LogLevel, Settings, read
from infrastructure.snapshot_store import PostgresSnapshots, code_fingerprint
from infrastructure.throw_away import throw_away
from infrastructure.tile_folder import TileFolder
from infrastructure.vault import PostgresVault
from infrastructure.view_store import ViewStore

__all__ = [
    "EVENT_NAMES",
    "AuditSource",
    "EventMapper",
    "LogLevel",
    "Postgres",
    "Settings",
    "Unusable",
    "audit_source",
    "configure_logs",
    "find_postgres",
    "log_key",
    "made",
    "open_doctor",
    "open_house",
    "open_vault",
    "put_in_place",
    "read_notice",
    "read_scenario",
    "read_settings",
    "sample",
    "throw_away",
    "unreadable",
]

SERVICE = "kringboek_service"
VAULT = "kringboek_vault"
_CONNECTIONS = 4
"""To the views, and to the vault, at most, per process."""

_log = structlog.get_logger()
_MAPPER = EventMapper(EVENT_NAMES)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of this process; raises `Unusable`."""
    return read(environment)


def sample() -> Scenario | None:
    """The sample circle that comes with the repository; None where only the programs are."""
    path = Path(__file__).parents[1] / "scenarios" / "sample-circle.yaml"
    return read_scenario(path) if path.exists() else None


async def made(settings: Settings, postgres: Postgres, *, sandbox: bool | None = None) -> None:
    """Bring the database to this build's schema; raises `Unusable`.

    A new ledger becomes the kind that is asked for, an old one stays what it is.
    """
    existing = await existing_ledger(postgres.owner_dsn)
    if sandbox is None:
        sandbox = _wanted(settings) if settings.ledger or existing is None else existing.sandbox
    origin = f"{settings.origin}/sandbox" if sandbox else settings.origin
    vault_is_here = settings.vault_database_url is None
    await migrate(postgres.owner_dsn, origin=origin, sandbox=sandbox, vault=vault_is_here)


def _wanted(settings: Settings) -> bool:
    if settings.ledger is None:
        return settings.database_url is None
    return settings.ledger is LedgerKind.SANDBOX


async def audit_source(settings: Settings, postgres: Postgres) -> AuditSource:
    """What `kringboek verify` reads; raises `Unusable`."""
    dsn = postgres.dsn(SERVICE)
    return await opened_source(dsn, settings.log_folder, settings.keys_folder)


def unreadable(name: str, version: int, body: bytes) -> str | None:
    """Why this build cannot read a body under its event's name; None where it can."""
    return _MAPPER.unreadable(name, version, body)


def log_key(settings: Settings, origin: str) -> VerifierKey | None:
    """The public half of the log's key, where that lies here; none is made."""
    if not (settings.keys_folder / "log.key").exists():
        return None
    return CheckpointSigner.open(settings.keys_folder, origin).key


async def put_in_place(
    settings: Settings, postgres: Postgres, bundle: Bundle, key: Path | None, reached: Reached
) -> None:
    """Make the ledger that `bundle` is of, and put everything of it in place; raises `Unusable`.

    `key` is a file with the log's private key, where that comes along.
    """
    said, vault_is_here = bundle.manifest, settings.vault_database_url is None
    kind = LedgerKind.SANDBOX if said.sandbox else LedgerKind.REAL
    if settings.ledger not in (None, kind):
        why = f"asks for another kind of ledger than this bundle is of, {kind}"
        raise Unusable("import-kind", "KRINGBOEK_LEDGER", why, "Leave it out: the bundle says it")
    log = ArrivingLog(settings.log_folder, settings.keys_folder, key)
    log.require_place(bundle)
    await migrate(postgres.owner_dsn, origin=said.origin, sandbox=said.sandbox, vault=vault_is_here)
    await take_in(bundle, EmptyLedger(postgres.owner_dsn), log, reached)


@asynccontextmanager
async def open_house(
    settings: Settings,
    postgres: Postgres,
    *,
    follow: bool = True,
    publish: bool = False,
    durable: bool = True,
) -> AsyncIterator[House]:
    """The house on the ledger in `postgres`. `follow=False` leaves the views as they are.

    `publish` is for a service: it keeps the transparency log up to the ledger and gives receipts.
    `durable=False` lets the disk's guarantees be off: for tests and what is thrown away.
    """
    async with AsyncExitStack() as stack:
        mapper = _MAPPER
        ledger = await stack.enter_async_context(
            await PostgresLedger.open(postgres.dsn(SERVICE), mapper, durable=durable)
        )
        keys = settings.keys_folder
        vault_pool = await _pool(stack, postgres.dsn(VAULT))
        vault = PostgresVault(vault_pool, keys)
        sealer = Sealer(vault)
        views = ViewStore(await _pool(stack, postgres.dsn(SERVICE)), VIEWS)
        follower = ViewFollower(dsn=postgres.dsn(SERVICE), ledger=ledger, views=VIEWS)
        if follow:
            await _in_background(stack, follower.run(), "views.follower-ended")
        log = await _log_of(stack, settings, ledger, postgres.dsn(SERVICE), publish=publish)
        registers = ViewRegisters(views)
        access = Access(policy=policy_in_force(), relations=registers)
        claims = await _claims(stack, postgres.dsn(SERVICE))
        clock = LedgerClock(ledger, sandbox=ledger.sandbox)
        snapshots = PostgresSnapshots(await _pool(stack, postgres.dsn(SERVICE)))
        issuer = LocalIssuer(keys, ledger.origin) if settings.issuer is None else None
        texts = ViewedTexts(views, registers, registers)
        operator = local_person(keys, "administrator")
        eraser = Eraser(
            ledger=ledger,
            vault=vault,
            texts=texts,
            accounts=VaultAccounts(vault_pool),
            clock=clock,
            operator=operator,
            policy=access.policy.sha256,
            journal=_log.info,
        )
        if publish:
            standing_by = StandingBy(eraser, texts, _log.info)
            await _in_background(stack, standing_by.run(), "erasure.ended")
        yield House(
            origin=ledger.origin,
            sandbox=ledger.sandbox,
            ledger=ledger,
            vault=vault,
            sealer=sealer,
            views=views,
            follower=follower,
            snapshots=snapshots,
            registers=registers,
            access=access,
            desk=Desk(
                ledger=ledger,
                sealer=sealer,
                access=access,
                claims=claims,
                clock=clock,
                sandbox=ledger.sandbox,
                known=KnownTexts(eraser.planner, ledger, views, follower.wake),
                snapshots=_kept_states(snapshots),
            ),
            clock=clock,
            tokens=_token_check(settings, issuer, vault_pool, keys),
            issuer=issuer,
            request_key=secret(keys, "requests.key", _random),
            names={each.name: (each.fact, each.version) for each in EVENT_NAMES.entries},
            recall=mapper.recall,
            wake=follower.wake,
            log=log,
            texts=texts,
            opener=Opener(vault, _log.info),
            eraser=eraser,
            operator=operator,
        )


@asynccontextmanager
async def open_doctor(settings: Settings, postgres: Postgres) -> AsyncIterator[Patient]:
    """What `kringboek doctor` looks at. Makes no key and follows nothing; raises `Unusable`."""
    async with AsyncExitStack() as stack:
        dsn = postgres.dsn(SERVICE)
        ledger = await stack.enter_async_context(
            await PostgresLedger.open(dsn, _MAPPER, durable=False)  # It only reads, and says so.
        )
        looking = LookingAround(
            Places(
                owner_dsn=postgres.owner_dsn,
                service_dsn=dsn,
                vault_dsn=postgres.dsn(VAULT),
                vault_is_here=settings.vault_database_url is None,
                data=settings.data,
                keys=settings.keys_folder,
                log=settings.log_folder,
            ),
            ledger,
            VIEWS,
            origin=ledger.origin,
            sandbox=ledger.sandbox,
        )
        yield Patient(
            ledger=ledger,
            views=ViewStore(await _pool(stack, dsn), VIEWS),
            kept=_kept_states(PostgresSnapshots(await _pool(stack, dsn))),
            log=TileFolder(settings.log_folder),
            looking=looking,
            sandbox=ledger.sandbox,
        )


def _kept_states(snapshots: PostgresSnapshots) -> KeptStates:
    names = [(each.name, each.version) for each in EVENT_NAMES.entries]
    return KeptStates(snapshots, names=names, code=code_fingerprint())


@asynccontextmanager
async def open_vault(settings: Settings, postgres: Postgres) -> AsyncIterator[Epochs]:
    """The vault alone, for whoever turns its epochs."""
    async with AsyncExitStack() as stack:
        pool = await _pool(stack, postgres.dsn(VAULT))
        yield PostgresVault(pool, settings.keys_folder)


class LedgerClock:
    """The system's clock; in a sandbox, whose story may run ahead of it, not before its last moment."""

    def __init__(self, ledger: Ledger, *, sandbox: bool) -> None:
        self._ledger = ledger
        self._sandbox = sandbox

    async def now(self) -> Instant:
        now = datetime.now(UTC)
        if not self._sandbox:
            return now
        _, last = await self._ledger.head()
        return now if last is None else max(now, last)


def _token_check(
    settings: Settings, issuer: LocalIssuer | None, pool: Any, keys: Path
) -> TokenCheck:
    if issuer is not None:
        trust = Trust(issuer=issuer.issuer, audience=issuer.audience)
        return TokenCheck(trust, issuer, issuer)
    if settings.issuer is None or settings.audience is None or settings.issuer_keys is None:
        why = "is set without KRINGBOEK_AUDIENCE and KRINGBOEK_ISSUER_KEYS"
        cure = "Set all three, or none for the issuer that comes with Kringboek"
        raise Unusable("issuer-incomplete", "KRINGBOEK_ISSUER", why, cure)
    return TokenCheck(
        Trust(issuer=settings.issuer, audience=settings.audience, clients=settings.clients),
        IssuerKeys(fetched_from(settings.issuer_keys)),
        VaultPersons(pool, secret(keys, "subjects.key", _random)),
    )


async def _pool(stack: AsyncExitStack, dsn: str) -> "AsyncConnectionPool[AsyncConnection[Any]]":
    pool = AsyncConnectionPool[AsyncConnection[Any]](
        dsn,
        kwargs={"autocommit": True, "options": "-c timezone=UTC"},
        min_size=1,
        max_size=_CONNECTIONS,
        open=False,
    )
    return await stack.enter_async_context(pool)


async def _claims(stack: AsyncExitStack, dsn: str) -> AdvisoryClaims:
    async def connect() -> AsyncConnection[Any]:
        return await AsyncConnection.connect(dsn, autocommit=True)

    claims = AdvisoryClaims(connect)
    claims.start()
    stack.push_async_callback(claims.close)
    return claims


async def _log_of(
    stack: AsyncExitStack, settings: Settings, ledger: PostgresLedger, dsn: str, *, publish: bool
) -> Log:
    """The transparency log of this ledger, to read, and with `publish` to write."""
    folder = TileFolder(settings.log_folder)
    if not publish:
        return Log(origin=ledger.origin, published=folder, pen=None)
    signer = CheckpointSigner.open(settings.keys_folder, ledger.origin)
    others = Others(settings, folder, signer.key)
    log = Log(origin=ledger.origin, published=folder, pen=signer, policy=others.policy)
    log.look()

    async def take_in() -> Published | None:
        return await integrate(ledger, folder, signer)

    integrator = Integrator(
        dsn=dsn, ledger=ledger, take_in=take_in, store=folder, log=log, witnesses=others
    )
    for each in others.work():
        await _in_background(stack, each, "log.asking-ended")
    await _in_background(stack, integrator.run(), "log.integrator-ended")
    return log


async def _in_background(
    stack: AsyncExitStack, work: Coroutine[Any, Any, None], fault: str
) -> None:
    """Work until the house closes. What ends it before that is told as `fault`."""
    task = asyncio.create_task(work, name=fault)

    def ended(done: "asyncio.Task[None]") -> None:
        if not done.cancelled():
            _log.error(fault, exc_info=done.exception())

    task.add_done_callback(ended)

    async def stop() -> None:
        await end(task)

    stack.push_async_callback(stop)


def _random() -> bytes:
    return secrets.token_bytes(32)
