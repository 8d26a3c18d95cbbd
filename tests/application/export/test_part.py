"""One subject's part: every event with its entry, what it says, and a proof that stands alone."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from application.export.body_line import Spoken, read_body_line
from application.export.making import Tally
from application.export.manifest import read_manifest
from application.export.published import LogIncomplete, newest
from application.ports import StoredEvent
from application.transparency.policy import Policy
from application.transparency.proof_file import ProofFile, ProofFileError
from tests.application.export.test_whole import told
from tests.conftest import ORIGIN, Database
from tests.exported import STREAMS, Kept, files


async def only_even(rows: Sequence[StoredEvent]) -> Sequence[bool]:
    return [row.position % 2 == 0 for row in rows]


def test_every_event_of_the_subject_is_proven_to_be_in_the_log(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(300)
        tally = Tally()
        part = files(await kept.part(STREAMS[2], readable=only_even, tally=tally))
        rows = [row async for page in kept.ledger.stored() for row in page]
        own = [row for row in rows if row.stream == STREAMS[2]]
        size = len(rows)
        positions = {str(row.position) for row in own}
        assert len(own) > 100
        assert {name for name in part if "/" in name} == {
            f"checkpoints/{size}",
            *(f"entries/{each}" for each in positions),
            *(f"bodies/{each}" for each in positions),
            *(f"proofs/{each}.tlog-proof" for each in positions),
        }
        policy = Policy.parse(f"log {kept.signer.key}\nquorum none\n".encode())
        for row in own:
            entry = part[f"entries/{row.position}"]
            assert entry == row.entry
            proof = ProofFile.parse(part[f"proofs/{row.position}.tlog-proof"])
            assert proof.index == row.position - 1
            assert proof.verify(entry, policy).checkpoint.size == size
            with pytest.raises(ProofFileError):
                proof.verify(rows[row.position - 2].entry, policy)
            spoken = read_body_line(part[f"bodies/{row.position}"], row.position)
            shown = row.position % 2 == 0
            assert spoken == (Spoken(row.body, row.salt) if shown else Spoken(None, None))
        said = read_manifest(part["manifest.json"])
        assert said.subject is not None
        assert (said.subject.id, said.subject.events) == (STREAMS[2], len(own))
        assert said.withheld == tally.withheld == sum(row.position % 2 for row in own)
        assert (said.origin, said.size) == (ORIGIN, size)
        versions = [json.loads(part[f"entries/{row.position}"])["aggregateVersion"] for row in own]
        assert versions == list(range(1, len(own) + 1))

    told(database, tmp_path, story)


def test_a_part_stands_on_the_checkpoint_and_not_on_what_came_since(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(10)
        before = await kept.part(STREAMS[0])
        await kept.note(10, publish=False)
        assert newest(kept.folder).size == 10
        assert await kept.part(STREAMS[0]) == before

    told(database, tmp_path, story)


def test_a_log_that_lacks_a_tile_proves_nothing(database: Database, tmp_path: Path) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(300)
        (kept.data / "log" / "tile" / "0" / "001.p" / "44").unlink()
        with pytest.raises(LogIncomplete, match=r"tile/0/001\.p/44"):
            await kept.part(STREAMS[0])

    told(database, tmp_path, story)
