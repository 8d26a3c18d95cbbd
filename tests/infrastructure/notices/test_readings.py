"""Where reading a notice takes judgement: law, money, time, purpose, language."""

from datetime import UTC, date, datetime

import pytest

from application.notices.notice import Due, EuroRange, NotAwarded, Purpose, RemarkCode
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.terms import Euro
from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import awarded, codes, read

# ------------------------------------------------------------------------------------------- law


@pytest.mark.parametrize(
    ("celex", "regime"),
    [
        ("32009L0081", OutsideRegime.DEFENCE),
        ("32014L0025", OutsideRegime.UTILITIES),
        ("32014L0023", OutsideRegime.CONCESSION),
        ("32024R2509", None),
        ("other", None),
    ],
)
def test_another_legal_basis_puts_a_notice_outside(
    celex: str, regime: OutsideRegime | None
) -> None:
    for name in (samples.F03, samples.CN10):
        outside = read(name, ("32014L0024", celex)).outside
        assert outside is not None
        assert (outside.regime, outside.stated) == (regime, celex)


def test_a_ministry_of_defence_that_buys_under_the_classic_directive_is_inside() -> None:
    assert read(samples.CN10).outside is None


@pytest.mark.parametrize(
    ("cpv", "inside"),
    [
        ("85323000", False),
        ("85323001", True),
        ("79611000", False),
        ("79610000", True),
        ("79100000", False),
        ("79140001", True),
        ("55524000", False),
        ("77310000", True),
    ],
)
def test_services_of_annex_xiv_are_outside_whatever_the_form(cpv: str, *, inside: bool) -> None:
    edits = (('CTYPE="WORKS"', 'CTYPE="SERVICES"'), ('CODE="71300000"', f'CODE="{cpv}"'))
    outside = read(samples.F03, *edits).outside
    assert (outside is None) is inside
    if outside is not None:
        assert outside.regime is OutsideRegime.SOCIAL_SERVICES
        assert outside.element.endswith("CPV_MAIN/CPV_CODE")


def test_works_are_never_social_services_by_their_cpv_code() -> None:
    assert read(samples.F03, ('CODE="71300000"', 'CODE="85300000"')).outside is None


def test_a_form_without_a_stated_directive_is_under_the_one_that_it_exists_for() -> None:
    classic = read(samples.F03_RANGE, ('<DIRECTIVE VALUE="2014/24/EU"/>', ""))
    concession = read(samples.F25, ('<LEGAL_BASIS VALUE="32014L0023"/>', ""))
    wrapped = read(samples.F15, ('<LEGAL_BASIS VALUE="32014L0023"/>', ""))
    assert (classic.legal_basis, classic.outside) == ("32014L0024", None)
    assert concession.legal_basis == "32014L0023"
    assert wrapped.legal_basis == "32014L0023"
    assert wrapped.outside is not None
    assert wrapped.outside.element.endswith("PROCEDURE/DIRECTIVE_2014_23_EU")


def test_works_and_cpv_division_45_belong_together() -> None:
    assert RemarkCode.CONTRADICTION in codes(read(samples.F03))
    assert codes(read(samples.F03, ('CODE="71300000"', 'CODE="45233120"'))) == []
    services = ('CTYPE="WORKS"', 'CTYPE="SERVICES"')
    assert codes(read(samples.F03, services)) == []
    assert codes(read(samples.F03_RANGE, services))[0] is RemarkCode.CONTRADICTION


# ----------------------------------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("said", "cents"),
    [("275000", 27_500_000), ("0.07", 7), ("1.10", 110), ("1.100000", 110), ("90071992547409.91", 2**53 - 1)],
)  # fmt: skip
def test_an_amount_is_exact_to_the_cent(said: str, cents: int) -> None:
    assert read(samples.F03, ("275000.0", said)).total_value == cents


def test_an_amount_in_another_currency_is_said_but_not_imported() -> None:
    notice = read(samples.F03, ('CURRENCY="EUR"', 'CURRENCY="SEK"'))
    assert notice.total_value is None
    assert awarded(notice).value is None
    remarks = [remark for remark in notice.remarks if remark.code is RemarkCode.NOT_IMPORTED]
    assert [remark.element.rsplit("/", 1)[-1] for remark in remarks] == ["VAL_TOTAL"] * 2
    assert "275000.0 SEK" in remarks[0].text.nl
    assert "275000.0 SEK" in remarks[0].text.en


def test_a_range_in_another_currency_is_not_imported_either() -> None:
    notice = read(samples.F03_RANGE, ('CURRENCY="EUR"', 'CURRENCY="GBP"'))
    assert notice.total_value is None


