"""What the three published eForms notices and four examples of the SDK say, read by eye."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from application.notices.notice import (
    Awarded,
    Buyer,
    Criterion,
    CriterionKind,
    Deadline,
    Due,
    Form,
    Lot,
    Purpose,
    RemarkCode,
    Winner,
)
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.terms import Euro
from tests.infrastructure.notices import samples

EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
ORGANISATION = f"{EXTENSION}/efac:Organizations/efac:Organization"


def fixed(kind: CriterionKind, name: str, stated: str) -> Criterion:
    return Criterion(kind=kind, name=name, weight=None, weight_stated=stated)


def lot(  # noqa: PLR0917 - in the order in which the XML has them
    name: str,
    title: str,
    cpv: str,
    more: tuple[str, ...] = (),
    estimate: Euro | None = None,
    criteria: tuple[Criterion, ...] = (),
) -> tuple[Lot, ...]:
    return (
        Lot(
            id=name,
            title=title,
            cpv_main=cpv,
            cpv_additional=more,
            estimated_value=estimate,
            criteria=criteria,
        ),
    )


FLOORS = (
    "Reparatie vloeren en optimaliseren technische installatie van het hoofdkantoor van"
    " Waterschap Rivierenland te Tiel (Tender 219964 NX3)"
)
OFFSHORE = "Qualification System Offshore Grid NL - 700 MW Platforms + T&I"
GREEN = "Service d'entretien de remise en état et de nettoyage des espaces verts"
IT_SERVICES = (
    "Provision of IT Services Related to OP IT Systems (EUR-Lex, N-Lex, Search Layer, and Others)"
)

EXPECTED: Mapping[str, Mapping[str, Any]] = {
    samples.CAN29: {
        "form": Form.EFORMS_29,
        "purpose": Purpose.RESULT,
        "identifier": "00191536-2024",
        "notice_id": "e23f09ec-e388-47f1-94c2-f6e495b1cf27",
        "procedure_id": "9974ccf1-1d0a-4393-9198-33b67d6e2cb7",
        "previous": "629133-2023",
        "reference": "2023053171",
        # IssueDate and IssueTime (the buyer's), not the sender's transmission a minute later
        "dispatched_on": date(2024, 3, 29),
        "dispatched_at": datetime(2024, 3, 29, 13, 36, 26, tzinfo=UTC),
        "published_on": date(2024, 4, 2),
        "buyers": (
            Buyer(
                name="Waterschap Rivierenland",
                national_ids=("30281419",),
                town="Tiel",
                country="NLD",
                nuts="NL224",
            ),
        ),
        "title": FLOORS,
        "short_description": (3, "De opdracht omvat het", "ARW2016 hoofdstuk 2 van toepassing."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45000000",
        "cpv_additional": ("45200000", "45300000", "45400000", "50700000"),
        "procedure": "open",
        "accelerated": False,
        "estimated_value": Euro(7_000_000_00),
        "total_value": Euro(3_887_000_00),
        # fixed amounts per unit, not weights: 500,000 is no percentage
        "lots": lot(
            "LOT-0000",
            FLOORS,
            "45000000",
            ("45200000", "45300000", "45400000", "50700000"),
            Euro(7_000_000_00),
            (
                fixed(
                    CriterionKind.QUALITY,
                    "hinder-/uitvoeringsplan (Criterium 1)",
                    "500000 (fix-unit)",
                ),
                fixed(CriterionKind.QUALITY, "risicoplan (Criterium 2)", "50000 (fix-unit)"),
                fixed(
                    CriterionKind.QUALITY,
                    "CO2-prestatieladder certificaat (Criterium 3)",
                    "50000 (fix-unit)",
                ),
                fixed(CriterionKind.QUALITY, "Social Return (criterium 5)", "25000 (fix-unit)"),
                fixed(CriterionKind.PRICE, "Prijs", "4000000 (fix-tot)"),
            ),
        ),
        # AwardDate is the decision (BT-1451); the contract's own date is not given; three tenders
        # came in electronically, which does not say how many there were.
        "awards": (
            Awarded(
                lot="LOT-0000",
                winners=(
                    Winner(
                        name="Hegeman Bouw & Infra B.V.",
                        kvk_number="70248311",
                        town="Nijverdal",
                        country="NLD",
                        nuts="NL224",
                        natural_person=True,
                    ),
                ),
                value=Euro(3_887_000_00),
                estimated_value=None,
                tenders_received=None,
                tenders_electronic=3,
                decided_on=date(2024, 2, 14),
                concluded_on=None,
            ),
        ),
        "remarks": (
            (RemarkCode.NOT_IMPORTED, "ContractAwardNotice/cac:ProcurementProjectLot"),
            (
                RemarkCode.CONTRADICTION,
                f"ContractAwardNotice/{ORGANISATION}/efbc:NaturalPersonIndicator",
            ),
        ),
    },
    # A ministry of defence, but under Directive 2014/24/EU: inside.
    samples.CN10: {
        "form": Form.EFORMS_10,
        "purpose": Purpose.COMPETITION,
        "identifier": "00127505-2024",
        "notice_id": "9e5933fa-86a8-44c0-a8c1-abc1e0d1ab57",
        "procedure_id": "cd9b9071-6cd2-47bb-aad6-3d9cca00bb59",
        "reference": "20383042 Werving en selectie IT personeel",
        "dispatched_on": date(2024, 2, 29),
        "dispatched_at": datetime(2024, 2, 29, 14, 8, tzinfo=UTC),
        "published_on": date(2024, 3, 1),
        "buyers": (
            Buyer(
                name="Ministerie van Defensie",
                national_ids=("27370985",),
                town="'s-Gravenhage",
                country="NLD",
                nuts=None,
            ),
        ),
        "title": "20383042 Werving en selectie IT personeel",
        "short_description": (19, "Dienstverlening werving", "informatie-voor-leveranciers/"),
        "kind": ContractKind.SERVICES,
        "cpv_main": "79610000",
        "cpv_additional": ("79600000",),
        "procedure": "oth-mult",
        "estimated_value": Euro(1_000_000_00),
        "deadlines": (
            Deadline(
                due=Due.INTEREST,
                lot="LOT-0000",
                on=date(2025, 1, 31),
                at=datetime(2025, 1, 31, 11, 0, tzinfo=UTC),
            ),
        ),
        "lots": lot(
            "LOT-0000",
            "20383042 Werving en selectie IT personeel",
            "79610000",
            ("79600000",),
            Euro(1_000_000_00),
            (
                Criterion(
                    kind=None,
                    name="De prijs is niet het enige gunningscriterium en alle criteria worden"
                    " enkel vermeld in de aanbestedingsdocumenten",
                    weight=None,
                    weight_stated=None,
                ),
            ),
        ),
    },
    samples.CN15: {
        "form": Form.EFORMS_15,
        "purpose": Purpose.QUALIFICATION,
        "identifier": "00140913-2024",
        "notice_id": "c1fc025b-e0a3-4282-a957-cd6bedac8fba",
        "procedure_id": "49c0e665-d17e-4f70-bdd5-41b7b82bc9d0",
        "reference": "T55620",
        "language": "en",
        "dispatched_on": date(2024, 3, 6),
        "dispatched_at": datetime(2024, 3, 6, 10, 45, 39, tzinfo=UTC),
        "published_on": date(2024, 3, 7),
        "legal_basis": "32014L0025",
        "outside": (OutsideRegime.UTILITIES, "ContractNotice/cbc:RegulatoryDomain"),
        "buyers": (
            Buyer(
                name="TenneT TSO B.V.",
                national_ids=("09155985",),
                town="Arnhem",
                country="NLD",
                nuts=None,
            ),
        ),
        "title": OFFSHORE,
        # holds 2017/S 090-178140, which is no telephone number
        "short_description": (2, "Qualification System Offshore", "only an administrative act."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45200000",
        "cpv_additional": ("34514800", "45262424", "45262425", "45315400", "76521000"),
        "lots": lot(
            "LOT-0000",
            OFFSHORE,
            "45200000",
            ("34514800", "45262424", "45262425", "45315400", "76521000"),
        ),
    },
    "eforms-sdk/E1_minimal.xml": {
        "form": Form.EFORMS_E1,
        "purpose": Purpose.CONSULTATION,
        "identifier": "52fe3748-f475-4381-9dbf-31ebb08889e8-01",
        "notice_id": "52fe3748-f475-4381-9dbf-31ebb08889e8",
        "language": "en",
        "dispatched_on": date(2024, 12, 5),
        "dispatched_at": datetime(2024, 12, 5, 11, 0, tzinfo=UTC),
        "legal_basis": "other",
        "outside": (None, "PriorInformationNotice/cbc:RegulatoryDomain"),
        "buyers": (Buyer(name="Buyer Org", national_ids=(), town=None, country="LUX", nuts=None),),
        "title": "Procedure Name",
        "short_description": (1, "Procedure", "description"),
        "kind": ContractKind.SERVICES,
        "cpv_main": "72000000",
        "deadlines": (
            Deadline(
                due=Due.ANSWERS,
                lot="LOT-0001",
                on=date(2025, 6, 1),
                at=datetime(2025, 6, 1, 10, 0, tzinfo=UTC),
            ),
        ),
        "lots": lot("LOT-0001", "Lot Name", "72000000"),
    },
    "eforms-sdk/pin-only_24.xml": {
        "form": Form.EFORMS_4,
        "purpose": Purpose.PLANNING,
        "identifier": "f252f386-55ac-4fa8-9be4-9f950b9904c8-01",
        "notice_id": "f252f386-55ac-4fa8-9be4-9f950b9904c8",
        "reference": "ProPrID1234",
        "language": "en",
        "dispatched_on": date(2020, 5, 5),
        "dispatched_at": datetime(2020, 5, 5, 11, 0, tzinfo=UTC),
        "buyers": (
            Buyer(
                name="PartyName1234",
                national_ids=("PartyLegalEntityCID1234", "OtherID 9876"),
                town="City1234",
                country="DEU",
                nuts="DE401",
            ),
        ),
        "title": "ProPrName1234",
        "short_description": (1, "PrPrDesc", "blabla"),
        "kind": ContractKind.SERVICES,
        "cpv_main": "72000000",
        "estimated_value": Euro(100_000_00),
        "lots": lot("PAR-0000", "ProPrName1234-1", "50000000"),
    },
    samples.CN_MINIMAL: {
        "form": Form.EFORMS_16,
        "purpose": Purpose.COMPETITION,
        "identifier": "f42be27e-09cf-4f0e-a745-63ec689631e6-01",
        "notice_id": "f42be27e-09cf-4f0e-a745-63ec689631e6",
        "procedure_id": "4805c409-5939-4be9-8abd-837f7a5fee23",
        "language": "en",
        # midnight of the 21st at +01:00 is the 20th in UTC; the day is as written
        "dispatched_on": date(2019, 11, 21),
        "dispatched_at": datetime(2019, 11, 20, 23, 0, tzinfo=UTC),
        "buyers": (
            Buyer(
                name="Publications Office of the European Union",
                national_ids=("EU-PO",),
                town="Luxembourg",
                country="LUX",
                nuts="LU000",
            ),
        ),
        "title": IT_SERVICES,
        "short_description": (2, "Provision of IT services", "to other information systems."),
        "kind": ContractKind.SERVICES,
        "cpv_main": "72230000",
        "procedure": "open",
        "accelerated": False,
        "deadlines": (
            Deadline(
                due=Due.TENDERS,
                lot="LOT-0000",
                on=date(2020, 2, 4),
                at=datetime(2020, 2, 4, 8, 0, tzinfo=UTC),
            ),
        ),
        "lots": lot("LOT-0000", IT_SERVICES, "72230000"),
    },
    samples.CAN_MINIMAL: {
        "form": Form.EFORMS_29,
        "purpose": Purpose.RESULT,
        "identifier": "65667997-031a-4198-bd25-7225449ef479-01",
        "notice_id": "65667997-031a-4198-bd25-7225449ef479",
        "procedure_id": "022d0ef9-6338-42d9-afa4-a87709128061",
        "language": "fr",
        "dispatched_on": date(2019, 10, 23),
        "dispatched_at": datetime(2019, 10, 22, 23, 0, tzinfo=UTC),
        "buyers": (
            Buyer(
                name="Rouen Habitat",
                national_ids=("123 456 789",),
                town="Rouen Cedex 1",
                country="FRA",
                nuts="FRD22",
            ),
        ),
        "title": GREEN,
        "short_description": (1, "Service d'entretien", "des espaces verts."),
        "kind": ContractKind.SERVICES,
        "cpv_main": "77310000",
        "procedure": "open",
        "total_value": Euro(390_697_84),
        "lots": lot(
            "LOT-0000",
            "Agence centre",
            "77310000",
            criteria=(
                Criterion(
                    kind=CriterionKind.PRICE,
                    name="Le prix contribue for 40 % …",
                    weight=None,
                    weight_stated=None,
                ),
            ),
        ),
        # here IssueDate is given: the contract's own date (BT-145)
        "awards": (
            Awarded(
                lot="LOT-0000",
                winners=(
                    Winner(
                        name="Espaces Verts Lemire",
                        kvk_number=None,
                        town="Le Grand-Quevilly",
                        country="FRA",
                        nuts="FRD22",
                        natural_person=None,
                    ),
                ),
                value=Euro(95_414_00),
                estimated_value=None,
                tenders_received=3,
                tenders_electronic=1,
                decided_on=None,
                concluded_on=date(2019, 9, 3),
            ),
        ),
    },
}
