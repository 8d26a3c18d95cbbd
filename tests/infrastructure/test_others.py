"""Whom the settings name: a policy and an authority that can be used, or a refusal with its cure."""

import asyncio
from pathlib import Path

import pytest

from application.transparency.checkpoint import Checkpoint
from application.transparency.keys import Kind, SignerKey, VerifierKey
from domain.tree import empty_root
from infrastructure.others import Others, read_policy
from infrastructure.refusals import Unusable
from infrastructure.settings import read
from tests.infrastructure.logged import Logged

# Always the same, because they are in the names of tests, which all workers of a run have to agree on.
WITNESS = SignerKey(name="noord.example/getuige", kind=Kind.COSIGNATURE_V1, seed=b"w" * 32).verifier
NOTHING = Checkpoint(origin="kringboek.example/toets", size=0, root=empty_root())
STRANGER = SignerKey(name="elders.example", kind=Kind.ED25519, seed=b"s" * 32).verifier


@pytest.fixture
def logged(tmp_path: Path) -> Logged:
    return Logged.below(tmp_path)


def others(logged: Logged, **named: object) -> Others:
    """As whoever publishes has them, when the first checkpoint was published."""
    settings = read({f"KRINGBOEK_{name}": str(value) for name, value in named.items()})
    found = Others(settings, logged.folder, logged.signer.key)
    asyncio.run(found.ask(NOTHING, None))
    return found


def test_nobody_is_asked_where_nobody_is_named(logged: Logged) -> None:
    nobody = others(logged)
    assert nobody.policy is None
    assert list(nobody.work()) == []
    assert logged.folder.read("policy") is None


def test_a_policy_that_names_no_log_is_about_this_one_and_is_published(
    logged: Logged, tmp_path: Path
) -> None:
    path = tmp_path / "policy"
    path.write_text(f"witness noord {WITNESS} https://noord.example\nquorum noord\n")
    policy = others(logged, WITNESS_POLICY=path).policy
    assert policy is not None
    assert [each.key for each in policy.logs] == [logged.signer.key]
    assert logged.folder.read("policy") == policy.encode()


def test_who_does_not_publish_leaves_the_policy_of_who_does(logged: Logged, tmp_path: Path) -> None:
    """As a process with a key of its own, which waits."""
    path = tmp_path / "policy"
    path.write_text(f"witness noord {WITNESS} https://noord.example\nquorum noord\n")
    others(logged, WITNESS_POLICY=path)
    before = logged.folder.read("policy")
    Others(read({"KRINGBOEK_WITNESS_POLICY": str(path)}), logged.folder, STRANGER)
    Others(read({}), logged.folder, STRANGER)
    assert logged.folder.read("policy") == before


def test_a_policy_that_is_no_longer_named_is_published_no_longer(
    logged: Logged, tmp_path: Path
) -> None:
    path = tmp_path / "policy"
    path.write_text(f"witness noord {WITNESS} https://noord.example\nquorum noord\n")
    others(logged, WITNESS_POLICY=path)
    others(logged)
    assert logged.folder.read("policy") is None


def test_this_log_is_not_its_own_witness(logged: Logged, tmp_path: Path) -> None:
    key = logged.signer.key
    own = VerifierKey(name="noord.example", kind=Kind.COSIGNATURE_V1, public=key.public)
    path = tmp_path / "policy"
    path.write_text(f"witness noord {own} https://noord.example\nquorum noord\n")
    with pytest.raises(Unusable, match="a witness has the key of a log"):
        read_policy(path, key)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read"),
        ("", "one quorum line"),
        (f"witness noord {WITNESS} https://noord.example\n", "one quorum line"),
        ("witness noord zo+maar+iets\nquorum noord\n", "line 1"),
        (f"witness noord {STRANGER}\nquorum noord\n", "no witness signs"),
        (f"log {STRANGER}\nquorum none\n", "not this one"),
        (f"witness noord {WITNESS} file:///etc/passwd\nquorum noord\n", "http or https"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused(
    logged: Logged, tmp_path: Path, content: str | None, why: str
) -> None:
    path = tmp_path / "policy"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Unusable, match=why) as refused:
        read_policy(path, logged.signer.key)
    assert (refused.value.code, refused.value.what) == (
        "witness-policy",
        "KRINGBOEK_WITNESS_POLICY",
    )


def test_an_authority_needs_certificates_to_be_believed_for(logged: Logged) -> None:
    with pytest.raises(Unusable) as refused:
        others(logged, TIMESTAMP_AUTHORITY="https://tijd.example")
    assert refused.value.code == "timestamp-incomplete"
