"""A command over HTTP against a FastAPI that does nothing: what the doors and durability cost.

Ours: an authenticated command about an existing project, which stores two facts durably; theirs: a
no-op `POST` with a pydantic body of the same JSON. Both one uvicorn process with uvloop and
httptools, 16 kept connections, each with one request under way; rounds in turn. A project takes 40
commands and then the next one has its turn, so that streams are as long as those of projects are.

The driver speaks HTTP itself, in as few steps as it can: on two cores a comfortable client would be
half of what is measured.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from benchmarks.ratios import Ratio
from infrastructure.embedded_postgres import Cluster

TARGET = 0.65
CONNECTIONS = 16
COMMANDS_OF_A_PROJECT = 40
_PATIENCE = 60.0
_RECIPIENTS = [str(uuid4()), str(uuid4())]
_BODY = json.dumps(
    {
        "documents": [{"document": "D1", "version": 1}],
        "recipients": _RECIPIENTS,
        "channel": "email",
        "proof": "read-receipt",
    }
).encode()


async def measure(
    cluster: Cluster, database: str, folder: Path, rounds: int, seconds: float
) -> list[Ratio]:
    """The ratio of commands to no-ops, each per second."""
    environment = os.environ | {
        "DATABASE_URL": cluster.dsn(database),
        "KRINGBOEK_ORIGIN": "bench.example",
        "KRINGBOEK_DATA": str(folder / "service"),
        "KRINGBOEK_LOG_LEVEL": "warning",
    }
    token = await asyncio.to_thread(_token, environment)
    ratios: list[float] = []
    rates: dict[str, list[float]] = {"commands": [], "no-ops": []}
    async with (
        _serving(["-m", "benchmarks.noop"], os.environ, "/openapi.json") as noop,
        _serving(["-m", "api.cli", "serve"], environment, "/readyz") as ours,
    ):
        orders = Orders(ours, token)
        await orders.prepare(seconds)
        await rate(noop, _noops(), 1.0)
        await rate(ours, orders.all(), 1.0)
        for _ in range(rounds):
            await orders.prepare(seconds)
            theirs = await rate(noop, _noops(), seconds)
            mine = await rate(ours, orders.all(), seconds)
            ratios.append(mine / theirs)
            rates["commands"].append(mine)
            rates["no-ops"].append(theirs)
    return [
        Ratio(
            row=f"command over HTTP / no-op, {CONNECTIONS} connections",
            target=TARGET,
            ratios=ratios,
            rates=rates,
        )
    ]


# ---------------------------------------------------------------------------------- what is asked


def request(path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _noops() -> Iterator[Iterator[bytes]]:
    one = request("/noop", {}, _BODY)
    while True:
        yield iter([one] * COMMANDS_OF_A_PROJECT)


class Orders:
    """Projects that were made beforehand, and the commands that each will be given."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._headers = {"Authorization": f"Bearer {token}"}
        self._authority = ""
        self._numbers = count()
        self._ready: list[str] = []

    async def prepare(self, seconds: float) -> None:
        """Make projects enough for so many seconds."""
        wanted = int(seconds * 150) + 2 * CONNECTIONS
        async with _connected(self._port) as ask:
            if not self._authority:
                me = await ask(
                    b"GET /v1/me HTTP/1.1\r\nHost: bench\r\nAuthorization: "
                    + self._headers["Authorization"].encode()
                    + b"\r\n\r\n"
                )
                self._authority = me["roles"][0]["authority"]
            while len(self._ready) < wanted:
                made = await ask(self._request("/v1/convenant-projects", self._project()))
                path = f"/v1/convenant-projects/{made['id']}"
                document = json.dumps(
                    {
                        "document": "D1", "version": 1, "title": "Bestek", "sha256": "0" * 64,
                        "relevance": "relevant", "genre": "specification",
                    }
                ).encode()  # fmt: skip
                await ask(self._request(f"{path}/add-document-version", document, version=1))
                self._ready.append(path)

    def all(self) -> Iterator[Iterator[bytes]]:
        """One project after another, with its commands."""
        while self._ready:
            yield self._of(self._ready.pop())

    def _of(self, path: str) -> Iterator[bytes]:
        for turn in range(COMMANDS_OF_A_PROJECT):
            yield self._request(f"{path}/disclose-documents", _BODY, version=2 + 2 * turn)

    def _project(self) -> bytes:
        return json.dumps(
            {
                "title": "Kademuur", "authority": self._authority, "kind": "works",
                "object": "herstel", "location": "Kade", "cpv": "45241000-8",
                "underConvenant": True,
            }
        ).encode()  # fmt: skip

    def _request(self, path: str, body: bytes, *, version: int | None = None) -> bytes:
        headers = self._headers | {"Idempotency-Key": f"bench-{next(self._numbers)}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return request(path, headers, body)


# ------------------------------------------------------------------------------------- the driver


async def rate(port: int, orders: Iterator[Iterator[bytes]], seconds: float) -> float:
    """Answers per second over all connections; every one of them has to be a good one."""
    until = perf_counter() + seconds

    async def drive() -> int:
        answered = 0
        async with _connected(port) as ask:
            for project in orders:
                for each in project:
                    await ask(each)
                    answered += 1
                    if perf_counter() > until:
                        return answered
        raise AssertionError("there were too few projects for this rate")

    begun = perf_counter()
    answered = sum(await asyncio.gather(*(drive() for _ in range(CONNECTIONS))))
    return answered / (perf_counter() - begun)


class _Answers(asyncio.Protocol):
    """One kept connection with one request under way."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[bytes] | None = None
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._waiting is None:
            return
        head = self._buffer[:end].lower()
        start = head.index(b"content-length: ") + 16
        length = int(head[start:].split(b"\r\n", 1)[0])
        if len(self._buffer) < end + 4 + length:
            return
        whole, self._buffer = self._buffer, b""
        self._waiting.set_result(whole)

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionError("the server hung up"))

    async def ask(self, said: bytes) -> Any:
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(said)
        answer = await self._waiting
        assert answer.startswith(b"HTTP/1.1 20"), answer
        return json.loads(answer.partition(b"\r\n\r\n")[2])

    def close(self) -> None:
        self._transport.close()


@asynccontextmanager
async def _connected(port: int) -> AsyncIterator[Any]:
    loop = asyncio.get_running_loop()
    _, answers = await loop.create_connection(_Answers, "127.0.0.1", port)
    try:
        yield answers.ask
    finally:
        answers.close()


# ------------------------------------------------------------------------------------ the servers


@asynccontextmanager
async def _serving(words: Sequence[str], environment: Any, ready: str) -> AsyncIterator[int]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    words = [sys.executable, *words, "--port", str(port)]
    process = subprocess.Popen(words, env=environment)  # noqa: ASYNC220  started once, then waited for
    try:
        await asyncio.to_thread(_wait, f"http://127.0.0.1:{port}{ready}", process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = monotonic() + _PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  an address of ours
                return
        except OSError:
            asyncio.run(asyncio.sleep(0.1))
    raise AssertionError(f"nothing answers at {address}")


def _token(environment: Any) -> str:
    words = ["token", "--role", "officer", "--authority", "90000001", "--name", "Noorderdam"]
    found = subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return found.stdout.strip()
