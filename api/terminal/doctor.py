"""`kringboek doctor`: whether everything that this installation holds says the same."""

import argparse

from pydantic_core import to_json

from api.compose import Settings, audit_source, find_postgres, open_doctor
from api.terminal.words import give, tell
from application.auditing.audit import audit
from application.auditing.log_files import Key
from application.auditing.whole import Audited
from application.doctor.examine import examine
from application.doctor.point import MOST_DETAILS, Point, State
from application.views.catalogue import VIEWS
from domain.terms import Text

_STATES = {
    State.OK: Text(nl="klopt", en="ok"),
    State.DIFFERS: Text(nl="VERSCHILT", en="DIFFERS"),
    State.CANNOT_TELL: Text(nl="onbekend", en="cannot tell"),
}


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Exit code 1 when a point differs. What cannot be seen from here is said, and is no fault."""
    found: list[Point] = []
    postgres = find_postgres(settings)
    try:
        source = await audit_source(settings, postgres)

        async def audited() -> Audited:
            return await audit(
                source.rows,
                origin=source.origin,
                key=None if source.key is None else Key.parse(source.key),
                memory=source.memory,
            )

        async with open_doctor(settings, postgres) as patient:
            names = [each.name for each in VIEWS]
            async for point in examine(patient, audited, views=names, compare_rows=said.views):
                found.append(point)
                if not said.json:
                    _show(point, said.language)
    finally:
        postgres.stop()
    if said.json:
        give(to_json([each.plain() for each in found], indent=2).decode())
    elif not said.views:
        tell(_NOT_LOOKED_AT[said.language])
    return int(any(each.state is State.DIFFERS for each in found))


def _show(point: Point, language: str) -> None:
    give(f"{_in(_STATES[point.state], language):12} {point.name:12} {_in(point.what, language)}")
    for each in point.details[:MOST_DETAILS]:
        give(f"{'':25} - {each}")
    if len(point.details) > MOST_DETAILS:
        give(f"{'':25} - ... {len(point.details) - MOST_DETAILS:,}")
    if point.cure is not None:
        give(f"{'':25} > {_in(point.cure, language)}")


def _in(text: Text, language: str) -> str:
    return text.nl if language == "nl" else text.en


_NOT_LOOKED_AT = {
    "nl": "Niet vergeleken: de rijen van de overzichten. Dat doet kringboek doctor --views.",
    "en": "Not compared: the rows of the views. kringboek doctor --views does that.",
}
