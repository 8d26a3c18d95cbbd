"""`kringboek judge`, and how verdicts look on a terminal."""

import argparse
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from pydantic_core import to_json

from api.compose import Settings, find_postgres, open_house
from api.house import House
from api.terminal.words import Said, give
from api.verdicts import VerdictSaid, VerdictsSaid, verdicts_said
from application.compliance import UnknownProject, judge_project
from application.forms import form
from application.shapes import read_instant
from application.views import projects
from application.views.view import EVERYTHING
from domain.rules.rule import Outcome
from domain.terms import ProjectId

_WORST_FIRST = (Outcome.VIOLATION, Outcome.WARN, Outcome.INDETERMINATE)
_WELL = (Outcome.PASS, Outcome.NOT_APPLICABLE)
CAUGHT_UP_WITHIN = 600.0
"""Seconds that views may take that were never built; a million events take less than one minute."""


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Judge one project, and end with 1 when there is a violation."""
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            verdicts = await _judged(house, said)
    finally:
        postgres.stop()
    if said.json:
        give(to_json(form(VerdictsSaid).write(verdicts), indent=2).decode())
    else:
        give(f"Position {verdicts.position}, judged at {verdicts.judged_at.isoformat()}.")
        for line in table(verdicts.verdicts):
            give(line)
    return int(any(each.verdict is Outcome.VIOLATION for each in verdicts.verdicts))


async def _judged(house: House, said: argparse.Namespace) -> VerdictsSaid:
    position = await _position(house, said.as_of)
    await house.follower.catch_up(within=CAUGHT_UP_WITHIN)
    project = await _project(house, said.project)
    try:
        judged_at = None if said.judged_at is None else read_instant(said.judged_at)
    except ValueError as error:
        raise Said(f"--judged-at: {error}") from None
    try:
        verdicts = await judge_project(
            house.ledger, house.registers, project, position=position, judged_at=judged_at
        )
    except UnknownProject as unknown:
        raise Said(str(unknown)) from unknown
    return verdicts_said(verdicts)


async def _position(house: House, as_of: str | None) -> int:
    head, _ = await house.ledger.head()
    if as_of is None:
        return head
    if as_of.startswith("position:"):
        number = as_of.removeprefix("position:")
        if not (number.isascii() and number.isdecimal()) or int(number) > head:
            raise Said(f"--as-of: {number!r} is no position from 0 to {head}")
        return int(number)
    try:
        return await house.ledger.position_at(read_instant(as_of))
    except ValueError as error:
        raise Said(f"--as-of: {error}, or position:N") from None


async def _project(house: House, said: str) -> ProjectId:
    try:
        return ProjectId(UUID(said))
    except ValueError:
        pass
    found = []
    after = None
    while True:
        page = await house.views.page(projects.view, EVERYTHING, after=after, limit=1000)
        found += [each.row for each in page.entries if each.row.title == said]
        after = page.next
        if after is None:
            break
    if len(found) != 1:
        raise Said(
            f"{len(found) or 'no'} projects are called {said!r}; give the id of one:"
            f" {', '.join(str(each.project) for each in found) or 'see GET /v1/convenant-projects'}"
        )
    return found[0].project


def table(verdicts: Iterable[VerdictSaid], *, everything: bool = False) -> Iterable[str]:
    """What is wrong, the worst first; what is right, in numbers, or `everything` one by one."""
    known = tuple(verdicts)
    for outcome in (*_WORST_FIRST, *(_WELL if everything else ())):
        for each in known:
            if each.verdict is outcome:
                yield from _lines(each)
    counts = Counter(each.verdict for each in known)
    yield ", ".join(f"{counts[each]} {each.value}" for each in Outcome if counts[each])


def _lines(said: VerdictSaid) -> Iterable[str]:
    severity = f" ({said.severity.value})" if said.severity else ""
    yield f"{said.rule:8}{said.verdict.value}{severity}: {said.title.en}"
    if said.why is not None:
        yield f"        {said.why.en}"
    if said.missing is not None:
        yield f"        not known: {said.missing.en}"
    if said.remedy is not None:
        yield f"        {said.remedy.en}"
    if said.evidence:
        yield f"        positions {', '.join(str(each) for each in said.evidence)}"
