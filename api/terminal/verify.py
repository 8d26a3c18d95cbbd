"""`kringboek verify`: that nothing recorded was changed, removed or reordered."""

import argparse
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence

from pydantic_core import to_json

from api.compose import Settings, find_postgres, open_house
from api.terminal.words import ProgressLine, give, tell
from application.audit import Findings, audit
from application.ports import StoredEvent, WholeLedger


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Read and recompute everything; name what is wrong by its position."""
    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres, follow=False) as house:
            head, _ = await house.ledger.head()
            findings = await audit(_pages(house.ledger, head))
            origin = house.origin
    finally:
        postgres.stop()
    if said.json:
        give(to_json(_plain(origin, findings), indent=2).decode())
    else:
        _show(origin, findings)
    return int(bool(findings.wrong))


async def _pages(ledger: WholeLedger, head: int) -> AsyncIterator[Sequence[StoredEvent]]:
    line = ProgressLine("Events")
    async for page in ledger.stored(up_to=head):
        yield page
        line(page[-1].position, head)


def _plain(origin: str, findings: Findings) -> dict[str, object]:
    return {
        "origin": origin,
        "size": findings.size,
        "root": b64encode(findings.root).decode(),
        "wrong": [
            {"position": each.position, "what": each.what, "why": each.why}
            for each in findings.wrong
        ],
        "untold": findings.untold,
    }


def _show(origin: str, findings: Findings) -> None:
    """The first three lines are those of a checkpoint (tlog-checkpoint), to lay beside one."""
    give(f"{origin}\n{findings.size}\n{b64encode(findings.root).decode()}")
    for each in findings.wrong:
        tell(f"position {each.position}: {each.what}: {each.why}")
    if findings.untold:
        tell(f"and {findings.untold:,} more")
    if findings.wrong:
        tell("This ledger was changed behind the record's back.")
    else:
        tell(
            "Every hash is right. Compare size and root with a checkpoint that was kept elsewhere:"
            " this alone cannot show that events were cut off at the end."
        )
