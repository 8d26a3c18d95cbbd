"""The house rules that no other tool holds: what may stand in the repository, and what may not."""

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import domain

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "application", "infrastructure", "api")
LOCKS = ("requirements.lock", "requirements-serve.lock")

# A pattern must not match the line on which it stands, hence a class of one letter in each.
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(wor[k]|hom[e]/\w+|User[s]/\w+|roo[t]|opt/pyp[i])/")
REGISTRIES = re.compile(
    r"(pyp[i]\.org|pythonhoste[d]\.org|registr[y]\.npmjs|crate[s]\.io|prox[y]\.golang|ghc[r]\.io)"
)
DOWNLOADS = re.compile(r"https?://\S+\.(whl|tar\.gz|tgz|deb)\b")

NAMES_OF_PERSONS = frozenset(
    {
        "7dad98c1c53ba42cf4a31aaf913ffee65a7334f68e2d13abf251160ab5942c34",
        "6a9c6ccec4f97bde0beca4beb99adb5f0451fe8f3c8f6117ddc68cfe6252c3b1",
    }
)
"""Keyed digests of surnames in our source documents. Those persons do not occur in this repository,
so neither may their names, not even here."""

DRAWERS = frozenset({"utils.py", "util.py", "helpers.py", "models.py", "common.py", "misc.py"})


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git would hand out; `safe.directory` because CI may check out as another."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("without git, or outside a checkout, nobody knows which files are ours")
    listed = subprocess.run(
        [git, "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    names = listed.stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def lines(*, but: frozenset[str] = frozenset()) -> Iterator[tuple[Path, int, str]]:
    for path in tracked():
        name = path.relative_to(ROOT)
        text = path.read_bytes()
        if name.as_posix() in but or b"\0" in text:
            continue
        for number, line in enumerate(text.decode(errors="replace").splitlines(), 1):
            yield name, number, line


def modules(room: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / room).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every (module, name) that is imported; the name is empty for `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)


def digest_of_name(word: str) -> str:
    return hashlib.sha256(b"kringboek house rule:" + word.encode()).hexdigest()


def test_the_domain_that_is_imported_is_the_one_in_this_repository() -> None:
    assert Path(domain.__file__).parent == ROOT / "domain"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_that_it_is_typed(room: str) -> None:
    assert (ROOT / room / "py.typed").exists()


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"domain"}
    strangers = [
        (str(path), module)
        for path, tree in modules("domain")
        for module, _ in imports(tree)
        if module.split(".")[0] not in allowed
    ]
    assert strangers == []


def test_the_domain_has_no_clock_no_chance_and_no_files() -> None:
    doors = {
        "asyncio", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
        "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
        "http", "urllib",
    }  # fmt: skip
    clocks = {"now", "utcnow", "today", "uuid1", "uuid4", "open", "print", "input"}
    found: list[tuple[str, str]] = []
    for path, tree in modules("domain"):
        found += [(str(path), m) for m, _ in imports(tree) if m.split(".")[0] in doors]
        found += [(str(path), name) for _, name in imports(tree) if name in clocks]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = (
                    function.attr
                    if isinstance(function, ast.Attribute)
                    else getattr(function, "id", "")
                )
                found += [(str(path), name)] if name in clocks else []
    assert found == []


def test_no_file_is_a_drawer_for_whatever_fits_nowhere() -> None:
    assert [path for path in tracked() if path.name in DRAWERS] == []


def test_the_patterns_find_what_they_are_for() -> None:
    for path in ("wor/k", "hom/e/piet", "User/s/piet", "roo/t"):
        assert MACHINE_PATHS.search(f"see /{path.replace('/', '', 1)}/x")
    assert not MACHINE_PATHS.search("a chat/roo" + "t/x and https://example.nl/roo" + "t/x")
    for host in ("files.pythonhoste~d.org", "pyp~i.org", "registr~y.npmjs.org"):
        assert REGISTRIES.search(f"https://{host.replace('~', '')}/simple")
    assert DOWNLOADS.search("https://example.nl/a-1.0.wh" + "l")


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    here = (f"{ROOT}/", f"{Path.home()}/") if len(ROOT.parts) > 2 else ()
    found = [
        (str(path), number)
        for path, number, line in lines()
        if MACHINE_PATHS.search(line) or any(place in line for place in here)
    ]
    assert found == []


def test_no_file_holds_an_address_to_download_from() -> None:
    found = [
        (str(path), number)
        for path, number, line in lines()
        if REGISTRIES.search(line) or DOWNLOADS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address_at_all(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_a_version_and_a_digest(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)
    assert len(entries) > 20
    bare = [entry.split("\n")[0] for entry in entries if "==" not in entry.split("\n")[0]]
    assert bare == []
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_holds_every_package_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    locked = {
        name: set(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", text, re.MULTILINE))
        for name in LOCKS
        for text in [(ROOT / name).read_text(encoding="utf-8")]
    }
    for_service = {package(words) for words in project["dependencies"]}
    for_all = for_service | {package(words) for extra in extras.values() for words in extra}
    assert for_service - locked["requirements-serve.lock"] == set()
    assert for_all - locked["requirements.lock"] == set()
    assert "pytest" not in locked["requirements-serve.lock"]


def package(words: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", words)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_no_file_names_a_person_of_the_source_documents() -> None:
    words = {word for _, _, line in lines() for word in re.findall(r"[^\W\d_]{4,}", line.lower())}
    assert len(words) > 500
    assert {digest_of_name(word) for word in words} & NAMES_OF_PERSONS == set()
