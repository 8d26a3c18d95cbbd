"""A sealed text opens with its own key, in its own place, and nowhere else."""

import asyncio
from base64 import b64decode, b64encode
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.sealing.scheme import BLOCK, WrongSeal, commitment, seal, unseal
from application.sealing.unsealer import Unsealer
from application.shapes import LONGEST_CIPHERTEXT, LONGEST_TEXT
from tests.memory_ledger import MemoryVault

KID, CIRCLE = UUID(int=1), UUID(int=2)
KEY, OTHER_KEY = bytes(32), bytes([1]) * 32


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    sealed = seal(KID, KEY, "note", CIRCLE, text)
    assert unseal(sealed, KEY, "note", CIRCLE) == text


def test_a_destroyed_key_leaves_nothing_to_read() -> None:
    assert unseal(seal(KID, KEY, "note", CIRCLE, "Anna"), None, "note", CIRCLE) is None


def test_a_record_without_its_vault_is_read_without_its_names() -> None:
    said = Unsealer(MemoryVault()).text(seal(KID, KEY, "name", CIRCLE, "Anna"), "name", CIRCLE)
    assert asyncio.run(said) is None


def test_a_seal_does_not_open_elsewhere_or_when_it_was_changed() -> None:
    sealed = seal(KID, KEY, "note", CIRCLE, "Anna")
    broken = bytearray(b64decode(sealed.ciphertext))
    broken[0] ^= 1
    for odd, key, field, aggregate in (
        (sealed, OTHER_KEY, "note", CIRCLE),
        (sealed, KEY, "name", CIRCLE),
        (sealed, KEY, "note", UUID(int=3)),
        (replace(sealed, kid=UUID(int=9)), KEY, "note", CIRCLE),
        (replace(sealed, nonce=seal(KID, KEY, "note", CIRCLE, "").nonce), KEY, "note", CIRCLE),
        (replace(sealed, ciphertext=b64encode(broken).decode()), KEY, "note", CIRCLE),
        (replace(sealed, ciphertext="not base64!"), KEY, "note", CIRCLE),
        (replace(sealed, ciphertext=""), KEY, "note", CIRCLE),
        (replace(sealed, nonce=""), KEY, "note", CIRCLE),
    ):
        with pytest.raises(WrongSeal):
            unseal(odd, key, field, aggregate)


def test_short_texts_of_any_length_look_alike() -> None:
    lengths = {
        len(b64decode(seal(KID, KEY, "note", CIRCLE, "x" * length).ciphertext))
        for length in range(BLOCK)
    }
    assert lengths == {BLOCK + 16}


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({seal(KID, KEY, "note", CIRCLE, "Anna").ciphertext for _ in range(50)}) == 50


def test_the_longest_text_fits_its_sealed_form() -> None:
    sealed = seal(KID, KEY, "note", CIRCLE, "\U0001f600" * LONGEST_TEXT)
    assert len(sealed.ciphertext) <= LONGEST_CIPHERTEXT


def test_a_commitment_binds_to_the_key_and_its_id() -> None:
    one = commitment(KID, KEY)
    assert one == commitment(KID, KEY)
    assert len({one, commitment(KID, OTHER_KEY), commitment(CIRCLE, KEY)}) == 3
    assert KEY not in one
