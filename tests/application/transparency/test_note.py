"""Signed notes and their keys, held to the vectors of others and to their own promises."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from application.transparency.keys import Kind, SignerKey, VerifierKey, keys_in
from application.transparency.note import (
    LARGEST_NOTE,
    MOST_SIGNATURES,
    Note,
    NoteError,
    Opened,
    Signature,
    open_note,
)
from application.transparency.strict import FormatError
from tests.application.transparency.vectors import LOG, OTHER_WITNESS, WITNESS, c2sp
from tests.thoroughness import examples

VECTORS = c2sp("signed-note")
TEXT = "log.example/westhaven\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

names = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="+"),
    min_size=1,
    max_size=20,
)
lines = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
texts = st.lists(lines, min_size=1, max_size=5).map(lambda some: "".join(f"{x}\n" for x in some))
signatures = st.builds(
    Signature,
    name=names,
    key_id=st.binary(min_size=4, max_size=4),
    value=st.binary(min_size=1, max_size=80),
)


def signed(text: str, *keys: SignerKey) -> bytes:
    return Note(
        text=text,
        signatures=tuple(
            key.sign(text, None if key.kind is Kind.ED25519 else 1_763_000_000) for key in keys
        ),
    ).encode()


def code_of(data: bytes, *keys: VerifierKey) -> str:
    with pytest.raises(FormatError) as refused:
        open_note(data, keys)
    return refused.value.code


# --------------------------------------------------------------------------------------- vectors


def test_all_the_vectors_are_here() -> None:
    assert [len(VECTORS[each]) for each in ("sign", "open", "vkey_bad")] == [2, 11, 5]
    assert sum(each["ok"] for each in VECTORS["open"]) == 3


def test_the_notes_of_others_are_signed_byte_for_byte() -> None:
    whole, line = VECTORS["sign"]
    key = SignerKey.parse(whole["skey"])
    assert key.private_text() == whole["skey"]
    assert signed(whole["text"], key) == whole["want_note"].encode()
    seeded = SignerKey(
        name=line["name_of_key"], kind=Kind.ED25519, seed=bytes.fromhex(line["seed_hex"])
    )
    assert seeded.sign(line["text"]).line() == line["want_signature_line"]


@pytest.mark.parametrize("case", [x for x in VECTORS["open"] if x["ok"]], ids=lambda x: x["name"])
def test_a_note_of_somebody_else_opens(case: dict[str, Any]) -> None:
    opened = open_note(case["note"].encode(), map(VerifierKey.parse, case["vkeys"]))
    assert opened.text == case["text"]
    assert opened.note.encode() == case["note"].encode()
    assert [str(each.key) for each in opened.verified] == list(case["vkeys"])


REFUSED = {
    "text changed by one byte": "bad-signature",
    "signature changed": "bad-signature",
    "no signature from a known key": "unsigned",
    "no blank line": "not-a-note",
    "no newline at end": "not-a-note",
    "hyphen instead of em dash": "not-a-note",
    "control character in text": "not-a-note",
    "unsigned": "not-a-note",
}


@pytest.mark.parametrize(
    "case", [x for x in VECTORS["open"] if not x["ok"]], ids=lambda x: x["name"]
)
def test_a_note_that_must_be_refused_is_refused_for_its_reason(case: dict[str, Any]) -> None:
    keys = [VerifierKey.parse(each) for each in case["vkeys"]]
    assert code_of(case["note"].encode(), *keys) == REFUSED[case["name"]]


@pytest.mark.parametrize("vkey", VECTORS["vkey_bad"])
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(NoteError) as refused:
        VerifierKey.parse(vkey)
    assert refused.value.code == ("bad-name" if " " in vkey else "bad-key")


# ------------------------------------------------------------------------------------- strictness


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda note: note.replace(b"=\n\n", b"=\r\n\n"), "not-a-note"),
        (lambda note: note.replace(b"\n\n", b"\n\n\n"), "bad-signature"),
        (lambda note: note + b"\n", "not-a-note"),
        (lambda note: note + b"hello\n", "not-a-note"),
        (lambda note: note[:-2] + b"\n", "not-base64"),
        (lambda note: note[:-2] + b"==\n", "not-base64"),
        (lambda note: note.replace("— ".encode(), "—  ".encode()), "not-base64"),
        (lambda note: note[:-1] + b" \n", "not-base64"),
        (lambda note: b"\xff" + note, "not-utf8"),
        (lambda note: note.replace("— log".encode(), "— l\u2003og".encode()), "bad-name"),
        (lambda _: "x\n\n— a AAAA\n".encode(), "not-a-note"),
        (lambda _: b"", "not-a-note"),
        (lambda _: b"x" * (LARGEST_NOTE + 1), "too-large"),
        (lambda note: note + note.splitlines(keepends=True)[-1] * MOST_SIGNATURES, "too-large"),
    ],
)
def test_a_note_has_one_spelling(change: object, code: str) -> None:
    assert callable(change)
    note = signed(TEXT, LOG)
    changed = change(note)
    assert changed != note
    assert code_of(changed, LOG.verifier) == code


def test_the_text_ends_at_the_last_blank_line() -> None:
    text = f"one\n\nvers\n\n— {LOG.name} none\n"
    assert open_note(signed(text, LOG), [LOG.verifier]).text == text


def test_unknown_keys_are_passed_over_also_with_a_known_name_or_id() -> None:
    stranger = SignerKey(name=LOG.name, kind=Kind.ED25519, seed=b"s" * 32).sign(TEXT)
    same_id = replace(LOG.sign("else\n"), name="another.example/log")
    note = Note(text=TEXT, signatures=(stranger, same_id, LOG.sign(TEXT))).encode()
    opened = open_note(note, [LOG.verifier])
    assert [each.key for each in opened.verified] == [LOG.verifier]
    assert opened.unknown == (stranger, same_id)


def test_one_known_key_that_fails_rejects_what_another_signed() -> None:
    wrong = WITNESS.sign(TEXT.replace("westhaven", "oosthaven"), 1_763_000_000)
    note = Note(text=TEXT, signatures=(LOG.sign(TEXT), wrong)).encode()
    assert code_of(note, LOG.verifier, WITNESS.verifier) == "bad-signature"
    assert len(open_note(note, [LOG.verifier]).unknown) == 1


def test_a_signature_that_fails_is_not_excused_by_one_that_holds() -> None:
    bad = LOG.sign("else\n")
    for pair in ((bad, LOG.sign(TEXT)), (LOG.sign(TEXT), bad)):
        assert code_of(Note(text=TEXT, signatures=pair).encode(), LOG.verifier) == "bad-signature"


def test_keys_that_cannot_be_told_apart_are_not_used_together() -> None:
    class Double:
        name = LOG.name
        key_id = LOG.verifier.key_id

        def verify(self, text: str, value: bytes) -> int | None:
            raise AssertionError(text, value)

    with pytest.raises(NoteError) as refused:
        open_note(signed(TEXT, LOG), [LOG.verifier, Double()])
    assert refused.value.code == "ambiguous-key"
    assert open_note(signed(TEXT, LOG), [LOG.verifier, LOG.verifier]).text == TEXT


def test_one_key_under_two_kinds_is_two_identities() -> None:
    as_log = SignerKey(name="x.example", kind=Kind.ED25519, seed=b"k" * 32)
    as_witness = replace(as_log, kind=Kind.COSIGNATURE_V1)
    assert as_log.verifier.key_id != as_witness.verifier.key_id
    assert code_of(signed(TEXT, as_witness), as_log.verifier) == "unsigned"


def test_a_private_key_is_told_by_its_own_text_only() -> None:
    for kind in Kind:
        key = SignerKey.generate("x.example/log", kind)
        assert SignerKey.parse(key.private_text()) == key
        assert VerifierKey.parse(str(key.verifier)) == key.verifier
        assert key.seed.hex() not in repr(key)
        assert str(key.seed) not in repr(key)
    spoiled = key.private_text()[:-5]
    with pytest.raises(FormatError) as refused:
        SignerKey.parse(spoiled)
    assert spoiled[-20:] not in str(refused.value)


def test_only_a_cosigner_states_a_time() -> None:
    with pytest.raises(ValueError, match="states a time"):
        LOG.sign(TEXT, 5)
    with pytest.raises(ValueError, match="states a time"):
        WITNESS.sign(TEXT)


def test_a_file_of_keys_has_one_in_each_line() -> None:
    two = f"{LOG.verifier}\n{WITNESS.verifier}\n"
    assert keys_in(two.encode()) == (LOG.verifier, WITNESS.verifier)
    for wrong in (two[:-1], two + "\n", two.replace("\n", "\r\n")):
        with pytest.raises(FormatError):
            keys_in(wrong.encode())


def test_a_signature_that_is_there_is_not_added_again() -> None:
    note = Note.parse(signed(TEXT, LOG))
    cosigned = note.with_signatures([WITNESS.sign(TEXT, 5), WITNESS.sign(TEXT, 5)])
    assert len(cosigned.signatures) == 2
    assert cosigned.with_signatures(cosigned.signatures) == cosigned


# ------------------------------------------------------------------------------------- properties


@settings(max_examples=examples(60), deadline=None)
@given(texts, st.lists(signatures, min_size=1, max_size=4))
def test_what_is_written_is_read_back(text: str, some: list[Signature]) -> None:
    note = Note(text=text, signatures=tuple(some))
    assert Note.parse(note.encode()) == note


@settings(max_examples=examples(60), deadline=None)
@given(st.binary(max_size=200) | texts.map(str.encode))
def test_bytes_of_anybody_are_a_note_or_are_refused(data: bytes) -> None:
    for each in (data, data + b"\n\n" + signed(TEXT, LOG), TEXT.encode() + data):
        try:
            note = Note.parse(each)
        except FormatError:
            continue
        assert note.encode() == each


def test_no_single_bit_of_a_note_can_change() -> None:
    for key in (LOG, WITNESS):
        note = signed(TEXT, key)
        assert open_note(note, [key.verifier]).text == TEXT
        for bit in range(len(note) * 8):
            assert not _opens(_flipped(note, bit), key.verifier), (key.kind, bit)


@settings(max_examples=examples(40), deadline=None)
@given(texts, st.data())
def test_no_single_bit_of_any_note_can_change(text: str, data: st.DataObject) -> None:
    note = signed(text, LOG)
    bit = data.draw(st.integers(0, len(note) * 8 - 1))
    assert not _opens(_flipped(note, bit), LOG.verifier)


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 10**9))
def test_no_single_bit_of_a_post_quantum_signature_can_change(anywhere: int) -> None:
    note = signed(TEXT, OTHER_WITNESS)
    assert not _opens(_flipped(note, anywhere % (len(note) * 8)), OTHER_WITNESS.verifier)


@settings(max_examples=examples(40), deadline=None)
@given(names, st.sampled_from(Kind), st.binary(min_size=32, max_size=32))
def test_keys_are_read_back(name: str, kind: Kind, seed: bytes) -> None:
    assume(not any(each.isspace() for each in name))
    key = SignerKey(name=name, kind=kind, seed=seed)
    assert SignerKey.parse(key.private_text()) == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _opens(data: bytes, key: VerifierKey) -> bool:
    try:
        opened: Opened = open_note(data, [key])
    except FormatError:
        return False
    return bool(opened.verified)
