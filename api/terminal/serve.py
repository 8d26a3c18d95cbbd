"""`kringboek serve`: the service, ready to be used once it says where it is."""

import argparse
import logging
import socket
from uuid import uuid5

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
from api.terminal.listening import listening, serve
from api.terminal.token import sign_in_link
from api.terminal.words import ProgressLine, tell
from application.ports import CommandReused
from application.scenarios.play import play
from application.scenarios.scenario import ScenarioRefused
from application.scenarios.words import SANDBOX, script
from domain.member.access import AccessRole


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Serve until told to stop. Everything acknowledged is on disk by then, and before."""
    configure_logs(settings.log_format, _quieter(settings.log_level))
    with listening(settings.host, settings.port) as door:
        if settings.database_url is None:
            tell(f"Starting PostgreSQL in {settings.data} ...")
        postgres = find_postgres(settings)
        try:
            if settings.database_url is None or settings.owner_database_url is not None:
                await made(settings, postgres)
            async with open_house(settings, postgres, publish=True) as house:
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


async def _serve(settings: Settings, house: House, door: socket.socket) -> None:
    await serve(create_app(house), door, lambda: _say_where(settings, house))


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
