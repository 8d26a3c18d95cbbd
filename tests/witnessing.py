"""Witnesses as processes of their own, and logs that are made up for them."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import SignerKey, VerifierKey
from application.transparency.note import Note
from application.transparency.witnessing import AddCheckpoint
from domain.tree import consistency_proof, leaf_hash, root
from tests.api.served import free_port

PATIENCE = 30.0
"""Seconds until a witness must answer."""


@dataclass(kw_only=True)
class ServedWitness:
    """`kringboek witness` on `data`; `vkey` is what it prints."""

    data: Path
    name: str
    logs: Sequence[VerifierKey]
    port: int = field(default_factory=free_port)
    vkey: VerifierKey = field(init=False)
    process: "subprocess.Popen[bytes]" = field(init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        words = ["--name", self.name, "--port", str(self.port), "--data", str(self.data)]
        for each in self.logs:
            words += ["--log", str(each)]
        without_database = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "witness", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=without_database | {"KRINGBOEK_LOG_FORMAT": "json"},
        )

    def wait(self, *, status: int = 200) -> None:
        """Until it tells who it is, or with 500 that it cannot."""
        assert self.process.stdout is not None
        printed = self.process.stdout.readline().decode().strip()
        assert printed, "the witness did not start"
        self.vkey = VerifierKey.parse(printed)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(self.address, timeout=5).status_code == status:
                    return
            time.sleep(0.02)
        raise AssertionError("the witness does not answer")

    def kill(self) -> None:
        """End it as a lost machine would."""
        self.process.send_signal(signal.SIGKILL)
        self._ended()

    def slow_down(self) -> None:
        """It takes questions, and answers none of them until `go_on`."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.go_on()
            self.process.terminate()
        self._ended()

    def _ended(self) -> None:
        self.process.wait(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def add_checkpoint(self, body: bytes) -> httpx.Response:
        return httpx.post(f"{self.address}/add-checkpoint", content=body, timeout=30)


@contextlib.contextmanager
def witnesses(*served: ServedWitness) -> Iterator[None]:
    """All of them, started at once, ready to answer; each is ended by its own process id."""
    started = []
    try:
        for each in served:
            each.start()
            started.append(each)
        for each in started:
            each.wait()
        yield
    finally:
        for each in started:
            each.stop()


@dataclass(frozen=True, kw_only=True)
class MadeUpLog:
    """A log in memory. `branch` begins another history behind the same leaves."""

    key: SignerKey
    leaves: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, size: int, *, origin: str = "kring.example/logboek") -> "MadeUpLog":
        key = SignerKey.generate(origin)
        return cls(key=key, leaves=tuple(leaf_hash(b"%d" % each) for each in range(size)))

    def grown(self, by: int, branch: str = "") -> "MadeUpLog":
        more = (f"{branch}{len(self.leaves) + each}".encode() for each in range(by))
        return MadeUpLog(key=self.key, leaves=(*self.leaves, *map(leaf_hash, more)))

    def signed(self, size: int | None = None) -> bytes:
        """A checkpoint of the first `size` leaves."""
        leaves = self.leaves if size is None else self.leaves[:size]
        checkpoint = Checkpoint(origin=self.key.name, size=len(leaves), root=root(leaves))
        text = checkpoint.text()
        return Note(text=text, signatures=(self.key.sign(text),)).encode()

    def request(self, old: int, size: int | None = None) -> bytes:
        """What the log sends to a witness that cosigned `old` leaves."""
        new = len(self.leaves) if size is None else size
        proof = consistency_proof(self.leaves, old, new) if old else ()
        return AddCheckpoint(old=old, proof=proof, note=self.signed(new)).encode()
