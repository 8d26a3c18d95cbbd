"""How fast the single-file verifier reads and recomputes an export of a million events.

The export lies unpacked in a folder. Beside the rate stands what the machine needs at the least for
the same bytes, with as many processes: reading them and the three hashes of every event (its body,
its leaf, one node of the tree). The rest is what the verifier does besides: entries held to their
form, versions and moments followed, tiles compared.
"""

import json
import os
import resource
import subprocess
import sys
import time
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.ratios import Ratio
from verifier.one_file import one_file

EVENTS = 1_000_000
TARGET = 250_000
"""Events per second, read and hashed; issue 4."""
OF_BARE = 0.33
"""Of what the machine does with the same bytes at the least; this holds on a busy machine too."""
ORIGIN = "bench.example/log"
_WIDTH = 256
_PER_STREAM = 50


async def measure(folder: Path, rounds: int, events: int = EVENTS) -> list[Ratio]:
    """The log is made once; every round reads it with all cores, and hashes it bare."""
    log = folder / "verify"
    key = write_log(log, events)
    verifier = folder / "kringboek_verify.py"
    verifier.write_text(one_file(), "utf-8")
    cores = os.cpu_count() or 1
    rates, bare, memory = [], [], 0.0
    for _ in range(rounds):
        rates.append(events / verified(verifier, log, key, cores))
        bare.append(events / hashed(log, events, cores))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = {"events/s": rates, "bare hashing": bare, "MiB in a process": [memory]}
    return [
        Ratio(
            row=f"verify: of {TARGET:,} events/s at {events:,}",
            target=1.0,
            ratios=[rate / TARGET for rate in rates],
            rates=told,
        ),
        Ratio(
            row="verify: of reading and hashing alone",
            target=OF_BARE,
            ratios=[rate / most for rate, most in zip(rates, bare, strict=True)],
        ),
    ]


def verified(verifier: Path, log: Path, key: str, workers: int) -> float:
    """Seconds of the whole command, from its start to its exit."""
    words = [sys.executable, "-I", str(verifier), str(log), "--key", key, "--json"]
    begun = time.perf_counter()
    ended = subprocess.run(
        [*words, "--workers", str(workers)], capture_output=True, check=True, text=True
    )
    taken = time.perf_counter() - begun
    report = json.loads(ended.stdout)
    assert report["right"] is True
    assert report["findings"] == []
    return taken


