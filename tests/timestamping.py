"""An authority for timestamps on loopback: `openssl ts` behind a few lines of HTTP."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

CONFIGURATION = Path(__file__).parent / "data" / "vectors" / "rfc3161" / "openssl-ts.cnf"
OPENSSL = shutil.which("openssl")

needs_openssl = pytest.mark.skipif(
    OPENSSL is None, reason="there is no openssl here to be the authority for timestamps"
)


def openssl(*words: str, folder: Path, given: bytes = b"") -> bytes:
    """What openssl answers; its work is in `folder`."""
    assert OPENSSL is not None
    ended = subprocess.run(
        [OPENSSL, *words], cwd=folder, input=given, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout


@dataclass(kw_only=True)
class Authority:
    """Its own root and certificate, made in `folder`; `spoil` changes what it answers."""

    folder: Path
    address: str = ""
    asked: int = 0
    status: int = 200
    media: str = "application/timestamp-reply"
    replay: bytes | None = None
    """An older answer, given again."""
    answered: list[bytes] = field(default_factory=list)

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def make(self) -> None:
        shutil.copy(CONFIGURATION, self.folder / "ts.cnf")
        (self.folder / "serial").write_text("01\n", encoding="ascii")
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        subject = ("-config", "ts.cnf", "-days", "2")
        ca = ("-x509", "-extensions", "ca", "-keyout", "ca.key", "-out", "ca.pem")
        openssl("req", *curve, *subject, *ca, folder=self.folder)
        openssl(
            "req", *curve, "-config", "ts.cnf", "-subj", "/CN=Test TSA",
            "-keyout", "tsa.key", "-out", "tsa.csr", folder=self.folder,
        )  # fmt: skip
        openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2",
            "-set_serial", "2", "-extfile", "ts.cnf", "-extensions", "tsa", "-out", "tsa.pem",
            folder=self.folder,
        )  # fmt: skip

    def answer(self, query: bytes) -> bytes:
        self.asked += 1
        if self.replay is not None:
            return self.replay
        (self.folder / "query.tsq").write_bytes(query)
        words = (
            "ts",
            "-reply",
            "-config",
            "ts.cnf",
            "-section",
            "t1",
            "-queryfile",
            "query.tsq",
        )
        token = openssl(*words, "-signer", "tsa.pem", "-inkey", "tsa.key", folder=self.folder)
        self.answered.append(token)
        return token


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """An authority that answers on loopback."""
    made = Authority(folder=folder)
    made.make()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            token = made.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(made.status)
            self.send_header("Content-Type", made.media)
            self.send_header("Content-Length", str(len(token)))
            self.end_headers()
            self.wfile.write(token)

        def log_message(self, *_: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    made.address = f"http://127.0.0.1:{server.server_address[1]}/tsa"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
