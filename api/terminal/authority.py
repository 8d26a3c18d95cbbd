"""Whose authority a grant is about, as the operator at the terminal says it."""

import argparse

from api.house import House
from api.terminal.judge import CAUGHT_UP_WITHIN
from api.terminal.words import Said
from application.first_access import Terminal
from application.views import organisations
from domain.member.organisation import OrganisationKind
from domain.terms import KVK_NUMBER, MemberId, PersonRef, Sealed, member_id_of_kvk


def terminal(house: House, operator: PersonRef) -> Terminal:
    return Terminal(
        ledger=house.ledger,
        access=house.access,
        clock=house.clock,
        operator=operator,
        sandbox=house.sandbox,
    )


async def authorities(house: House) -> dict[MemberId, str]:
    """The contracting authorities (aanbestedende diensten) of this record, with their names."""
    await house.follower.catch_up(within=CAUGHT_UP_WITHIN)
    page = await house.views.page(
        organisations.view,
        organisations.of_kind(OrganisationKind.CONTRACTING_AUTHORITY),
        limit=1000,
    )
    return {
        each.row.member: "(sealed)" if isinstance(each.row.name, Sealed) else each.row.name
        for each in page.entries
    }


async def chosen(house: House, desk: Terminal, said: argparse.Namespace) -> list[MemberId]:
    """The authority that was named; without a name the only one, and in a sandbox all of them."""
    known = await authorities(house)
    if said.authority is not None:
        if not KVK_NUMBER.fullmatch(said.authority):
            raise Said(f"{said.authority!r} is not a KvK number; it has 8 digits")
        authority = member_id_of_kvk(said.authority)
        if authority in known:
            return [authority]
        if said.name is None:
            raise Said("the record does not know this authority yet; give its name with --name")
        return [await desk.register_authority(said.authority, said.name)]
    if not known:
        raise Said(
            "the record knows no contracting authority yet; make yours known with"
            " --authority KVK --name NAME"
        )
    if len(known) > 1 and not house.sandbox:
        names = "; ".join(known.values())
        raise Said(f"say which authority, with --authority KVK; the record knows: {names}")
    return list(known)
