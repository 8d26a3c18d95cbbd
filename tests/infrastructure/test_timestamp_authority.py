"""Timestamps of an authority outside: kept when they hold, and missed when they do not."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import load_pem_x509_certificate

from application.transparency.outside import AuthorityFailed
from application.transparency.timestamping import (
    NEWEST,
    Stamped,
    Timestamping,
    timestamped,
    token_path,
)
from infrastructure.refusals import Unusable
from infrastructure.timestamp_authority import HttpTimestampAuthority, token_time
from tests.api.served import free_port
from tests.infrastructure.logged import Logged, ToldEntries
from tests.timestamping import Authority, authority, needs_openssl

ROOT_FOLDER = Path(__file__).parents[2]
VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "rfc3161"
CHECKPOINT = (VECTORS / "checkpoint").read_bytes()
TOKEN = (VECTORS / "checkpoint.tsr").read_bytes()
ROOT = load_pem_x509_certificate((VECTORS / "ca.pem").read_bytes())
EVERY = 3600.0


def refused(token: bytes, data: bytes) -> str:
    with pytest.raises(AuthorityFailed) as failed:
        token_time(token, data, [ROOT])
    return failed.value.code


# ------------------------------------------------------------------------------- the vectors


def test_the_token_of_the_vectors_says_when_the_checkpoint_was() -> None:
    at = token_time(TOKEN, CHECKPOINT, [ROOT])
    assert at == datetime(2026, 11, 21, 15, 59, 27, tzinfo=UTC)


def test_a_changed_checkpoint_is_refused() -> None:
    assert refused(TOKEN, CHECKPOINT.replace(b"\n15\n", b"\n16\n")) == "timestamp-wrong"
    assert refused(TOKEN, CHECKPOINT[:-1]) == "timestamp-wrong"


def test_a_token_whose_certificates_are_unsorted_cannot_be_read() -> None:
    unsorted = (VECTORS / "checkpoint.openssl-chain-unsorted.tsr").read_bytes()
    assert refused(unsorted, CHECKPOINT) == "timestamp-unreadable"


@pytest.mark.parametrize("token", [b"", b"no token", TOKEN[:-1], TOKEN + b"\x00", TOKEN * 2])
def test_what_is_no_token_is_refused(token: bytes) -> None:
    assert refused(token, CHECKPOINT) == "timestamp-unreadable"


def test_an_authority_may_refuse() -> None:
    rejection = bytes.fromhex("30053003020102")  # a status, and no token
    assert refused(rejection, CHECKPOINT) == "timestamp-not-granted"


def test_of_a_changed_token_nothing_that_it_says_is_believed() -> None:
    """One bit in every byte; what survives lies outside what is signed, and says the same."""
    said = token_time(TOKEN, CHECKPOINT, [ROOT])
    survived = 0
    for at in range(len(TOKEN)):
        changed = TOKEN[:at] + bytes([TOKEN[at] ^ 1 << at % 8]) + TOKEN[at + 1 :]
        try:
            assert token_time(changed, CHECKPOINT, [ROOT]) == said
        except AuthorityFailed:
            continue
        survived += 1
    assert survived < 20


# ------------------------------------------------------------------------- openssl on loopback


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with authority(tmp_path_factory.mktemp("authority")) as running:
        yield running


@pytest.fixture
def clock_of_others(made: Authority) -> Authority:
    made.asked, made.status, made.replay = 0, 200, None
    made.media = "application/timestamp-reply"
    return made


class Stamping:
    """A log in a folder, an authority, and a clock that is moved by hand."""

    def __init__(self, folder: Path, address: str, ca: Path) -> None:
        self.logged = Logged.below(folder)
        self.ledger = ToldEntries()
        self.now = datetime.now(UTC).timestamp()
        self.heard: list[Stamped] = []
        self._address, self._ca = address, ca
        self.restart()

    def restart(self) -> None:
        self.timestamping = Timestamping(
            authority=HttpTimestampAuthority(self._address, self._ca),
            log=self.logged.folder,
            every=EVERY,
            clock=lambda: self.now,
            hear=self.heard.append,
            rest=0.0,
        )

    def grow_and_ask(self, by: int = 1) -> float | None:
        self.ledger.tell(by)
        asyncio.run(self.logged.round(self.ledger))
        return asyncio.run(self.timestamping.round())

    def token(self, size: int) -> bytes | None:
        return self.logged.folder.read(token_path(size))


@needs_openssl
def test_the_newest_checkpoint_is_stamped_and_openssl_says_so_too(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)
    stamping.grow_and_ask(3)
    shutil.copy(clock_of_others.ca, stamping.logged.log / "ca.pem")
    page = (ROOT_FOLDER / "docs" / "witness.md").read_text(encoding="utf-8")
    as_the_page_says = page.rpartition("```sh\n")[2].partition("```")[0].replace("1500", "3")
    said = subprocess.run(
        ["/bin/sh", "-ec", as_the_page_says],
        cwd=stamping.logged.log, capture_output=True, check=True,
    )  # fmt: skip
    assert b"OK" in said.stdout
    told = timestamped(stamping.logged.folder)
    assert told is not None
    assert told.size == 3
    assert abs(datetime.fromtimestamp(told.at, UTC) - datetime.now(UTC)) < timedelta(minutes=1)


@needs_openssl
def test_at_most_one_in_a_term_and_none_without_news(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)
    assert stamping.grow_and_ask(0) is None, "an empty log says nothing"
    assert stamping.grow_and_ask(3) == EVERY
    stamping.restart()
    wait = stamping.grow_and_ask(3)
    assert wait is not None
    assert EVERY - 60 < wait <= EVERY, "also after a restart"
    assert (clock_of_others.asked, stamping.token(6)) == (1, None)
    stamping.now += EVERY + 60
    stamping.grow_and_ask(0)
    assert (clock_of_others.asked, stamping.token(6) is not None) == (2, True)
    stamping.now += EVERY + 60
    assert stamping.grow_and_ask(0) is None
    assert clock_of_others.asked == 2


@needs_openssl
def test_an_authority_whose_clock_ran_ahead_is_not_waited_for(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)
    stamping.now -= 365 * 24 * EVERY  # to us, it told of a year ahead
    stamping.grow_and_ask(3)
    stamping.now += EVERY + 60
    stamping.grow_and_ask(3)
    assert stamping.token(6) is not None


@needs_openssl
def test_news_is_stamped_without_anybody_looking(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)

    async def story() -> None:
        running = asyncio.create_task(stamping.timestamping.run())
        await asyncio.sleep(0)
        stamping.ledger.tell(3)
        published = await stamping.logged.round(stamping.ledger)
        assert published is not None
        await stamping.timestamping.ask(published.checkpoint, None)
        async with asyncio.timeout(10):
            while not stamping.heard:  # noqa: ASYNC110  an event would have to be told
                await asyncio.sleep(0.01)
        running.cancel()

    asyncio.run(story())
    assert stamping.token(3) is not None


@needs_openssl
def test_an_authority_that_is_wrong_is_asked_again_and_not_believed(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)
    clock_of_others.replay = TOKEN  # another root, another checkpoint
    stamping.grow_and_ask(3)
    asyncio.run(stamping.timestamping.round())
    clock_of_others.replay = b"<html>"
    asyncio.run(stamping.timestamping.round())
    clock_of_others.replay, clock_of_others.media = None, "text/html"
    asyncio.run(stamping.timestamping.round())
    clock_of_others.media, clock_of_others.status = "application/timestamp-reply", 500
    asyncio.run(stamping.timestamping.round())
    assert [each.code for each in stamping.heard] == [
        "timestamp-wrong",
        "timestamp-wrong",
        "timestamp-unreadable",
        "timestamp-no-answer",
        "timestamp-no-answer",
    ]
    assert (stamping.token(3), stamping.logged.folder.read(NEWEST)) == (None, None)
    clock_of_others.status = 200
    asyncio.run(stamping.timestamping.round())
    assert stamping.token(3) is not None


@needs_openssl
def test_an_answer_to_another_question_is_refused(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, clock_of_others.ca)
    stamping.grow_and_ask(3)
    stamping.now += EVERY + 60
    clock_of_others.replay = clock_of_others.answered[-1]
    stamping.grow_and_ask(3)
    assert [each.code for each in stamping.heard] == ["", "timestamp-wrong"]


@needs_openssl
def test_an_authority_that_nobody_vouches_for_is_refused(
    clock_of_others: Authority, tmp_path: Path
) -> None:
    stamping = Stamping(tmp_path, clock_of_others.address, VECTORS / "ca.pem")
    stamping.grow_and_ask(3)
    assert [each.code for each in stamping.heard] == ["timestamp-wrong"]


def test_an_authority_that_is_down_stops_nothing(tmp_path: Path) -> None:
    stamping = Stamping(tmp_path, f"http://127.0.0.1:{free_port()}/", VECTORS / "ca.pem")
    stamping.grow_and_ask(3)
    assert [each.code for each in stamping.heard] == ["timestamp-no-answer"]
    assert stamping.logged.checkpoint().size == 3


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_whom_to_believe_has_to_be_said(tmp_path: Path, content: bytes | None) -> None:
    ca = tmp_path / "ca.pem"
    if content is not None:
        ca.write_bytes(content)
    with pytest.raises(Unusable) as refusal:
        HttpTimestampAuthority("https://tijd.example", ca)
    assert (refusal.value.code, refusal.value.what) == ("timestamp-ca", "KRINGBOEK_TIMESTAMP_CA")
