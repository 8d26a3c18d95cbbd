"""What the verifier, which shares no code with who made the bundle, finds in it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psycopg

from application.export.readable import no_body
from application.transparency.keys import VerifierKey
from tests.application.export.test_whole import told
from tests.conftest import Database
from tests.exported import STREAMS, Kept, files, handled
from verifier.notes import Key
from verifier.report import plain
from verifier.sources import open_source
from verifier.trust import Given
from verifier.verifying import verify


def verified(place: Path, key: VerifierKey | None = None) -> tuple[int, Any]:
    """Exit code and report of the verifier; without a key it believes those of the bundle."""
    keys = () if key is None else (Key.parse(str(key)),)
    report = verify(open_source(str(place), None), Given(keys=keys))
    return int(report.wrong), plain(report, "en")


def verified_apart(place: Path, key: VerifierKey, verifier: Path) -> tuple[int, Any]:
    """As `verified`, by a verifier that is its own program, away from the house."""
    ended = subprocess.run(
        [sys.executable, "-I", str(verifier), str(place), "--json", "--key", str(key)],
        capture_output=True,
        check=False,
        cwd=place.parent,
        timeout=60,
    )
    assert ended.stdout, ended.stderr.decode()
    return ended.returncode, json.loads(ended.stdout)


def _carried_out(command: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    words = [sys.executable, *command.split()[1:]]
    return subprocess.run(words, capture_output=True, check=False, cwd=folder, timeout=60)


def test_the_verifier_in_the_bundle_finds_it_right_packed_and_unpacked(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(70)
        await kept.note(300)
        key = kept.signer.key
        packed = tmp_path / "export.zip"
        packed.write_bytes(await kept.bundle())
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(tmp_path / "bundle")
        inside = tmp_path / "bundle" / "kringboek_verify.py"
        for place in (packed, tmp_path / "bundle"):
            code, report = verified_apart(place, key, inside)
            assert (code, report["findings"]) == (0, [])
            assert report["size"] == 370
        without = tmp_path / "zonder.zip"
        without.write_bytes(await kept.bundle(readable=no_body))
        assert verified(without, key)[0] == 0
        part = tmp_path / "deel.zip"
        part.write_bytes(await kept.part(STREAMS[1]))
        code, report = verified(part, key)
        assert (code, report["findings"]) == (0, [])

    told(database, tmp_path, story)


def test_the_readme_says_in_three_commands_how_to_check_it(
    database: Database, tmp_path: Path
) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(20)
        (tmp_path / "kept").write_bytes((kept.data / "log" / "checkpoint").read_bytes())
        await kept.note(20)
        bundles = {"whole": await kept.bundle(), "part": await kept.part(STREAMS[2])}
        for name, bundle in bundles.items():
            folder = tmp_path / name
            (folder / "bundle").mkdir(parents=True)
            with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
                archive.extractall(folder / "bundle")
            readme = (folder / "bundle" / "README.md").read_text("utf-8")
            languages = readme.split("\n---\n")
            assert (
                len({tuple(re.findall("^    .+$", each, re.MULTILINE)) for each in languages}) == 1
            )
            for language in languages[:1]:
                commands = re.findall("^    (.+)$", language, re.MULTILINE)
                assert [each.split()[0] for each in commands] == ["python3", "unzip", "python3"]
                words = commands[2].replace("KEY", str(kept.signer.key)).replace("KEPT", "../kept")
                ended = _carried_out(words, folder)
                assert ended.returncode == 0, ended.stdout.decode()
            assert "{" not in readme
            assert kept.ledger.origin in readme
            assert "a test" in readme

    told(database, tmp_path, story)


def test_a_bundle_of_a_ledger_that_was_changed_shows_where(
    database: Database, tmp_path: Path
) -> None:
    changes = {
        7: ("UPDATE ledger.event SET body = body || ' '", "changed-body"),
        11: ("UPDATE ledger.event SET salt = sha256('x')", "changed-body"),
        16: ("DELETE FROM ledger.event", "missing"),
    }

    async def story(kept: Kept) -> None:
        await kept.note(20)
        with psycopg.connect(database.superuser_dsn) as connection:
            connection.execute("SET session_replication_role = replica")
            for position, (sql, _) in changes.items():
                connection.execute(f"{sql} WHERE position = {position}".encode())
        packed = tmp_path / "export.zip"
        packed.write_bytes(await kept.bundle())
        ended, report = verified(packed, kept.signer.key)
        assert ended == 1
        assert sorted((each["position"], each["code"]) for each in report["findings"]) == [
            (position, code) for position, (_, code) in changes.items()
        ]

    told(database, tmp_path, story)


def test_a_part_that_leaves_one_event_out_is_seen(database: Database, tmp_path: Path) -> None:
    async def story(kept: Kept) -> None:
        await kept.note(60)
        whole = await kept.part(STREAMS[1])
        positions = sorted(int(n.split("/")[1]) for n in files(whole) if n.startswith("entries/"))

        def left_out(members: dict[str, bytes]) -> None:
            for name in ("entries/{}", "bodies/{}", "proofs/{}.tlog-proof"):
                del members[name.format(positions[1])]

        packed = tmp_path / "deel.zip"
        packed.write_bytes(handled(whole, left_out))
        code, report = verified(packed, kept.signer.key)
        assert code == 1
        assert ("missing", positions[2]) in {
            (each["code"], each["position"]) for each in report["findings"]
        }

    told(database, tmp_path, story)