def test_a_withheld_amount_of_eforms_is_unknown_and_not_minus_one() -> None:
    notice = read(samples.CAN29, ("3887000.00", "-1"))
    assert notice.total_value is None
    assert awarded(notice).value is None
    assert codes(notice).count(RemarkCode.NOT_STATED) == 2


@pytest.mark.parametrize(("said", "doubted"), [("0", True), ("1", True), ("1.01", False)])
def test_an_amount_of_at_most_one_euro_is_imported_and_doubted(said: str, *, doubted: bool) -> None:
    notice = read(samples.F25, ("8868685.0", said))
    assert notice.total_value is not None
    assert (RemarkCode.PLACEHOLDER in codes(notice)) is doubted


def test_an_award_can_have_a_range_and_a_lot_an_estimate() -> None:
    ends = "<LOW>1.50</LOW><HIGH>2</HIGH>"
    notice = read(
        samples.F25,
        (
            '<VALUES><VAL_TOTAL CURRENCY="EUR">8868685.0</VAL_TOTAL>',
            f'<VALUES><VAL_RANGE_TOTAL CURRENCY="EUR">{ends}</VAL_RANGE_TOTAL>',
        ),
        ("<AC>", '<VAL_OBJECT CURRENCY="EUR">300000</VAL_OBJECT><AC>'),
    )
    assert awarded(notice).value == EuroRange(low=Euro(150), high=Euro(200))
    assert notice.total_value == Euro(8_868_685_00)
    assert notice.lots[0].estimated_value == Euro(300_000_00)


# ------------------------------------------------------------------------------------------ time

OF_F21, CALL = 'TYPE="PRI_ONLY"', 'TYPE="PRI_CALL_COMPETITION"'
END_OF_F21 = "<COMPLEMENTARY_INFO>"
PERIOD = (
    "<PROCEDURE><PT_OPEN/><DATE_RECEIPT_TENDERS>2018-04-12</DATE_RECEIPT_TENDERS>"
    "<TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS></PROCEDURE><COMPLEMENTARY_INFO>"
)


@pytest.mark.parametrize(
    ("name", "edits", "due"),
    [
        (samples.F02, (), Due.REQUESTS),
        (samples.F02, (("PT_COMPETITIVE_DIALOGUE", "PT_OPEN"),), Due.TENDERS),
        (samples.F02, (("<PT_COMPETITIVE_DIALOGUE/>", ""),), Due.TENDERS_OR_REQUESTS),
        (samples.F01_CALL, (("PT_RESTRICTED", "PT_OPEN"),), Due.INTEREST),
        (samples.F21, ((OF_F21, CALL), (END_OF_F21, PERIOD)), Due.INTEREST),
        (samples.F21, ((OF_F21, 'TYPE="CONTRACT"'), (END_OF_F21, PERIOD)), Due.TENDERS),
    ],
)
def test_one_element_of_ted_is_three_deadlines(
    name: str, edits: tuple[tuple[str, str], ...], due: Due
) -> None:
    assert [deadline.due for deadline in read(name, *edits).deadlines] == [due]


def test_requests_to_participate_have_their_own_deadline_in_eforms() -> None:
    notice = read(
        samples.CN_MINIMAL,
        ("TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod"),
    )
    assert [(each.due, each.lot) for each in notice.deadlines] == [(Due.REQUESTS, "LOT-0000")]


def test_dutch_time_is_two_hours_ahead_in_summer_and_one_in_winter() -> None:
    summer = read(samples.F02)
    winter = read(samples.F02, ("<DATE_RECEIPT_TENDERS>2021-07", "<DATE_RECEIPT_TENDERS>2021-12"))
    assert summer.deadlines[0].at == datetime(2021, 7, 1, 13, 0, tzinfo=UTC)
    assert winter.deadlines[0].at == datetime(2021, 12, 1, 14, 0, tzinfo=UTC)


def test_a_time_in_an_unknown_zone_leaves_only_the_day() -> None:
    abroad = read(samples.F02, ('COUNTRY VALUE="NL"', 'COUNTRY VALUE="PT"'))
    assert (abroad.deadlines[0].on, abroad.deadlines[0].at) == (date(2021, 7, 1), None)
    assert codes(abroad).count(RemarkCode.NOT_IMPORTED) == 2
    without = read(samples.F02, ("<TIME_RECEIPT_TENDERS>15:00</TIME_RECEIPT_TENDERS>", ""))
    assert without.deadlines[0].at is None


def test_the_offset_of_the_time_counts_where_the_day_has_another() -> None:
    notice = read(samples.CN_MINIMAL, ("10:00:00+02:00", "10:00:00-03:30"))
    assert notice.deadlines[0].at == datetime(2020, 2, 4, 13, 30, tzinfo=UTC)
    assert codes(notice) == [RemarkCode.CONTRADICTION]


