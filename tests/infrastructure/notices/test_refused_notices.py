"""What is no notice that we read is refused, and the refusal names the element."""

import pytest

from tests.infrastructure.notices import samples
from tests.infrastructure.notices.samples import data, edited, refusal

EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
COMPANY = f"{EXTENSION}/efac:Organizations/efac:Organization/efac:Company"
SUBTYPE = f"{EXTENSION}/efac:NoticeSubType/cbc:SubTypeCode"


@pytest.mark.parametrize("name", ["eforms-sdk/CEI.xml", "eforms-sdk/E2_minimal.xml"])
def test_a_form_of_eforms_that_is_not_read_is_named(name: str) -> None:
    refused = refusal(data(name))
    assert refused.code == "notice.form-unknown"
    assert refused.element == f"PriorInformationNotice/{SUBTYPE}"


def test_a_subtype_under_the_root_of_another_is_refused() -> None:
    old = '<cbc:SubTypeCode listName="notice-subtype">29'
    refused = refusal(edited(samples.CAN29, (old, old.replace("29", "16"))))
    assert (refused.code, refused.element) == (
        "notice.form-unknown",
        f"ContractAwardNotice/{SUBTYPE}",
    )


@pytest.mark.parametrize("form", ["F05_2014", "F14_2014", "F03_2009", "CONTRACT_AWARD", "F4", "F_"])
def test_another_form_of_ted_is_named(form: str) -> None:
    refused = refusal(edited(samples.F03, ("F03_2014", form)))
    assert refused.code == "notice.form-unknown"
    assert refused.element == f"TED_EXPORT/FORM_SECTION/{form}"


def test_another_type_of_notice_in_a_known_form_is_named() -> None:
    refused = refusal(edited(samples.F21, ('TYPE="PRI_ONLY"', 'TYPE="QSU_ONLY"')))
    assert refused.code == "notice.form-unknown"
    assert refused.element == "TED_EXPORT/FORM_SECTION/F21_2014/NOTICE/@TYPE"


@pytest.mark.parametrize("version", ["R2.0.8.S04.E01", "R2.0.10.S01.E01", ""])
def test_another_edition_of_the_ted_schema_is_refused(version: str) -> None:
    refused = refusal(edited(samples.F03, ("R2.0.9.S03.E01", version)))
    assert (refused.code, refused.element) == ("notice.root-unknown", "TED_EXPORT/@VERSION")


@pytest.mark.parametrize(
    ("content", "element"),
    [
        (b"<Invoice/>", "Invoice"),
        (b"<ContractNotice/>", "ContractNotice"),
        (b'<ContractNotice xmlns="urn:something-else"/>', "ContractNotice"),
        (b"<html><body>TED_EXPORT</body></html>", "html"),
    ],
)
def test_another_root_element_is_named(content: bytes, element: str) -> None:
    refused = refusal(content)
    assert (refused.code, refused.element) == ("notice.root-unknown", element)


def test_a_form_that_exists_only_in_translation_is_refused() -> None:
    refused = refusal(edited(samples.F03, ('CATEGORY="ORIGINAL"', 'CATEGORY="TRANSLATION"')))
    assert refused.element == "TED_EXPORT/FORM_SECTION/*[@CATEGORY='ORIGINAL']"


TED_FORM = "TED_EXPORT/FORM_SECTION/F03_2014"
BODY = f"{TED_FORM}/CONTRACTING_BODY"


