"""`kringboek serve`: the service, ready to be used once it says where it is."""

import argparse
import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid5

import uvicorn

from api.app import create_app
from api.compose import (
    LogLevel,
    Settings,
    configure_logs,
    find_postgres,
    made,
    open_house,
    sample,
)
from api.house import House
from api.terminal.authority import authorities, terminal
from api.terminal.judge import CAUGHT_UP_WITHIN
from api.terminal.token import sign_in_link
from api.terminal.words import ProgressLine, Said, tell
from application.ports import CommandReused
from application.scenarios.play import play
from application.scenarios.scenario import ScenarioRefused
from application.scenarios.words import SANDBOX, script
from domain.member.access import AccessRole

_STOP = (signal.SIGINT, signal.SIGTERM)
GRACE = 10
"""Seconds for requests under way when the service is told to stop."""


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Serve until told to stop. Everything acknowledged is on disk by then, and before."""
    configure_logs(settings.log_format, _quieter(settings.log_level))
    with _listening(settings) as door:
        if settings.database_url is None:
            tell(f"Starting PostgreSQL in {settings.data} ...")
        postgres = find_postgres(settings)
        try:
            if settings.database_url is None or settings.owner_database_url is not None:
                await made(settings, postgres)
            async with open_house(settings, postgres) as house:
                if house.sandbox and not said.empty:
                    await _play_the_sample(house)
                await house.follower.catch_up(within=CAUGHT_UP_WITHIN)
                await _admit_the_sample_auditor(house)
                configure_logs(settings.log_format, settings.log_level)
                logging.getLogger("uvicorn").setLevel(logging.WARNING)
                await _serve(settings, house, door)
        finally:
            postgres.stop()
    return 0


def _quieter(level: LogLevel) -> LogLevel:
    """While it starts, what it tells the person at the terminal is enough."""
    return LogLevel.WARNING if level is LogLevel.INFO else level


def _listening(settings: Settings) -> socket.socket:
    """The port, taken before anything else is done: what cannot be served is not begun."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.host, settings.port))
    except OSError as error:
        door.close()
        raise Said(
            f"port {settings.port} of {settings.host} cannot be used ({error.strerror});"
            " choose another with --port"
        ) from None
    return door


async def _serve(settings: Settings, house: House, door: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(house),
        http="httptools",
        loop="none",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    await _Server(config, lambda: _say_where(settings, house)).serve(sockets=[door])


class _Server(uvicorn.Server):
    """Says that it is ready when it is, and leaves the process to end by itself."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As the library's, but no signal is raised anew at the end: PostgreSQL stops first."""
        loop = asyncio.get_running_loop()
        for each in _STOP:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        try:
            yield
        finally:
            for each in _STOP:
                loop.remove_signal_handler(each)


def _say_where(settings: Settings, house: House) -> None:
    kind = "a sandbox (zandbak)" if house.sandbox else "a real record"
    tell(f"Kringboek serves {house.origin}, {kind}, at http://{settings.host}:{settings.port}")
    if house.issuer is not None and house.sample_auditor is not None:
        link = sign_in_link(settings, house.issuer, house.sample_auditor)
        tell(f"Sign in as the sample's auditor, once: {link}")
    tell("Press Ctrl-C to stop.")


async def _play_the_sample(house: House) -> None:
    """Play the sample circle into an empty sandbox, or go on where a killed start left off.

    Once its last step was recorded it is never looked at again.
    """
    scenario = sample()
    if scenario is None:
        tell("There is no sample circle here; the sandbox stays as it is.")
        return
    written = script(scenario)
    last = written.lines[-1]
    command = uuid5(SANDBOX, f"{written.title} {last.step.id}")
    try:
        if await house.ledger.answered(command, last.request) is not None:
            return
    except CommandReused:
        tell("This sandbox was made with another sample; begin a new one with --data to see this.")
        return
    tell(f"Playing {scenario.title} into the sandbox ...")
    try:
        await play(
            scenario,
            house.ledger,
            house.sealer,
            policy=house.access.policy.sha256,
            progress=ProgressLine("Steps"),
        )
    except ScenarioRefused as refused:
        tell(f"The sample was not played to its end: {refused}")


async def _admit_the_sample_auditor(house: House) -> None:
    """Grant the auditor of a sandbox access to every authority in it; recorded once."""
    if house.issuer is None or house.sample_auditor is None:
        return
    desk = terminal(house, house.operator)
    for authority in await authorities(house):
        await desk.grant(authority, house.sample_auditor, AccessRole.AUDITOR)
    await house.follower.catch_up()
