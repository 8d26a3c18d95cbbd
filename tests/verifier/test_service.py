"""The verifier against a running service: over HTTP, and over one that misbehaves."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.verifier.test_signatures import ONE, TWO, TWO_OF_THREE
from tests.verifier.verified import codes, named, uncovered, verified, written, wrong
from tests.verifier.written_log import LOG, Log, checkpoint, proof
from verifier.findings import Unusable
from verifier.sizes import LARGEST_NOTE
from verifier.sources import Service

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def served(answer: Callable[[str, str | None], Answer]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, data = answer(self.path, self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def files(log: Log) -> Callable[[str, str | None], Answer]:
    """The paths of a log, and events as the service shows them."""

    def answer(path: str, token: str | None) -> Answer:
        asked = urlsplit(path)
        if asked.path == "/v1/log":
            return 200, {}, json.dumps({"keys": [LOG.vkey], "witnessedSize": 20}).encode()
        if asked.path == "/v1/events/20/proof":
            return 200, {}, proof(log.entries[:20], 19, LOG, ONE, TWO)
        if asked.path == "/v1/events":
            said = parse_qs(asked.query)
            after, limit = int(said["after"][0]), int(said["limit"][0])
            events = [shown(log, at, token) for at in range(after + 1, after + 1 + limit)]
            return 200, {}, json.dumps({"events": [e for e in events if e]}).encode()
        file = log.folder / asked.path.removeprefix("/")
        return (200, {}, file.read_bytes()) if file.is_file() else (404, {}, b"")

    return answer


def shown(log: Log, position: int, token: str | None) -> dict[str, object] | None:
    if position > len(log.events):
        return None
    event = log.events[position - 1]
    held = json.loads(event.entry)
    said: dict[str, object] = {
        "id": str(position),
        "sequence": position,
        "type": f"nl.kringboek.{held['event']}.v1",
        "subject": held["aggregate"],
        "time": held["recordedAt"],
        "aggregateversion": held["aggregateVersion"],
        "actor": held["actor"],
        "command": held["command"],
        "policyhash": held["policy"],
        "bodyhash": held["body"],
    }
    if token != "Bearer secret":
        return said | {"withheld": True}
    return said | {"salt": event.salt.hex(), "data": json.loads(event.body)}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path, length=300)


def test_a_service_is_checked_with_what_it_shows(log: Log) -> None:
    with served(files(log)) as address:
        report = verified(address, token="secret", checkpoints=(checkpoint(log.entries[:100]),))
        assert wrong(report) == []
        assert dict(report.checked)["shown"] == {"count": 300}
        withheld = verified(address)
        assert dict(withheld.uncovered)["withheld"] == {"count": 300}
        assert "self-vouched" in uncovered(verified(address, keys=()))


def test_what_a_service_shows_otherwise_than_the_log_holds_is_named(log: Log) -> None:
    def lies(path: str, token: str | None) -> Answer:
        status, headers, data = files(log)(path, token)
        if path.startswith("/v1/events"):
            data = data.replace(b'"n": 41,', b'"n": 14,').replace(
                b'"sequence": 61, "type": "nl.kringboek.circle.member-joined.v1"',
                b'"sequence": 61, "type": "nl.kringboek.circle.member-left.v1"',
            )
        return status, headers, data

    with served(lies) as address:
        assert named(verified(address, token="secret")) == {
            ("changed-body", 42),
            ("changed-column", 61),
        }


def test_a_server_of_tiles_alone_is_checked_without_content(log: Log) -> None:
    def tiles(path: str, token: str | None) -> Answer:
        return (404, {}, b"") if path.startswith("/v1") else files(log)(path, token)

    with served(tiles) as address:
        report = verified(address)
        assert not report.wrong
        assert "no-events" in uncovered(report)


def test_events_that_are_not_shown_any_more_are_counted_and_not_wrong(log: Log) -> None:
    def expired(path: str, token: str | None) -> Answer:
        if path.startswith("/v1/events?after=256"):
            return 401, {}, b""
        return files(log)(path, token)

    with served(expired) as address:
        report = verified(address, token="secret")
        assert not report.wrong
        assert dict(report.uncovered)["not-shown"] == {"count": 44}


@pytest.mark.parametrize(
    "said",
    [
        b"not json",
        b"[]",
        b'{"events":[1]}',
        b'{"events":[{"id":"2"}]}',
        b'{"events":' + b"[" * 100_000,
        b'{"events":[{"id":"1"},{"id":"1"}]}',
    ],
)
def test_a_service_that_shows_nonsense_is_named(log: Log, said: bytes) -> None:
    def nonsense(path: str, token: str | None) -> Answer:
        if path.startswith("/v1/events?after=0&limit=256"):
            return 200, {}, said
        return files(log)(path, token)

    with served(nonsense) as address:
        assert codes(verified(address)) == {"bad-bundle"}


def test_a_service_whose_newest_events_are_not_witnessed_yet_is_not_wrong(log: Log) -> None:
    with served(files(log)) as address:
        report = verified(address, policy=TWO_OF_THREE)
        assert not report.wrong
        assert dict(report.uncovered)["unwitnessed"] == {"position": 21, "until": 300}


def test_a_service_that_is_busy_is_asked_again_and_one_that_is_away_is_not_right(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "WAITS", (0.0, 0.0))
    asked: list[str] = []

    def busy(path: str, token: str | None) -> Answer:
        asked.append(path)
        return (503, {}, b"") if asked.count(path) < 3 else files(log)(path, token)

    with served(busy) as address:
        assert not verified(address).wrong
    with pytest.raises(Unusable):
        verified(address)


def test_no_redirect_is_followed_and_the_token_goes_to_the_api_alone(log: Log) -> None:
    tokens: dict[str, str | None] = {}

    def answer(path: str, token: str | None) -> Answer:
        tokens[path] = token
        if path == "/checkpoint":
            return 302, {"Location": "/elsewhere"}, b""
        return files(log)(path, token)

    with served(answer) as address, pytest.raises(Unusable):
        verified(address, token="secret")
    assert "/elsewhere" not in tokens
    assert {token for path, token in tokens.items() if not path.startswith("/v1/")} == {None}


def test_what_is_too_long_is_not_read(log: Log) -> None:
    def endless(path: str, token: str | None) -> Answer:
        if path.startswith("/tile/0/"):
            return 200, {}, b"\0" * (256 * 32 + 1)
        if path.startswith("/tile/entries/000"):
            packed = gzip.compress(log.read("tile/entries/000"))
            return 200, {"Content-Encoding": "gzip"}, packed
        return files(log)(path, token)

    with served(endless) as address:
        assert codes(verified(address)) == {"bad-tile"}

    def bomb(path: str, token: str | None) -> Answer:
        if path == "/checkpoint":
            return 200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * (LARGEST_NOTE + 1))
        return files(log)(path, token)

    with served(bomb) as address:
        assert codes(verified(address)) == {"bad-checkpoint"}
