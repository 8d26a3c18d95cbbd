"""The composition root of a witness: a folder and a key, and nothing else of the house.

It stands beside `compose` because a second organisation runs it, on a machine without a database.
"""

from collections.abc import Mapping, Sequence
from time import time

from application.transparency.witnessing import Witness
from infrastructure.logs import configure_logs
from infrastructure.refusals import Unusable
from infrastructure.settings import Settings, read
from infrastructure.witness_files import known_logs, witness_key
from infrastructure.witness_store import WitnessStore

__all__ = ["Settings", "Unusable", "configure_logs", "open_witness", "read_settings"]


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of this process; raises `Unusable`."""
    return read(environment)


def open_witness(settings: Settings, name: str | None, logs: Sequence[str]) -> Witness:
    """The witness in the data folder, which begins with `name`; raises `Unusable`.

    `logs` are vkeys, or names of files with one in each line. They are watched from now on.
    """
    folder = settings.data / "witness"
    signer = witness_key(settings.keys_folder, name)
    memory = WitnessStore(folder)
    return Witness(
        signer=signer,
        logs=known_logs(folder, logs),
        memory=memory,
        clock=lambda: int(time()),
    )
