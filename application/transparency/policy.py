"""Policies (c2sp.org/tlog-policy): the file that says whose keys count, and how many.

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<k> <name>...
    quorum <name>|none

A policy (vertrouwensbeleid) belongs to who relies on the log, not to the log. A checkpoint is valid
by it if one of its logs signed it and the quorum of its witnesses cosigned it. Names in it are
bytes that mean nothing outside the file; here they are text in which a byte that is not UTF-8 stays
what it was, so that what was read is written back the same.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from application.transparency.checkpoint import Checkpoint, CheckpointError
from application.transparency.keys import Kind, VerifierKey
from application.transparency.note import Opened, open_note
from application.transparency.strict import FormatError

NOBODY = "none"
"""The quorum of a policy that asks for no witness."""
_THRESHOLD = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_BLANK = re.compile(r"[ \t]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_WORD = re.compile(r"[^\x00-\x20\x7f]+")
"""What a name or an address is to the file: one item of a line."""
_LOG_KINDS = (Kind.ED25519, Kind.ML_DSA_44)
_WITNESS_KINDS = (Kind.COSIGNATURE_V1, Kind.ML_DSA_44)


class PolicyError(FormatError):
    """A policy that says nothing, or two things. Code: `bad-policy`; the message names the line."""

    def __init__(self, message: str) -> None:
        super().__init__("bad-policy", message)


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log whose checkpoints count. The key's name is the log's origin."""

    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Witness:
    """`name` is for this file only. `url` is where it takes checkpoints, without a trailing path."""

    name: str
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """Has witnessed what at least `threshold` of its members, witnesses or groups, have."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A checkpoint of a log of the policy, and whether enough witnesses cosigned it.

    `unknown` says how many signatures no key of the policy made: a remark, no error.
    """

    checkpoint: Checkpoint
    opened: Opened
    witnesses: tuple[str, ...]
    met: bool

    @property
    def unknown(self) -> int:
        return len(self.opened.unknown)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Raises PolicyError for a policy that the format does not allow."""

    logs: tuple[Log, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NOBODY
    _members: dict[str, Group] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        logs = [each.key for each in self.logs]
        witnesses = [each.key for each in self.witnesses]
        _require_no_duplicates("log", logs, _LOG_KINDS)
        _require_no_duplicates("witness", witnesses, _WITNESS_KINDS)
        _require_none_of_both([*logs, *witnesses])
        for url in (*(log.url for log in self.logs), *(each.url for each in self.witnesses)):
            _require_word("an address", url)
        defined: set[str] = set()
        for witness in self.witnesses:
            _define(witness.name, defined)
        listed: set[str] = set()
        for group in self.groups:
            _require_group(group, defined, listed)
            _define(group.name, defined)
            self._members[group.name] = group
        if self.quorum != NOBODY and self.quorum not in defined:
            raise PolicyError(
                f"the quorum is {self.quorum!r}, which is no witness or group above it"
            )

    def judge(self, data: bytes) -> Judged:
        """The checkpoint in `data`, by this policy. `met` may be False: then it is the log's word only.

        Raises CheckpointError, NoteError or FormatError where no log of the policy signed it, or
        where a key of the policy stands on it with a signature that fails.
        """
        keys = {each.key: each for each in self.logs}
        opened = open_note(data, [*keys, *(each.key for each in self.witnesses)])
        checkpoint = Checkpoint.parse(opened.text)
        signed = {each.key for each in opened.verified}
        if not any(key in signed and key.name == checkpoint.origin for key in keys):
            raise CheckpointError(
                "unsigned-by-log",
                f"no log of the policy has signed this checkpoint of {checkpoint.origin!r}",
            )
        witnesses = tuple(each.name for each in self.witnesses if each.key in signed)
        return Judged(
            checkpoint=checkpoint, opened=opened, witnesses=witnesses, met=self.is_met(witnesses)
        )

    def is_met(self, witnesses: Collection[str]) -> bool:
        """Whether cosignatures of these witnesses, by their names here, make the quorum."""
        return self.quorum == NOBODY or self._has_witnessed(self.quorum, witnesses)

    def _has_witnessed(self, name: str, witnesses: Collection[str]) -> bool:
        group = self._members.get(name)
        if group is None:
            return name in witnesses
        count = sum(self._has_witnessed(each, witnesses) for each in group.members)
        return count >= group.threshold

    def encode(self) -> bytes:
        """The policy as a file, which `parse` reads back as this policy."""
        lines = [f"log {each.key}{_url(each.url)}" for each in self.logs]
        lines += [f"witness {each.name} {each.key}{_url(each.url)}" for each in self.witnesses]
        lines += [
            f"group {each.name} {each.threshold} {' '.join(each.members)}" for each in self.groups
        ]
        lines.append(f"quorum {self.quorum}")
        return "".join(f"{each}\n" for each in lines).encode("utf-8", "surrogateescape")

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """Raises PolicyError, which names the line."""
        if _CONTROL.search(data):
            raise PolicyError("a policy has no control characters but tab and newline")
        lines = data.decode("utf-8", "surrogateescape").split("\n")
        if lines.pop() != "":
            raise PolicyError("the last line of a policy ends with a newline too")
        read = _Reading()
        for number, line in enumerate(lines, start=1):
            items = [each for each in _BLANK.split(line) if each]
            if items and not items[0].startswith("#"):
                try:
                    read.line(items)
                except FormatError as error:
                    raise PolicyError(f"line {number}: {error}") from error
        if read.quorum is None:
            raise PolicyError("a policy has one quorum line; `quorum none` asks for no witness")
        return cls(
            logs=tuple(read.logs),
            witnesses=tuple(read.witnesses),
            groups=tuple(read.groups),
            quorum=read.quorum,
        )


class _Reading:
    """The lines so far. What a line may refer to is what stands above it."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.witnesses: list[Witness] = []
        self.groups: list[Group] = []
        self.quorum: str | None = None
        self._defined: set[str] = set()

    def line(self, items: list[str]) -> None:
        match items:
            case ["log", vkey, *url] if len(url) <= 1:
                self.logs.append(Log(key=VerifierKey.parse(vkey), url=next(iter(url), None)))
            case ["witness", name, vkey, *url] if len(url) <= 1:
                key = VerifierKey.parse(vkey)
                self.witnesses.append(Witness(name=name, key=key, url=next(iter(url), None)))
                _define(name, self._defined)
            case ["group", name, threshold, *members] if members:
                for member in members:
                    self._require_defined(member)
                needed = _threshold(threshold, len(members))
                self.groups.append(Group(name=name, threshold=needed, members=tuple(members)))
                _define(name, self._defined)
            case ["quorum", name]:
                if self.quorum is not None:
                    raise PolicyError("there is a quorum line above this one already")
                if name != NOBODY:
                    self._require_defined(name)
                self.quorum = name
            case _:
                raise PolicyError(
                    f"{items[0]!r} with {len(items) - 1} items is not a log, witness, group or quorum"
                )

    def _require_defined(self, name: str) -> None:
        if name not in self._defined:
            raise PolicyError(f"{name!r} is no witness or group of a line above")


