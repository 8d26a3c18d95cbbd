"""Where reading lots, criteria and awards takes judgement: weights, winners, who won what."""

import pytest

from application.notices.notice import NotAwarded, RemarkCode, Winner
from domain.terms import Euro
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import awarded, codes, read

# --------------------------------------------------------------------------------------- weights


def katwijk(*weights: str) -> list[int | None]:
    """The weights in basis points, of three criteria with these stated weights."""
    edits = [
        (f"<AC_WEIGHTING>{old}</AC_WEIGHTING>", f"<AC_WEIGHTING>{new} </AC_WEIGHTING>")
        for old, new in zip("513", weights, strict=True)
    ]
    return [each.weight for each in read(samples.F03_RANGE, *edits).lots[0].criteria]


@pytest.mark.parametrize(
    ("stated", "weights"),
    [
        (("50", "20", "30"), [5_000, 2_000, 3_000]),
        (("33.33", "33,33", "33.34"), [3_333, 3_333, 3_334]),
        (("50", "20", "25"), [None, None, None]),
        (("100", "0", "0"), [None, None, None]),
        (("50 %", "20%", "25 %"), [5_000, 2_000, 2_500]),
        (("50 %", "20 punten", "1e1"), [5_000, None, None]),
        (("101 %", "50-60", "belangrijkst"), [None, None, None]),
    ],
)
def test_a_weight_is_a_percentage_only_if_the_notice_makes_it_one(
    stated: tuple[str, ...], weights: list[int | None]
) -> None:
    assert katwijk(*stated) == weights


@pytest.mark.parametrize(
    ("unit", "number", "weight", "stated"),
    [
        ("per-exa", "60", 6_000, "60 (per-exa)"),
        ("per-exa", "37.5", 3_750, "37.5 (per-exa)"),
        ("poi-exa", "60", None, "60 (poi-exa)"),
        ("ord-imp", "1", None, "1 (ord-imp)"),
    ],
)
def test_eforms_names_the_unit_of_a_weight(
    unit: str, number: str, weight: int | None, stated: str
) -> None:
    notice = read(
        samples.CAN29,
        ('listName="number-fixed">fix-unit', f'listName="number-weight">{unit}'),
        ("<efbc:ParameterNumeric>25000<", f"<efbc:ParameterNumeric>{number}<"),
    )
    criterion = notice.lots[0].criteria[3]
    assert (criterion.weight, criterion.weight_stated) == (weight, stated)


# --------------------------------------------------------------------------------------- winners


@pytest.mark.parametrize(
    ("number", "country", "kvk"),
    [
        ("09036504", "NL", "09036504"),
        ("9036504", "NL", None),
        ("090365041", "NL", None),
        ("NL009036504B01", "NL", None),
        ("0903 6504", "NL", None),
        ("٠٩٠٣٦٥٠٤", "NL", None),
        ("09036504", "DK", None),
        ("61559918", "NL", None),
    ],
    ids=["8", "7", "9", "vat", "space", "arabic-indic", "Danish", "the buyer's own"],
)
def test_a_national_id_is_a_kvk_number_if_it_has_8_digits_and_is_the_winners(
    number: str, country: str, kvk: str | None
) -> None:
    notice = read(
        samples.F03,
        ("<NATIONALID>09036504</NATIONALID>", f"<NATIONALID>{number}</NATIONALID>"),
        (
            '<POSTAL_CODE>0000 AA</POSTAL_CODE>\n                                <COUNTRY VALUE="NL"/>',
            f'<COUNTRY VALUE="{country}"/>',
        ),
    )
    winner = awarded(notice).winners[0]
    assert winner.kvk_number == kvk
    if kvk is None:
        assert number not in repr(notice.awards)


def test_the_same_holds_in_eforms() -> None:
    assert awarded(read(samples.CAN29)).winners[0].kvk_number == "70248311"
    for edit in (
        ("70248311", "702483110"),
        ("70248311", "30281419"),
        ("NLD</cbc:Id", "DNK</cbc:Id"),
    ):
        assert awarded(read(samples.CAN29, edit)).winners[0].kvk_number is None


@pytest.mark.parametrize(
    ("name", "natural_person", "personal"),
    [
        ("Hegeman Bouw & Infra B.V.", True, False),
        ("Arcadis Nederland BV", None, False),
        ("TOTAL Nederland N.V.", None, False),
        ("Coöperatie De Linge U.A.", None, False),
        ("Stichting Groen", None, False),
        ("Kuiper Grondwerken", None, True),
        ("Kuiper & Zn. v.o.f.", None, True),
        ("J. Bvulder", None, True),
        ("Kuiper Grondwerken", False, False),
        ("Kuiper Grondwerken", True, True),
    ],
)
def test_a_name_that_may_be_a_persons_is_told_from_one_that_is_not(
    name: str, *, natural_person: bool | None, personal: bool
) -> None:
    winner = Winner(
        name=name,
        kvk_number=None,
        town=None,
        country="NL",
        nuts=None,
        natural_person=natural_person,
    )
    assert winner.may_name_a_person is personal


