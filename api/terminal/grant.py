"""`kringboek grant`: the first administrator of an authority."""

import argparse

from api.compose import Settings, find_postgres, open_house
from api.terminal.authority import chosen, terminal
from api.terminal.words import Said, an_id, tell
from application.first_access import NotYours
from domain.terms import PersonRef


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Record the one grant that nobody is there to give."""
    person = PersonRef(an_id(said.person, "person"))
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            desk = terminal(house, person)
            for authority in await chosen(house, desk, said):
                try:
                    granted = await desk.first_administrator(authority, person)
                except NotYours:
                    raise Said("this authority has an administrator, who grants the rest") from None
                tell(f"{person} is an administrator from position {granted.last_position} on.")
    finally:
        postgres.stop()
    return 0
