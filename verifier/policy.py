"""Whose witnesses count, and how many."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from verifier.decoding import strict_decimal
from verifier.findings import Malformed
from verifier.notes import COSIGNATURE, ED25519, ML_DSA_44, Key


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Whose signatures count, and how many (tlog-policy)."""

    logs: tuple[Key, ...]
    witnesses: Mapping[bytes, Key]
    groups: Mapping[bytes, tuple[int, tuple[bytes, ...]]]
    quorum: bytes

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """Raises Malformed."""
        return _read_policy(data)

    @property
    def name(self) -> str:
        return self.quorum.decode("utf-8", "replace")

    def met(self, signed: Iterable[Key]) -> bool:
        """Whether the witnesses that signed make the quorum."""
        if self.quorum == b"none":
            return True
        present = set(signed)

        def witnessed(name: bytes) -> bool:
            if name in self.witnesses:
                return self.witnesses[name] in present
            needed, members = self.groups[name]
            return sum(map(witnessed, members)) >= needed

        return witnessed(self.quorum)


def _read_policy(data: bytes) -> Policy:
    if any((each < 0x20 and each not in b"\t\n") or each == 0x7F for each in data):  # noqa: PLR2004
        raise Malformed("a control character in it")
    logs: list[Key] = []
    witnesses: dict[bytes, Key] = {}
    groups: dict[bytes, tuple[int, tuple[bytes, ...]]] = {}
    quorums: list[bytes] = []
    members: set[bytes] = set()
    for number, line in enumerate(data.split(b"\n"), 1):
        words = [word for word in re.split(rb"[ \t]+", line) if word]
        if not words or words[0].startswith(b"#"):
            continue
        try:
            match words:
                case [b"log", key] | [b"log", key, _]:
                    logs.append(_policy_key(key, logs, (ED25519, ML_DSA_44)))
                case [b"witness", name, key] | [b"witness", name, key, _]:
                    _require_new(name, witnesses, groups)
                    witnesses[name] = _policy_key(key, witnesses.values(), (COSIGNATURE, ML_DSA_44))
                case [b"group", name, needed, *named] if named:
                    _require_new(name, witnesses, groups)
                    _require_members(named, witnesses, groups, members)
                    groups[name] = (_threshold(needed, len(named)), tuple(named))
                case [b"quorum", name]:
                    if name != b"none" and name not in witnesses and name not in groups:
                        raise Malformed("the quorum names nobody")
                    quorums.append(name)
                case _:
                    raise Malformed("neither log, witness, group nor quorum")
        except Malformed as malformed:
            raise Malformed(f"line {number}: {malformed}") from None
    if len(quorums) != 1:
        raise Malformed(f"{len(quorums)} quorum lines, where there is one")
    return Policy(logs=tuple(logs), witnesses=witnesses, groups=groups, quorum=quorums[0])


def _policy_key(said: bytes, others: Iterable[Key], kinds: Sequence[int]) -> Key:
    try:
        key = Key.parse(said.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("a key that is not UTF-8") from None
    if key.kind not in kinds:
        raise Malformed("a key of a kind that does not sign this")
    if any(other.material == key.material for other in others):
        raise Malformed("a key that was given before")
    return key


def _require_new(name: bytes, *known: Mapping[bytes, object]) -> None:
    if name == b"none" or any(name in each for each in known):
        raise Malformed("a name that is taken")


def _require_members(
    named: Sequence[bytes],
    witnesses: Mapping[bytes, Key],
    groups: Mapping[bytes, object],
    taken: set[bytes],
) -> None:
    for name in named:
        if name not in witnesses and name not in groups:
            raise Malformed("a member that was not named before")
        if name in taken:
            raise Malformed("a member that is in a group already")
        taken.add(name)


def _threshold(said: bytes, members: int) -> int:
    match said:
        case b"any":
            return 1
        case b"all":
            return members
        case _:
            pass
    needed = strict_decimal(said.decode("ascii", "replace"))
    if not 1 <= needed <= members:
        raise Malformed(f"{needed} of {members} members")
    return needed
