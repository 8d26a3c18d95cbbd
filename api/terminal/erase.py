"""`kringboek erase`: what was granted is done, from wherever it was cut off."""

import argparse
from collections.abc import Iterable

from api.compose import Settings, find_postgres, open_house
from api.forgetting import ErasurePlan, keys_of
from api.house import House
from api.terminal.authority import authorities
from api.terminal.words import ProgressLine, Said, an_id, give, tell
from application.erasure.erase import KeyMissing
from application.erasure.plan import Plan, Wish
from application.forms import form
from application.views.erasures import ErasureRow
from application.vocabulary import word
from domain.member.erasure import TextAt
from domain.rules.wording import day
from domain.terms import (
    KVK_NUMBER,
    CircleId,
    MemberId,
    PersonRef,
    dutch_date,
    member_id_of_kvk,
)


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Exit code 1 when there is nothing granted for this person, or a key is not in the vault."""
    person = PersonRef(an_id(said.person, "person"))
    circle = None if said.circle is None else CircleId(an_id(said.circle, "circle"))
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            authority = await authority_of(house, said.authority)
            if said.dry_run:
                return await _dry_run(house, authority, person, circle, as_json=said.json)
            granted = [
                row
                for row in await house.texts.granted()
                if (row.authority, row.person) == (authority, person)
                and circle in (None, row.circle)
            ]
            if not granted:
                raise Said(
                    "nothing is granted and left to do for this person; record a request with"
                    " POST /v1/members/{id}/request-erasure, and have it granted by somebody else"
                )
            for row in granted:
                await _carry_out(house, row, as_json=said.json)
    finally:
        postgres.stop()
    return 0


async def authority_of(house: House, kvk: str | None) -> MemberId:
    """The authority that was named; without a name the only one."""
    known = await authorities(house)
    if kvk is None:
        if len(known) == 1:
            return next(iter(known))
        names = "; ".join(known.values()) or "none"
        raise Said(f"say which authority, with --authority KVK; the record knows: {names}")
    found = member_id_of_kvk(kvk)
    if not KVK_NUMBER.fullmatch(kvk) or found not in known:
        raise Said(f"the record knows no contracting authority under {kvk!r}")
    return found


async def _carry_out(house: House, row: ErasureRow, *, as_json: bool) -> None:
    try:
        done = await house.eraser.carry_out(row, ProgressLine(f"{row.erasure}, keys destroyed"))
    except KeyMissing as missing:
        raise Said(
            f"{missing}\n  What was destroyed before stays destroyed; run this again"
        ) from None
    _tell_plan(done.plan, row.person, row.circle, as_json=as_json)
    tell(f"Request {row.erasure} was carried out.")
    if done.person_removed:
        tell("No account leads to this person any more.")


async def _dry_run(
    house: House, authority: MemberId, person: PersonRef, circle: CircleId | None, *, as_json: bool
) -> int:
    wish = Wish(authority=authority, person=person, circle=circle)
    on = dutch_date(await house.clock.now())
    plan = await house.eraser.planner.plan(wish, as_of=await house.views.position(), on=on)
    _tell_plan(plan, person, circle, as_json=as_json)
    tell("Nothing was done.")
    return 0


def _tell_plan(plan: Plan, person: PersonRef, circle: CircleId | None, *, as_json: bool) -> None:
    keys = keys_of(plan, person)
    if as_json:
        whole = ErasurePlan(person=person, circle=circle, keys=keys, gone=len(plan.gone))
        give(form(ErasurePlan).canonical(whole).decode())
        return
    for each in keys:
        why = "goes"
        if each.kept_for is not None:
            until = "" if each.until is None else f", until {day(each.until).en}"
            why = f"stays: {word(each.kept_for).en}{until}"
        give(f"{_places(each.texts)}  {word(each.kind).en}  {why}")
    for text in plan.unknown:
        tell(f"{text.position}/{text.field} is no sealed text; look up its position and field")
    tell(f"{len(plan.goes)} keys go, {len(plan.stays)} stay, {len(plan.gone)} were gone before.")


def _places(texts: Iterable[TextAt]) -> str:
    return " ".join(f"{each.position}/{each.field}" for each in texts)
