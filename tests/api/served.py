"""A whole service as a process of its own: its database, its sample, its port on loopback."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE = 90.0
"""Seconds until a service that starts on an empty folder must answer."""


@dataclass(frozen=True, kw_only=True)
class Served:
    address: str
    data: Path
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it at once, as a lost machine would; its database server lives on."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def service(data: Path, *, port: int | None = None) -> Iterator[Served]:
    """`kringboek serve` on `data`, ready to answer; ended by its own process id."""
    number = port or free_port()
    output = data.parent / f"serve-{number}.log"
    with output.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", str(number), "--data", str(data)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"KRINGBOEK_LOG_FORMAT": "json"},
        )
    served = Served(address=f"http://127.0.0.1:{number}", data=data, process=process)
    try:
        _wait(served, output)
        yield served
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(served: Served, output: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if served.process.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{served.address}/readyz", timeout=5).is_success:
                return
        time.sleep(0.1)
    raise AssertionError(f"the service did not start:\n{output.read_text()[-3000:]}")
