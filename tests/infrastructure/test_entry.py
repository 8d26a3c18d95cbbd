"""The entry's form, held to the standard and to the bytes that were published first."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.entry import LONGEST_ENTRY, entry_bytes

FIRST = (
    b'{"actor":"00000000-0000-0000-0000-000000000009",'
    b'"aggregate":"00000000-0000-0000-0000-000000000001","aggregateVersion":3,'
    b'"body":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",'
    b'"command":"00000000-0000-0000-0000-000000000002","event":"circle.member-joined",'
    b'"eventVersion":1,'
    b'"policy":"0000000000000000000000000000000000000000000000000000000000000000",'
    b'"recordedAt":"2026-03-01T11:00:00.000001Z","schemaVersion":1}'
)


def test_an_entry_of_format_1_is_these_bytes_for_ever() -> None:
    """With an empty salt its body's hash is `printf '{}' | sha256sum`."""
    moment = datetime(2026, 3, 1, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    entry = entry_bytes(
        stream=UUID(int=1), version=3, name="circle.member-joined", name_version=1, body=b"{}",
        salt=b"", recorded_at=moment, command=UUID(int=2), actor=UUID(int=9), policy=bytes(32),
    )  # fmt: skip
    assert entry == FIRST


@given(
    st.uuids(), st.integers(1, 2**31 - 1), st.binary(max_size=600),
    st.binary(min_size=32, max_size=32), st.datetimes(timezones=st.just(UTC)),
)  # fmt: skip
def test_an_entry_is_canonical_and_says_the_salted_hash(
    some: UUID, number: int, body: bytes, salt: bytes, moment: datetime
) -> None:
    entry = entry_bytes(
        stream=some, version=number, name="circle.member-joined", name_version=number, body=body,
        salt=salt, recorded_at=moment, command=some, actor=some, policy=salt,
    )  # fmt: skip
    assert len(entry) < LONGEST_ENTRY // 100
    said: dict[str, str | int] = {
        "schemaVersion": 1,
        "aggregate": str(some),
        "aggregateVersion": number,
        "event": "circle.member-joined",
        "eventVersion": number,
        "command": str(some),
        "recordedAt": moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "actor": str(some),
        "policy": salt.hex(),
        "body": sha256(salt + body).hexdigest(),
    }
    assert entry == rfc8785.dumps(dict(said))
