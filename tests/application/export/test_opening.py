"""A bundle of somebody else is held against everything it says before anything of it is taken."""

import asyncio
import io
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from application.export import unzipping
from application.export.layout import largest
from application.export.manifest import read_manifest
from application.export.opening import Bundle
from application.export.readable import no_body
from application.export.unzipping import BundleRefused
from application.ports import StoredEvent
from application.transparency.keys import SignerKey
from application.transparency.note import Note
from application.transparency.strict import to_base64
from application.transparency.tiles import decode_bundle, encode_bundle
from domain.tree import leaf_hash, root
from infrastructure.embedded_postgres import Cluster
from tests.conftest import ORIGIN, Database, _copied, _migrated_template
from tests.exported import STREAMS, Kept, files, handled, repacked
from tests.infrastructure.noted import MAPPER, ledger_of

EVENTS = 300
Hands = Callable[[dict[str, bytes]], object]


@pytest.fixture(scope="module")
def made(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Bundles of one ledger, whole, without bodies, of one stream; and the key of its log."""
    data = tmp_path_factory.mktemp("data")

    async def story(database: Database) -> dict[str, bytes]:
        async with ledger_of(database) as ledger:
            kept = Kept(ledger=ledger, data=data)
            await kept.note(70)
            await kept.note(EVENTS - 70)
            return {
                "whole": await kept.bundle(),
                "without bodies": await kept.bundle(readable=no_body),
                "part": await kept.part(STREAMS[0]),
                "key": (data / "keys" / "log.key").read_bytes(),
            }

    template = _migrated_template(cluster, ORIGIN, sandbox=False)
    with _copied(cluster, template) as database:
        return asyncio.run(story(database))


def opened(bundle: bytes) -> list[StoredEvent]:
    """Every row of a bundle that is taken; its log's files are read too."""
    found = Bundle(io.BytesIO(bundle), MAPPER.unreadable)
    rows = [row for portion in found.rows() for row in portion]
    assert dict(found.log_files())
    return rows


def refused(bundle: bytes) -> BundleRefused:
    with pytest.raises(BundleRefused) as found:
        opened(bundle)
    assert found.value.cure
    return found.value


def test_an_untouched_bundle_gives_the_rows_that_it_was_made_of(made: dict[str, bytes]) -> None:
    rows = opened(made["whole"])
    assert [row.position for row in rows] == list(range(1, EVENTS + 1))
    said = read_manifest(files(made["whole"])["manifest.json"])
    assert root(row.leaf for row in rows) == said.root
    assert {row.stream for row in rows} == set(STREAMS)
    assert opened(repacked(files(made["whole"]))) == rows


# ------------------------------------------------------------------------ laid hands on what is in it


def put(name: str, data: bytes) -> Hands:
    return lambda members: members.__setitem__(name, data)


def changed(name: str, old: bytes, new: bytes) -> Hands:
    def hands(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return hands


def swapped_lines(members: dict[str, bytes]) -> None:
    lines = members["bodies/000"].splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    members["bodies/000"] = b"".join(lines)


def swapped_bodies(members: dict[str, bytes]) -> None:
    lines = members["bodies/000"].splitlines(keepends=True)
    one, other = (re.sub(rb',"position":\d+', b"", lines[at]) for at in (3, 4))
    assert one != other
    lines[3], lines[4] = (
        each.replace(b',"salt"', b',"position":%d,"salt"' % at)
        for each, at in ((other, 4), (one, 5))
    )
    members["bodies/000"] = b"".join(lines)


def flipped(name: str, at: int) -> Hands:
    def hands(members: dict[str, bytes]) -> None:
        data = bytearray(members[name])
        data[at] ^= 1
        members[name] = bytes(data)

    return hands


@pytest.mark.parametrize(
    ("hands", "code"),
    [
        (swapped_lines, "bundle.body"),
        (swapped_bodies, "bundle.body"),
        (flipped("bodies/000", 40), "bundle.body"),
        (lambda m: m.update({"bodies/001": m["bodies/001"] + b"{}\n"}), "bundle.body"),
        (lambda m: m.update({"bodies/001": m["bodies/001"][:-100]}), "bundle.body"),
        (flipped("tile/entries/000", 60), "bundle.entry"),
        (flipped("tile/0/000", 60), "bundle.tile"),
        (flipped("tile/1/000.p/1", 3), "bundle.tile"),
        (lambda m: m.update({"tile/0/000": m["tile/0/000"][:-1]}), "bundle.tile"),
        (flipped("tile/entries/000", 0), "bundle.entries"),
        (flipped("checkpoint", 30), "bundle.checkpoint"),
        (flipped("checkpoints/70", -20), "bundle.checkpoint"),
        (lambda m: m.update({"checkpoints/71": m["checkpoints/70"]}), "bundle.checkpoint"),
        (lambda m: m.update({"checkpoint": m["checkpoints/70"]}), "bundle.checkpoint"),
        (changed("manifest.json", b'"size": 300', b'"size": 299'), "bundle.member"),
        (changed("manifest.json", b'"size": 300', b'"size": 300000000'), "bundle.missing"),
        (changed("manifest.json", b'"size": 300', b'"size": 0'), "import.nothing"),
        (changed("manifest.json", b'"size": 300', b'"size": -300'), "bundle.manifest"),
        (changed("manifest.json", b'"size": 300', b'"size": 3e2'), "bundle.manifest"),
        (changed("manifest.json", b"export/v1", b"export/v2"), "bundle.format"),
        (changed("manifest.json", b'Format": 1', b'Format": 2'), "bundle.entry-format"),
        (changed("manifest.json", ORIGIN.encode(), b"iemand.example"), "bundle.checkpoint"),
        (put("manifest.json", b"["), "bundle.manifest"),
        (put("manifest.json", b"[" * 200_000), "bundle.manifest"),
        (put("manifest.json", b"{}"), "bundle.manifest"),
        (put("keys", b"niets\n"), "bundle.keys"),
        (put("keys", f"{SignerKey.generate(ORIGIN).verifier}\n".encode()), "bundle.checkpoint"),
        (lambda m: m.pop("keys"), "bundle.missing"),
        (lambda m: m.pop("checkpoint"), "bundle.missing"),
        (lambda m: m.pop("manifest.json"), "bundle.missing"),
        (lambda m: m.pop("bodies/001"), "bundle.missing"),
        (lambda m: m.pop("tile/1/000.p/1"), "bundle.missing"),
    ],
)
def test_a_bundle_that_somebody_changed_is_refused(
    made: dict[str, bytes], hands: Hands, code: str
) -> None:
    assert refused(handled(made["whole"], hands)).code == code


@pytest.mark.parametrize(
    "name",
    [
        "../uit", "/etc/passwd", "bodies/../../uit", "bodies\\002", "tile/0/000.p/256", "tile/0/0",
        "tile/2/000.p/1", "bodies/002", "bodies/000.p/4", "checkpoints/301", "checkpoints/+7",
        "checkpoints/\N{ARABIC-INDIC DIGIT SEVEN}", "timestamps/70", "Manifest.json", "log.key", "extra", "tile/", "entries/1",
    ],
)  # fmt: skip
def test_a_name_that_no_bundle_has_is_refused(made: dict[str, bytes], name: str) -> None:
    found = refused(handled(made["whole"], put(name, b"x")))
    assert (found.code, found.where) == ("bundle.member", repr(name))


def test_what_is_no_whole_log_with_all_that_it_says_makes_no_ledger(
    made: dict[str, bytes],
) -> None:
    assert refused(made["part"]).code == "import.part"
    assert refused(made["without bodies"]).code == "import.withheld"
    said = changed("manifest.json", b'"withheld": 300', b'"withheld": 0')
    lying = refused(handled(made["without bodies"], said))
    assert (lying.code, lying.where) == ("import.withheld", "position 1")


def forged(made: dict[str, bytes], change: Callable[[bytes], bytes]) -> bytes:
    """A bundle with another last entry, whose tree and checkpoint fit: made by the log's own key."""
    members = files(made["whole"])
    key = SignerKey.parse(made["key"].decode().removesuffix("\n"))
    entries = list(decode_bundle(members["tile/entries/001.p/44"], 44))
    entries[-1] = change(entries[-1])
    members["tile/entries/001.p/44"] = encode_bundle(entries)
    leaves = [leaf_hash(each) for each in decode_bundle(members["tile/entries/000"], 256)]
    last = [leaf_hash(each) for each in entries]
    members["tile/0/001.p/44"] = b"".join(last)
    found = root(leaves + last)
    said = replace(read_manifest(members["manifest.json"]), root=found)
    members["manifest.json"] = said.to_bytes()
    old = Note.parse(members["checkpoint"]).text.splitlines()
    text = f"{old[0]}\n{old[1]}\n{to_base64(found)}\n"
    members["checkpoint"] = Note(text=text, signatures=(key.sign(text),)).encode()
    members["checkpoints/300"] = members["checkpoint"]
    return repacked(members)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (rb'"event":"test.noted"', b'"event":"test.onbekend"', "import.unreadable"),
        (rb'"eventVersion":1', b'"eventVersion":2', "import.unreadable"),
        (rb'"schemaVersion":1', b'"schemaVersion":2', "bundle.entry"),
        (rb'"aggregateVersion":\d+', b'"aggregateVersion":1', "bundle.order"),
        (rb'"recordedAt":"\d{4}', b'"recordedAt":"1999', "bundle.order"),
        (rb'"recordedAt":"\d{4}-\d\d', b'"recordedAt":"9999-13', "bundle.entry"),
        (rb'"body":"\w', b'"body":"g', "bundle.entry"),
        (rb"^\{", b"{ ", "bundle.entry"),
        (rb"\}$", b"}\n", "bundle.entry"),
    ],
)
def test_also_a_log_that_signs_what_no_ledger_holds_is_refused(
    made: dict[str, bytes], old: bytes, new: bytes, code: str
) -> None:
    assert opened(forged(made, lambda entry: entry))
    assert refused(forged(made, lambda entry: re.sub(old, new, entry, count=1))).code == code


