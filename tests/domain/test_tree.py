"""The tree, held to the vectors of another implementation and to its own promises."""

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tree import (
    Frontier,
    InvalidProof,
    Subtree,
    consistency_proof,
    consistency_proof_from,
    empty_root,
    inclusion_proof,
    inclusion_proof_from,
    leaf_hash,
    node_hash,
    root,
    root_from,
    subtrees,
    verify_consistency,
    verify_inclusion,
)

VECTORS = Path(__file__).parents[1] / "data" / "vectors" / "rfc6962"


def vectors(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text())
    return read


INCLUSION, CONSISTENCY, TREE = vectors("inclusion"), vectors("consistency"), vectors("tree")
LEAVES = tuple(leaf_hash(bytes.fromhex(each)) for each in TREE["leaf_inputs_hex"])
MANY = tuple(leaf_hash(number.to_bytes(2, "big")) for number in range(300))


def accepted(verify: Callable[[], None]) -> bool:
    try:
        verify()
    except InvalidProof:
        return False
    return True


def proof_of(case: dict[str, Any]) -> list[bytes]:
    return [b64decode(each) for each in case["proof"] or []]


# --------------------------------------------------------------------------------------- vectors


def test_all_the_vectors_are_here() -> None:
    assert (len(INCLUSION), len(CONSISTENCY)) == (98, 98)
    for cases in (INCLUSION, CONSISTENCY):
        assert sum(not case["wantErr"] for case in cases.values()) == 6


@pytest.mark.parametrize("name", INCLUSION)
def test_an_inclusion_proof_is_accepted_or_refused_as_elsewhere(name: str) -> None:
    case = INCLUSION[name]
    verdict = accepted(
        lambda: verify_inclusion(
            b64decode(case["leafHash"]),
            case["leafIdx"],
            case["treeSize"],
            proof_of(case),
            b64decode(case["root"]),
        )
    )
    assert verdict is not case["wantErr"], case["desc"]


@pytest.mark.parametrize("name", CONSISTENCY)
def test_a_consistency_proof_is_accepted_or_refused_as_elsewhere(name: str) -> None:
    case = CONSISTENCY[name]
    verdict = accepted(
        lambda: verify_consistency(
            case["size1"],
            case["size2"],
            proof_of(case),
            b64decode(case["root1"]),
            b64decode(case["root2"]),
        )
    )
    assert verdict is not case["wantErr"], case["desc"]


def test_the_proofs_that_others_accept_are_the_ones_made_here() -> None:
    for case in INCLUSION.values():
        if not case["wantErr"] and case["treeSize"] > 1:
            made = inclusion_proof(LEAVES, case["leafIdx"], case["treeSize"])
            assert list(made) == proof_of(case)
    for case in CONSISTENCY.values():
        if not case["wantErr"] and case["size2"] > 1:
            made = consistency_proof(LEAVES, case["size1"], case["size2"])
            assert list(made) == proof_of(case)


@pytest.mark.parametrize("case", TREE["hash"], ids=str)
def test_leaves_and_nodes_hash_as_elsewhere(case: dict[str, str]) -> None:
    match case["kind"]:
        case "empty":
            hashed = empty_root()
        case "leaf":
            hashed = leaf_hash(case["data_utf8"].encode())
        case _:
            hashed = node_hash(case["left_utf8"].encode(), case["right_utf8"].encode())
    assert hashed.hex() == case["want"]


def test_every_node_and_every_root_of_the_published_tree() -> None:
    subtree = subtrees(LEAVES)
    for level, nodes in enumerate(TREE["node_hashes_hex_by_level"]):
        for index, expected in enumerate(nodes):
            assert subtree(level, index).hex() == expected
    for size, expected in enumerate(TREE["root_by_size_hex"]):
        assert root(LEAVES[:size]).hex() == expected
        assert root_from(subtree, size).hex() == expected


# ------------------------------------------------------------------------------------ definition


def by_the_book(leaves: tuple[bytes, ...]) -> bytes:
    """MTH of RFC 6962, 2.1, as it is written there."""
    if not leaves:
        return empty_root()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_the_book(leaves[:half]), by_the_book(leaves[half:]))


sizes = st.integers(1, len(MANY))


@given(st.integers(0, len(MANY)))
def test_the_root_is_the_one_of_the_definition(size: int) -> None:
    assert root(iter(MANY[:size])) == by_the_book(MANY[:size])


@given(st.integers(0, len(MANY)), st.integers(0, len(MANY)))
def test_a_frontier_goes_on_from_anywhere(one: int, other: int) -> None:
    middle, end = sorted((one, other))
    stored = Frontier().extend(MANY[:middle])
    restored = Frontier(size=stored.size, peaks=stored.peaks)
    grown = restored.extend(iter(MANY[middle:end]))
    assert grown.size == end
    assert grown.root() == by_the_book(MANY[:end])
    assert len(grown.peaks) == end.bit_count()


