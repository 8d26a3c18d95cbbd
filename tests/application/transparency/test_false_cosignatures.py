"""A witness that answers wrongly: its answer is counted by what is wrong with it, and never kept."""

from collections.abc import Callable
from pathlib import Path
from time import time

import pytest

from api.outside_figures import outside_figures
from application.transparency.cosigning import SKEW
from application.transparency.keys import Kind, SignerKey
from application.transparency.log import Log
from application.transparency.note import Note, Signature
from application.transparency.standing import Condition
from infrastructure.others import read_policy
from infrastructure.refusals import Unusable
from tests.cosigned import Neighbours


@pytest.fixture
def neighbours(tmp_path: Path) -> Neighbours:
    return Neighbours(tmp_path)


def by_another_key(neighbours: Neighbours) -> Callable[[str], str]:
    """The right name and the wrong key."""
    other = SignerKey.generate(neighbours.witnesses[0].signer.name, Kind.COSIGNATURE_V1)

    def change(_: str) -> str:
        return other.sign(text_of(neighbours), int(time())).line()

    return change


def of_another_checkpoint(neighbours: Neighbours) -> Callable[[str], str]:
    def change(_: str) -> str:
        text = text_of(neighbours).replace(f"\n{neighbours.size}\n", f"\n{neighbours.size + 1}\n")
        return neighbours.witnesses[0].signer.sign(text, int(time())).line()

    return change


def of_the_kind_of_a_log(neighbours: Neighbours) -> Callable[[str], str]:
    """The witness's own key, and the promise of a log instead of that of a witness."""
    signer = neighbours.witnesses[0].signer
    as_log = SignerKey(name=signer.name, kind=Kind.ED25519, seed=signer.seed)
    return lambda _: as_log.sign(text_of(neighbours)).line()


def changed_by_one_bit(_: Neighbours) -> Callable[[str], str]:
    def change(line: str) -> str:
        signature = Signature.parse(line)
        value = signature.value[:-1] + bytes([signature.value[-1] ^ 1])
        return Signature(name=signature.name, key_id=signature.key_id, value=value).line()

    return change


def with_its_time_put_forward(_: Neighbours) -> Callable[[str], str]:
    """The time was changed after it was signed."""

    def change(line: str) -> str:
        signature = Signature.parse(line)
        at = int.from_bytes(signature.value[:8], "big") + 1
        value = at.to_bytes(8, "big") + signature.value[8:]
        return Signature(name=signature.name, key_id=signature.key_id, value=value).line()

    return change


def of_anybody_else(neighbours: Neighbours) -> Callable[[str], str]:
    """What another witness of the policy signed, handed over as one's own."""
    oost = neighbours.witnesses[1].signer
    return lambda _: oost.sign(text_of(neighbours), int(time())).line()


def text_of(neighbours: Neighbours) -> str:
    return neighbours.logged.checkpoint().text()


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        (by_another_key, "unknown-key"),
        (of_anybody_else, "unknown-key"),
        (of_the_kind_of_a_log, "unknown-key"),
        (of_another_checkpoint, "bad-signature"),
        (changed_by_one_bit, "bad-signature"),
        (with_its_time_put_forward, "bad-signature"),
        (lambda _: lambda _line: "", "not-a-cosignature"),
        (lambda _: lambda _line: "<html>\n", "not-a-cosignature"),
        (lambda _: lambda line: line.strip(), "not-a-cosignature"),
        (lambda _: lambda line: line * 17, "not-a-cosignature"),
        (lambda _: lambda line: line + "— x AAAA\n", "not-a-cosignature"),
    ],
)
def test_a_wrong_answer_is_counted_and_never_kept(
    neighbours: Neighbours, lie: Callable[[Neighbours], Callable[[str], str]], code: str
) -> None:
    noord, oost, west = neighbours.witnesses
    oost.down = True
    noord.change = lie(neighbours)
    neighbours.grow_and_ask(4)
    assert neighbours.cosigned_by() == ("west",)
    assert neighbours.told.witnessed is None, "a lie is no part of a quorum"
    note = Note.parse(neighbours.logged.folder.checkpoint() or b"")
    assert [each.name for each in note.signatures] == [
        neighbours.logged.signer.key.name,
        west.signer.name,
    ]
    assert neighbours.standing("noord").condition is Condition.WRONG
    assert neighbours.standing("noord").failures == {code: 1}
    assert [each.code for each in neighbours.heard if each.witness == "noord"] == [code]


@pytest.mark.parametrize("late", [SKEW + 60, -SKEW - 60])
def test_a_cosignature_of_another_time_is_refused(neighbours: Neighbours, late: int) -> None:
    neighbours.witnesses[0].late = late
    neighbours.grow_and_ask(4)
    assert neighbours.cosigned_by() == ("oost", "west")
    assert neighbours.standing("noord").failures == {"wrong-time": 1}


def test_a_witness_counts_once_whatever_it_answers(neighbours: Neighbours) -> None:
    noord, oost, west = neighbours.witnesses
    oost.down = west.down = True

    def many(line: str) -> str:
        text = text_of(neighbours)
        again = noord.signer.sign(text, int(time()) - 1).line()
        return line + again + oost.signer.sign(text, int(time())).line()

    noord.change = many
    neighbours.grow_and_ask(4)
    assert neighbours.cosigned_by() == ("noord",), "and speaks for itself only"
    assert neighbours.told.witnessed is None
    note = Note.parse(neighbours.logged.folder.checkpoint() or b"")
    assert len(note.signatures) == 2


def test_one_key_under_two_names_is_no_policy(neighbours: Neighbours, tmp_path: Path) -> None:
    key = neighbours.witnesses[0].signer
    alias = SignerKey(name="elders.example", kind=key.kind, seed=key.seed)
    path = tmp_path / "policy"
    lines = (
        f"witness een {key.verifier}",
        f"witness twee {alias.verifier}",
        "group g all een twee",
        "quorum g",
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(Unusable, match="one of them is too many") as refused:
        read_policy(path, neighbours.logged.signer.key)
    assert refused.value.code == "witness-policy"


def test_figures_tell_who_failed_and_whom_to_look_at(neighbours: Neighbours) -> None:
    noord, oost, west = neighbours.witnesses
    neighbours.grow_and_ask(4)
    noord.down = True
    oost.change = by_another_key(neighbours)
    neighbours.grow_and_ask(4)
    neighbours.ask()
    log = Log(
        origin=neighbours.logged.signer.key.name,
        published=neighbours.logged.folder,
        pen=None,
        policy=neighbours.policy,
    )
    told = {(each.name, *each.labels.values()): each.value for each in outside_figures(log)}
    assert told["kringboek_log_witnessed_size",] == 4
    assert told["kringboek_witness_size", west.name] == 8
    assert told["kringboek_witness_failures", noord.name, "no-answer"] == 2
    assert told["kringboek_witness_alarm", noord.name, "silent"] == 0
    assert told["kringboek_witness_alarm", oost.name, "wrong"] == 1
    assert told["kringboek_witness_alarm", west.name, "cosigns"] == 0
    assert "kringboek_log_timestamped_size" not in {name for name, *_ in told}