@pytest.mark.parametrize(
    ("name", "edit", "element"),
    [
        (
            samples.F03,
            ("<OFFICIALNAME>Gemeente Meierijstad</OFFICIALNAME>", ""),
            f"{BODY}/ADDRESS_CONTRACTING_BODY/OFFICIALNAME",
        ),
        (
            samples.F03,
            ("<OFFICIALNAME>Gemeente Meierijstad</OFFICIALNAME>", "<OFFICIALNAME> </OFFICIALNAME>"),
            f"{BODY}/ADDRESS_CONTRACTING_BODY/OFFICIALNAME",
        ),
        (samples.F03, ("ADDRESS_CONTRACTING_BODY", "X"), f"{BODY}/ADDRESS_CONTRACTING_BODY"),
        (samples.F03, ("CONTRACTING_BODY", "X"), f"{TED_FORM}/CONTRACTING_BODY"),
        (samples.F03, ("CPV_MAIN", "X"), f"{TED_FORM}/OBJECT_CONTRACT/CPV_MAIN/CPV_CODE"),
        (samples.F03, ("AWARD_CONTRACT", "X"), f"{TED_FORM}/AWARD_CONTRACT"),
        (
            samples.F03,
            ("AWARDED_CONTRACT", "X"),
            f"{TED_FORM}/AWARD_CONTRACT/NO_AWARDED_CONTRACT",
        ),
        (
            samples.F03,
            ("DATE_DISPATCH_NOTICE", "X"),
            f"{TED_FORM}/COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE",
        ),
        (samples.F03, ('CODE="71300000"', ""), f"{TED_FORM}/OBJECT_CONTRACT/CPV_MAIN/CPV_CODE/@CODE"),
        (samples.F03, ("FORM_SECTION", "X"), "TED_EXPORT/FORM_SECTION"),
        (samples.F03, ("OBJECT_DESCR", "X"), f"{TED_FORM}/OBJECT_CONTRACT/OBJECT_DESCR"),
        (
            samples.CAN29,
            ("ContractingParty>", "SellerSupplierParty>"),
            "ContractAwardNotice/cac:ContractingParty/cac:Party/cac:PartyIdentification/cbc:ID",
        ),
        (
            samples.CAN29,
            ('<cbc:Name languageID="NLD">Hegeman Bouw &amp; Infra B.V.</cbc:Name>', ""),
            f"ContractAwardNotice/{COMPANY}/cac:PartyName/cbc:Name",
        ),
        (
            samples.CAN29,
            ("efac:NoticeResult>", "efac:X>"),
            f"ContractAwardNotice/{EXTENSION}/efac:NoticeResult",
        ),
        (samples.CAN29, ("cbc:IssueDate>", "cbc:X>"), "ContractAwardNotice/cbc:IssueDate"),
        (samples.CAN29, ("efac:NoticeSubType>", "efac:X>"), f"ContractAwardNotice/{SUBTYPE}"),
        (
            samples.CAN29,
            ("cac:ProcurementProjectLot>", "cac:X>"),
            "ContractAwardNotice/cac:ProcurementProjectLot",
        ),
    ],
)  # fmt: skip
def test_a_missing_part_is_named(name: str, edit: tuple[str, str], element: str) -> None:
    refused = refusal(edited(name, edit))
    assert (refused.code, refused.element) == ("notice.missing", element)


