"""`kringboek verify SOURCE`: what the auditor's verifier finds, which trusts nothing of ours.

It needs no settings, no database and no data folder; `kringboek verify` alone checks the ledger of
this machine.
"""

import argparse
from collections.abc import Callable
from typing import Never

from verifier.command import run

_OF_A_SOURCE = ("key", "policy", "receipt", "proof", "tsa_ca", "token")


def verify_source(said: argparse.Namespace, error: Callable[[str], Never]) -> int | None:
    """The exit code; None without a source, which is a question to the ledger of this machine.

    A checkpoint that was kept may be given under either name in both.
    """
    if said.source is not None:
        said.checkpoint += said.kept
        return run(said)
    for name in _OF_A_SOURCE:
        if getattr(said, name):
            error(f"--{name.replace('_', '-')} is about a SOURCE, and there is none")
    said.kept += said.checkpoint
    return None
