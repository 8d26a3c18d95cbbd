"""A witness, as a process of its own, asked over HTTP: by the public vectors, and by liars."""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from api.witness import LARGEST_REQUEST
from application.transparency.keys import Kind, VerifierKey
from application.transparency.note import Signature
from application.transparency.witnessing import AddCheckpoint
from domain.tree import leaf_hash
from tests.witnessing import MadeUpLog, ServedWitness, witnesses

VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "c2sp" / "witness-add-checkpoint.json"
VECTOR = json.loads(VECTORS.read_text(encoding="utf-8"))
NAME = "example.com/witness"
LOG = MadeUpLog.of(20)
OTHERS = [MadeUpLog.of(9, origin=f"kring-{each}.example") for each in range(6)]


@pytest.fixture(scope="module")
def witness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedWitness]:
    public = bytes.fromhex(VECTOR["log_public_key_hex"])
    vector = VerifierKey(name=VECTOR["log_origin"], kind=Kind.ED25519, public=public)
    served = ServedWitness(
        data=tmp_path_factory.mktemp("witness"),
        name=NAME,
        logs=[vector, LOG.key.verifier, *(each.key.verifier for each in OTHERS)],
    )
    with witnesses(served):
        yield served


def cosigned_at(witness: ServedWitness, answer: httpx.Response, note: bytes) -> int:
    """The time that the witness states, if it did cosign `note`."""
    assert answer.status_code == 200, answer.text
    signature = Signature.parse(answer.text)
    assert (signature.name, signature.key_id) == (witness.vkey.name, witness.vkey.key_id)
    at = witness.vkey.verify(note.decode().partition("\n\n")[0] + "\n", signature.value)
    assert at is not None
    return at


def test_the_public_vectors_are_answered_in_their_order(witness: ServedWitness) -> None:
    assert len(VECTOR["steps"]) == 9
    for number, step in enumerate(VECTOR["steps"], start=1):
        answer = witness.add_checkpoint(step["body"].encode())
        # The snapshot that the third comes from answered 403; the specification says 404.
        assert answer.status_code == (404 if number == 3 else step["status"]), number
        for each in step["asserts"]:
            if each.startswith("body == "):
                assert answer.text == json.loads(each.removeprefix("body == ")), number
                assert answer.headers["content-type"] == "text/x.tlog.size", number
            else:
                assert json.loads(each.removeprefix("body contains ")) in answer.text, number
        if answer.status_code == 200:
            cosigned_at(witness, answer, AddCheckpoint.parse(step["body"].encode()).note)


def test_a_killed_witness_remembers_and_signs_the_same_again(witness: ServedWitness) -> None:
    first = witness.add_checkpoint(LOG.request(0, 7))
    cosigned_at(witness, first, LOG.signed(7))
    witness.kill()
    witness.start()
    witness.wait()
    again = witness.add_checkpoint(LOG.request(0, 7))
    assert (again.status_code, again.text) == (409, "7\n")
    cosigned_at(witness, witness.add_checkpoint(LOG.request(7, 7)), LOG.signed(7))
    cosigned_at(witness, witness.add_checkpoint(LOG.request(7, 20)), LOG.signed(20))


def test_of_two_histories_that_a_stolen_key_signed_one_is_cosigned(witness: ServedWitness) -> None:
    honest, thief = OTHERS[0], MadeUpLog(key=OTHERS[0].key).grown(9, "other ")
    assert witness.add_checkpoint(honest.request(0)).status_code == 200
    same_size = witness.add_checkpoint(thief.request(9))
    assert (same_size.status_code, same_size.text) == (409, "9\n")
    larger = thief.grown(3, "other ")
    assert witness.add_checkpoint(larger.request(9)).status_code == 422
    assert witness.add_checkpoint(thief.request(0)).status_code == 409
    assert witness.add_checkpoint(honest.grown(1).request(9)).status_code == 200
    known = {each["origin"]: each for each in httpx.get(witness.address).json()["logs"]}
    assert known[honest.key.name]["size"] == 10
    assert known[honest.key.name]["contradictions"] == 1, "the thief's note is kept as evidence"
    assert known[OTHERS[5].key.name] == {
        "origin": OTHERS[5].key.name,
        "size": 0,
        "root": None,
        "contradictions": 0,
    }


def test_of_many_at_once_no_older_one_overtakes_a_newer(witness: ServedWitness) -> None:
    log = OTHERS[1]
    assert witness.add_checkpoint(log.request(0, 1)).status_code == 200
    requests = [log.request(1, size) for size in range(2, 10)]
    with ThreadPoolExecutor(len(requests)) as many:
        answers = list(many.map(witness.add_checkpoint, requests))
    assert [each.status_code for each in answers].count(200) == 1
    assert [each.status_code for each in answers].count(409) == len(requests) - 1
    won = next(at for at, each in enumerate(answers) if each.status_code == 200)
    told = {each.text for each in answers if each.status_code == 409}
    assert told == {f"{won + 2}\n"}


def test_a_restored_memory_is_a_witness_that_forgot(witness: ServedWitness, tmp_path: Path) -> None:
    log = OTHERS[2]
    kept, backup = witness.data / "witness", tmp_path / "backup"
    assert witness.add_checkpoint(log.request(0, 4)).status_code == 200
    shutil.copytree(kept, backup)
    assert witness.add_checkpoint(log.request(4, 8)).status_code == 200
    shutil.copytree(backup, kept, dirs_exist_ok=True)
    forgot = witness.add_checkpoint(log.request(8, 9))
    assert (forgot.status_code, forgot.text) == (409, "4\n"), "which the log can see"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"old 0\n", 400),
        (b"old 00\n\n" + OTHERS[3].signed(), 400),
        (b"old -1\n\n" + OTHERS[3].signed(), 400),
        (b"old 0\n\n" + OTHERS[3].signed()[:-1], 400),
        (b"old 0\nAAAA==\n\n" + OTHERS[3].signed(), 400),
        (b"old 10\n\n" + OTHERS[3].signed(), 400),
        (AddCheckpoint(old=0, proof=(bytes(32),) * 64, note=OTHERS[3].signed()).encode(), 400),
        (AddCheckpoint(old=0, proof=(bytes(32),), note=OTHERS[3].signed()).encode(), 422),
        (b"old 0\n\n" + OTHERS[3].signed().replace(b"\n9\n", b"\n8\n"), 403),
        (MadeUpLog(key=MadeUpLog.of(0).key, leaves=(leaf_hash(b""),)).request(0), 403),
        (b"x" * (LARGEST_REQUEST + 1), 413),
    ],
)
def test_what_is_not_right_is_refused_and_not_remembered(
    witness: ServedWitness, body: bytes, status: int
) -> None:
    assert witness.add_checkpoint(body).status_code == status
    known = {each["origin"]: each["size"] for each in httpx.get(witness.address).json()["logs"]}
    assert known[OTHERS[3].key.name] == 0


def test_it_has_no_other_doors_and_tells_who_it_is(witness: ServedWitness) -> None:
    told = httpx.get(witness.address).json()
    assert told["vkey"] == str(witness.vkey)
    assert witness.vkey.name == NAME
    assert httpx.get(f"{witness.address}/add-checkpoint").status_code == 405
    assert httpx.get(f"{witness.address}/healthz").status_code == 404
    assert witness.address.startswith("http://127.0.0.1:")