@pytest.mark.parametrize(
    ("name", "edit", "element"),
    [
        (samples.F03, ("275000.0", "275.000,00"), "VAL_TOTAL"),
        (samples.F03, ("275000.0", "-1.5"), "VAL_TOTAL"),
        (samples.F03, ("275000.0", "1e9"), "VAL_TOTAL"),
        (samples.F03, ("275000.0", "275000.001"), "VAL_TOTAL"),
        (samples.F03, ("275000.0", "90071992547409.92"), "VAL_TOTAL"),
        (samples.F03, ("275000.0", "²"), "VAL_TOTAL"),
        (samples.F03, ('CURRENCY="EUR"', 'CURRENCY="euro"'), "VAL_TOTAL"),
        (samples.F03, ("2018-09-03", "2018-02-30"), "DATE_CONCLUSION_CONTRACT"),
        (samples.F03, ("2018-09-03", "3 september"), "DATE_CONCLUSION_CONTRACT"),
        (samples.F03, ("2018-09-03", "0018-09-03"), "DATE_CONCLUSION_CONTRACT"),
        (samples.F02, ("<TIME_RECEIPT_TENDERS>15:00", "<TIME_RECEIPT_TENDERS>25:00"), "TIME_RECEIPT_TENDERS"),
        (samples.F02, ("<TIME_RECEIPT_TENDERS>15:00", "<TIME_RECEIPT_TENDERS>3 uur"), "TIME_RECEIPT_TENDERS"),
        (samples.F03, ("<NB_TENDERS_RECEIVED>1", "<NB_TENDERS_RECEIVED>een"), "NB_TENDERS_RECEIVED"),
        (samples.F03, ('CODE="71300000"', 'CODE="7130"'), "CPV_CODE"),
        (samples.F03, ('CTYPE="WORKS"', 'CTYPE="WORK"'), "TYPE_CONTRACT"),
        (samples.F03, ('LG="NL">', 'LG="XX">'), "F03_2014"),
        (samples.F03, ("2018/S 175-396198", "396198"), "NO_DOC_OJS"),
        (samples.F03, ('NUTS CODE="NL"', 'NUTS CODE="nl-utrecht"'), "NUTS"),
        (samples.F03, ("Opstellen van NRD", "x" * 20_001), "TITLE"),
        (samples.F03_RANGE, ("<LOW>10000000", "<LOW>20000000"), "VAL_RANGE_TOTAL"),
        (samples.CAN29, ("selec-w", "maybe"), "cbc:TenderResultCode"),
        (samples.CAN29, (">works<", ">wrks<"), "cbc:ProcurementTypeCode"),
        (samples.CAN29, (">quality<", ">beauty<"), "cac:SubordinateAwardingCriterion"),
        (samples.CAN29, ("Indicator>true", "Indicator>yes"), "efbc:NaturalPersonIndicator"),
        (samples.CAN29, (">00191536-2024<", ">soon<"), "efbc:NoticePublicationID"),
        (samples.CAN29, ("e23f09ec-", "E23F09EC"), "cbc:ID"),
        (samples.CAN29, ('"organization">ORG-0003</cbc:ID></efac:Tenderer>', '"organization">ORG-0009</cbc:ID></efac:Tenderer>'), "cbc:ID"),
        (samples.CAN29, ('<efac:SettledContract><cbc:ID schemeName="contract">CON-0001</cbc:ID></efac:SettledContract>', '<efac:SettledContract><cbc:ID schemeName="contract">CON-0002</cbc:ID></efac:SettledContract>'), "cbc:ID"),
        (samples.CAN29, ("<cbc:IssueTime>13:36:26+00:00", "<cbc:IssueTime>13:36:26+19:00"), "cbc:IssueTime"),
    ],
)  # fmt: skip
def test_a_malformed_value_is_named_by_its_element_and_not_repeated(
    name: str, edit: tuple[str, str], element: str
) -> None:
    refused = refusal(edited(name, edit))
    assert refused.code == "notice.malformed"
    assert str(refused.element).split("/")[-1] == element
    assert edit[1] not in str(refused)
    assert edit[1] not in refused.why.nl + refused.why.en


def test_more_contact_points_than_any_notice_has_are_refused() -> None:
    many = "".join(f"<CONTACT_POINT>Fictieve Naam{n}</CONTACT_POINT>" for n in range(201))
    refused = refusal(edited(samples.F21, ("<CONTRACTING_BODY>", f"<CONTRACTING_BODY>{many}")))
    assert (refused.code, refused.element) == ("notice.malformed", "TED_EXPORT")


def test_two_results_for_one_lot_are_refused() -> None:
    text = data(samples.CAN29).decode()
    result = text[text.index("<efac:LotResult>") : text.index("</efac:LotResult>") + 17]
    refused = refusal(edited(samples.CAN29, (result, result + result)))
    assert refused.code == "notice.malformed"
    assert str(refused.element).endswith("efac:LotResult/efac:TenderLot/cbc:ID")


def test_a_combination_of_more_members_than_any_has_is_refused() -> None:
    tenderer = '<efac:Tenderer><cbc:ID schemeName="organization">ORG-0003</cbc:ID></efac:Tenderer>'
    many = "".join(tenderer.replace("0003", f"{n:04}") for n in range(101))
    refused = refusal(edited(samples.CAN29, (tenderer, many)))
    assert refused.code == "notice.malformed"
    assert str(refused.element).endswith("efac:NoticeResult/efac:TenderingParty")
