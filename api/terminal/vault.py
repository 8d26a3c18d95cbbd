"""`kringboek vault`: the epochs by which copies of the vault are forgotten."""

import argparse
import json

from api.compose import Settings, find_postgres, open_vault
from api.terminal.words import Said, give, tell
from application.ports import Epochs


async def run(settings: Settings, said: argparse.Namespace) -> int:
    """Exit code 1 when an epoch key is missed."""
    if (said.do == "end-epoch") != (said.number is not None):
        raise Said("`end-epoch` takes the number of the epoch to end, and the others take none")
    postgres = find_postgres(settings)
    try:
        async with open_vault(settings, postgres) as vault:
            if said.do == "rotate":
                wrapped = await vault.begin_epoch()
                tell(f"A new epoch began; {wrapped} keys were wrapped under it. Keep a copy of its")
                tell("file apart from copies of the database, and end the old epoch when the")
                tell("backups of before have expired.")
            elif said.do == "end-epoch":
                await _end(vault, said.number)
            return await _tell(vault, as_json=said.json)
    finally:
        postgres.stop()


async def _end(vault: Epochs, number: int) -> None:
    if number not in {each.number for each in await vault.epochs()}:
        raise Said(f"there is no epoch {number}; `kringboek vault status` lists them")
    await vault.end_epoch(number)
    tell(f"Epoch {number} ended: no copy of the vault from its time opens anything any more.")


async def _tell(vault: Epochs, *, as_json: bool) -> int:
    epochs, gone = await vault.epochs(), await vault.tombstones()
    missing = any(each.missing for each in epochs)
    if as_json:
        give(json.dumps({"epochs": [each._asdict() for each in epochs], "destroyed": gone}))
        return int(missing)
    for each in epochs:
        if each.missing:
            tell(f"{each.living} keys are wrapped under an epoch key that is not in the folder;")
            tell("  put its file back from where you keep it, or these texts are lost.")
        else:
            newest = ", the newest" if each.newest else ""
            give(f"epoch {each.number}{newest}: {each.living} keys")
    give(f"destroyed: {gone} keys")
    return int(missing)
