"""Checkpoints and their cosignatures."""

import struct
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from application.transparency.checkpoint import Checkpoint, CheckpointError, open_checkpoint
from application.transparency.keys import SignerKey
from application.transparency.note import Note, open_note
from application.transparency.receipt import HEADER, Receipt, open_receipt
from application.transparency.strict import LARGEST, FormatError, base64
from tests.application.transparency.vectors import LOG, ORIGIN, OTHER_WITNESS, WITNESS, c2sp
from tests.thoroughness import examples

EXAMPLE = c2sp("checkpoint-example")
CHECKPOINT = Checkpoint(origin=ORIGIN, size=7, root=b"r" * 32)
AT = 1_763_000_000
RECEIPT = Receipt(
    origin=ORIGIN,
    index=41,
    leaf=b"l" * 32,
    recorded_at=datetime(2026, 3, 2, 9, 0, 0, 125, tzinfo=UTC),
)

one_line = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
roots = st.binary(min_size=32, max_size=32)
checkpoints = st.builds(
    Checkpoint,
    origin=one_line,
    size=st.integers(1, LARGEST),
    root=roots,
    extensions=st.lists(one_line, max_size=2).map(tuple),
)
receipts = st.builds(
    Receipt,
    origin=one_line,
    index=st.integers(0, LARGEST),
    leaf=roots,
    recorded_at=st.datetimes(timezones=st.just(UTC)),
)


def code_of_text(text: str) -> str:
    with pytest.raises(FormatError) as refused:
        Checkpoint.parse(text)
    return refused.value.code


# ------------------------------------------------------------------------------------ checkpoints


def test_the_example_of_the_specification_is_read_and_written_back() -> None:
    note = Note.parse(EXAMPLE["note"].encode())
    checkpoint = Checkpoint.parse(note.text)
    assert (checkpoint.origin, checkpoint.size) == (EXAMPLE["origin"], EXAMPLE["size"])
    assert checkpoint.root == base64(EXAMPLE["root_b64"], "the root")
    assert checkpoint.text() == note.text
    assert note.encode().decode() == EXAMPLE["note"]
    (at,) = struct.unpack_from(">Q", note.signatures[1].value)
    assert at == EXAMPLE["cosignature_line_time"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-a-checkpoint"),
        (f"{ORIGIN}\n7\n", "not-a-checkpoint"),
        (CHECKPOINT.text()[:-1], "not-a-checkpoint"),
        (CHECKPOINT.text() + "\n", "not-a-checkpoint"),
        (CHECKPOINT.text() + "\nlate\n", "not-a-checkpoint"),
        (CHECKPOINT.text().replace(ORIGIN, ""), "not-a-checkpoint"),
        (CHECKPOINT.text().replace("\n7\n", "\n0\n"), "not-a-checkpoint"),
        (CHECKPOINT.text().replace("\n7\n", "\n07\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", "\n+7\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", "\n7 \n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", "\n-7\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", "\n7_0\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", "\n\u0667\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", f"\n{LARGEST + 1}\n"), "not-a-number"),
        (CHECKPOINT.text().replace("\n7\n", f"\n{'9' * 5000}\n"), "not-a-number"),
        (CHECKPOINT.text().replace("=\n", "\n"), "not-base64"),
        (CHECKPOINT.text().replace("cnI=\n", "cnJ=\n"), "not-base64"),
        (f"{ORIGIN}\n7\n{b64encode(b'r' * 31).decode()}\n", "not-a-checkpoint"),
        (f"{ORIGIN}\n7\n{b64encode(b'r' * 33).decode()}\n", "not-a-checkpoint"),
    ],
)
def test_a_checkpoint_has_one_spelling(text: str, code: str) -> None:
    assert code_of_text(text) == code


def test_the_largest_size_is_one() -> None:
    assert Checkpoint.parse(CHECKPOINT.text().replace("\n7\n", f"\n{LARGEST}\n")).size == LARGEST


def test_a_checkpoint_is_opened_for_its_log_only() -> None:
    note = Note(text=CHECKPOINT.text(), signatures=(LOG.sign(CHECKPOINT.text()),)).encode()
    assert open_checkpoint(note, origin=ORIGIN, log_keys=[LOG.verifier]).checkpoint == CHECKPOINT
    with pytest.raises(CheckpointError) as refused:
        open_checkpoint(note, origin="log.example/elsewhere", log_keys=[LOG.verifier])
    assert refused.value.code == "wrong-origin"


def test_a_witness_alone_does_not_speak_for_the_log() -> None:
    text = CHECKPOINT.text()
    note = Note(text=text, signatures=(WITNESS.sign(text, AT),)).encode()
    with pytest.raises(CheckpointError) as refused:
        open_checkpoint(note, origin=ORIGIN, log_keys=[LOG.verifier], cosigners=[WITNESS.verifier])
    assert refused.value.code == "unsigned-by-log"


@settings(max_examples=examples(60), deadline=None)
@given(checkpoints)
def test_a_checkpoint_is_read_back(checkpoint: Checkpoint) -> None:
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


# ----------------------------------------------------------------------------------- cosignatures


