"""Tiles, bundles and growth: the specification's paths, the golden log, and the whole tree."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.transparency.checkpoint import Checkpoint, open_checkpoint
from application.transparency.keys import Kind, SignerKey, VerifierKey
from application.transparency.note import Note
from application.transparency.strict import FormatError, base64
from application.transparency.tiles import (
    FULL,
    LONGEST_ENTRY,
    Growth,
    Place,
    TiledTree,
    TileError,
    bundles_in,
    decode_bundle,
    decode_tile,
    encode_bundle,
    encode_tile,
    grow,
    levels,
    places_in,
    tiles_in,
    written_index,
)
from domain.tree import (
    consistency_proof,
    consistency_proof_from,
    inclusion_proof,
    inclusion_proof_from,
    leaf_hash,
    root,
    root_from,
)
from tests.application.transparency.vectors import TESSERA, c2sp
from tests.thoroughness import examples

PATHS = c2sp("tile-paths")
GOLDEN = TESSERA / "log"


class Files:
    """A log's folder, in memory. Remembers what was read."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.read_places: list[Place] = []
        self.size = 0

    def read(self, place: Place) -> bytes:
        self.read_places.append(place)
        return self.kept[place.path]

    def grow(self, entries: list[bytes]) -> Growth:
        growth = grow(self.read, self.size, entries)
        for place, data in growth.files:
            assert place.path not in self.kept
            self.kept[place.path] = data
        self.size = growth.size
        return growth


def entries(count: int, since: int = 0) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(since, since + count)]


# ------------------------------------------------------------------------------------------ paths


@pytest.mark.parametrize(("index", "written"), PATHS["index_encoding"])
def test_an_index_is_written_in_groups_of_three(index: int, written: str) -> None:
    assert written_index(index) == written
    for level, partial in ((0, ""), (7, ".p/255"), ("entries", ""), ("entries", ".p/1")):
        path = f"tile/{level}/{written}{partial}"
        assert Place.parse(path).index == index
        assert Place.parse(path).path == path


@pytest.mark.parametrize(
    "path",
    [
        *PATHS["bad_paths"],
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/8/000",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/X001/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/",
        "tile/0/000.p/1.p/1",
        "tile/entries/000.p/256",
        "tile/entries/x000/001",
        "tile/0/x999/x999/x999/x999/x999/999",
    ],
)
def test_every_other_spelling_is_refused(path: str) -> None:
    with pytest.raises(TileError) as refused:
        Place.parse(path)
    assert refused.value.code == "bad-path"


@pytest.mark.parametrize("size", PATHS["sizes"])
def test_the_sizes_of_the_specification_have_their_tiles(size: str) -> None:
    found: dict[str, int] = {}
    for place in places_in(int(size)):
        if place.level is not None and place.is_partial:
            found[f"level{place.level}_partial"] = place.width
        elif place.level is not None:
            key = f"level{place.level}_full"
            found[key] = found.get(key, 0) + 1
    assert found == {name: many for name, many in PATHS["sizes"][size].items() if many}


@settings(max_examples=examples(100), deadline=None)
@given(st.none() | st.integers(0, 7), st.integers(0, (1 << 55) - 1), st.integers(1, FULL))
def test_a_path_is_read_back(level: int | None, index: int, width: int) -> None:
    place = Place(level=level, index=index, width=width)
    assert Place.parse(place.path) == place


@settings(max_examples=examples(200), deadline=None)
@given(st.text("tile/0123x.pentries", max_size=24) | st.text(max_size=12))
def test_a_path_of_anybody_is_of_the_format_or_refused(path: str) -> None:
    try:
        place = Place.parse(path)
    except TileError:
        return
    assert place.path == path


# --------------------------------------------------------------------------- what is in the files


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.binary(max_size=40), min_size=1, max_size=FULL))
def test_a_bundle_is_read_back(some: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(some), len(some)) == tuple(some)


def test_a_bundle_holds_the_longest_entry_and_no_longer_one() -> None:
    assert decode_bundle(encode_bundle([bytes(LONGEST_ENTRY)]), 1) == (bytes(LONGEST_ENTRY),)
    with pytest.raises(TileError) as refused:
        encode_bundle([bytes(LONGEST_ENTRY + 1)])
    assert refused.value.code == "too-long-entry"


@pytest.mark.parametrize(
    ("data", "width"),
    [
        (b"", 1),
        (b"\0", 1),
        (b"\0\x03on", 1),
        (b"\0\x03one", 2),
        (b"\0\x03one\0", 1),
        (b"\0\x03one\0", 2),
        (b"\0\x03one\0\x03two", 1),
    ],
)
def test_a_bundle_has_its_entries_and_nothing_behind_them(data: bytes, width: int) -> None:
    with pytest.raises(TileError) as refused:
        decode_bundle(data, width)
    assert refused.value.code == "bad-bundle"


@pytest.mark.parametrize("count", [0, FULL + 1])
def test_no_tile_and_no_bundle_is_empty_or_overfull(count: int) -> None:
    with pytest.raises(TileError):
        encode_bundle([b""] * count)
    with pytest.raises(TileError):
        encode_tile([bytes(32)] * count)


def test_a_tile_is_hashes_and_nothing_else() -> None:
    hashes = tuple(bytes([number]) * 32 for number in range(5))
    assert decode_tile(encode_tile(hashes), 5) == hashes
    with pytest.raises(TileError):
        encode_tile([bytes(31)])
    for width in (4, 6):
        with pytest.raises(TileError) as refused:
            decode_tile(encode_tile(hashes), width)
        assert refused.value.code == "bad-tile"


