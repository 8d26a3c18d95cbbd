"""Gathering cosignatures: who is down, slow, wrong or rewound costs a cosignature and nothing else."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from application.transparency.keys import Kind, SignerKey
from application.transparency.note import Note, Signature
from application.transparency.outside import WitnessFailed, WitnessHolds
from application.transparency.policy import NOBODY
from application.transparency.standing import STANDINGS, Condition
from tests.cosigned import Neighbours
from tests.witnessing import MadeUpLog

ALL = ("noord", "oost", "west")


@pytest.fixture
def neighbours(tmp_path: Path) -> Neighbours:
    return Neighbours(tmp_path)


def test_what_a_quorum_cosigned_is_witnessed(neighbours: Neighbours) -> None:
    for grown in (5, 300, 1):
        neighbours.grow_and_ask(grown)
        assert neighbours.cosigned_by() == ALL
        assert neighbours.told.size == neighbours.size
        folder = neighbours.logged.folder
        assert folder.checkpoint() == folder.checkpoint_of(neighbours.size)
    assert neighbours.size == 306
    assert neighbours.ask() is None, "nobody is left to ask"
    assert [each.asked for each in neighbours.witnesses] == [3, 3, 3]
    assert {each.condition for each in neighbours.told.standings} == {Condition.COSIGNS}


def test_witnesses_may_sign_what_a_quantum_computer_does_not_break(tmp_path: Path) -> None:
    neighbours = Neighbours(tmp_path, Kind.ML_DSA_44)
    for grown in (5, 300):
        neighbours.grow_and_ask(grown)
        assert neighbours.cosigned_by() == ALL
        assert neighbours.told.size == neighbours.size


def test_where_the_policy_asks_for_nobody_nothing_is_called_witnessed(
    neighbours: Neighbours,
) -> None:
    neighbours.policy = replace(neighbours.policy, quorum=NOBODY)
    neighbours.restart()
    for each in neighbours.witnesses:
        each.down = True
    neighbours.grow_and_ask(4)
    assert neighbours.told.witnessed is None
    neighbours.witnesses[0].down = False
    neighbours.ask()
    assert neighbours.told.size == 4


def test_an_empty_log_asks_nobody(neighbours: Neighbours) -> None:
    assert neighbours.ask() is None
    neighbours.grow_and_ask(0)
    assert neighbours.told.witnessed is None
    assert [each.asked for each in neighbours.witnesses] == [0, 0, 0]


def test_one_down_is_missed_and_two_down_make_no_quorum(neighbours: Neighbours) -> None:
    noord, oost, _ = neighbours.witnesses
    noord.down = True
    neighbours.grow_and_ask(3)
    assert neighbours.cosigned_by() == ("oost", "west")
    assert neighbours.told.size == 3
    oost.down = True
    neighbours.grow_and_ask(3)
    assert neighbours.cosigned_by() == ("west",)
    assert neighbours.size == 6, "publishing goes on"
    assert neighbours.told.size == 3, "and what is witnessed does not"
    assert neighbours.standing("noord").failures == {"no-answer": 2}
    noord.down = oost.down = False
    neighbours.ask()
    assert neighbours.cosigned_by() == ALL
    assert neighbours.told.size == 6


def test_who_failed_is_left_alone_twice_as_long_each_time(neighbours: Neighbours) -> None:
    neighbours.restart(rest=50.0)
    neighbours.witnesses[0].down = True
    neighbours.grow(1)
    first = neighbours.ask()
    assert first is not None
    assert 40 < first <= 50
    neighbours.grow_and_ask()
    assert neighbours.witnesses[0].asked == 1
    assert neighbours.cosigned_by() == ("oost", "west")
    neighbours.cosigning._next["noord"] = 0.0
    second = neighbours.ask()
    assert second is not None
    assert 90 < second <= 100


def test_who_comes_back_is_asked_again_without_news(neighbours: Neighbours) -> None:
    neighbours.restart(rest=0.02)
    noord = neighbours.witnesses[0]
    noord.down = True
    neighbours.grow(2)

    async def run() -> None:
        running = asyncio.create_task(neighbours.cosigning.run())
        async with asyncio.timeout(5):
            while noord.asked < 2:  # noqa: ASYNC110  an event would have to be told
                await asyncio.sleep(0.01)
            noord.down = False
            while neighbours.cosigned_by() != ALL:  # noqa: ASYNC110  as above
                await asyncio.sleep(0.01)
        running.cancel()

    asyncio.run(run())


# ------------------------------------------------------------------------- memories that are lost


def test_a_rewound_witness_is_noticed_and_does_not_count(neighbours: Neighbours) -> None:
    noord, oost, _ = neighbours.witnesses
    neighbours.grow_and_ask(4)
    backup = noord.backed_up()
    neighbours.grow_and_ask(4)
    newer = noord.folder.with_suffix(".newer")
    shutil.copytree(noord.folder, newer)
    noord.restored(backup)
    oost.down = True
    for _ in range(2):
        neighbours.grow_and_ask(4)
        assert neighbours.cosigned_by() == ("west",)
        assert neighbours.standing("noord").condition is Condition.REWOUND
        assert neighbours.told.size == 8, "one witness is no quorum of two"
        neighbours.restart()
    assert neighbours.standing("noord").size == 8, "what it cosigned is remembered over a restart"
    noord.restored(newer)
    neighbours.ask()
    assert neighbours.cosigned_by() == ("noord", "west")
    assert neighbours.told.size == neighbours.size == 16


def test_what_another_process_saw_cosigned_is_not_forgotten(neighbours: Neighbours) -> None:
    noord = neighbours.witnesses[0]
    neighbours.grow_and_ask(4)
    first = neighbours.cosigning
    backup = noord.backed_up()
    neighbours.restart()
    neighbours.grow_and_ask(4)
    noord.restored(backup)
    neighbours.cosigning = first
    neighbours.grow_and_ask(4)
    assert neighbours.standing("noord").condition is Condition.REWOUND
    assert neighbours.standing("noord").size == 8


def test_a_witness_of_another_history_is_an_alarm(neighbours: Neighbours) -> None:
    noord, oost, _ = neighbours.witnesses
    neighbours.grow(4)
    stolen = SignerKey.parse((neighbours.logged.keys / "log.key").read_text().strip())
    forged = MadeUpLog(key=stolen).grown(4, "forged ")
    asyncio.run(noord.add_checkpoint(forged.request(0)))
    oost.down = True
    neighbours.ask()
    assert neighbours.standing("noord").condition is Condition.OTHER_HISTORY
    neighbours.grow_and_ask(4)
    assert neighbours.standing("noord").condition is Condition.OTHER_HISTORY
    assert neighbours.cosigned_by() == ("west",)
    assert neighbours.told.witnessed is None
    assert [each.condition.is_alarm for each in neighbours.heard if each.witness == "noord"] == [
        True,
        True,
    ]


@pytest.mark.parametrize("saw", [("noord", "oost"), ("oost", "west"), ALL])
@pytest.mark.parametrize("grown", [0, 5])
def test_of_two_histories_by_one_stolen_key_only_one_has_a_quorum(
    neighbours: Neighbours, saw: tuple[str, ...], grown: int
) -> None:
    for each in neighbours.witnesses:
        each.down = each.name not in saw
    neighbours.grow_and_ask(4)
    assert neighbours.told.size == 4
    stolen = SignerKey.parse((neighbours.logged.keys / "log.key").read_text().strip())
    forged = MadeUpLog(key=stolen).grown(4 + grown, "forged ")
    gathered = []
    for each in neighbours.witnesses:
        each.down = False
        for old in (0, 4):
            with suppress(WitnessFailed, WitnessHolds):
                line = asyncio.run(each.add_checkpoint(forged.request(old)))
                gathered.append(Signature.parse(line))
    note = Note.parse(forged.signed()).with_signatures(gathered)
    judged = neighbours.policy.judge(note.encode())
    assert judged.witnesses == tuple(name for name in ALL if name not in saw)
    assert not judged.met


def test_a_log_folder_that_was_restored_is_told_by_its_witnesses(
    neighbours: Neighbours, tmp_path: Path
) -> None:
    neighbours.grow_and_ask(4)
    shutil.copytree(neighbours.logged.log, tmp_path / "backup")
    neighbours.grow_and_ask(4)
    shutil.rmtree(neighbours.logged.log)
    shutil.copytree(tmp_path / "backup", neighbours.logged.log)
    note = neighbours.logged.folder.checkpoint_of(4)
    assert note is not None
    bare = Note(text=Note.parse(note).text, signatures=Note.parse(note).signatures[:1])
    for path in ("checkpoint", "checkpoints/4"):
        (neighbours.logged.log / path).write_bytes(bare.encode())
    neighbours.restart()
    neighbours.ask()
    assert {each.condition for each in neighbours.told.standings} == {Condition.AHEAD}
    assert neighbours.cosigned_by() == ()


@pytest.mark.parametrize("left", [None, b"[{]", b'[{"vkey": 1}]', b"[]"])
def test_sizes_that_were_forgotten_here_are_learned_from_the_witness(
    neighbours: Neighbours, left: bytes | None
) -> None:
    neighbours.grow_and_ask(4)
    (neighbours.logged.log / STANDINGS).unlink()
    if left is not None:
        (neighbours.logged.log / STANDINGS).write_bytes(left)
    neighbours.restart()
    neighbours.grow_and_ask(300)
    assert neighbours.cosigned_by() == ALL
    assert [each.asked for each in neighbours.witnesses] == [3, 3, 3]
    assert neighbours.standing("oost").size == 304


def test_another_policy_has_to_be_met_anew(neighbours: Neighbours) -> None:
    neighbours.grow_and_ask(4)
    assert neighbours.told.size == 4
    stranger = Neighbours(neighbours.logged.log.parent / "elders")
    neighbours.policy = stranger.policy
    assert neighbours.told.witnessed is None
    assert {each.condition for each in neighbours.told.standings} == {Condition.NOT_ASKED}


def test_a_log_that_stands_still_is_witnessed_by_another_policy_too(neighbours: Neighbours) -> None:
    neighbours.witnesses[2].down = True
    neighbours.grow_and_ask(4)
    neighbours.policy = replace(neighbours.policy, groups=(), quorum="west")
    neighbours.restart()
    assert neighbours.told.witnessed is None
    neighbours.witnesses[2].down = False
    neighbours.ask()
    assert neighbours.told.size == 4, "nothing was recorded since, and west has cosigned it"


def test_a_cosignature_is_kept_with_what_was_cosigned_and_nothing_else(
    neighbours: Neighbours,
) -> None:
    """The log's folder is replaced while witnesses are asked: a wrong signature would spoil it."""
    neighbours.grow(4)
    key = SignerKey.parse((neighbours.logged.keys / "log.key").read_text().strip())
    other = MadeUpLog(key=key).grown(4, "of another backup ").signed()

    def replaced(line: str) -> str:
        for path in ("checkpoint", "checkpoints/4"):
            (neighbours.logged.log / path).write_bytes(other)
        return line

    neighbours.witnesses[0].change = replaced
    for each in neighbours.witnesses[1:]:
        each.down = True
    neighbours.ask()
    assert neighbours.logged.folder.checkpoint() == other
    assert neighbours.cosigned_by() == ()