def _require_word(what: str, text: str | None) -> None:
    if text is not None and not _WORD.fullmatch(text):
        raise PolicyError(f"{what} in a policy is not empty and has no space; {text!r} is not so")


def _define(name: str, defined: set[str]) -> None:
    _require_word("a name", name)
    if name in defined or name == NOBODY:
        raise PolicyError(f"the name {name!r} is taken already")
    defined.add(name)


def _require_group(group: Group, defined: Collection[str], listed: set[str]) -> None:
    if not 1 <= group.threshold <= len(group.members):
        raise PolicyError(
            f"group {group.name!r} asks for {group.threshold} of {len(group.members)} members"
        )
    for member in group.members:
        if member not in defined:
            raise PolicyError(f"{member!r} of group {group.name!r} is no witness or group above it")
        if member in listed:
            raise PolicyError(f"{member!r} is a member twice; each may count in one way only")
        listed.add(member)


def _threshold(written: str, members: int) -> int:
    match written:
        case "all":
            return members
        case "any":
            return 1
        case _ if _THRESHOLD.fullmatch(written):
            return int(written)
        case _:
            raise PolicyError(f"a group asks for all, any or a number of members, not {written!r}")


def _require_no_duplicates(
    what: str, keys: Collection[VerifierKey], kinds: tuple[Kind, ...]
) -> None:
    seen: set[bytes] = set()
    for key in keys:
        if key.kind not in kinds:
            raise PolicyError(f"the key of {key.name} is of a kind with which no {what} signs")
        if key.public in seen:
            raise PolicyError(
                f"two {what} lines have the key of {key.name}: one of them is too many"
            )
        seen.add(key.public)


def _require_none_of_both(keys: Collection[VerifierKey]) -> None:
    """That no log witnesses itself: its word would count twice, under another kind or name."""
    if len({each.public for each in keys}) < len(keys):
        raise PolicyError("a witness has the key of a log: whoever signs the one makes the other")


def _url(url: str | None) -> str:
    return "" if url is None else f" {url}"