def hashed(log: Path, events: int, workers: int) -> float:
    tiles = -(-events // _WIDTH)
    begun = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        shares = [(str(log), at, min(at + 64, tiles), events) for at in range(0, tiles, 64)]
        assert sum(pool.map(_hash, shares)) == events
    return time.perf_counter() - begun


def _hash(share: tuple[str, int, int, int]) -> int:
    folder, start, stop, events = share
    done = 0
    for tile in range(start, stop):
        width = min(_WIDTH, events - tile * _WIDTH)
        end = f".p/{width}" if width < _WIDTH else ""
        bundle = Path(folder, "tile/entries", _place(tile) + end).read_bytes()
        Path(folder, "tile/0", _place(tile) + end).read_bytes()
        bodies = Path(folder, "bodies", _place(tile)).read_bytes()
        at = 0
        for line in bodies.split(b"\n")[:-1]:
            after = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            sha256(bundle[at:after]).digest()
            sha256(line).digest()
            sha256(line[:65]).digest()
            at = after
            done += 1
    return done


# ----------------------------------------------------------------------------------------- the log


def write_log(folder: Path, events: int) -> str:
    """An export of so many events, unpacked; gives the key of its log."""
    row: list[bytes] = []
    for tile in range(-(-events // _WIDTH)):
        width = min(_WIDTH, events - tile * _WIDTH)
        leaves = _write_tile(folder, tile, width)
        row += leaves if width < _WIDTH else [_root(leaves)]
    tail = row[events // _WIDTH :]
    row = row[: events // _WIDTH]
    _write_upper(folder, row)
    root = _root_of_all(row, tail)
    key = Ed25519PrivateKey.generate()
    material = b"\x01" + key.public_key().public_bytes_raw()
    key_id = sha256(ORIGIN.encode() + b"\n" + material).digest()[:4]
    text = f"{ORIGIN}\n{events}\n{b64encode(root).decode()}\n"
    signature = b64encode(key_id + key.sign(text.encode())).decode()
    _put(folder, "checkpoint", f"{text}\n\u2014 {ORIGIN} {signature}\n".encode())
    said = {"format": "kringboek-export/v1", "origin": ORIGIN, "size": events}
    said |= {"root": b64encode(root).decode(), "subject": None}
    _put(folder, "manifest.json", json.dumps(said).encode())
    return f"{ORIGIN}+{key_id.hex()}+{b64encode(material).decode()}"


def _write_tile(folder: Path, tile: int, width: int) -> list[bytes]:
    chance = os.urandom(48 * width)
    entries, bodies, leaves = [], [], []
    for at in range(width):
        number = tile * _WIDTH + at
        salt = chance[48 * at : 48 * at + 32]
        command = UUID(bytes=chance[48 * at + 32 : 48 * at + 48])
        body = (
            f'{{"circle":"{command}","occurred_at":"2026-03-01T11:00:00.000000Z","party":'
            f'"{UUID(int=number)}","reason":{{"kid":"{UUID(int=number)}","nonce":"AAAAAAAAAAAAAAAA",'
            f'"text":"{salt.hex()}{salt.hex()}"}}}}'
        ).encode()
        stream, second = UUID(int=number // _PER_STREAM + 1), number // 1_000
        moment = f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
        entry = (
            f'{{"actor":"{UUID(int=7)}","aggregate":"{stream}","aggregateVersion":'
            f'{number % _PER_STREAM + 1},"body":"{sha256(salt + body).hexdigest()}","command":'
            f'"{command}","event":"circle.member-joined","eventVersion":1,"policy":"{"0" * 64}",'
            f'"recordedAt":"2026-03-01T{moment}.{number % 1_000_000:06}Z","schemaVersion":1}}'
        ).encode()
        entries.append(len(entry).to_bytes(2, "big") + entry)
        leaves.append(sha256(b"\0" + entry).digest())
        bodies.append(
            b'{"body":%b,"position":%d,"salt":"%b"}\n' % (body, number + 1, salt.hex().encode())
        )
    end = f".p/{width}" if width < _WIDTH else ""
    _put(folder, f"tile/entries/{_place(tile)}{end}", b"".join(entries))
    _put(folder, f"tile/0/{_place(tile)}{end}", b"".join(leaves))
    _put(folder, f"bodies/{_place(tile)}", b"".join(bodies))
    return leaves


def _write_upper(folder: Path, row: list[bytes]) -> None:
    level = 1
    while row:
        for start in range(0, len(row), _WIDTH):
            tile = row[start : start + _WIDTH]
            end = f".p/{len(tile)}" if len(tile) < _WIDTH else ""
            _put(folder, f"tile/{level}/{_place(start // _WIDTH)}{end}", b"".join(tile))
        row = [_root(row[at : at + _WIDTH]) for at in range(0, len(row) - _WIDTH + 1, _WIDTH)]
        level += 1


def _root(row: list[bytes]) -> bytes:
    while len(row) > 1:
        pairs = [row[at : at + 2] for at in range(0, len(row), 2)]
        row = [sha256(b"\1" + b"".join(two)).digest() if len(two) > 1 else two[0] for two in pairs]
    return row[0] if row else sha256().digest()


def _root_of_all(row: list[bytes], tail: list[bytes]) -> bytes:
    """The tail's root stands beside the full tiles as a lone node does: higher up."""
    peaks, start = [], 0
    for level in reversed(range(len(row).bit_length())):
        if len(row) >> level & 1:
            peaks.append(_root(row[start : start + (1 << level)]))
            start += 1 << level
    made = _root(tail) if tail or not peaks else peaks.pop()
    while peaks:
        made = sha256(b"\1" + peaks.pop() + made).digest()
    return made


def _place(number: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def _put(folder: Path, path: str, data: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
