"""`kringboek import-notice`."""

import argparse
from pathlib import Path

from pydantic_core import to_json

from api.compose import Settings, find_postgres, open_house, read_notice
from api.terminal.words import Said, give, tell
from application.notices.import_notice import import_notice
from domain.terms import KVK_NUMBER, MemberId, member_id_of_kvk

MOST_BYTES = 20_000_000
"""Larger than any notice of the Publications Office."""


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Read one notice and record it as a project, once; or only say what was read."""
    notice = read_notice(_bytes(Path(said.file)))
    if said.json:
        give(to_json(notice, indent=2, by_alias=True).decode())
        return 0
    authority = _authority(said.authority)
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres, follow=False) as house:
            imported = await import_notice(
                house.ledger,
                house.sealer,
                notice,
                actor=house.operator,
                policy=house.access.policy.sha256,
                now=await house.clock.now(),
                authority=authority,
            )
    finally:
        postgres.stop()
    if imported.added:
        tell(f"Recorded {imported.added} facts, up to position {imported.position}.")
    else:
        tell(f"This notice was recorded before, up to position {imported.position}.")
    for each in imported.remarks:
        tell(f"- {each.text.en}")
    give(str(imported.project))
    return 0


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Said(f"{path} cannot be read ({error.strerror})") from None
    if len(data) > MOST_BYTES:
        raise Said(f"{path} has more than {MOST_BYTES:,} bytes: no notice is so large")
    return data


def _authority(kvk_number: str | None) -> MemberId | None:
    if kvk_number is None:
        return None
    if not KVK_NUMBER.fullmatch(kvk_number):
        raise Said(f"{kvk_number!r} is not a KvK number; it has 8 digits")
    return member_id_of_kvk(kvk_number)
