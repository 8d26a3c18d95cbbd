"""The rooms of the verifier make one file, which is the same program."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.verifier.written_log import LOG, Log, checkpoint, write_tiles
from verifier.one_file import ROOMS, NotOneFile, assembled, one_file

ROOT = Path(__file__).parents[2]
EVERY_ROOM = {each.stem for each in (ROOT / "verifier").glob("*.py")}


def test_every_room_is_in_the_file_and_none_is_a_drawer() -> None:
    assert set(ROOMS) == EVERY_ROOM - {"__init__", "one_file"}
    for room in EVERY_ROOM:
        text = (ROOT / "verifier" / f"{room}.py").read_text("utf-8")
        assert len(text.splitlines()) <= 400, room


def test_the_file_is_never_kept_and_always_the_same() -> None:
    assert not list(ROOT.glob("verifier/kringboek_verify*"))
    words = [sys.executable, "-m", "verifier.one_file"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    assert said.stdout.decode() == one_file()
    assert one_file().startswith("#!/usr/bin/env python3\n# SPDX-License-Identifier: EUPL-1.2\n")
    assert one_file().endswith("sys.exit(main())\n")


def test_the_file_is_in_the_form_of_the_house() -> None:
    for words in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "ruff",
                *words,
                "--stdin-filename",
                "verifier/whole_file.py",
                "-",
            ],
            input=one_file().encode(),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout.decode()


@pytest.mark.parametrize(
    ("rooms", "why"),
    [
        ({"a": "ONE = 1", "b": "ONE = 2"}, "b: ONE is taken by verifier.a"),
        ({"a": "ONE, TWO = 1, 2", "b": "def TWO() -> None: ..."}, "b: TWO is taken by verifier.a"),
        ({"a": "class field: ...", "b": "from dataclasses import field"}, "b: field is taken"),
        ({"a": "from re import compile", "b": ""}, "a: compile is taken by the language itself"),
        ({"a": "from os import path", "b": "from sys import path"}, "b: path is taken by os"),
        ({"a": "from domain import tree"}, "a: domain is neither the standard library nor"),
        ({"a": "def f() -> None:\n    import rfc8785"}, "a: rfc8785 is neither"),
        ({"a": "from . import b", "b": ""}, "a: .None is neither the standard library nor"),
        ({"a": "from verifier.b import ONE", "b": "ONE = 1"}, "a: ONE of verifier.b is not in an"),
        ({"a": "ONE = 1", "b": "from verifier.a import TWO"}, "b: TWO of verifier.a is not in an"),
        ({"a": "", "b": "import verifier.a"}, "b: verifier of verifier.a is not in an earlier"),
        ({"a": "import json as js"}, "a: line 2 imports under another name"),
        ({"a": "ONE = 1\nimport json"}, "a: begin it with its docstring, and then all"),
    ],
)
def test_what_would_mean_something_else_in_one_file_is_refused(
    rooms: dict[str, str], why: str
) -> None:
    with pytest.raises(NotOneFile) as refused:
        assembled('"""About."""', {name: f'"""Room."""\n{text}' for name, text in rooms.items()})
    assert str(refused.value).startswith(why)


def test_rooms_stand_in_it_with_their_comments_and_import_once() -> None:
    text = assembled(
        '"""About."""\n',
        {
            "one": '"""The one."""\n\nimport json\nfrom re import sub\n\n# why\nONE = json.dumps(sub("", "", ""))\n',
            "two_rooms": '"""The two."""\n\nimport json\n\nfrom verifier.one import ONE\n\n\ndef two() -> str:\n'
            "    return json.dumps(ONE)  # so\n",
        },
    )
    head, one, two = text.split("# ---")
    assert head.endswith('"""About."""\n\nimport json\nfrom re import sub\n\n')
    assert one.endswith('- one\n# The one.\n\n# why\nONE = json.dumps(sub("", "", ""))\n\n\n')
    assert two.endswith(
        "- two rooms\n# The two.\n\n\ndef two() -> str:\n    return json.dumps(ONE)  # so\n"
    )


def test_the_file_alone_works_with_several_processes(tmp_path: Path, alone: Path) -> None:
    log, words = many_tiles(tmp_path / "log"), [sys.executable, "-I", str(alone)]
    words += [str(log.folder), "--key", LOG.vkey, "--workers", "2", "--language", "en"]
    ended = subprocess.run(words, cwd=alone.parent, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    leaf = log.read("tile/0/199")
    log.put("tile/0/199", b"\0" * 32 + leaf[32:])
    ended = subprocess.run(words, cwd=alone.parent, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert b"changed-leaf: position 50,945, tile/0/199\n" in ended.stdout


def test_a_worker_ends_by_itself_when_its_parent_is_killed(tmp_path: Path, alone: Path) -> None:
    log = many_tiles(tmp_path / "log")
    held_up = log.folder / "tile/entries/070"
    held_up.unlink()
    os.mkfifo(held_up)
    words = [sys.executable, "-I", str(alone), str(log.folder), "--workers", "2"]
    program = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
    try:
        with held_up.open("wb"):  # opens when a worker opened the other end, and now waits
            program.kill()
            # Nobody holds the other end of its output any more.
            assert program.communicate(timeout=20)[0] == b""
            assert program.returncode == -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)


def many_tiles(folder: Path) -> Log:
    """So many that several processes share them."""
    entries = [number.to_bytes(4, "big") for number in range(200 * 256 + 1)]
    write_tiles(folder, entries)
    log = Log(folder, [])
    log.put("checkpoint", checkpoint(entries))
    return log
