"""`kringboek rebuild`."""

import argparse

from api.compose import Settings, find_postgres, open_house
from api.terminal.words import ProgressLine, Said, tell
from application.views.asking import Progress, ViewFailed
from application.views.catalogue import VIEWS


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Throw the snapshots away, and rebuild the views that were named, or all."""
    known = {each.name: each for each in VIEWS}
    for name in said.view:
        if name not in known:
            raise Said(f"there is no view {name!r}; there are: {', '.join(known)}")
    line = ProgressLine("Events")

    def progress(reached: Progress) -> None:
        line(reached.position, reached.head)

    postgres = find_postgres(settings)
    try:
        async with open_house(settings, postgres, follow=False) as house:
            try:
                await house.snapshots.discard()
                await house.follower.rebuild(
                    *(known[name] for name in said.view), progress=progress
                )
            except ViewFailed as failed:
                raise Said(str(failed)) from failed
    finally:
        postgres.stop()
    tell(f"Made anew: {', '.join(said.view or known)}.")
    return 0
