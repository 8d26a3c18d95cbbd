"""What the ten published TED notices say, written down from the XML by eye."""

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
    EuroRange,
    Form,
    Lot,
    NotAwarded,
    Purpose,
    RemarkCode,
    Winner,
)
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.terms import Euro
from tests.infrastructure.notices import samples

PRICE_ONLY = Criterion(kind=CriterionKind.PRICE, name=None, weight=None, weight_stated=None)
FORMS = "TED_EXPORT/FORM_SECTION"


def undivided(*criteria: Criterion, cpv: tuple[str, ...] = ()) -> tuple[Lot, ...]:
    return (
        Lot(
            id="1",
            title=None,
            cpv_main=None,
            cpv_additional=cpv,
            estimated_value=None,
            criteria=criteria,
        ),
    )


def unweighted(kind: CriterionKind | None, name: str | None, stated: str | None) -> Criterion:
    return Criterion(kind=kind, name=name, weight=None, weight_stated=stated)


def dutch_buyer(name: str, town: str, *national_ids: str) -> Buyer:
    return Buyer(name=name, national_ids=national_ids, town=town, country="NL", nuts="NL")


def dutch_winner(name: str, town: str, kvk_number: str | None) -> Winner:
    return Winner(
        name=name,
        kvk_number=kvk_number,
        town=town,
        country="NL",
        nuts="NL",
        natural_person=None,
    )


