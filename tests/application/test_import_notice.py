"""A published notice becomes a project: once, whole, with its evidence, and with nobody named."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

import pytest

from application.notices.import_notice import Imported
from application.notices.left_out import LEFT_OUT
from application.notices.notice import Notice
from application.ports import Append, Appended, LedgerUnavailable
from application.sealing.scheme import unseal
from domain.member.organisation import MemberRegistered
from domain.record import Recorded
from domain.sealing import KeyCreated, KeyId
from domain.terms import Fact, Instant, MemberId, Sealed
from infrastructure.ledger import PostgresLedger
from infrastructure.notices import read_notice
from tests.application.expected_imports import BECOMES, SEALED
from tests.application.imports import ACCEPTED, real, remembered, source_of, taken_in
from tests.conftest import Database
from tests.given import person
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import data, edited, read
from tests.memory_ledger import MemoryLedger, MemoryVault

# --------------------------------------------------------------------------- what each one becomes


@pytest.mark.parametrize("name", samples.PUBLISHED)
def test_a_published_notice_becomes_a_project_of_what_it_says(
    name: str, database: Database
) -> None:
    becomes, notice, vault = BECOMES[name], read(name), MemoryVault()

    async def story() -> tuple[Imported, list[Recorded[Fact]]]:
        async with real(database) as ledger:
            imported = await taken_in(ledger, notice, vault)
            return imported, [each async for each in ledger.read()]

    imported, recorded = asyncio.run(story())
    members = {
        MemberId(each.stream): each.fact
        for each in recorded
        if isinstance(each.fact, MemberRegistered)
    }
    names = {_open(each.name): member for member, each in members.items()}
    told = [each for each in recorded if each.stream == imported.project]
    source = source_of(told)

    assert [
        (_open(each.name), each.legal_form, each.kvk_number) for each in members.values()
    ] == list(becomes.members)
    assert [each.fact for each in told if each.fact is not source] == list(
        becomes.facts(names.__getitem__)
    )
    assert imported.members == tuple(members)
    assert source.winners == tuple(names[each] for each in becomes.winners)
    assert [each.element for each in source.remarks if each.code == LEFT_OUT] == list(
        becomes.left_out
    )
    assert imported.added == imported.position == len(recorded)
    assert recorded[-1].position == imported.position


def _open(name: str | Sealed) -> str:
    return SEALED if isinstance(name, Sealed) else name


@pytest.mark.parametrize("name", ACCEPTED)
def test_the_evidence_is_the_notice_itself(name: str) -> None:
    notice = read(name)
    ledger = MemoryLedger()
    asyncio.run(remembered(ledger, notice))
    source = source_of(list(ledger.events))
    assert source.sha256 == sha256(data(name)).hexdigest()
    for field in (
        *("form", "identifier", "notice_id", "procedure_id", "previous", "changes", "language"),
        *("legal_basis", "procedure", "dispatched_on", "published_on"),
    ):
        assert getattr(source, field) == getattr(notice, field), field
    assert source.notice_version == notice.version
    if notice.outside is None:
        assert source.outside is None
    else:
        assert source.outside is not None
        for field in ("regime", "element", "stated", "why"):
            assert getattr(source.outside, field) == getattr(notice.outside, field)
    assert [each.text for each in notice.remarks] == [
        each.text for each in source.remarks if each.code.startswith("notice.")
    ]


@pytest.mark.parametrize("name", samples.PUBLISHED)
def test_a_notice_under_other_law_says_so(name: str) -> None:
    outside = read(name).outside
    said = None if outside is None else (outside.regime, outside.stated)
    assert said == BECOMES[name].outside


def test_what_was_left_out_is_told_with_its_reason() -> None:
    imported = asyncio.run(remembered(MemoryLedger(), read(samples.F02)))
    texts = {each.en for each in imported.left_out}
    assert any("description was left out" in each for each in texts)
    assert any("weights of the award criteria" in each for each in texts)
    assert not any("form says something else" in each for each in texts)


# ------------------------------------------------------------------------------------- only once


@pytest.mark.parametrize("name", ACCEPTED)
def test_importing_a_file_again_adds_nothing_and_tells_the_same(name: str) -> None:
    ledger, vault = MemoryLedger(), MemoryVault()

    async def story() -> tuple[Imported, Imported]:
        notice = read(name)
        return await remembered(ledger, notice, vault), await remembered(ledger, notice, vault)

    first, second = asyncio.run(story())
    assert second == replace(first, added=0)
    assert len(ledger.events) == first.added
    assert len(vault._keys) == sum(
        isinstance(each.fact, MemberRegistered) and isinstance(each.fact.name, Sealed)
        for each in ledger.events
    )


def test_again_means_whoever_asks_and_whatever_came_in_between() -> None:
    ledger = MemoryLedger()

    async def story() -> tuple[Imported, Imported]:
        first = await remembered(ledger, read(samples.F03))
        await remembered(ledger, read(samples.F02))
        again = await remembered(
            ledger, read(samples.F03), actor=person("iemand anders"), policy=bytes([1] * 32)
        )
        return first, again

    first, again = asyncio.run(story())
    assert again == replace(first, added=0)


def test_two_who_import_the_same_file_at_once_make_one_project(database: Database) -> None:
    notice = read(samples.F03_RANGE)

    async def story() -> tuple[list[Imported], int]:
        async with real(database) as ledger:
            both = await asyncio.gather(*(taken_in(ledger, notice) for _ in range(4)))
            return both, (await ledger.head())[0]

    done, head = asyncio.run(story())
    assert {replace(each, added=0) for each in done} == {replace(done[0], added=0)}
    assert sum(each.added for each in done) == head == 7


class Cut(MemoryLedger):
    """A ledger whose connection breaks at one append: before it is stored, or before the answer."""

    def __init__(self, at: int, *, stored: bool) -> None:
        super().__init__()
        self.left = at
        self.stored = stored

    async def append(self, append: Append, *, clock: Instant | None = None) -> Appended:
        self.left -= 1
        if self.left == 0 and not self.stored:
            raise LedgerUnavailable
        answer = await super().append(append, clock=clock)
        if self.left == 0:
            raise LedgerUnavailable
        return answer


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("at", range(1, 7))
def test_an_import_that_was_cut_off_goes_on_where_it_stopped(at: int, stored: bool) -> None:  # noqa: FBT001
    whole, cut, notice = MemoryLedger(), Cut(at, stored=stored), read(samples.F03_RANGE)

    async def story() -> tuple[Imported, Imported]:
        with pytest.raises(LedgerUnavailable):
            await remembered(cut, notice)
        assert len({each.command for each in cut.events}) == (at if stored else at - 1)
        return await remembered(whole, notice), await remembered(cut, notice)

    expected, mended = asyncio.run(story())
    assert replace(mended, added=0) == replace(expected, added=0)
    assert [_without_cipher(each.fact) for each in cut.events] == [
        _without_cipher(each.fact) for each in whole.events
    ]


def _without_cipher(fact: Fact) -> Fact:
    if isinstance(fact, MemberRegistered) and isinstance(fact.name, Sealed):
        return replace(fact, name=SEALED)
    if isinstance(fact, KeyCreated):
        return replace(fact, kid=KeyId(UUID(int=0)), commitment="")
    return fact


# -------------------------------------------------------------------------------- nobody is named

PLANTED = ("Wilhelmina Verzonnen-Geplant", "0619283746", "w.verzonnen@geplant.example")


def _planted(name: str) -> Notice:
    """The notice with a contact person in its contact point and in every text."""
    contact, phone, mail = PLANTED
    return read_notice(
        edited(
            name,
            ("Contactpersoon 1 (fictief)", contact),
            ("+31 000000001", phone),
            ("contact1@voorbeeld.example", mail),
            *TEXTS[name](" ".join(PLANTED)),
        )
    )


TEXTS: dict[str, Callable[[str], tuple[tuple[str, str], ...]]] = {
    samples.F01_LOT: lambda texts: (
        ("Preventief en Reactief Onderhoud", f"Preventief en Reactief Onderhoud {texts}"),
        ("Raamovereenkomst Openbare Verlichting 2022-2026", f"Raamovereenkomst {texts}"),
    ),
    samples.CAN29: lambda texts: (
        ("De opdracht omvat het", f"{texts} De opdracht omvat het"),
        ("Reparatie vloeren en", f"Reparatie {texts} vloeren en"),
    ),
}


@pytest.mark.parametrize("name", [samples.F01_LOT, samples.CAN29])
def test_a_contact_person_is_nowhere_in_what_is_stored(name: str, database: Database) -> None:
    notice = _planted(name)
    stored = asyncio.run(_stored(database, lambda ledger: taken_in(ledger, notice)))
    assert notice.title.encode() in stored
    for each in (*PLANTED, "Verzonnen", "geplant.example"):
        assert each.encode() not in stored


async def _stored(
    database: Database, work: Callable[[PostgresLedger], Awaitable[Imported]]
) -> bytes:
    async with real(database) as ledger:
        await work(ledger)
        pages = [page async for page in ledger.stored()]
    return b"\n".join(each.body + each.entry for page in pages for each in page)


def test_a_winner_who_may_be_a_person_is_sealed_with_the_number(database: Database) -> None:
    notice, vault = read(samples.F15), MemoryVault()
    stored = asyncio.run(_stored(database, lambda ledger: taken_in(ledger, notice, vault)))
    assert b"70021791" not in stored
    assert stored.count(b"Zonnepark Fledderbosch") == 2  # the title and the object of the project
    assert b'"name":"Zonnepark' not in stored


def test_the_seal_opens_with_its_key_and_under_its_own_id() -> None:
    ledger, vault = MemoryLedger(), MemoryVault()
    asyncio.run(remembered(ledger, read(samples.F15), vault))
    (winner,) = [
        each
        for each in ledger.events
        if isinstance(each.fact, MemberRegistered) and isinstance(each.fact.name, Sealed)
    ]
    assert isinstance(winner.fact, MemberRegistered)
    assert isinstance(winner.fact.name, Sealed)
    key = asyncio.run(vault.get(winner.fact.name.kid))
    opened = unseal(winner.fact.name, key, "name", winner.stream)
    assert opened == "Zonnepark Fledderbosch"


def test_the_id_of_such_a_winner_says_nothing_of_the_name() -> None:
    async def winner(*edits: tuple[str, str]) -> MemberId:
        imported = await remembered(MemoryLedger(), read(samples.F15, *edits))
        return imported.members[1]

    async def story() -> tuple[MemberId, MemberId]:
        return await winner(), await winner(("2022/S 010-022374", "2022/S 010-022375"))

    one, other = asyncio.run(story())
    assert one != other
