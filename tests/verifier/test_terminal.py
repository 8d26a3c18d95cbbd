"""The verifier at the command line, and as the one file that an auditor gets."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import main as kringboek
from tests.verifier.verified import written
from tests.verifier.written_log import LOG, Log, checkpoint, receipt
from verifier.command import main
from verifier.lines import LINES
from verifier.one_file import one_file
from verifier.words import CURES, SAME_CURE, SAYS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return written(tmp_path / "log", length=300, bodies=True)


def broken(log: Log) -> Log:
    log.put("tile/0/000", b"\0" * 32 + log.read("tile/0/000")[32:])
    return log


def test_the_exit_code_tells_right_from_wrong_from_not_understood(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(log.folder), "--key", LOG.vkey]) == 0
    assert "RIGHT" in capsys.readouterr().out
    assert main([str(broken(log).folder), "--key", LOG.vkey]) == 1
    assert "WRONG: 1 findings" in capsys.readouterr().out
    for words in (
        [str(tmp_path / "nowhere")],
        ["ftp://example.com/"],
        [str(log.folder), "--key", "no-key"],
        [str(log.folder), "--checkpoint", "nowhere"],
        [str(log.folder), "--policy", str(log.folder / "keys")],
        [str(tmp_path)],
    ):
        assert main(words) == 2
        captured = capsys.readouterr()
        assert captured.err.startswith("kringboek verify: ")
        assert captured.out == ""


def test_the_report_says_where_what_it_means_and_what_to_do(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(broken(log).folder), "--key", LOG.vkey, "--language", "en"]) == 1
    english = capsys.readouterr().out
    assert "changed-leaf: position 1, tile/0/000\n" in english
    assert "    Nothing recorded is lost: the tile can be made again from the entries.\n" in english
    assert "Not proven" in english
    assert main([str(log.folder), "--key", LOG.vkey, "--language", "nl"]) == 1
    dutch = capsys.readouterr().out
    assert "changed-leaf: positie 1, tile/0/000\n" in dutch
    assert "NIET gedekt" in dutch
    assert "FOUT" in dutch


def test_a_program_reads_json(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(broken(log).folder), "--key", LOG.vkey, "--json"])
    said = json.loads(capsys.readouterr().out)
    assert (said["right"], said["size"]) == (False, 300)
    (found,) = said["findings"]
    assert (found["code"], found["severity"]) == ("changed-leaf", "error")
    assert (found["position"], found["path"]) == (1, "tile/0/000")
    assert said["notCovered"]
    assert said["notProven"]


def test_keys_checkpoints_and_receipts_are_files(log: Log, tmp_path: Path) -> None:
    kept, key, promised = (tmp_path / name for name in ("kept", "key", "receipt"))
    kept.write_bytes(checkpoint(log.entries[:100]))
    key.write_text(LOG.vkey + "\n")
    promised.write_bytes(receipt(log.events[3], 3))
    words = ["--key", str(key), "--checkpoint", str(kept), "--receipt", str(promised)]
    assert main([str(log.zipped()), *words, "--progress", "--workers", "2"]) == 0
    assert kringboek(["verify", str(log.folder), *words, "--kept", str(kept), "--json"]) == 0


def test_kringboek_verify_without_a_source_takes_no_words_about_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        kringboek(["verify", "--key", LOG.vkey])
    assert ended.value.code == 2
    assert "--key is about a SOURCE" in capsys.readouterr().err


def test_one_file_alone_is_enough(log: Log, alone: Path) -> None:
    words = [sys.executable, "-I", str(alone), str(log.folder), "--key", LOG.vkey]
    ended = subprocess.run(words, cwd=alone.parent, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_package_is_a_program_too(log: Log) -> None:
    words = [sys.executable, "-m", "verifier", str(broken(log).folder), "--key", LOG.vkey]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_it_imports_the_standard_library_and_cryptography_and_nothing_else() -> None:
    tree = ast.parse(one_file())
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert roots - sys.stdlib_module_names == {"cryptography"}


def test_every_finding_has_a_sentence_and_a_cure_in_both_languages() -> None:
    for says in SAYS:
        code = says.partition(".")[0]
        assert SAME_CURE.get(code, code) in CURES
    for english, dutch in (*SAYS.values(), *CURES.values(), *LINES.values()):
        assert english
        assert dutch
    for english, dutch in (*SAYS.values(), *LINES.values()):
        assert sorted(_names(english)) == sorted(_names(dutch))


def _names(text: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(text) if name]


def test_every_sentence_that_is_asked_for_is_there() -> None:
    tree = ast.parse(one_file())
    known = {"tell": SAYS, "leave": LINES, "check": LINES, "Unusable": LINES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in known and isinstance(node.args[0].value, str):
                assert node.args[0].value in known[name], node.lineno
        if (
            isinstance(node, ast.keyword)
            and node.arg == "says"
            and isinstance(node.value, ast.Constant)
        ):
            assert node.value.value in SAYS


def test_the_page_for_auditors_explains_every_code() -> None:
    page = (ROOT / "docs" / "verifying.md").read_text(encoding="utf-8")
    told = page.partition("## How to read a finding")[2].partition("## What it does not cover")[0]
    codes = {says.partition(".")[0] for says in SAYS}
    assert codes - set(re.findall(r"`([a-z-]+)`", told)) == set()
