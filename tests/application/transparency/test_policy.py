"""Policies: whose keys count, and how many of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.transparency.checkpoint import Checkpoint, CheckpointError
from application.transparency.keys import Kind, SignerKey, VerifierKey
from application.transparency.note import Note, NoteError
from application.transparency.policy import Group, Log, Policy, PolicyError, Witness
from tests.application.transparency.vectors import LOG, ORIGIN, OTHER_WITNESS, WITNESS
from tests.thoroughness import examples

SIGNERS = [
    SignerKey(name=f"w{number}.example", kind=Kind.COSIGNATURE_V1, seed=bytes([number]) * 32)
    for number in range(1, 7)
]
KEYS = [str(each.verifier) for each in SIGNERS]
CHECKPOINT = Checkpoint(origin=ORIGIN, size=7, root=b"r" * 32).text()
TWO_OF_THREE_AND_ONE_OF_THREE = "".join(
    (
        "# who watches Westhaven\n",
        f"log {LOG.verifier}\thttps://log.example/westhaven\n",
        *(f"\twitness X{n} {KEYS[n - 1]}  \n" for n in (1, 2, 3)),
        "group X-witnesses 2 X1 X2 X3\n\n \t\n",
        *(f"witness Y{n} {KEYS[n + 2]} https://y{n}.example/\n" for n in (1, 2, 3)),
        "group Y-witnesses any Y1 Y2 Y3\n",
        "group X-and-Y all X-witnesses Y-witnesses\n",
        "  # and so\nquorum X-and-Y\n",
    )
)


def policy(text: str) -> Policy:
    return Policy.parse(text.encode())


def note(*keys: SignerKey, text: str = CHECKPOINT) -> bytes:
    return Note(
        text=text,
        signatures=tuple(
            key.sign(text, None if key.kind is Kind.ED25519 else 1_763_000_000) for key in keys
        ),
    ).encode()


def test_the_example_of_the_specification_means_what_it_says() -> None:
    read = policy(TWO_OF_THREE_AND_ONE_OF_THREE)
    assert read.logs == (Log(key=LOG.verifier, url="https://log.example/westhaven"),)
    assert read.groups[0] == Group(name="X-witnesses", threshold=2, members=("X1", "X2", "X3"))
    for met in ({"X1", "X2", "Y3"}, {"X2", "X3", "Y1", "Y2"}):
        assert read.is_met(met)
    for unmet in (set[str](), {"X1", "X2"}, {"X1", "Y1", "Y2", "Y3"}, {"X-and-Y"}):
        assert not read.is_met(unmet)


def test_a_checkpoint_is_judged_by_its_signatures() -> None:
    read = policy(TWO_OF_THREE_AND_ONE_OF_THREE)
    judged = read.judge(note(LOG, SIGNERS[0], SIGNERS[2], SIGNERS[5], WITNESS))
    assert judged.met
    assert judged.witnesses == ("X1", "X3", "Y3")
    assert judged.checkpoint.size == 7
    assert judged.unknown == 1
    alone = read.judge(note(LOG, SIGNERS[0], SIGNERS[0], SIGNERS[5]))
    assert not alone.met
    assert alone.witnesses == ("X1", "Y3")


def test_without_its_log_no_number_of_witnesses_is_enough() -> None:
    with pytest.raises(CheckpointError) as refused:
        policy(TWO_OF_THREE_AND_ONE_OF_THREE).judge(note(*SIGNERS))
    assert refused.value.code == "unsigned-by-log"


def test_a_log_signs_for_its_own_origin_only() -> None:
    elsewhere = CHECKPOINT.replace(ORIGIN, "log.example/elsewhere")
    with pytest.raises(CheckpointError) as refused:
        policy(f"log {LOG.verifier}\nquorum none\n").judge(note(LOG, text=elsewhere))
    assert refused.value.code == "unsigned-by-log"


def test_a_witness_of_the_policy_that_did_not_sign_this_rejects_it() -> None:
    wrong = SIGNERS[0].sign(CHECKPOINT.replace("\n7\n", "\n8\n"), 5)
    spoiled = Note(text=CHECKPOINT, signatures=(LOG.sign(CHECKPOINT), wrong)).encode()
    with pytest.raises(NoteError) as refused:
        policy(TWO_OF_THREE_AND_ONE_OF_THREE).judge(spoiled)
    assert refused.value.code == "bad-signature"


def test_a_quorum_of_nobody_takes_the_word_of_the_log() -> None:
    assert policy(f"log {LOG.verifier}\nquorum none\n").judge(note(LOG)).met


def test_one_witness_may_be_the_quorum_and_may_be_post_quantum() -> None:
    read = policy(f"log {LOG.verifier}\nwitness w {OTHER_WITNESS.verifier}\nquorum w\n")
    assert read.judge(note(LOG, OTHER_WITNESS)).met
    assert not read.judge(note(LOG)).met


ONE = f"witness a {KEYS[0]}\n"
TWO = ONE + f"witness b {KEYS[1]}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "quorum"),
        (ONE, "one quorum line"),
        ("quorum none", "newline"),
        ("quorum none\r\n", "control"),
        ("quorum none\x7f\n", "control"),
        ("quorum none\nquorum none\n", "line 2"),
        ("quorum\n", "line 1"),
        ("quorum a\n", "line 1"),
        ("quorum a\n" + ONE, "line 1"),
        ("quorum none none\n", "line 1"),
        (f"log {KEYS[0]}\nquorum none\n", "no log signs"),
        (f"log {LOG.verifier} a b\nquorum none\n", "line 1"),
        (f"log {LOG.verifier}\nlog {LOG.verifier}\nquorum none\n", "two log lines"),
        (f"witness a {LOG.verifier}\nquorum a\n", "no witness signs"),
        (f"witness {KEYS[0]}\nquorum none\n", "line 1"),
        (f"witness none {KEYS[0]}\nquorum none\n", "line 1"),
        (ONE + f"witness a {KEYS[1]}\nquorum a\n", "line 2"),
        (ONE + f"witness b {KEYS[0]}\nquorum a\n", "two witness lines"),
        (TWO + "group g all\nquorum a\n", "line 3"),
        (TWO + "group g 0 a b\nquorum g\n", "line 3"),
        (TWO + "group g 01 a b\nquorum g\n", "line 3"),
        (TWO + "group g 3 a b\nquorum g\n", "asks for 3 of 2"),
        (TWO + "group g most a b\nquorum g\n", "line 3"),
        (TWO + "group g any a c\nquorum g\n", "line 3"),
        (TWO + "group g any a none\nquorum g\n", "line 3"),
        (TWO + "group g any g\nquorum g\n", "line 3"),
        (TWO + "group a any b\nquorum a\n", "line 3"),
        (TWO + "group g 2 a a\nquorum g\n", "twice"),
        (TWO + "group g any a\ngroup h all g a\nquorum h\n", "twice"),
        ("logs none\nquorum none\n", "line 1"),
        (b"log \xff+00000000+AA==\nquorum none\n".decode("latin-1"), "line 1"),
    ],
)
def test_a_policy_that_says_nothing_or_two_things_is_refused(text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says) as refused:
        Policy.parse(text.encode("latin-1"))
    assert refused.value.code == "bad-policy"


def test_a_duplicate_key_is_one_whatever_it_is_called() -> None:
    renamed = VerifierKey(
        name="other.example", kind=Kind.COSIGNATURE_V1, public=SIGNERS[0].verifier.public
    )
    with pytest.raises(PolicyError, match="two witness lines"):
        policy(ONE + f"witness b {renamed}\nquorum a\n")


def test_a_name_is_bytes_that_mean_nothing() -> None:
    data = b"witness \xff\xe2\x84\xaa " + KEYS[0].encode() + b"\nquorum \xff\xe2\x84\xaa\n"
    read = Policy.parse(data)
    assert read.encode() == data
    assert read.witnesses[0].name != "K"


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    count = draw(st.integers(0, 5))
    url = st.none() | st.just("https://x.example/")
    witnesses = tuple(
        Witness(name=f"W{n}", key=SIGNERS[n].verifier, url=draw(url)) for n in range(count)
    )
    free, groups = [each.name for each in witnesses], list[Group]()
    for _ in range(draw(st.integers(0, count))):
        members = tuple(draw(st.lists(st.sampled_from(free), min_size=1, unique=True)))
        threshold = draw(st.integers(1, len(members)))
        group = Group(name=f"G{len(groups)}", threshold=threshold, members=members)
        groups.append(group)
        free = [*(each for each in free if each not in members), group.name]
    quorum = draw(st.sampled_from([*free, "none"]))
    logs = (Log(key=LOG.verifier, url=draw(url)),) if draw(st.booleans()) else ()
    return Policy(logs=logs, witnesses=witnesses, groups=tuple(groups), quorum=quorum)


@settings(max_examples=examples(60), deadline=None)
@given(policies())
def test_a_policy_is_read_back(made: Policy) -> None:
    assert Policy.parse(made.encode()) == made


@settings(max_examples=examples(60), deadline=None)
@given(policies(), st.data())
def test_more_witnesses_never_unmake_a_quorum(made: Policy, data: st.DataObject) -> None:
    names = [each.name for each in made.witnesses]
    some = {each for each in names if data.draw(st.booleans())}
    assert made.is_met(names)
    assert made.quorum == "none" or not made.is_met(())
    if made.is_met(some):
        assert all(made.is_met(some | {each}) for each in names)


def test_no_log_is_its_own_witness() -> None:
    own = VerifierKey(name="noord.example", kind=Kind.COSIGNATURE_V1, public=LOG.verifier.public)
    for lines in (
        f"log {LOG.verifier}\nwitness noord {own}\nquorum noord\n",
        f"witness noord {own}\nlog {LOG.verifier}\nquorum none\n",
    ):
        with pytest.raises(PolicyError, match="a witness has the key of a log"):
            policy(lines)
