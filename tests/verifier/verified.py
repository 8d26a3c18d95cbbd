"""What the verifier says of a log that the tests wrote: short ways to ask."""

from collections.abc import Callable
from pathlib import Path

from tests.verifier.written_log import LOG, Log, story
from verifier.findings import Finding, Report
from verifier.notes import Key
from verifier.policy import Policy
from verifier.sources import open_source
from verifier.trust import Given
from verifier.verifying import verify

LENGTH = 600
"""Two full tiles and a part of a third."""
Writes = Callable[..., Log]


def verified(
    source: Path | str,
    *,
    keys: tuple[str, ...] = (LOG.vkey,),
    policy: str | None = None,
    checkpoints: tuple[bytes, ...] = (),
    receipts: tuple[bytes, ...] = (),
    proofs: tuple[bytes, ...] = (),
    token: str | None = None,
) -> Report:
    given = Given(
        keys=tuple(map(Key.parse, keys)),
        policy=None if policy is None else Policy.parse(policy.encode()),
        checkpoints=tuple((f"kept-{at}", each) for at, each in enumerate(checkpoints)),
        receipts=tuple((f"receipt-{at}", each) for at, each in enumerate(receipts)),
        proofs=tuple((f"proof-{at}", each) for at, each in enumerate(proofs)),
    )
    return verify(open_source(str(source), token), given)


def wrong(report: Report) -> list[Finding]:
    return [each for each in report.findings if not each.is_note]


def named(report: Report) -> set[tuple[str, int | None]]:
    """Code and position of everything that is wrong."""
    return {(each.code, each.position) for each in wrong(report)}


def codes(report: Report) -> set[str]:
    return {each.code for each in wrong(report)}


def uncovered(report: Report) -> set[str]:
    return {line for line, _ in report.uncovered}


def written(folder: Path, *, length: int = LENGTH, seed: int = 1, **more: object) -> Log:
    return Log(folder, story(length, seed), **more).write()  # type: ignore[arg-type]
