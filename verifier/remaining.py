"""The rest of the files: timestamps, older tiles, and what nothing else looked at."""

from collections.abc import Sequence

from verifier.files import TIMESTAMP_FILE, first_few, is_known, is_own_note, known_files
from verifier.findings import Malformed
from verifier.sizes import LARGEST_BUNDLE, WIDTH
from verifier.sources import OneFile
from verifier.stamps import check_timestamp
from verifier.tiles import parse_tile_path, read_bundle
from verifier.tree import hashes_in, leaf_hash
from verifier.trust import optional
from verifier.whole_log import WholeLog


def check_timestamps(log: WholeLog, names: Sequence[str]) -> None:
    for name in names:
        if found := TIMESTAMP_FILE.fullmatch(name):
            size = int(found[1])
            over = optional(log.source, f"checkpoints/{size}")
            if over is None and size == log.size:
                over = optional(log.source, "checkpoint")
            data = optional(log.source, name)
            check_timestamp(
                name,
                data or b"",
                over,
                logs=log.trusted.logs,
                trusted=log.given.authorities,
                report=log.report,
            )


def check_other_files(log: WholeLog, names: Sequence[str], bodies: str) -> None:
    """Older partial tiles are checked too; what lies beyond the signed size cannot be."""
    beyond: list[str] = []
    own: list[str] = []
    other: list[str] = []
    known = known_files(log.given)
    for name in names:
        path = parse_tile_path(name)
        if path is None:
            if name not in known and not is_known(name, log.size, bodies):
                (own if is_own_note(name) else other).append(name)
            continue
        level, number, width = path
        count = log.size >> (0 if level == "entries" else 8 * int(level))
        if number * WIDTH + width > count:
            beyond.append(name)
        elif width < WIDTH and number * WIDTH + width != count and log.good is not None:
            _check_older(log, name, level, number, width)
    if beyond:
        log.report.leave("beyond", count=len(beyond), paths=first_few(beyond))
    if own:
        log.report.leave("own-notes", paths=first_few(own))
    if other:
        log.report.leave("files", count=len(other), paths=first_few(other))


def _check_older(log: WholeLog, path: str, level: str, number: int, width: int) -> None:
    if log.good is None:
        return
    wrong = "bad-bundle" if level == "entries" else "bad-tile"
    try:
        data = log.source.read(path, LARGEST_BUNDLE) or b""
    except Malformed as malformed:
        log.report.tell(wrong, path=path, why=str(malformed))
        return
    if level in ("entries", "0"):
        expected = log.leaves(number)[:width]
    else:
        expected = log.good.row(int(level), number * WIDTH, width)
    if level == "entries":
        _, entries, _ = read_bundle(OneFile(path, data), number, width)
        found = [leaf_hash(each) for each in entries or ()]
    else:
        found = hashes_in(data)
    if found != expected:
        span = 1 if level == "entries" else 256 ** int(level)
        at = next(
            (n for n, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]),
            None,
        )
        at = min(len(found), width - 1) if at is None else at
        first = (number * WIDTH + at) * span + 1
        why = "it is not what this one began with when it was that wide"
        log.report.tell(wrong, path=path, position=first, until=first + span - 1, why=why)
