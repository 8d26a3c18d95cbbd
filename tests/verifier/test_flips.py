"""One bit, anywhere: every change of a covered byte is found, and the rest is said not to be covered.

`make test` tries a sample, `make flips` ten thousand; KRINGBOEK_FLIPS says how many.
"""

import json
import os
import re
from pathlib import Path
from random import Random

import pytest

from tests.verifier.test_signatures import ONE, TWO_OF_THREE
from tests.verifier.verified import uncovered, verified
from tests.verifier.written_log import LOG, Log, Signer, receipt, story
from verifier.findings import Malformed, Report, Unusable

FLIPS = int(os.environ.get("KRINGBOEK_FLIPS", "120"))
LENGTH = 270
"""A full tile and a part of a second."""
STRANGER = Signer("stranger.example/w", 4)
UNSIGNED = re.compile(rb"\xe2\x80\x94 stranger[^\n]*\n")
"""Lines of a key that nobody knows: who can tell whether such a signature was always so?"""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Log:
    folder = tmp_path_factory.mktemp("flips") / "export"
    return Log(
        folder,
        story(LENGTH),
        signers=(LOG, STRANGER),
        published=(1, 100, 256, 260),
        bodies=True,
        policy=TWO_OF_THREE,
        withheld=frozenset({7}),
    ).write()


def report_of(export: Log) -> Report:
    return verified(export.folder, policy=f"witness one {ONE.vkey}\nquorum none\n")


def files_of(export: Log) -> list[str]:
    found = (each for each in export.folder.rglob("*") if each.is_file())
    return sorted(each.relative_to(export.folder).as_posix() for each in found)


def is_covered(path: str, data: bytes, at: int) -> bool:
    """What the verifier says of itself: which bytes it would miss a change of."""
    if path in ("keys", "policy", "README.md"):
        return False
    if path == "manifest.json":
        said = json.loads(data)
        return any(
            found.start(1) <= at < found.end(1)
            for name in ("format", "origin", "size", "root")
            for found in re.finditer(rb'"%s": ("[^"]*"|\d+)' % name.encode(), data)
            if said
        )
    if path.startswith("checkpoint"):
        return not any(found.start() <= at < found.end() - 1 for found in UNSIGNED.finditer(data))
    return True


def test_the_export_is_right_and_says_what_it_does_not_cover(export: Log) -> None:
    report = report_of(export)
    assert not report.wrong
    assert {"lines", "container", "files", "withheld"} <= uncovered(report)
    names = dict(report.uncovered)["files"]["paths"]
    assert names == "README.md, keys, policy"


def test_every_flipped_bit_of_a_covered_byte_is_found(export: Log) -> None:
    dice = Random(FLIPS)  # noqa: S311  the same flips every time
    paths = files_of(export)
    missed, spared = [], 0
    for _ in range(FLIPS):
        path = dice.choice(paths)
        whole = export.read(path)
        bit = dice.randrange(8 * len(whole))
        spoilt = bytearray(whole)
        spoilt[bit // 8] ^= 1 << bit % 8
        export.put(path, bytes(spoilt))
        try:
            report = report_of(export)
        finally:
            export.put(path, whole)
        if not is_covered(path, whole, bit // 8):
            spared += 1
        elif not report.wrong:
            missed.append((path, bit))
    assert missed == []
    assert spared < FLIPS / 2


def test_every_byte_of_a_receipt_and_of_a_checkpoint_counts(tmp_path: Path) -> None:
    made = Log(tmp_path, story(20), bodies=True).write()
    kept, promised = made.read("checkpoint"), receipt(made.events[3], 3)
    for at in range(len(promised)):
        spoilt = bytearray(promised)
        spoilt[at] ^= 1
        assert verified(made.folder, receipts=(bytes(spoilt),)).wrong
    for at in range(len(kept)):
        spoilt = bytearray(kept)
        spoilt[at] ^= 4
        assert verified(made.folder, checkpoints=(bytes(spoilt),)).wrong


def test_a_spoilt_zip_is_refused_or_named_and_never_stumbled_over(tmp_path: Path) -> None:
    packed = Log(tmp_path / "small", story(20), bodies=True).write().zipped()
    whole = packed.read_bytes()
    dice = Random(FLIPS)  # noqa: S311  as above
    for _ in range(FLIPS):
        spoilt = bytearray(whole)
        for _ in range(dice.randrange(1, 4)):
            spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
        packed.write_bytes(bytes(spoilt))
        try:
            report = verified(packed)
        except (Unusable, Malformed):
            continue
        assert report.size in (None, 20) or report.wrong
