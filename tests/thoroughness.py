"""How often a property is tried: quickly in `make test`, as often as is wanted in `make fuzz`."""

import os

WANTED = int(os.environ.get("KRINGBOEK_FUZZ", "0"))
"""Examples per property that `make fuzz` asks for; 0 in an ordinary run."""


def examples(quick: int) -> int:
    """`quick` examples in an ordinary run."""
    return WANTED or quick
