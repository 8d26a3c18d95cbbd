"""The verifier as one file, for who audits with nothing of ours at hand.

    python -m verifier.one_file > kringboek_verify.py

The rooms of this package one after another, as they stand: their comments, their names, their order.
What they import is said once at the top, and what they have of each other needs no import any more.
The same rooms give the same bytes. Nothing is assembled that would mean something else in one file
than it does in rooms.
"""

import ast
import builtins
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOMS = (
    "sizes", "words", "lines", "findings", "decoding", "entries", "signed", "notes", "policy",
    "timestamps", "tree", "sources", "tiles", "checked", "rows", "bodies", "shown", "ranges", "trust",
    "passing", "stamps", "files", "differences", "whole_log", "judging", "checkpoints", "quorum",
    "promises", "remaining", "whole", "part", "verifying", "report", "command", "__main__",
)  # fmt: skip
"""In the order of the file. A room imports earlier ones alone."""

_HERE = Path(__file__).parent
_PACKAGE = "verifier"
_LIBRARY = "cryptography"
_WIDTH = 100
_HEAD = "#!/usr/bin/env python3\n# SPDX-License-Identifier: EUPL-1.2\n"

Modules = dict[str, set[str]]
"""What is imported from each module; the empty name is the module itself."""


class NotOneFile(Exception):
    """These rooms do not make one file. The message names the room, and what to name or place otherwise."""


@cache
def one_file() -> str:
    """The text of `kringboek_verify.py`."""
    read = {room: (_HERE / f"{room}.py").read_text("utf-8") for room in ROOMS}
    return assembled((_HERE / "__init__.py").read_text("utf-8"), read)


def assembled(about: str, rooms: Mapping[str, str]) -> str:
    """The rooms under the text `about`. Raises NotOneFile."""
    modules: Modules = defaultdict(set)
    holders = dict.fromkeys(dir(builtins), "the language itself")
    made = []
    for room, text in rooms.items():
        tree = ast.parse(text)
        about_it, top = ast.get_docstring(tree), _imports_of(tree.body)
        if about_it is None or tree.body[1 : len(top) + 1] != top:
            raise NotOneFile(f"{room}: begin it with its docstring, and then all of its imports")
        for each in _imports_of(ast.walk(tree)):
            _take_import(room, each, modules if each in top else defaultdict(set), holders)
        for name in _defined(tree.body):
            if name in holders:
                raise NotOneFile(f"{room}: {name} is taken by {holders[name]}")
            holders[name] = f"{_PACKAGE}.{room}"
        rest = text.split("\n")[tree.body[len(top)].end_lineno :]
        made.append(_headed(room, about_it, "\n".join(rest).strip("\n")))
    return f"{_HEAD}{about.rstrip()}\n\n{_imports(modules)}\n\n" + "\n\n\n".join(made) + "\n"


def _imports_of(nodes: Iterable[ast.AST]) -> list[ast.Import | ast.ImportFrom]:
    return [each for each in nodes if isinstance(each, ast.Import | ast.ImportFrom)]


def _take_import(
    room: str, said: ast.Import | ast.ImportFrom, modules: Modules, holders: dict[str, str]
) -> None:
    """Note what is imported, under its name, from where that may be."""
    if any(each.asname for each in said.names):
        raise NotOneFile(f"{room}: line {said.lineno} imports under another name")
    for each in said.names:
        module = each.name if isinstance(said, ast.Import) else "." * said.level + str(said.module)
        bound = each.name.partition(".")[0] if isinstance(said, ast.Import) else each.name
        root = module.partition(".")[0]
        if root == _PACKAGE:
            if isinstance(said, ast.Import) or holders.get(bound) != module:
                raise NotOneFile(f"{room}: {bound} of {module} is not in an earlier room")
            continue
        if root not in sys.stdlib_module_names and root != _LIBRARY:
            raise NotOneFile(f"{room}: {module} is neither the standard library nor {_LIBRARY}")
        holder = root if isinstance(said, ast.Import) else module
        if holders.setdefault(bound, holder) != holder:
            raise NotOneFile(f"{room}: {bound} is taken by {holders[bound]}")
        modules[module].add("" if isinstance(said, ast.Import) else bound)


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    for each in body:
        match each:
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                yield name
            case ast.Assign() | ast.AnnAssign():
                for part in ast.walk(each):
                    if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                        yield part.id
            case _:
                pass


def _headed(room: str, about: str, text: str) -> str:
    title = room.strip("_").replace("_", " ")
    line = f"# {'-' * (_WIDTH - len(title) - 3)} {title}"
    told = "".join(f"\n# {each}".rstrip() for each in about.split("\n"))
    gap = "\n\n\n" if text.startswith(("@", "class ", "def ")) else "\n\n"
    return f"{line}{told}{gap}{text}"


def _imports(modules: Modules) -> str:
    """Sorted as those of the rooms are: the standard library, the rest; whole modules, names of them."""
    lines: dict[tuple[bool, bool], list[str]] = defaultdict(list)
    for module, taken in sorted(modules.items()):
        of_library = module.partition(".")[0] == _LIBRARY
        if "" in taken:
            lines[of_library, False].append(f"import {module}")
        if names := sorted(taken - {""}, key=lambda each: (_rank(each), each)):
            lines[of_library, True].append(f"from {module} import {', '.join(names)}")
    groups = ((*lines[each, False], *lines[each, True]) for each in (False, True))
    return "\n\n".join("\n".join(group) for group in groups if group)


def _rank(name: str) -> int:
    """Constants, classes, then the rest, as the imports of the rooms are sorted."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2


if __name__ == "__main__":
    sys.stdout.write(one_file())
