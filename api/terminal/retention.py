"""`kringboek retention`: how long what is kept, and what is due to be forgotten."""

import argparse
from datetime import date

from api.compose import Settings, find_postgres, open_house
from api.forgetting import RetentionList
from api.house import House
from api.pages.texts import said as in_language
from api.terminal.erase import authority_of
from api.terminal.words import Said, give, tell
from application.circle_standing import parameters_of
from application.erasure.due import DueText, due_text, periods
from application.forms import form
from application.vocabulary import word
from domain.terms import Language, MemberId, Text, dutch_date

_DUE = Text(nl="te vergeten vanaf", en="to be forgotten from")
_MONTHS = Text(nl="maanden", en="months")


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Exit code 1 when something is due."""
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            authority = await authority_of(house, said.authority)
            today = dutch_date(await house.clock.now())
            found = await _list(house, authority, _day(said.by) or today, today)
    finally:
        postgres.stop()
    if said.json:
        give(form(RetentionList).canonical(found).decode())
    else:
        _give(found, Language(said.lang))
    tell(f"{len(found.due)} keys are due by {found.due_by}.")
    return 1 if found.due else 0


async def _list(house: House, authority: MemberId, until: date, today: date) -> RetentionList:
    position = await house.views.position()
    parameters = await parameters_of(house.ledger, authority, position=position)
    due: list[DueText] = []
    async for row in house.texts.all(as_of=position):
        told = await house.texts.belonging(row.stream, as_of=position)
        if row.gone is not None or told is None or told.authority not in (authority, None):
            continue
        found = due_text(row, parameters)
        if found.due <= until:
            due.append(found)
    return RetentionList(
        due_by=until,
        periods=periods(parameters, today),
        due=tuple(sorted(due, key=lambda each: (each.due, each.kid))),
        next=None,
    )


def _give(found: RetentionList, language: Language) -> None:
    for each in found.periods:
        label = in_language(each.label, language)
        months = in_language(_MONTHS, language)
        give(f"{label}: {each.months} {months} [{each.parameter}; {each.source}]")
    for text in found.due:
        kind = in_language(word(text.kind), language)
        places = " ".join(f"{each.position}/{each.field}" for each in text.texts)
        give(f"{text.kid}  {places}  {kind}  {in_language(_DUE, language)} {text.due}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Said(f"{text!r} is not a day such as 2026-03-02") from None
