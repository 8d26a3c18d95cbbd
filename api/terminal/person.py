"""`kringboek person`: everything that the record holds about a person."""

import argparse
from uuid import UUID

from api.compose import Settings, find_postgres, open_house
from api.house import House
from api.persons import HoldingSaid, said_of
from api.terminal.judge import CAUGHT_UP_WITHIN
from api.terminal.words import an_id, give, tell
from application.erasure.holdings import Reader, holdings
from application.erasure.opening import TextState
from application.forms import form
from domain.terms import Language, PersonRef

_IN_WORDS = {
    TextState.FORGOTTEN: "(vergeten, forgotten)",
    TextState.WITHHELD: "(afgeschermd, withheld)",
    TextState.UNREADABLE: "(onleesbaar, unreadable)",
}


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Whoever stands at the machine reads all of it; that it was read is in the log."""
    person = PersonRef(an_id(said.person, "person"))
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            await house.follower.catch_up(within=CAUGHT_UP_WITHIN)
            count = await _give(house, person, Language(said.lang), as_json=said.json)
    finally:
        postgres.stop()
    tell(f"{count} events are about this person.")
    return 0


async def _give(house: House, person: PersonRef, language: Language, *, as_json: bool) -> int:
    count = 0
    found = holdings(
        house.ledger,
        house.texts,
        house.opener,
        person,
        Reader(person=house.operator, sees=_yes, opens=_yes),
        as_of=await house.views.position(),
    )
    async for each in found:
        count += 1
        line = await said_of(house.views, each, language)
        if as_json:
            give(form(HoldingSaid).canonical(line).decode())
            continue
        give(f"{line.position}  {line.recorded_at:%Y-%m-%d}  {line.sentence}")
        for text in line.texts:
            give(f"    {text.field}: {text.text or _IN_WORDS.get(text.state, '')}")
    return count


async def _yes(_: UUID) -> bool:
    return True
