"""A server of somebody else answers within the time and the size that were agreed, or not at all."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from application.transparency.outside import WitnessFailed, WitnessHolds
from infrastructure.other_server import Answer, NoAnswer, OtherServer
from infrastructure.witness_client import HttpWitness
from tests.api.served import free_port

LONGEST = 1_000


@contextmanager
def answering(*behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on loopback that behaves so to its first caller, so to its second, and is gone."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for each in behave:
            with suppress(OSError):
                caller, _ = door.accept()
                with caller:
                    caller.recv(65_536)
                    each(caller)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)  # which wakes who waits at it
        door.close()
        thread.join(timeout=5)


def says(data: bytes) -> Callable[[socket.socket], None]:
    return lambda caller: caller.sendall(data)


def answer_of(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "".join(f"{each}\r\n" for each in [*lines, ""]).encode() + body


def asked(address: str, *, within: float = 5.0) -> Answer:
    server = OtherServer(address, headers={}, longest=LONGEST, within=within)
    return asyncio.run(server.post(b"a question"))


def test_an_answer_of_any_status_is_an_answer() -> None:
    heard = answer_of("409 Conflict", b"7\n", "Content-Type: text/x.tlog.size; charset=utf-8")
    with answering(says(heard)) as address:
        assert asked(address) == Answer(status=409, media="text/x.tlog.size", body=b"7\n")


def dripping(caller: socket.socket) -> None:
    """Always a byte in time for the next read, and never an end."""
    with suppress(OSError):
        for each in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10:
            caller.send(bytes([each]))
            time.sleep(0.05)


def test_a_byte_at_a_time_is_not_waited_for_and_not_asked_again_meanwhile() -> None:
    async def story() -> None:
        server = OtherServer(address, headers={}, longest=LONGEST, within=0.2)
        began = time.monotonic()
        with pytest.raises(NoAnswer, match=r"did not answer within 0\.2 seconds"):
            await server.post(b"one")
        assert time.monotonic() - began < 2
        with pytest.raises(NoAnswer, match="still busy"):
            await server.post(b"two")

    with answering(dripping) as address:
        asyncio.run(story())


def test_the_next_question_may_follow_at_once() -> None:
    async def story() -> list[Answer]:
        server = OtherServer(address, headers={}, longest=LONGEST, within=5)
        return [await server.post(b"one of many") for _ in range(50)]

    with answering(*[says(answer_of("200 OK", b"yes"))] * 50) as address:
        assert [each.body for each in asyncio.run(story())] == [b"yes"] * 50


def test_nobody_else_is_asked_instead() -> None:
    with answering(says(answer_of("200 OK", b"never read"))) as elsewhere:
        moved = answer_of("302 Found", b"", f"Location: {elsewhere}/")
        with answering(says(moved)) as address:
            assert asked(address).status == 302


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        answer_of("200 OK", b"x" * (LONGEST + 1)),
        answer_of("500 Internal Server Error", b"x" * (LONGEST + 1)),
    ],
)
def test_what_is_no_answer_is_told_in_our_words(said: bytes) -> None:
    with answering(says(said)) as address, pytest.raises(NoAnswer) as failed:
        asked(address)
    assert str(failed.value).isprintable()


def test_where_nobody_listens_there_is_no_answer() -> None:
    with pytest.raises(NoAnswer, match="cannot be reached"):
        asked(f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://example.nl", "example.nl"])
def test_only_addresses_of_http_are_asked(address: str) -> None:
    with pytest.raises(ValueError, match="not an address of http"):
        OtherServer(address, headers={}, longest=LONGEST, within=1)


# ------------------------------------------------------------------------- what a witness may say


def cosignature_of(said: bytes) -> str:
    with answering(says(said)) as address:
        return asyncio.run(HttpWitness(f"{address}/", within=5).add_checkpoint(b"old 0\n"))


def size(body: bytes) -> bytes:
    return answer_of("409 Conflict", body, "Content-Type: text/x.tlog.size")


def test_a_conflict_tells_a_size() -> None:
    with pytest.raises(WitnessHolds) as holds:
        cosignature_of(size(b"20852014\n"))
    assert holds.value.size == 20_852_014


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (size(b""), "not-a-size"),
        (size(b"7"), "not-a-size"),
        (size(b"07\n"), "not-a-size"),
        (size(b"-7\n"), "not-a-size"),
        (size("\N{ARABIC-INDIC DIGIT SEVEN}\n".encode()), "not-a-size"),
        (size(b"9223372036854775808\n"), "not-a-size"),
        (size(b"1" * 400 + b"\n"), "not-a-size"),
        (answer_of("409 Conflict", b"7\n", "Content-Type: text/plain"), "answered-409"),
        (answer_of("404 Not Found", b""), "answered-404"),
        (answer_of("302 Found", b"", "Location: /"), "answered-302"),
        (answer_of("200 OK", b"\xff\xfe"), "not-a-cosignature"),
    ],
)
def test_whatever_else_it_says_is_a_failure_with_a_code(said: bytes, code: str) -> None:
    with pytest.raises(WitnessFailed) as failed:
        cosignature_of(said)
    assert failed.value.code == code
