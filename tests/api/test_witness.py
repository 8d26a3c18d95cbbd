"""Witnesses as processes of their own, asked over HTTP: by the public vectors, by liars, by a log."""

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from api.compose import open_house, read_settings
from api.witness import LARGEST_REQUEST
from application.first_access import Terminal
from application.transparency.keys import Kind, VerifierKey
from application.transparency.note import Signature
from application.transparency.standing import Condition, Witnessing, witnessing
from application.transparency.witnessing import AddCheckpoint
from domain.tree import leaf_hash
from infrastructure import others
from infrastructure.checkpoint_signer import CheckpointSigner
from infrastructure.others import Others
from infrastructure.settings import read
from tests.api.in_process import DatabaseOfTests
from tests.conftest import SANDBOX_ORIGIN, Database
from tests.infrastructure.logged import Logged, ToldEntries
from tests.witnessing import MadeUpLog, ServedWitness, witnesses

VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "c2sp" / "witness-add-checkpoint.json"
VECTOR = json.loads(VECTORS.read_text(encoding="utf-8"))
NAME = "example.com/witness"
LOG = MadeUpLog.of(500)
OTHERS = [MadeUpLog.of(9, origin=f"kring-{each}.example") for each in range(6)]


@dataclass(frozen=True, kw_only=True)
class Neighbourhood:
    """Three witnesses, and two logs that have folders: one alone, and one of a whole house."""

    witnesses: tuple[ServedWitness, ...]
    logged: Logged
    house: Path
    policy: Path

    def others(self) -> Others:
        """Those who are asked, as a new process of the service would ask them."""
        settings = read({"KRINGBOEK_WITNESS_POLICY": str(self.policy)})
        return Others(settings, self.logged.folder, self.logged.signer.key)


@pytest.fixture(scope="module")
def neighbourhood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbourhood]:
    public = bytes.fromhex(VECTOR["log_public_key_hex"])
    vector = VerifierKey(name=VECTOR["log_origin"], kind=Kind.ED25519, public=public)
    folder = tmp_path_factory.mktemp("neighbourhood")
    logged = Logged.below(folder)
    own = CheckpointSigner.open(folder / "house" / "keys", SANDBOX_ORIGIN)
    made_up = [each.key.verifier for each in (LOG, *OTHERS)]
    names = (NAME, "oost.example/getuige", "west.example/getuige")
    served = tuple(
        ServedWitness(
            data=folder / f"witness-{number}",
            name=name,
            logs=[vector, logged.signer.key, own.key, *made_up],
        )
        for number, name in enumerate(names)
    )
    with witnesses(*served):
        policy = folder / "policy"
        lines = [f"witness {each.name} {each.vkey} {each.address}" for each in served]
        lines += [f"group buren 2 {' '.join(names)}", "quorum buren"]
        policy.write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
        yield Neighbourhood(witnesses=served, logged=logged, house=folder / "house", policy=policy)


@pytest.fixture
def witness(neighbourhood: Neighbourhood) -> ServedWitness:
    return neighbourhood.witnesses[0]


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


def test_a_killed_witness_remembers_what_it_signed_and_signs_it_again(
    witness: ServedWitness,
) -> None:
    """A memory of another log that was spoiled stops that log, and not the witness."""
    answered = 0

    def grow_until_it_dies() -> None:
        nonlocal answered
        with suppress(httpx.TransportError):
            for size in range(1, len(LOG.leaves) + 1):
                answer = witness.add_checkpoint(LOG.request(size - 1, size))
                assert answer.status_code == 200, answer.text
                answered = size

    with ThreadPoolExecutor(1) as client:
        growing = client.submit(grow_until_it_dies)
        while answered < 5:
            time.sleep(0.001)
        witness.kill()
        growing.result()
    spoiled = witness.data / "witness" / "logs" / sha256(OTHERS[4].key.name.encode()).hexdigest()
    spoiled.write_bytes(b"spoiled")
    witness.start()
    witness.wait(status=500)
    assert witness.add_checkpoint(OTHERS[4].request(0)).status_code == 500
    spoiled.unlink()
    asked = witness.add_checkpoint(LOG.request(0, len(LOG.leaves)))
    remembered = int(asked.text)
    assert asked.status_code == 409
    assert answered <= remembered <= answered + 1, "one may be remembered, and its answer lost"
    again = witness.add_checkpoint(LOG.request(remembered, remembered))
    cosigned_at(witness, again, LOG.signed(remembered))
    newest = witness.add_checkpoint(LOG.request(remembered))
    cosigned_at(witness, newest, LOG.signed())


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
    """Also when two processes share the memory."""
    log = OTHERS[1]
    twin = ServedWitness(data=witness.data, name=witness.name, logs=[])
    assert witness.add_checkpoint(log.request(0, 1)).status_code == 200
    requests = [log.request(1, size) for size in range(2, 10)]
    doors = [witness, twin] * 4
    with witnesses(twin), ThreadPoolExecutor(len(requests)) as many:
        answers = list(many.map(ServedWitness.add_checkpoint, doors, requests))
    assert twin.vkey == witness.vkey
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


