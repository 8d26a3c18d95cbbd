"""`kringboek person`: everything that the record holds about a person."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from api.compose import Settings, find_postgres, open_house
from api.house import House
from api.persons import HoldingSaid, said_of
from api.terminal.judge import CAUGHT_UP_WITHIN
from api.terminal.words import Said, an_id, give, tell
from application.erasure.holdings import Reader, holdings
from application.erasure.naming import Names, naming
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
            if said.named_as is not None:
                await _give_named(house, _names(said.named_as), as_json=said.json)
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


def _names(file: str) -> list[str]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Said(f"{file} cannot be read ({type(error).__name__})") from None
    names = [each.strip() for each in text.splitlines() if each.strip()]
    if not names:
        raise Said("there is no name in it; write one on each line")
    return names


async def _give_named(house: House, names: list[str], *, as_json: bool) -> None:
    """Where the names stand; what else stands there is not shown."""
    tell("Texts in which one of the names stands:")
    as_of = await house.views.position()
    async for each in naming(house.ledger, house.opener, names, house.operator, as_of=as_of):
        if as_json:
            give(form(Names).canonical(each).decode())
        else:
            give(f"{each.text.position}/{each.text.field}  key {each.kid}")


async def _yes(_: UUID) -> bool:
    return True