def test_a_frontier_is_a_value_that_appending_leaves_alone() -> None:
    before = Frontier().extend(MANY[:5])
    after = before.append(MANY[5])
    assert before == Frontier().extend(MANY[:5])
    assert after.root() == by_the_book(MANY[:6])


def test_a_frontier_of_many_leaves_keeps_a_few_hashes() -> None:
    once = iter(MANY)
    frontier = Frontier().extend(once)
    assert next(once, None) is None
    assert len(frontier.peaks) <= len(MANY).bit_length()


def test_what_is_not_a_hash_does_not_become_a_leaf() -> None:
    with pytest.raises(ValueError, match="leaf 2 has 3 bytes"):
        Frontier().extend((MANY[0], MANY[1], b"abc"))


@pytest.mark.parametrize(
    ("size", "peaks"), [(3, (MANY[0],)), (1, ()), (-1, ()), (1, (b"short",)), (0, (MANY[0],))]
)
def test_a_frontier_that_fits_no_tree_cannot_be_made(size: int, peaks: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match=r"peak"):
        Frontier(size=size, peaks=peaks)


# ---------------------------------------------------------------------------------------- proofs


@given(st.data())
def test_every_leaf_is_shown_to_be_in_its_tree(data: st.DataObject) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(MANY, index, size)
    verify_inclusion(MANY[index], index, size, proof, by_the_book(MANY[:size]))


@given(st.data())
def test_every_tree_is_shown_to_begin_with_every_smaller_one(data: st.DataObject) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(1, new))
    proof = consistency_proof(MANY, old, new)
    verify_consistency(old, new, proof, by_the_book(MANY[:old]), by_the_book(MANY[:new]))


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


bits = st.integers(0, 255)


@given(st.data(), bits)
def test_one_changed_bit_spoils_an_inclusion_proof(data: st.DataObject, bit: int) -> None:
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    whole = [MANY[index], by_the_book(MANY[:size]), *inclusion_proof(MANY, index, size)]
    victim = data.draw(st.integers(0, len(whole) - 1))
    whole[victim] = flipped(whole[victim], bit)
    leaf, its_root, *proof = whole
    with pytest.raises(InvalidProof):
        verify_inclusion(leaf, index, size, proof, its_root)


@given(st.data(), bits)
def test_one_changed_bit_spoils_a_consistency_proof(data: st.DataObject, bit: int) -> None:
    new = data.draw(sizes)
    old = data.draw(st.integers(1, new))
    roots = [by_the_book(MANY[:old]), by_the_book(MANY[:new])]
    whole = [*roots, *consistency_proof(MANY, old, new)]
    victim = data.draw(st.integers(0, len(whole) - 1))
    whole[victim] = flipped(whole[victim], bit)
    old_root, new_root, *proof = whole
    with pytest.raises(InvalidProof):
        verify_consistency(old, new, proof, old_root, new_root)


@given(st.data())
def test_a_proof_shows_one_place_and_one_size_only(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    index, other = data.draw(st.permutations(range(size)).map(lambda order: order[:2]))
    proof = inclusion_proof(MANY, index, size)
    with pytest.raises(InvalidProof):
        verify_inclusion(MANY[index], other, size, proof, by_the_book(MANY[:size]))


def test_history_that_was_rewritten_is_not_consistent() -> None:
    rewritten = (MANY[0], leaf_hash(b"another past"), *MANY[2:])
    proof = consistency_proof(rewritten, 7, 20)
    with pytest.raises(InvalidProof, match="old root"):
        verify_consistency(7, 20, proof, root(MANY[:7]), root(rewritten[:20]))


def test_hashes_of_another_length_do_not_pass_for_a_pair() -> None:
    left, right = MANY[0], MANY[1]
    its_root = root((left, right))
    shifted = left + right[:1], right[1:]
    with pytest.raises(InvalidProof, match="32 bytes"):
        verify_inclusion(shifted[0], 0, 2, [shifted[1]], its_root)


def test_proofs_are_made_from_kept_subtrees_with_few_questions() -> None:
    asked = 0
    computed = subtrees(MANY)

    def kept(level: int, index: int) -> bytes:
        nonlocal asked
        asked += 1
        return computed(level, index)

    subtree: Subtree = kept
    assert inclusion_proof_from(subtree, 0, 255) == inclusion_proof(MANY, 0, 255)
    assert asked <= 2 * 8 * 2
    asked = 0
    assert consistency_proof_from(subtree, 129, 255) == consistency_proof(MANY, 129, 255)
    assert asked <= 2 * 8 * 2


@pytest.mark.parametrize(
    "ask",
    [
        lambda: inclusion_proof(MANY, 5, 5),
        lambda: inclusion_proof(MANY, -1, 5),
        lambda: inclusion_proof(MANY, 0, 301),
        lambda: consistency_proof(MANY, 0, 5),
        lambda: consistency_proof(MANY, 6, 5),
        lambda: consistency_proof(MANY, 5, 301),
    ],
)
def test_what_cannot_be_proved_is_not_proved(ask: Callable[[], tuple[bytes, ...]]) -> None:
    with pytest.raises(ValueError, match="leaves"):
        ask()