# ------------------------------------------------------------------------------------ golden log


def golden_key() -> tuple[SignerKey, list[bytes]]:
    told, encoded, listed = (TESSERA / "TEST_SIGNING_KEY.txt").read_text().splitlines()
    assert "worthless by design" in told
    kind, *seed = base64(encoded, "the key")
    vkey = VerifierKey.parse((TESSERA / "VKEY").read_text().rstrip("\n"))
    key = SignerKey(name=vkey.name, kind=Kind(kind), seed=bytes(seed))
    assert key.verifier == vkey
    return key, [each.encode() for each in listed.partition(": ")[2].split()]


def test_the_golden_log_is_reproduced_byte_for_byte() -> None:
    key, all_entries = golden_key()
    log = Files()
    for size in range(len(all_entries) + 1):
        growth = log.grow(all_entries[max(0, size - 1) : size])
        text = Checkpoint(origin=key.name, size=size, root=growth.root).text()
        note = Note(text=text, signatures=(key.sign(text),)).encode()
        assert note == (GOLDEN / f"checkpoint.{size}").read_bytes()
    assert note == (GOLDEN / "checkpoint").read_bytes()
    golden = {str(each.relative_to(GOLDEN)) for each in GOLDEN.glob("tile/**/*") if each.is_file()}
    assert len(golden) == 30
    assert set(log.kept) == golden
    for path, data in log.kept.items():
        assert data == (GOLDEN / path).read_bytes(), path


def test_the_golden_log_is_read_as_an_auditor_does() -> None:
    key, all_entries = golden_key()
    bundle = (GOLDEN / "tile/entries/000.p/15").read_bytes()
    assert decode_bundle(bundle, 15) == tuple(all_entries)
    for size in range(1, 16):
        note = (GOLDEN / f"checkpoint.{size}").read_bytes()
        opened = open_checkpoint(note, origin=key.name, log_keys=[key.verifier])
        tree = TiledTree(lambda place: (GOLDEN / place.path).read_bytes(), size)
        assert (opened.checkpoint.size, opened.checkpoint.root) == (size, tree.root)
        assert tree.leaf(size - 1) == leaf_hash(all_entries[size - 1])


# ---------------------------------------------------------------------------------------- growing

MANY = entries(700)
LEAVES = tuple(leaf_hash(each) for each in MANY)


@settings(max_examples=examples(12), deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_a_log_grows_to_the_same_files_however_it_is_portioned(portions: list[int]) -> None:
    log = Files()
    for portion in portions:
        growth = log.grow(entries(portion, since=log.size))
        assert growth.root == root(leaf_hash(each) for each in entries(log.size))
    assert {place.path for place in places_in(log.size)} <= set(log.kept)
    alone = Files()
    alone.grow(entries(log.size))
    assert alone.kept.items() <= log.kept.items()
    assert set(alone.kept) == {place.path for place in places_in(log.size)}


def test_growing_reads_the_right_edge_only() -> None:
    log = Files()
    log.grow(entries(66_000))
    log.read_places.clear()
    log.grow(entries(10, since=66_000))
    edge = {(None, 66_000 % FULL), (0, 66_000 % FULL), (1, 257 % FULL), (2, 1)}
    assert {(each.level, each.width) for each in log.read_places if each.is_partial} == edge
    assert levels(66_000) == 3


def test_growing_on_a_spoiled_edge_is_refused() -> None:
    for path in ("tile/0/000.p/7", "tile/entries/000.p/7"):
        log = Files()
        log.grow(entries(7))
        log.kept[path] += b"\0"
        with pytest.raises(FormatError):
            log.grow(entries(1, since=7))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.integers(0, 140_000), min_size=2, max_size=4).map(sorted))
def test_what_a_growth_changes_is_told_once(sizes: list[int]) -> None:
    def told(size: int, since: int) -> Iterator[Place]:
        yield from bundles_in(size, since)
        for level in range(levels(size)):
            yield from tiles_in(level, size, since)

    for old, new in pairwise(sizes):
        expected = set(places_in(new)) - set(places_in(old))
        changed = list(told(new, old))
        assert set(changed) == expected
        assert len(changed) == len(expected)
        assert list(places_in(new, old)) == changed


# ----------------------------------------------------------------------------------- tiles as tree


@pytest.fixture(scope="module")
def log() -> Files:
    made = Files()
    made.grow(MANY)
    return made


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_proofs_from_tiles_are_those_of_the_leaves(log: Files, data: st.DataObject) -> None:
    tree = TiledTree(log.read, log.size)
    new = data.draw(st.integers(1, log.size))
    old = data.draw(st.integers(1, new))
    index = data.draw(st.integers(0, new - 1))
    assert root_from(tree.subtree, new) == root(LEAVES[:new])
    assert inclusion_proof_from(tree.subtree, index, new) == inclusion_proof(LEAVES, index, new)
    assert consistency_proof_from(tree.subtree, old, new) == consistency_proof(LEAVES, old, new)


def test_a_tree_answers_for_what_it_holds(log: Files) -> None:
    tree = TiledTree(log.read, log.size)
    assert tree.root == root(LEAVES)
    for level, index in ((0, -1), (0, 700), (9, 1), (3, 87)):
        with pytest.raises(ValueError, match="is not in a log"):
            tree.subtree(level, index)
