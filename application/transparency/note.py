"""Signed notes (c2sp.org/signed-note): text, a blank line, and one line for each signature.

    — <name> <base64(key id[4] || signature)>

A note says nothing until a key that the reader already knew has signed it. Signatures of keys that
the reader does not know are passed over, so that a log may change its key and witnesses may add
theirs; a known key whose signature fails rejects the whole note. Keys are in `keys`, and what each
kind of key signs in `cosignature`; here a key is whatever can check a signature.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from application.transparency.strict import FormatError, base64, to_base64, utf8

KEY_ID_SIZE = 4
LARGEST_NOTE = 1_000_000
"""Bytes. A checkpoint with sixteen ML-DSA-44 cosignatures has about 55,000."""
MOST_SIGNATURES = 100
"""At least sixteen must be read; a note with more than this is refused before any is checked."""


class NoteError(FormatError):
    """A note, or a key, that cannot be believed.

    Codes: `not-a-note` and `too-large` (its form), `bad-name` and `bad-key` (a key), `bad-signature`
    (a known key that did not sign this), `unsigned` (no known key signed it), `ambiguous-key` (two
    of the reader's own keys cannot be told apart).
    """


def require_key_name(name: str) -> str:
    """The name itself. Raises NoteError `bad-name` for what a signature line cannot carry."""
    if not name or any(_unfit_for_a_name(each) for each in name):
        raise NoteError(
            "bad-name", f"a key's name is not empty and has no space and no plus; {name!r} is not"
        )
    return name


def _unfit_for_a_name(character: str) -> bool:
    lone_surrogate = "\ud800" <= character <= "\udfff"
    return character.isspace() or character < " " or character == "+" or lone_surrogate


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature line. `value` is what follows the key id; its form is the key's business."""

    name: str
    key_id: bytes
    value: bytes

    def __post_init__(self) -> None:
        require_key_name(self.name)
        if len(self.key_id) != KEY_ID_SIZE or not self.value:
            raise NoteError("not-a-note", "a signature is a key id of four bytes and what follows")

    def line(self) -> str:
        return f"— {self.name} {to_base64(self.key_id + self.value)}\n"

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """From a line with its newline. Raises NoteError `not-a-note` or FormatError."""
        dash, _, rest = line.removesuffix("\n").partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "—" or not encoded or not line.endswith("\n"):
            raise NoteError(
                "not-a-note",
                "a signature line is an em dash, a key's name and base64, with single spaces",
            )
        raw = base64(encoded, f"the signature of {name!r}")
        return cls(name=name, key_id=raw[:KEY_ID_SIZE], value=raw[KEY_ID_SIZE:])


@dataclass(frozen=True, kw_only=True)
class Note:
    """`text` ends with a newline. Raises NoteError for what a note cannot hold."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.endswith("\n"):
            raise NoteError("not-a-note", "the text of a note ends with a newline")
        _require_printable(self.text)

    def encode(self) -> bytes:
        """The note's bytes. What has no signature is not yet a note: raises NoteError `unsigned`."""
        if not self.signatures:
            raise NoteError("unsigned", "a note has at least one signature")
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """The same text with signatures added behind those it has; one that it has stays single."""
        kept = list(self.signatures)
        kept.extend(each for each in dict.fromkeys(more) if each not in self.signatures)
        return Note(text=self.text, signatures=tuple(kept))

    @classmethod
    def parse(cls, data: bytes) -> "Note":
        """The parts of a note, of which nothing is believed yet: see `open_note`.

        Raises NoteError or FormatError for bytes that are no note.
        """
        if len(data) > LARGEST_NOTE:
            raise NoteError("too-large", f"a note has at most {LARGEST_NOTE} bytes")
        whole = utf8(data, "the note")
        _require_printable(whole)
        head, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise NoteError(
                "not-a-note",
                "a note is text, a blank line and lines of signatures, each ended by a newline",
            )
        signed = lines.removesuffix("\n").split("\n")
        if len(signed) > MOST_SIGNATURES:
            raise NoteError("too-large", f"a note has at most {MOST_SIGNATURES} signatures")
        return cls(
            text=head + "\n", signatures=tuple(Signature.parse(f"{each}\n") for each in signed)
        )


class Verifier(Protocol):
    """A key that the reader knows."""

    @property
    def name(self) -> str: ...

    @property
    def key_id(self) -> bytes: ...

    def verify(self, text: str, value: bytes) -> int | None:
        """The time that the signature states, in seconds since 1970 UTC; None where its kind has none.

        Raises NoteError `bad-signature` unless this key made `value` over `text`.
        """


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A signature that a known key made. `at` is what the signer says of the time, in seconds."""

    key: Verifier
    signature: Signature
    at: int | None = None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A note with at least one signature by a known key.

    `unknown` are the signatures nobody checked: a note about them is no error.
    """

    note: Note
    verified: tuple[Verified, ...]
    unknown: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        return self.note.text


def open_note(data: bytes, keys: Iterable[Verifier]) -> Opened:
    """The note, if a known key signed it and no known key's signature fails.

    Raises NoteError or FormatError otherwise, whatever is wrong.
    """
    note = Note.parse(data)
    known = _by_identity(keys)
    verified, unknown = [], []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            unknown.append(signature)
        else:
            at = key.verify(note.text, signature.value)
            verified.append(Verified(key=key, signature=signature, at=at))
    if not verified:
        raise NoteError("unsigned", "no key that is known here has signed this note")
    return Opened(note=note, verified=tuple(verified), unknown=tuple(unknown))


def _by_identity(keys: Iterable[Verifier]) -> dict[tuple[str, bytes], Verifier]:
    known: dict[tuple[str, bytes], Verifier] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise NoteError(
                "ambiguous-key", f"two keys of {key.name} have one id: use one of them at a time"
            )
    return known


def _require_printable(text: str) -> None:
    for each in text:
        if each < " " and each != "\n":
            raise NoteError("not-a-note", f"a note has no control character, and here is {each!r}")
