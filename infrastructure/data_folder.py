"""The one folder (DATA) in which an installation keeps what it must not lose.

It belongs to one account, nobody else may write in it, and every account may pass through it:
PostgreSQL, which runs as `nobody` when root starts it, lives in a private folder inside. Whoever
keeps a secret here makes a private folder of its own.
"""

import os
from contextlib import suppress
from pathlib import Path

from infrastructure.refusals import Unusable

_OTHERS_MAY_WRITE = 0o002
_OTHERS_MAY_ENTER = 0o001
_SOCKET_NAME_LIMIT = 103
"""Bytes of a unix socket's path: 107 on Linux, 103 on macOS."""


def prepared(data: Path) -> Path:
    """The absolute path of the data folder, which now exists; or `Unusable`, with the cure."""
    data = data.resolve()
    try:
        with suppress(FileExistsError):
            data.mkdir(parents=True)
            data.chmod(0o755)
        status = data.stat()
    except OSError as error:
        why = f"cannot be made or read ({error.strerror})"
        cure = "Set DATA to a folder that this account may write"
        raise Unusable("data-not-writable", str(data), why, cure) from error
    if not data.is_dir():
        cure = "Set DATA to the name of a folder"
        raise Unusable("data-not-a-folder", str(data), "is a file", cure)
    if status.st_uid != os.geteuid():
        why = "belongs to another account"
        cure = "Set DATA to a folder of this account, or chown this one"
        raise Unusable("data-not-ours", str(data), why, cure)
    if status.st_mode & _OTHERS_MAY_WRITE:
        why = "every account may write in it"
        cure = "Set DATA to a folder of its own, or chmod o-w this one"
        raise Unusable("data-open-to-all", str(data), why, cure)
    if len(os.fsencode(data / "socket" / ".s.PGSQL.5432")) > _SOCKET_NAME_LIMIT:
        why = "is so long a path that no unix socket fits below it"
        cure = "Set DATA to a folder with a shorter path"
        raise Unusable("data-path-too-long", str(data), why, cure)
    private = private_folder_above(data / "any") if os.geteuid() == 0 else None
    if private is not None:
        why = f"PostgreSQL runs as nobody when root starts it, and may not enter {private}"
        cure = f"Set DATA to a folder elsewhere, such as /var/lib/kringboek, or chmod o+x {private}"
        raise Unusable("data-under-private-folder", str(data), why, cure)
    return data


def private_folder_above(path: Path) -> Path | None:
    """The first folder on the way to `path` that other accounts may not enter, if there is one."""
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & _OTHERS_MAY_ENTER:
            return folder
    return None