def test_a_combination_of_undertakings_is_one_award_with_several_winners() -> None:
    tenderer = '<efac:Tenderer><cbc:ID schemeName="organization">ORG-0003</cbc:ID></efac:Tenderer>'
    second = tenderer.replace("ORG-0003", "ORG-0002")
    notice = read(samples.CAN29, (tenderer, tenderer + second))
    assert [winner.name for winner in awarded(notice).winners] == [
        "Hegeman Bouw & Infra B.V.",
        "Rechtbank Gelderland",
    ]


# ------------------------------------------------------------------------------- lots and awards


def test_a_tender_that_lost_is_no_award_although_the_result_lists_it() -> None:
    listed = '<efac:LotTender><cbc:ID schemeName="tender">TEN-0001</cbc:ID></efac:LotTender>'
    other = '<efac:LotTender><cbc:ID schemeName="tender">TEN-0002</cbc:ID></efac:LotTender>'
    described = (
        '<efac:LotTender><cbc:ID schemeName="tender">TEN-0002</cbc:ID><cac:LegalMonetaryTotal>'
        '<cbc:PayableAmount currencyID="EUR">4000000.00</cbc:PayableAmount>'
        '</cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID schemeName="tendering-party">'
        "TPA-0001</cbc:ID></efac:TenderingParty><efac:TenderLot>"
        '<cbc:ID schemeName="Lot">LOT-0000</cbc:ID></efac:TenderLot></efac:LotTender>'
    )
    before = "selec-w</cbc:TenderResultCode>"
    notice = read(
        samples.CAN29,
        (before, before + other),
        (f"{listed}</efac:SettledContract>", f"{listed}</efac:SettledContract>{described}"),
    )
    assert [awarded(notice).value] == [Euro(3_887_000_00)]
    assert len(notice.awards) == 1


@pytest.mark.parametrize(("code", "still_open"), [("clos-nw", False), ("open-nw", True)])
def test_a_lot_without_a_winner_says_whether_the_choice_is_still_to_come(
    code: str, *, still_open: bool
) -> None:
    reason = (
        f"{code}</cbc:TenderResultCode><efac:DecisionReason><efbc:DecisionReasonCode>"
        "no-rece</efbc:DecisionReasonCode></efac:DecisionReason>"
    )
    notice = read(samples.CAN29, ("selec-w</cbc:TenderResultCode>", reason))
    assert notice.awards == (
        NotAwarded(
            lot="LOT-0000",
            reason="no-rece",
            still_open=still_open,
            tenders_received=None,
            tenders_electronic=3,
        ),
    )


def test_a_tender_for_a_group_of_lots_is_remarked_upon() -> None:
    old = '<efac:TenderLot><cbc:ID schemeName="Lot">LOT-0000</cbc:ID></efac:TenderLot><efac:TenderReference>'
    notice = read(samples.CAN29, (old, old.replace('"Lot">LOT-0000', '"LotsGroup">GLO-0001')))
    assert notice.awards == ()
    assert notice.remarks[-1].code is RemarkCode.NOT_IMPORTED
    assert notice.remarks[-1].element.endswith("efac:NoticeResult/efac:LotResult")


def test_an_award_for_a_lot_that_is_not_described_is_remarked_upon() -> None:
    notice = read(samples.F03_UNTYPED, ("<LOT_NO>1</LOT_NO>", "<LOT_NO>7</LOT_NO>"))
    assert awarded(notice).lot == "7"
    assert codes(notice)[-1] is RemarkCode.CONTRADICTION


def test_an_award_without_a_lot_number_belongs_to_no_lot_if_there_are_two() -> None:
    text = samples.data(samples.F25).decode()
    start, end = text.index("<OBJECT_DESCR"), text.index("</OBJECT_DESCR>") + 15
    lot = text[start:end]
    numbered = [lot.replace("<CPV_ADD", f"<LOT_NO>{n}</LOT_NO><CPV_ADD", 1) for n in "AB"]
    notice = read(samples.F25, (lot, "".join(numbered)))
    assert [each.id for each in notice.lots] == ["A", "B"]
    assert awarded(notice).lot is None
    assert notice.cpv_additional == ("31681500", "34144900", "31681100")


def test_groups_of_lots_are_no_lots() -> None:
    text = samples.data(samples.CN10).decode()
    lot = text[text.index("<cac:ProcurementProjectLot>") : text.rindex("</ContractNotice>")]
    group = lot.replace('schemeName="Lot">LOT-0000', 'schemeName="LotsGroup">GLO-0001')
    notice = read(samples.CN10, (lot, lot + group))
    assert [each.id for each in notice.lots] == ["LOT-0000"]
    assert len(notice.deadlines) == 1
