"""A snapshot says exactly what was folded, and only its own build believes it."""

from uuid import UUID

from application.access import belonging
from application.aggregates import AGGREGATES, MEMBER
from application.snapshots import Snapshot, StateCodec

STREAM = UUID("00000000-0000-4000-8000-000000000077")
OTHER = UUID("00000000-0000-4000-8000-000000000078")
NAMES = [("circle.founded", 1), ("member.registered", 1)]
CODECS = {each.name: StateCodec(each, names=NAMES, code="a") for each in AGGREGATES}
EMPTY = Snapshot(version=3, state=MEMBER.decider.initial, told=belonging(STREAM, ()))


def test_a_damaged_or_misplaced_snapshot_counts_as_none() -> None:
    codec = CODECS[MEMBER.name]
    written = codec.write(STREAM, EMPTY)
    assert codec.read(STREAM, 3, written) == EMPTY
    assert codec.read(STREAM, 4, written) is None
    assert codec.read(OTHER, 3, written) is None
    assert codec.read(STREAM, 3, b"") is None
    for place in range(len(written)):
        damaged = written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :]
        assert codec.read(STREAM, 3, damaged) is None


def test_other_code_other_events_and_other_aggregates_are_other_editions() -> None:
    editions = {each.edition for each in CODECS.values()}
    editions.add(StateCodec(MEMBER, names=NAMES, code="b").edition)
    editions.add(StateCodec(MEMBER, names=[*NAMES[:1], ("member.registered", 2)], code="a").edition)
    assert len(editions) == len(AGGREGATES) + 2
    assert StateCodec(MEMBER, names=NAMES[::-1], code="a").edition == CODECS[MEMBER.name].edition
    written = StateCodec(MEMBER, names=NAMES, code="b").write(STREAM, EMPTY)
    assert CODECS[MEMBER.name].read(STREAM, 3, written) is None
