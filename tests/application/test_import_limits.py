"""What does not fit the record is left out and said; what cannot be is refused whole."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from application.notices.import_notice import Imported
from application.notices.left_out import LEFT_OUT
from application.notices.notice import (
    Buyer,
    Deadline,
    Due,
    EuroRange,
    Notice,
    NoticeRefused,
    Winner,
)
from application.notices.parties import authority_id, legal_form, parties
from domain.convenant_project.award import AwardDecided, AwardNoticePublished, ContractSigned
from domain.convenant_project.contract_design import EstimateMade, LotsDivided
from domain.convenant_project.preparation import ProjectRegistered
from domain.convenant_project.procedure import DeadlineKind, DeadlineSet, NoticePublished
from domain.convenant_project.provenance import NoticeImported
from domain.decider import Refused
from domain.member.organisation import LegalForm, MemberRegistered
from domain.terms import Euro, Fact, MemberId, member_id_of_kvk
from tests.application.imports import facts_of, remembered
from tests.given import at, member
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import awarded, read, refusal
from tests.memory_ledger import MemoryLedger, MemoryVault

AWARDED = read(samples.F03)
CALL = read(samples.CN_MINIMAL)


def told(notice: Notice) -> tuple[list[Fact], list[str]]:
    """The facts of the project, and what the import says that it left out."""
    ledger = MemoryLedger()
    imported = asyncio.run(remembered(ledger, notice))
    remarks = [each for each in imported.remarks if each.code == LEFT_OUT]
    return facts_of(ledger, imported), [f"{each.element}: {each.text.en}" for each in remarks]


def kinds(facts: list[Fact]) -> set[type[Fact]]:
    return {type(each) for each in facts}


def said(left_out: list[str], words: str) -> bool:
    return any(words in each for each in left_out)


# ---------------------------------------------------------------------------------- refused whole


@pytest.mark.parametrize(
    ("notice", "code", "element"),
    [
        (replace(AWARDED, kind=None), "notice.kind-missing", "NC_CONTRACT_NATURE"),
        (replace(CALL, kind=None), "notice.kind-missing", "BT-23"),
        (
            replace(AWARDED, dispatched_on=date(2026, 11, 22)),
            "notice.in-the-future",
            "COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE",
        ),
        (
            replace(CALL, dispatched_at=datetime(2026, 11, 21, 12, 1, tzinfo=UTC)),
            "notice.in-the-future",
            "BT-05",
        ),
        (
            replace(CALL, published_on=date(2027, 1, 1)),
            "notice.in-the-future",
            "OPP-012",
        ),
        (
            replace(AWARDED, awards=(replace(awarded(AWARDED), concluded_on=date(2027, 1, 1)),)),
            "notice.in-the-future",
            "DATE_CONCLUSION_CONTRACT",
        ),
    ],
)
def test_a_notice_that_cannot_be_is_refused_by_its_element_and_nothing_is_stored(
    notice: Notice, code: str, element: str
) -> None:
    refused = _refused(notice, NoticeRefused)
    assert isinstance(refused, NoticeRefused)
    assert refused.code == code
    assert refused.element is not None
    assert element in refused.element
    assert refused.why.nl != refused.why.en


def test_so_is_one_that_the_forms_of_the_record_cannot_hold() -> None:
    refused = _refused(replace(CALL, title="x" * 20_001), NoticeRefused)
    assert isinstance(refused, NoticeRefused)
    assert (refused.code, refused.element) == ("notice.does-not-fit", "object, title")
    assert "xx" not in refused.why.nl + refused.why.en


def test_so_is_one_for_an_authority_that_the_record_does_not_know() -> None:
    stranger = member("Gemeente Nergens")
    refused = _refused(AWARDED, Refused, authority=stranger)
    assert isinstance(refused, Refused)
    assert refused.code == "import.unknown-authority"


def _refused(notice: Notice, kind: type[Exception], **more: Any) -> Exception:
    ledger, vault = MemoryLedger(), MemoryVault()
    with pytest.raises(kind) as refused:
        asyncio.run(remembered(ledger, notice, vault, **more))
    assert ledger.events == []
    assert vault._keys == {}
    return refused.value


@pytest.mark.parametrize("name", ["eforms-sdk/CEI.xml", "eforms-sdk/E2_minimal.xml"])
def test_a_form_that_nobody_held_is_refused_by_the_reader_already(name: str) -> None:
    refused = refusal(samples.data(name))
    assert refused.code == "notice.form-unknown"
    assert refused.element is not None
    assert refused.element.endswith("cbc:SubTypeCode")


# ----------------------------------------------------------------------------- one contract, or none

ANOTHER = Winner(
    name="Bouwbedrijf Verzonnen B.V.",
    kvk_number="90000017",
    town=None,
    country="NL",
    nuts=None,
    natural_person=None,
)


def _award(**more: Any) -> Notice:
    return replace(AWARDED, awards=(replace(awarded(AWARDED), **more),))


def test_of_several_contracts_none_is_the_contract_of_the_project() -> None:
    one = awarded(AWARDED)
    notice = replace(AWARDED, awards=(one, replace(one, lot="2", winners=(ANOTHER,))))
    facts, left_out = told(notice)
    assert kinds(facts) & {AwardDecided, ContractSigned} == set()
    assert AwardNoticePublished in kinds(facts)
    assert said(left_out, "awards: The notice reports 2 contracts")
    (source,) = [each for each in facts if isinstance(each, NoticeImported)]
    assert source.winners == (member_id_of_kvk("09036504"), member_id_of_kvk("90000017"))


def test_a_combination_of_winners_is_no_contractor() -> None:
    facts, left_out = told(_award(winners=(*awarded(AWARDED).winners, ANOTHER)))
    assert ContractSigned not in kinds(facts)
    assert said(left_out, "awards: The contract has 2 winners")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"concluded_on": None}, "on which day the contract was concluded"),
        ({"value": None}, "gives no amount"),
        ({"value": EuroRange(low=Euro(1_000_00), high=Euro(2_000_00))}, "gives no amount"),
        ({"value": Euro(1_00)}, "at most one euro"),
    ],
)
def test_a_contract_without_its_day_or_its_amount_is_left_out(
    wrong: dict[str, Any], words: str
) -> None:
    facts, left_out = told(_award(**wrong))
    assert ContractSigned not in kinds(facts)
    assert said(left_out, words)


def test_a_lot_that_was_not_awarded_does_not_take_the_contract_from_the_other() -> None:
    none = read(samples.F25_NONE).awards
    facts, left_out = told(replace(AWARDED, awards=(*AWARDED.awards, *none)))
    assert ContractSigned in kinds(facts)
    assert said(left_out, "awards: Not awarded (PROCUREMENT_DISCONTINUED)")


def test_a_reason_that_is_no_code_is_not_repeated() -> None:
    (none,) = read(samples.F25_NONE).awards
    notice = replace(AWARDED, awards=(replace(none, reason="bel mevrouw Verzonnen"),))  # type: ignore[arg-type]
    _, left_out = told(notice)
    assert said(left_out, "Not awarded (?)")


# ------------------------------------------------------------------------ lots, estimates, deadlines


def _lots(*values: Euro | None, ids: tuple[str, ...] = ("LOT-0001", "LOT-0002")) -> Notice:
    lot = CALL.lots[0]
    return replace(
        CALL,
        lots=tuple(
            replace(lot, id=name, estimated_value=value)
            for name, value in zip(ids, values, strict=True)
        ),
    )


def test_lots_come_with_their_estimates() -> None:
    facts, _ = told(_lots(Euro(400_000_00), Euro(600_000_00)))
    (divided,) = [each for each in facts if isinstance(each, LotsDivided)]
    assert [(lot.lot, lot.value, lot.european_procedure) for lot in divided.lots] == [
        ("LOT-0001", 400_000_00, True),
        ("LOT-0002", 600_000_00, True),
    ]


def test_or_not_at_all() -> None:
    facts, left_out = told(_lots(Euro(400_000_00), None))
    assert LotsDivided not in kinds(facts)
    assert said(left_out, "lots: The 2 lots were left out")


def test_a_lot_whose_name_is_no_code_is_numbered() -> None:
    facts, _ = told(_lots(Euro(1_000_00), Euro(2_000_00), ids=("Perceel Noord", "Perceel Zuid")))
    (divided,) = [each for each in facts if isinstance(each, LotsDivided)]
    assert [lot.lot for lot in divided.lots] == ["1", "2"]


def test_an_estimate_of_one_euro_is_no_estimate() -> None:
    facts, left_out = told(replace(CALL, estimated_value=Euro(1_00)))
    assert EstimateMade not in kinds(facts)
    assert said(left_out, "estimated_value: An amount of at most one euro")


def test_the_estimate_of_the_only_lot_is_that_of_the_whole() -> None:
    lot = replace(CALL.lots[0], estimated_value=Euro(750_000_00))
    facts, _ = told(replace(CALL, lots=(lot,)))
    (made,) = [each for each in facts if isinstance(each, EstimateMade)]
    assert made.amount == 750_000_00


def _deadlines(*deadlines: tuple[Due, date, datetime | None]) -> Notice:
    return replace(
        CALL,
        deadlines=tuple(
            Deadline(due=due, lot=str(number), on=on, at=moment)
            for number, (due, on, moment) in enumerate(deadlines)
        ),
    )


def test_a_deadline_without_an_hour_runs_to_the_end_of_its_day() -> None:
    facts, _ = told(_deadlines((Due.TENDERS, date(2020, 7, 1), None)))
    (deadline,) = [each for each in facts if isinstance(each, DeadlineSet)]
    assert deadline.kind is DeadlineKind.TENDERS
    assert deadline.deadline == datetime(2020, 7, 1, 21, 59, 59, 999999, tzinfo=UTC)


def test_lots_with_one_deadline_have_one_and_others_none() -> None:
    on, noon = date(2020, 2, 4), datetime(2020, 2, 4, 11, tzinfo=UTC)
    same, _ = told(_deadlines((Due.TENDERS, on, noon), (Due.TENDERS, on, noon)))
    assert DeadlineSet in kinds(same)
    other, left_out = told(_deadlines((Due.TENDERS, on, noon), (Due.TENDERS, on, None)))
    assert DeadlineSet not in kinds(other)
    assert said(left_out, "deadlines: The lots have 2 different deadlines")


def test_nothing_is_public_before_it_was_sent() -> None:
    facts, _ = told(
        replace(CALL, published_on=date(2019, 11, 21), dispatched_at=at("2019-11-21 16:00"))
    )
    (published,) = [each for each in facts if isinstance(each, NoticePublished)]
    assert published.occurred_at == at("2019-11-21 16:00")


# ------------------------------------------------------------------------------- who is the same one


def test_two_notices_of_one_authority_make_one_authority() -> None:
    ledger = MemoryLedger()

    async def story() -> tuple[Imported, Imported]:
        return (
            await remembered(ledger, read(samples.CAN29)),  # eForms: NLD
            await remembered(ledger, read(samples.F03_UNTYPED)),  # TED: NL
        )

    one, other = asyncio.run(story())
    assert one.project != other.project
    assert one.members[0] == other.members[0]
    names = [each.fact.name for each in ledger.events if isinstance(each.fact, MemberRegistered)]
    assert names.count("Waterschap Rivierenland") == 1


def buyer(**more: Any) -> Buyer:
    ordinary = Buyer(
        name="Gemeente Noorderdam", national_ids=("491608985",), town="Noorderdam",
        country="NL", nuts=None,
    )  # fmt: skip
    return replace(ordinary, **more)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (buyer(name="GEMEENTE  Noorderdam."), True),
        (buyer(country="NLD"), True),
        (buyer(town="Elders"), True),
        (buyer(national_ids=("491 608 985",)), True),
        (buyer(national_ids=("491608986",)), False),
        (buyer(name="Gemeente Noorderdam, Ingenieursbureau"), False),
        (buyer(country="BE"), False),
        (buyer(national_ids=()), False),
    ],
)
def test_an_authority_is_known_by_name_number_and_country(other: Buyer, same: bool) -> None:  # noqa: FBT001
    assert (authority_id(buyer()) == authority_id(other)) is same


def test_without_a_number_the_town_tells_two_of_one_name_apart() -> None:
    def nameless(town: str) -> Buyer:
        return buyer(name="Gemeente Bergen", national_ids=(), town=town)

    assert authority_id(nameless("Alkmaar")) != authority_id(nameless("Nieuw Bergen"))
    assert authority_id(nameless("ALKMAAR")) == authority_id(nameless("Alkmaar"))


def test_a_winner_that_the_record_knows_is_not_registered_again() -> None:
    ledger = MemoryLedger()

    async def story() -> tuple[Imported, Imported]:
        first = await remembered(ledger, AWARDED)
        return first, await remembered(ledger, replace(AWARDED, sha256="b" * 64))

    first, second = asyncio.run(story())
    assert first.members == second.members
    assert first.project != second.project
    assert second.added == first.added - 2


def test_one_winner_of_two_lots_is_one_member() -> None:
    one = awarded(read(samples.F03_RANGE))
    again = replace(one.winners[0], name=one.winners[0].name.upper(), town="Elders")
    notice = replace(AWARDED, awards=(one, replace(one, lot="2", winners=(again,))))
    assert len({party.id for party in parties(notice).winners.values()}) == 1


def test_a_company_without_a_number_is_open_and_stands_for_this_notice_alone() -> None:
    notice = replace(
        AWARDED, awards=(replace(awarded(AWARDED), winners=(replace(ANOTHER, kvk_number=None),)),)
    )
    one, other = parties(notice), parties(replace(notice, sha256="b" * 64))
    (here,), (there,) = one.winners.values(), other.winners.values()
    assert not here.sealed
    assert here.register == there.register
    assert here.id != there.id


def test_a_project_may_belong_to_an_authority_that_the_record_knew_before() -> None:
    ledger = MemoryLedger()

    async def story() -> tuple[MemberId, Imported]:
        known = (await remembered(ledger, read(samples.F01_LOT))).members[0]
        await remembered(ledger, AWARDED, authority=known)
        return known, await remembered(ledger, AWARDED)

    known, again = asyncio.run(story())
    assert again.added == 0
    assert again.members[0] == known
    assert any("Gemeente Meierijstad" in each.text.nl for each in again.remarks)
    owners = [
        each.fact.authority for each in ledger.events if isinstance(each.fact, ProjectRegistered)
    ]
    assert owners == [known, known]
    names = {each.fact.name for each in ledger.events if isinstance(each.fact, MemberRegistered)}
    assert "Gemeente Meierijstad" not in names


@pytest.mark.parametrize(
    ("name", "country", "form"),
    [
        ("Gemeente Noorderdam", "NL", LegalForm.PUBLIC_BODY),
        ("Ministerie van Verzinsels", "NLD", LegalForm.PUBLIC_BODY),
        ("Gemeentelijk Havenbedrijf N.V.", "NL", LegalForm.PUBLIC_LIMITED),
        ("Verzonnen Bouw bv", "NL", LegalForm.PRIVATE_LIMITED),
        ("Verzonnen Bouw B. V.", "NL", LegalForm.PRIVATE_LIMITED),
        ("Coöperatie Verzonnen", "NL", LegalForm.COOPERATIVE),
        ("Zuivel Verzonnen U.A.", "NL", LegalForm.COOPERATIVE),
        ("Stichting Verzonnen", "NL", LegalForm.FOUNDATION),
        ("Vereniging Verzonnen", "NL", LegalForm.ASSOCIATION),
        ("Verzonnen GmbH", "DE", LegalForm.FOREIGN),
        ("Verzonnen B.V.", "BEL", LegalForm.FOREIGN),
        ("Bouwcombinatie Verzonnen B.V.", "NL", LegalForm.UNKNOWN),
        ("Verzonnen en Zonen", "NL", LegalForm.UNKNOWN),
        ("B.V. Verzonnen en Zonen", "NL", LegalForm.UNKNOWN),
    ],
)
def test_a_legal_form_is_what_the_name_says_and_otherwise_unknown(
    name: str, country: str, form: LegalForm
) -> None:
    assert legal_form(name, country) is form