# ----------------------------------------------------------------------------- laid hands on the zip


@pytest.mark.parametrize("end", [0, 1, 21, 22, 1000, -1, -22, -1000])
def test_half_a_bundle_is_refused(made: dict[str, bytes], end: int) -> None:
    assert refused(made["whole"][:end]).code == "bundle.not-whole"


def test_every_byte_of_the_zip_that_changes_is_seen_or_says_the_same(
    made: dict[str, bytes],
) -> None:
    whole, rows = made["whole"], opened(made["whole"])
    for at in range(7, len(whole), len(whole) // 30):
        spoiled = bytearray(whole)
        spoiled[at] ^= 0x10
        try:
            assert opened(bytes(spoiled)) == rows  # A byte of the README, or of nobody's reading.
        except BundleRefused:
            continue


def zip_of(*members: tuple[str, bytes], **info: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            each = zipfile.ZipInfo(name)
            each.compress_type = info.get("compress_type", zipfile.ZIP_DEFLATED)
            archive.writestr(each, data)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_is_made_to_deceive_is_refused() -> None:
    assert refused(zip_of(("keys", b"a"), ("keys", b"b"))).code == "bundle.member"
    pressed = zip_of(("keys", b"a"), compress_type=zipfile.ZIP_LZMA)
    assert refused(pressed).code == "bundle.member"
    encrypted = bytearray(zip_of(("keys", b"a")))
    encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
    assert refused(bytes(encrypted)).code == "bundle.member"


def test_a_small_zip_that_says_it_is_a_large_one_is_refused_unread() -> None:
    names = ("README.md", "manifest.json", "tile/0/000", "tile/entries/000")
    for name in names:
        bomb = zip_of((name, bytes(largest(name) + 1)))
        assert len(bomb) < largest(name)
        assert refused(bomb).code == "bundle.too-large"


def test_members_that_lie_over_each_other_are_refused() -> None:
    """One pressed member, told many times over: what makes a megabyte a petabyte."""
    whole = zip_of(("keys", bytes(1000)), ("policy", bytes(1000)))
    second = whole.index(b"PK\1\2", whole.index(b"PK\1\2") + 1)
    over = bytearray(whole)
    over[second + 42 : second + 46] = struct.pack("<L", 0)
    assert refused(bytes(over)).code == "bundle.member"


def test_a_list_of_members_that_fills_a_memory_is_not_read(
    monkeypatch: pytest.MonkeyPatch, made: dict[str, bytes]
) -> None:
    monkeypatch.setattr(unzipping, "_MOST_DIRECTORY", 100)
    assert refused(made["whole"]).code == "bundle.too-large"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    assert refused(end64 + locator + end).code == "bundle.too-large"


def test_a_line_without_end_is_not_kept_in_memory(
    monkeypatch: pytest.MonkeyPatch, made: dict[str, bytes]
) -> None:
    monkeypatch.setattr(unzipping, "LONGEST_LINE", 1000)
    assert opened(made["whole"])
    endless = handled(made["whole"], put("bodies/000", b'{"body":"' + b"a" * 5000))
    assert refused(endless).code == "bundle.too-large"


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"%PDF-1.7", bytes(100)])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    assert refused(data * 50).code == "bundle.not-whole"