# --------------------------------------------------------------------------- a log and its three


@dataclass(kw_only=True)
class Asking:
    """A log that grows, and rounds of asking those three."""

    neighbourhood: Neighbourhood
    ledger: ToldEntries
    others: Others

    def grow(self) -> int:
        """Record and publish; nobody is asked."""
        self.ledger.tell(7)
        published = asyncio.run(self.neighbourhood.logged.round(self.ledger))
        assert published is not None
        return published.checkpoint.size

    def ask(self) -> None:
        """As after a restart, which forgives those who failed."""
        self.others = self.neighbourhood.others()
        (cosigning,) = self.others.asking
        asyncio.run(cosigning.round())

    @property
    def told(self) -> Witnessing:
        assert self.others.policy is not None
        return witnessing(self.neighbourhood.logged.folder, self.others.policy)

    def cosigners(self, size: int) -> list[str]:
        note = self.neighbourhood.logged.folder.checkpoint_of(size)
        assert note is not None
        assert self.others.policy is not None
        return [name.partition(".")[0] for name in self.others.policy.judge(note).witnesses]

    def conditions(self) -> list[Condition]:
        return [each.condition for each in self.told.standings]


def test_down_slow_rewound_and_false_witnesses_stop_nothing_and_fake_no_quorum(
    neighbourhood: Neighbourhood, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noord, oost, west = neighbourhood.witnesses
    log = Asking(neighbourhood=neighbourhood, ledger=ToldEntries(), others=neighbourhood.others())
    first = log.grow()
    log.ask()
    assert log.cosigners(first) == ["example", "oost", "west"]
    assert log.told.size == first
    shutil.copytree(noord.data / "witness", tmp_path / "backup")

    oost.kill()
    second = log.grow()
    log.ask()
    assert log.cosigners(second) == ["example", "west"], "two of three are a quorum"
    assert log.told.size == second

    west.slow_down()
    third = log.grow()
    with monkeypatch.context() as patient:
        patient.setattr(others, "_WITHIN", 2.0)
        began = time.monotonic()
        log.ask()
    assert time.monotonic() - began < 4, "nobody is waited for longer than that"
    assert log.cosigners(third) == ["example"]
    assert log.conditions() == [Condition.COSIGNS, Condition.SILENT, Condition.SILENT]
    assert log.told.size == second, "one of three is no quorum"

    west.go_on()
    oost.start()
    oost.wait()
    log.ask()
    assert log.cosigners(third) == ["example", "oost", "west"]
    assert log.told.size == third

    shutil.copytree(tmp_path / "backup", noord.data / "witness", dirs_exist_ok=True)
    fourth = log.grow()
    log.ask()
    assert log.cosigners(fourth) == ["oost", "west"]
    assert log.conditions()[0] is Condition.REWOUND, "noord forgot what it cosigned"
    assert log.told.size == fourth

    west.stop()
    shutil.copytree(west.data / "witness", tmp_path / "false" / "witness")
    false = ServedWitness(
        data=tmp_path / "false", name=west.name, logs=west.logs, port=west.port
    )  # the name, the address and the memory of another, and a key of its own
    with witnesses(false):
        fifth = log.grow()
        log.ask()
        assert log.cosigners(fifth) == ["oost"]
        assert log.conditions() == [Condition.REWOUND, Condition.COSIGNS, Condition.WRONG]
        assert log.told.size == fourth
    # West stays down: for who comes after this, two of three are a quorum.


def test_what_a_service_publishes_is_witnessed_within_seconds(
    neighbourhood: Neighbourhood, sandbox_database: Database
) -> None:
    async def story() -> None:
        settings = read_settings(
            {
                "KRINGBOEK_DATA": str(neighbourhood.house),
                "KRINGBOEK_WITNESS_POLICY": str(neighbourhood.policy),
            }
        )
        postgres = DatabaseOfTests(database=sandbox_database)
        async with open_house(settings, postgres, publish=True, durable=False) as house:
            assert house.log.policy is not None
            terminal = Terminal(
                ledger=house.ledger,
                access=house.access,
                clock=house.clock,
                operator=house.operator,
                sandbox=house.sandbox,
            )
            await terminal.register_authority("90000001", "Gemeente Noorderdam")
            head, _ = await house.ledger.head()
            async with asyncio.timeout(20):
                while witnessing(house.log.published, house.log.policy).size < head:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
            note = house.log.published.witnessed()
            assert note is not None
            assert house.log.policy.judge(note).met
            assert house.log.published.read("policy") == house.log.policy.encode()

    asyncio.run(story())