def test_the_coded_day_of_dispatch_does_not_outweigh_the_form() -> None:
    notice = read(samples.F25, ("<DS_DATE_DISPATCH>20210826", "<DS_DATE_DISPATCH>20210827"))
    assert notice.dispatched_on == date(2021, 8, 26)
    assert codes(notice) == [RemarkCode.CONTRADICTION]
    assert notice.remarks[0].element.endswith("CODIF_DATA/DS_DATE_DISPATCH")


def test_an_accelerated_procedure_is_read_from_both_schemas() -> None:
    ted = read(
        samples.F03, ("<PT_OPEN/>", "<PT_OPEN/><ACCELERATED_PROC><P>x</P></ACCELERATED_PROC>")
    )
    eforms = read(
        samples.CN_MINIMAL, ('"accelerated-procedure">false', '"accelerated-procedure">true')
    )
    assert (ted.accelerated, eforms.accelerated) == (True, True)


# ------------------------------------------------------------------------------------ the notice


@pytest.mark.parametrize(
    ("name", "old", "new", "purpose"),
    [
        (samples.F01_CALL, "PRI_CALL_COMPETITION", "PRI_ONLY", Purpose.PLANNING),
        (samples.F21, "PRI_ONLY", "PRI_CALL_COMPETITION", Purpose.COMPETITION),
        (samples.F21, "PRI_ONLY", "CONTRACT", Purpose.COMPETITION),
    ],
)
def test_one_form_serves_several_purposes(name: str, old: str, new: str, purpose: Purpose) -> None:
    assert read(name, (f'TYPE="{old}"', f'TYPE="{new}"')).purpose is purpose


def test_the_social_form_can_announce_an_award() -> None:
    award = samples.data(samples.F25_NONE).decode()
    none = award[award.index("<AWARD_CONTRACT") : award.index("<COMPLEMENTARY_INFO>")]
    notice = read(
        samples.F21,
        ('TYPE="PRI_ONLY"', 'TYPE="AWARD_CONTRACT"'),
        ("<COMPLEMENTARY_INFO>", f"{none}<COMPLEMENTARY_INFO>"),
    )
    assert notice.purpose is Purpose.RESULT
    assert isinstance(notice.awards[0], NotAwarded)


def test_a_changed_notice_names_the_one_that_it_changes() -> None:
    changed = "<efac:Changes><efbc:ChangedNoticeIdentifier>9e5933fa-86a8-44c0-a8c1-abc1e0d1ab57-01</efbc:ChangedNoticeIdentifier></efac:Changes>"
    notice = read(samples.CN10, ("<efac:NoticeSubType>", f"{changed}<efac:NoticeSubType>"))
    assert notice.changes == "9e5933fa-86a8-44c0-a8c1-abc1e0d1ab57-01"


def test_of_several_languages_the_notices_own_is_read() -> None:
    name = '<cbc:Name languageID="ENG">Procedure Name</cbc:Name>'
    both = f'<cbc:Name languageID="NLD">Naam</cbc:Name>{name}'
    notice = read(samples.CONSULTATION, (name, both))
    dutch = read(samples.CONSULTATION, (name, both), ("LanguageCode>ENG", "LanguageCode>NLD"))
    assert (notice.title, notice.language) == ("Procedure Name", "en")
    assert (dutch.title, dutch.language) == ("Naam", "nl")


def test_the_original_language_of_a_ted_notice_is_read_not_its_translation() -> None:
    text = samples.data(samples.F25).decode()
    form = text[text.index("<F25_2014") : text.index("</FORM_SECTION>")]
    translated = form.replace('"ORIGINAL"', '"TRANSLATION"').replace("Openbare", "Public")
    notice = read(samples.F25, (form, translated + form))
    assert notice.title.startswith("AI 2020-0251 Openbare")


def test_a_form_without_a_type_of_contract_takes_the_coded_one_or_none() -> None:
    assert read(samples.F21).kind is ContractKind.SERVICES
    coded = 'NC_CONTRACT_NATURE CODE="4"'
    assert read(samples.F21, (coded, coded.replace("4", "1"))).kind is ContractKind.WORKS
    assert read(samples.F21, (coded, coded.replace("4", "9"))).kind is None


def test_markup_inside_a_paragraph_does_not_cut_the_text() -> None:
    notice = read(samples.F25_NONE, ("MT warmtenet", 'MT <FT TYPE="SUP">2</FT>warmtenet'))
    assert notice.short_description is not None
    assert "MT 2warmtenet" in notice.short_description