def test_what_an_ed25519_cosigner_signs_is_spelled_by_the_specification() -> None:
    value = WITNESS.sign(CHECKPOINT.text(), AT).value
    message = f"cosignature/v1\ntime {AT}\n{CHECKPOINT.text()}".encode()
    Ed25519PublicKey.from_public_bytes(WITNESS.verifier.public).verify(value[8:], message)
    assert struct.unpack(">Q", value[:8]) == (AT,)
    assert len(value) == 72


def test_what_an_ml_dsa_cosigner_signs_is_spelled_by_the_specification() -> None:
    extended = replace(CHECKPOINT, extensions=("for nobody",))
    value = OTHER_WITNESS.sign(extended.text(), AT).value
    name, origin = OTHER_WITNESS.name.encode(), ORIGIN.encode()
    message = (
        b"subtree/v1\n\0"
        + bytes([len(name)])
        + name
        + struct.pack(">Q", AT)
        + bytes([len(origin)])
        + origin
        + struct.pack(">QQ", 0, 7)
        + b"r" * 32
    )
    MLDSA44PublicKey.from_public_bytes(OTHER_WITNESS.verifier.public).verify(value[8:], message)
    assert len(value) == 8 + 2420


@pytest.mark.parametrize("cosigner", [WITNESS, OTHER_WITNESS], ids=lambda key: key.kind.name)
def test_a_cosignature_is_of_one_checkpoint_at_one_time(cosigner: SignerKey) -> None:
    text = CHECKPOINT.text()
    signature = cosigner.sign(text, AT)
    note = Note(text=text, signatures=(signature,)).encode()
    assert [each.at for each in open_note(note, [cosigner.verifier]).verified] == [AT]
    later = replace(signature, value=struct.pack(">Q", AT + 1) + signature.value[8:])
    too_late = replace(signature, value=struct.pack(">Q", 1 << 63) + signature.value[8:])
    too_short = replace(signature, value=signature.value[:-1])
    grown = replace(CHECKPOINT, size=8).text()
    elsewhere = replace(CHECKPOINT, origin="log.example/elsewhere").text()
    for changed, other in (
        (later, text),
        (too_late, text),
        (too_short, text),
        (signature, grown),
        (signature, elsewhere),
        (signature, "no checkpoint\n"),
    ):
        with pytest.raises(FormatError) as refused:
            open_note(Note(text=other, signatures=(changed,)).encode(), [cosigner.verifier])
        assert refused.value.code == "bad-signature"


@pytest.mark.parametrize("cosigner", [WITNESS, OTHER_WITNESS], ids=lambda key: key.kind.name)
def test_nobody_cosigns_what_is_no_checkpoint(cosigner: SignerKey) -> None:
    with pytest.raises(FormatError):
        cosigner.sign(RECEIPT.text(), AT)


# --------------------------------------------------------------------------------------- receipts


def test_a_receipt_is_what_was_agreed() -> None:
    assert RECEIPT.text() == (
        "kringboek-receipt/v1\n"
        "log.example/westhaven\n"
        "41\n"
        "bGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGw=\n"
        "2026-03-02T09:00:00.000125Z\n"
    )
    opened = open_receipt(RECEIPT.signed(LOG), origin=ORIGIN, log_keys=(LOG.verifier,))
    assert opened == RECEIPT


@pytest.mark.parametrize(
    "text",
    [
        RECEIPT.text() + "more\n",
        RECEIPT.text()[:-1],
        RECEIPT.text().replace("v1", "v2"),
        RECEIPT.text().replace("\n41\n", "\n041\n"),
        RECEIPT.text().replace("bGw=", "bGx="),
        RECEIPT.text().replace(".000125Z", "Z"),
        RECEIPT.text().replace("000125Z", "000125+00:00"),
        RECEIPT.text().replace("T09", "T24"),
        RECEIPT.text().replace(ORIGIN, ""),
    ],
)
def test_a_receipt_has_one_spelling(text: str) -> None:
    with pytest.raises(FormatError):
        Receipt.parse(text)


def test_a_receipt_of_another_log_is_refused() -> None:
    with pytest.raises(FormatError) as refused:
        open_receipt(RECEIPT.signed(LOG), origin="log.example/other", log_keys=(LOG.verifier,))
    assert refused.value.code == "wrong-origin"


@settings(max_examples=examples(60), deadline=None)
@given(receipts)
def test_a_receipt_is_read_back_and_never_passes_for_a_checkpoint(receipt: Receipt) -> None:
    assert Receipt.parse(receipt.text()) == receipt
    with pytest.raises(FormatError):
        Checkpoint.parse(receipt.text())


@settings(max_examples=examples(60), deadline=None)
@given(checkpoints)
def test_a_checkpoint_never_passes_for_a_receipt(checkpoint: Checkpoint) -> None:
    disguised = Checkpoint(
        origin=HEADER, size=checkpoint.size, root=checkpoint.root, extensions=("a", "b")
    )
    for each in (checkpoint, disguised):
        with pytest.raises(FormatError):
            Receipt.parse(each.text())
