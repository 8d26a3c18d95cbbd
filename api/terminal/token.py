"""`kringboek token`: an access token of the issuer that comes with Kringboek."""

import argparse

from api.compose import Settings, find_postgres, open_house
from api.house import House
from api.terminal.authority import chosen, terminal
from api.terminal.words import Said, an_id, give, tell
from application.first_access import NotYours
from application.identity import LocalIssuer
from application.views import circles
from domain.member.access import AccessRole
from domain.terms import CircleId, MemberId, PersonRef


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Print a token, or a link to sign in with; what is granted for it is recorded."""
    if settings.issuer is not None:
        raise Said(
            f"tokens come from {settings.issuer} (KRINGBOEK_ISSUER); Kringboek issues none beside it"
        )
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres) as house:
            if house.issuer is None:
                raise Said("this installation has no issuer of its own")
            person = await _person(house, house.issuer, said)
            if said.link:
                give(sign_in_link(settings, house.issuer, person))
            else:
                give(house.issuer.token(person))
    finally:
        postgres.stop()
    return 0


def sign_in_link(settings: Settings, issuer: LocalIssuer, person: PersonRef) -> str:
    """A link that signs a person in, once."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if host in ("0.0.0.0", "[::]"):  # noqa: S104  an address to listen on is none to go to
        host = "127.0.0.1"
    return f"http://{host}:{settings.port}/sign-in?code={issuer.sign_in_code(person)}"


async def _person(house: House, issuer: LocalIssuer, said: argparse.Namespace) -> PersonRef:
    role = AccessRole(said.role)
    circle = None if said.circle is None else CircleId(an_id(said.circle, "circle"))
    desk = terminal(house, house.operator)
    places = await chosen(house, desk, said)
    if circle is not None:
        places = [await _founder(house, circle)]
    person = issuer.local_person(role if circle is None else f"{role} in {circle}")
    position = 0
    for authority in places:
        try:
            granted = await desk.grant(authority, person, role, circle)
        except NotYours:
            raise Said(
                "the record has an administrator, who is somebody else: let that person grant this"
                f" role to {person}"
            ) from None
        if granted is not None:
            position = granted.last_position
            tell(f"Granted to person {person}: {role}, recorded at position {position}.")
    await house.follower.catch_up()
    return person


async def _founder(house: House, circle: CircleId) -> MemberId:
    found = await house.views.get(circles.view, circles.circle(circle))
    if found.entry is None:
        raise Said(f"no circle has the id {circle}")
    return found.entry.row.authority