EXPECTED: Mapping[str, Mapping[str, Any]] = {
    samples.F15: {
        "form": Form.F15,
        "purpose": Purpose.TRANSPARENCY,
        "identifier": "2022/S 010-022374",
        "dispatched_on": date(2022, 1, 10),
        "published_on": date(2022, 1, 14),
        "legal_basis": "32014L0023",
        "outside": (OutsideRegime.CONCESSION, f"{FORMS}/F15_2014/LEGAL_BASIS/@VALUE"),
        "buyers": (dutch_buyer("Waterschap Noorderzijlvest", "Groningen", "202044728"),),
        "title": "Concept - grondovereenkomst Zonnepark Fledderbosch",
        "short_description": (2, "Waterschap Noorderzijlvest is", "par. I.1 genoemde adres."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45000000",
        "procedure": "PT_AWARD_CONTRACT_WITHOUT_CALL",
        "total_value": Euro(1),
        "lots": undivided(unweighted(None, "Naam: N.v.t. Weegfactor: 100", None)),
        "awards": (
            Awarded(
                lot="1",
                winners=(dutch_winner("Zonnepark Fledderbosch", "Veldhoven", "70021791"),),
                value=Euro(1),
                estimated_value=None,
                tenders_received=None,
                tenders_electronic=None,
                decided_on=date(2021, 1, 1),  # in F15 the day of the decision
                concluded_on=None,
            ),
        ),
        "remarks": (
            (
                RemarkCode.PLACEHOLDER,
                f"{FORMS}/F15_2014/AWARD_CONTRACT/AWARDED_CONTRACT/VALUES/VAL_TOTAL",
            ),
            (RemarkCode.PLACEHOLDER, f"{FORMS}/F15_2014/OBJECT_CONTRACT/VAL_TOTAL"),
        ),
    },
    samples.F03_UNTYPED: {
        "form": Form.F03,
        "purpose": Purpose.RESULT,
        "identifier": "2018/S 038-083598",
        "previous": "2017/S 216-449082",
        "reference": "2017060717",
        "dispatched_on": date(2018, 2, 22),
        "published_on": date(2018, 2, 23),
        "buyers": (dutch_buyer("Waterschap Rivierenland", "Tiel", "30281419"),),
        "title": "Innovatiepartnerschap t.b.v. Onderzoek Vismigratieroutes",
        "short_description": (2, "Waterschap Rivierenland (WSRL) werkt", "beantwoord kan worden."),
        "kind": ContractKind.SERVICES,
        "cpv_main": "77000000",
        "cpv_additional": ("73000000", "73300000"),
        "procedure": "PT_INNOVATION_PARTNERSHIP",
        "accelerated": False,
        "total_value": Euro(60_000_00),
        "lots": undivided(
            unweighted(CriterionKind.QUALITY, "Kwaliteit (gunnen op waarde)", "100"),
            unweighted(CriterionKind.PRICE, None, "100"),
            cpv=("73000000", "73300000"),
        ),
        "awards": (
            Awarded(
                lot="1",
                winners=(
                    dutch_winner(
                        "Combinatie Bureau Waardenburg B.V, Linkit Consult, Natuurbalans en KWR",
                        "Culemborg",
                        None,
                    ),
                ),
                value=Euro(60_000_00),
                estimated_value=Euro(60_000_00),
                tenders_received=4,
                tenders_electronic=4,
                decided_on=None,
                concluded_on=date(2017, 12, 27),
            ),
        ),
        "remarks": ((RemarkCode.NOT_IMPORTED, f"{FORMS}/F03_2014/OBJECT_CONTRACT/OBJECT_DESCR"),),
    },
    samples.F21: {
        "form": Form.F21,
        "purpose": Purpose.PLANNING,
        "identifier": "2018/S 038-083743",
        "dispatched_on": date(2018, 2, 22),
        "published_on": date(2018, 2, 23),
        "outside": (
            OutsideRegime.SOCIAL_SERVICES,
            "TED_EXPORT/CODED_DATA_SECTION/CODIF_DATA/DIRECTIVE/@VALUE",
        ),
        "buyers": (
            dutch_buyer(
                "Gemeente Hoogeveen namens gemeenten Meppel, Staphorst, Westerveld en De Wolden",
                "Hoogeveen",
                "72215824",
            ),
        ),
        "title": "Marktconsultatie - WMO begeleiding van de samenwerkende gemeenten Hoogeveen,"
        " Meppel, Staphorst, Westerveld en De Wolden (verwachte einddatum: 12.4.2018)",
        "short_description": (4, "De samenwerkende gemeenten", "geen rechten aan worden ontleend!"),
        "kind": ContractKind.SERVICES,
        "cpv_main": "85300000",
        "lots": undivided(),
    },
    samples.F01_CALL: {
        "form": Form.F01,
        "purpose": Purpose.COMPETITION,
        "identifier": "2021/S 047-117314",
        "reference": "171661",
        "dispatched_on": date(2021, 3, 4),
        "published_on": date(2021, 3, 9),
        "buyers": (
            dutch_buyer("Gemeente Enschede", "Enschede", "08215195"),
            dutch_buyer("Gemeente Oldenzaal", "Oldenzaal"),
            dutch_buyer("Gemeente Almelo", "Almelo", "3720748"),
            dutch_buyer("Gemeente Borne", "Borne", "491608985"),
            dutch_buyer("Gemeente Haaksbergen", "Haaksbergen", "461748152"),
            dutch_buyer("Gemeente Hengelo", "Hengelo", "542207445"),
        ),
        "title": "Marktconsultatie ten behoeve van een regionaal warmtenet in Twente",
        "short_description": (3, "Deze marktconsultatie dient", "aan deze marktconsultatie."),
        "kind": ContractKind.SUPPLIES,
        "cpv_main": "09323000",
        "cpv_additional": ("71314000",),
        "procedure": "PT_RESTRICTED",
        # 23:59 Dutch time, three days after summer time began
        "deadlines": (
            Deadline(
                due=Due.INTEREST,
                lot=None,
                on=date(2021, 3, 31),
                at=datetime(2021, 3, 31, 21, 59, tzinfo=UTC),
            ),
        ),
        "lots": undivided(PRICE_ONLY, cpv=("71314000",)),
    },
    samples.F02: {
        "form": Form.F02,
        "purpose": Purpose.COMPETITION,
        "identifier": "2021/S 107-278505",
        "previous": "2021/S 071-179769",
        "reference": "31127608",
        "dispatched_on": date(2021, 5, 31),
        "published_on": date(2021, 6, 4),
        "buyers": (
            dutch_buyer("Rijkswaterstaat Grote Projecten en Onderhoud", "Utrecht", "82067183"),
        ),
        "title": "31127608 Realiseren en in stand houden van de A27 Everdingen-Hooipolder",
        "short_description": (9, "De scope van de opdracht", "de 15-jarige Gebruiksfase."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45220000",
        "procedure": "PT_COMPETITIVE_DIALOGUE",
        "accelerated": False,
        # the buyer's form says 1 July; the coded data says 5 July
        "deadlines": (
            Deadline(
                due=Due.REQUESTS,
                lot=None,
                on=date(2021, 7, 1),
                at=datetime(2021, 7, 1, 13, 0, tzinfo=UTC),
            ),
        ),
        "lots": undivided(
            unweighted(CriterionKind.QUALITY, "Kwaliteit", "0"),
            unweighted(CriterionKind.PRICE, None, "0"),
        ),
        "remarks": (
            (RemarkCode.NOT_IMPORTED, f"{FORMS}/F02_2014/OBJECT_CONTRACT/OBJECT_DESCR"),
            (
                RemarkCode.CONTRADICTION,
                "TED_EXPORT/CODED_DATA_SECTION/CODIF_DATA/DT_DATE_FOR_SUBMISSION",
            ),
        ),
    },
    samples.F01_LOT: {
        "form": Form.F01,
        "purpose": Purpose.PLANNING,
        "identifier": "2022/S 130-369221",
        "reference": "POR450",
        "dispatched_on": date(2022, 7, 4),
        "published_on": date(2022, 7, 8),
        "buyers": (dutch_buyer("Gemeente Lansingerland", "BERGSCHENHOEK", "60484792"),),
        "title": "Raamovereenkomst Openbare Verlichting 2022-2026",
        "short_description": (1, "Preventief en Reactief Onderhoud", "als Stedin netwerk."),
        "kind": ContractKind.SERVICES,
        "cpv_main": "50232100",
        "cpv_additional": ("50232000",),
        "lots": (
            Lot(
                id="1",
                title="Raamovereenkomst Openbare Verlichting",
                cpv_main=None,
                cpv_additional=("50232000",),
                estimated_value=None,
                criteria=(PRICE_ONLY,),
            ),
        ),
    },
    samples.F03: {
        "form": Form.F03,
        "purpose": Purpose.RESULT,
        "identifier": "2018/S 175-396198",
        "previous": "2018/S 076-168398",
        "reference": "2018-4026",
        "dispatched_on": date(2018, 9, 11),
        "published_on": date(2018, 9, 12),
        "buyers": (dutch_buyer("Gemeente Meierijstad", "Veghel", "61559918"),),
        "title": "Opstellen van NRD en MER verbindingsweg N279",
        "short_description": (1, "De gemeente Meierijstad wil ten", "NRD en MER uit laten voeren."),
        "kind": ContractKind.WORKS,
        "cpv_main": "71300000",
        "procedure": "PT_OPEN",
        "accelerated": False,
        "total_value": Euro(275_000_00),
        "lots": undivided(PRICE_ONLY),
        "awards": (
            Awarded(
                lot="1",
                winners=(dutch_winner("Arcadis Nederland B.V.", "Arnhem", "09036504"),),
                value=Euro(275_000_00),
                estimated_value=None,
                tenders_received=1,
                tenders_electronic=1,
                decided_on=None,
                concluded_on=date(2018, 9, 3),
            ),
        ),
        # engineering services (71) under a contract for works
        "remarks": (
            (RemarkCode.CONTRADICTION, f"{FORMS}/F03_2014/OBJECT_CONTRACT/CPV_MAIN/CPV_CODE"),
        ),
    },
    samples.F03_RANGE: {
        "form": Form.F03,
        "purpose": Purpose.RESULT,
        "identifier": "2016/S 236-429559",
        "previous": "2015/S 048-082693",
        "reference": "322548/XX/XX/XX",
        "dispatched_on": date(2016, 12, 2),
        "published_on": date(2016, 12, 7),
        "buyers": (dutch_buyer("Gemeente Katwijk", "Katwijk", "48716944"),),
        "title": "Nieuwbouw Zwembad Katwijk.",
        "short_description": (6, "De gemeenteraad van Katwijk heeft", "inschrijvingsfase bes..."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45212212",
        "procedure": "PT_RESTRICTED",
        "accelerated": False,
        "total_value": EuroRange(low=Euro(10_000_000_00), high=Euro(15_000_000_00)),
        "lots": undivided(
            unweighted(CriterionKind.QUALITY, "Gunningscriteria", "5"),
            unweighted(CriterionKind.QUALITY, "EMVI", "1"),
            unweighted(CriterionKind.COST, "Kostencriterium", "3"),
        ),
        "awards": (
            Awarded(
                lot="1",
                winners=(dutch_winner("Olco Sportsphere", "Zeist", None),),
                value=Euro(10_000_000_00),
                estimated_value=None,
                tenders_received=5,
                tenders_electronic=None,
                decided_on=None,
                concluded_on=date(2016, 6, 30),
            ),
        ),
        "remarks": ((RemarkCode.NOT_IMPORTED, f"{FORMS}/F03_2014/OBJECT_CONTRACT/OBJECT_DESCR"),),
    },
    samples.F25: {
        "form": Form.F25,
        "purpose": Purpose.RESULT,
        "identifier": "2021/S 168-440872",
        "previous": "2021/S 010-020801",
        "reference": "AI 2020-0251",
        "dispatched_on": date(2021, 8, 26),
        "published_on": date(2021, 8, 31),
        "legal_basis": "32014L0023",
        "outside": (OutsideRegime.CONCESSION, f"{FORMS}/F25_2014/LEGAL_BASIS/@VALUE"),
        "buyers": (dutch_buyer("Gemeente Amsterdam, Ingenieursbureau", "Amsterdam", "12034981"),),
        "title": "AI 2020-0251 Openbare Laaddiensten Elektrisch Vervoer Amsterdam",
        "short_description": (1, "Openbare Laaddiensten", "Elektrisch Vervoer Amsterdam"),
        "kind": ContractKind.SERVICES,
        "cpv_main": "65000000",
        "cpv_additional": ("31681500", "34144900", "31681100"),
        "procedure": "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION",
        "total_value": Euro(8_868_685_00),
        "lots": undivided(
            unweighted(None, "Naam: De inschrijvingssom Weegfactor: 0", None),
            unweighted(None, "Naam: EMVI-Kwaliteitscriterium Weegfactor: 0", None),
            cpv=("31681500", "34144900", "31681100"),
        ),
        "awards": (
            Awarded(
                lot="1",
                winners=(dutch_winner("TOTAL Nederland N.V.", "'S-GRAVENHAGE", "24106171"),),
                value=Euro(8_868_685_00),
                estimated_value=None,
                tenders_received=4,
                tenders_electronic=4,
                decided_on=None,
                concluded_on=date(2021, 6, 22),
            ),
        ),
    },
    samples.F25_NONE: {
        "form": Form.F25,
        "purpose": Purpose.RESULT,
        "identifier": "2021/S 220-580879",
        "previous": "2021/S 198-517753",
        "reference": "n.v.t.",
        "dispatched_on": date(2021, 11, 8),
        "published_on": date(2021, 11, 12),
        "legal_basis": "32014L0023",
        "outside": (OutsideRegime.CONCESSION, f"{FORMS}/F25_2014/LEGAL_BASIS/@VALUE"),
        "buyers": (dutch_buyer("Gemeente Zeewolde", "Zeewolde", "431723796"),),
        "title": "Uitbreiding warmtenet Polderwijk",
        "short_description": (1, "Het ontwikkelen van een MT", "(deel Polderwijk) in Zeewolde."),
        "kind": ContractKind.WORKS,
        "cpv_main": "45232140",
        "cpv_additional": ("65400000",),
        "procedure": "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION",
        "estimated_value": Euro(6_000_000_00),
        "lots": undivided(
            unweighted(None, "Naam: Betaalbaarheid Weegfactor: 100", None), cpv=("65400000",)
        ),
        "awards": (
            NotAwarded(
                lot="1",
                reason="PROCUREMENT_DISCONTINUED",
                still_open=False,
                tenders_received=None,
                tenders_electronic=None,
            ),
        ),
    },
}
