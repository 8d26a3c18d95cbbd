"""The vectors of the log's formats, and keys that are the same in every run."""

import json
from pathlib import Path
from typing import Any

from application.transparency.keys import Kind, SignerKey

FOLDER = Path(__file__).parents[2] / "data" / "vectors"
TESSERA = FOLDER / "tessera"

ORIGIN = "log.example/westhaven"
LOG = SignerKey(name=ORIGIN, kind=Kind.ED25519, seed=bytes(32))
WITNESS = SignerKey(name="witness.example/noord", kind=Kind.COSIGNATURE_V1, seed=b"n" * 32)
OTHER_WITNESS = SignerKey(name="witness.example/zuid", kind=Kind.ML_DSA_44, seed=b"z" * 32)


def c2sp(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / "c2sp" / f"{name}.json").read_text())
    return read
