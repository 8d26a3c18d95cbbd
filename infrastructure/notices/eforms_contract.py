"""The parts of an eForms notice that repeat: organisations, lots, criteria, deadlines, awards.

Numbers in brackets are the business terms (BT) and technical fields (OPT) of eForms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from application.notices.notice import (
    Award,
    Awarded,
    Buyer,
    CriterionKind,
    Deadline,
    Due,
    Lot,
    NotAwarded,
    Remark,
    RemarkCode,
    Winner,
)
from domain.terms import Euro, Text
from infrastructure.notices import values
from infrastructure.notices.criteria import Said, weighed
from infrastructure.notices.doubts import person_against_form, unknown_lot
from infrastructure.notices.node import Node
from infrastructure.notices.prose import Prose

PREFIXES: Mapping[str, str] = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
}
EXTENSION: Final = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
"""Where eForms keeps what UBL has no place for, below the element that it belongs to."""

T = TypeVar("T")

MOST_TOGETHER = 100
"""Members of one combination (combinatie). Large ones have ten."""

_PARTY: Final = "cac:PartyIdentification/cbc:ID"
_CRITERIA: Mapping[str, CriterionKind] = {
    "price": CriterionKind.PRICE,
    "cost": CriterionKind.COST,
    "quality": CriterionKind.QUALITY,
}
_DEADLINES: Mapping[str, Due] = {
    "cac:TenderSubmissionDeadlinePeriod": Due.TENDERS,  # BT-131
    "cac:ParticipationRequestReceptionPeriod": Due.REQUESTS,  # BT-1311
    f"{EXTENSION}/efac:InterestExpressionReceptionPeriod": Due.INTEREST,  # BT-630
    f"{EXTENSION}/efac:AnswerReceptionPeriod": Due.ANSWERS,
}
_CHOSEN, _OPEN, _CLOSED = "selec-w", "open-nw", "clos-nw"


def in_language(nodes: tuple[Node, ...], code: str) -> Node | None:
    """Of one text in several languages, the one in the notice's own; else the first."""
    return next((each for each in nodes if each.attribute("languageID") == code), None) or (
        nodes[0] if nodes else None
    )


@dataclass(frozen=True, kw_only=True)
class Organisations:
    """The organisations of a notice (BG-3) by the technical id that the rest refers to.

    A touch point (a department, TPO-) counts as the organisation that it belongs to.
    """

    of: Mapping[str, Node]
    language: str
    buyers: tuple[Node, ...]
    """The references to the contracting parties (OPT-300-Procedure-Buyer)."""
    numbers_of_buyers: frozenset[str]

    def buyer(self, reference: Node) -> Buyer:
        company = self._company(reference)
        return Buyer(
            name=self._name(company),
            national_ids=_national_ids(company),
            town=company.line("cac:PostalAddress/cbc:CityName"),
            country=_country(company),
            nuts=_nuts(company),
        )

    def winner(self, reference: Node, prose: Prose) -> Winner:
        company = self._company(reference)
        flag = self.of[reference.words].one("efbc:NaturalPersonIndicator")  # BT-633
        country = _country(company)
        winner = Winner(
            name=self._name(company),
            kvk_number=values.kvk_number(
                _national_ids(company), country=country, buyers=self.numbers_of_buyers
            ),
            town=company.line("cac:PostalAddress/cbc:CityName"),
            country=country,
            nuts=_nuts(company),
            natural_person=None if flag is None else values.indicator(flag),
        )
        if flag is not None:
            person_against_form(winner, flag, prose.remarks)
        return winner

    def _company(self, reference: Node) -> Node:
        return _referred(reference, self.of).need("efac:Company")

    def _name(self, company: Node) -> str:
        company.need_line("cac:PartyName/cbc:Name")
        name = in_language(company.all("cac:PartyName/cbc:Name"), self.language)
        return company.need_line("cac:PartyName/cbc:Name") if name is None else name.words


def organisations(root: Node, extension: Node, language: str) -> Organisations:
    root.need(f"cac:ContractingParty/cac:Party/{_PARTY}")
    found: dict[str, Node] = {}
    for each in extension.all("efac:Organizations/efac:Organization"):
        for path in (f"efac:Company/{_PARTY}", f"efac:TouchPoint/{_PARTY}"):
            found.update({reference.words: each for reference in each.all(path)})
    buyers = root.all(f"cac:ContractingParty/cac:Party/{_PARTY}")
    companies = (_referred(each, found).need("efac:Company") for each in buyers)
    return Organisations(
        of=found,
        language=language,
        buyers=buyers,
        numbers_of_buyers=frozenset(n for each in companies for n in _national_ids(each)),
    )


def lots(root: Node, language: str, prose: Prose) -> tuple[Lot, ...]:
    """Every lot (BT-137) or, in a prior information notice, part (BT-137-Part); no lot groups."""
    root.need("cac:ProcurementProjectLot")
    return tuple(_lot(node, language, prose) for node in _lot_nodes(root))


def _lot_nodes(root: Node) -> tuple[Node, ...]:
    nodes = root.all("cac:ProcurementProjectLot")
    return tuple(
        each for each in nodes if each.need("cbc:ID").attribute("schemeName") != "LotsGroup"
    )


def _lot(node: Node, language: str, prose: Prose) -> Lot:
    project = node.need("cac:ProcurementProject")
    criteria = node.all(
        "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion/cac:SubordinateAwardingCriterion"
    )
    return Lot(
        id=node.need_line("cbc:ID"),
        title=prose.line(in_language(project.all("cbc:Name"), language)),  # BT-21
        cpv_main=main_cpv(project),
        cpv_additional=additional_cpv(project),
        estimated_value=estimate(project, prose),
        criteria=weighed(
            tuple(_criterion(each, language, prose) for each in criteria), node, prose.remarks
        ),
    )


def main_cpv(project: Node) -> str | None:  # BT-262
    node = project.one("cac:MainCommodityClassification/cbc:ItemClassificationCode")
    return None if node is None else values.cpv(node, node.words)


def additional_cpv(project: Node) -> tuple[str, ...]:  # BT-263
    nodes = project.all("cac:AdditionalCommodityClassification/cbc:ItemClassificationCode")
    return tuple(dict.fromkeys(values.cpv(node, node.words) for node in nodes))


def estimate(project: Node, prose: Prose) -> Euro | None:  # BT-27
    return euro(project.one("cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount"), prose)


def euro(node: Node | None, prose: Prose) -> Euro | None:
    if node is None:
        return None
    return values.euro(node, node.need_attribute("currencyID"), prose.remarks)


def _criterion(node: Node, language: str, prose: Prose) -> Said:
    kind = node.line("cbc:AwardingCriterionTypeCode")  # BT-539
    name = in_language(node.all("cbc:Name"), language)  # BT-734
    description = in_language(node.all("cbc:Description"), language)  # BT-540
    parameter = node.one(f"{EXTENSION}/efac:AwardCriterionParameter")  # BT-541, BT-5421 to BT-5423
    if kind is not None and kind not in _CRITERIA:
        node.refuse_malformed(
            "De soort gunningscriterium is niet price, cost of quality.",
            "The kind of award criterion is not price, cost or quality.",
        )
    return Said(
        kind=None if kind is None else _CRITERIA[kind],
        name=prose.line(name or description),
        number=None if parameter is None else parameter.line("efbc:ParameterNumeric"),
        unit=None if parameter is None else parameter.line("efbc:ParameterCode"),
    )


def deadlines(root: Node, prose: Prose) -> tuple[Deadline, ...]:
    """Every deadline of every lot; their times carry an offset."""
    found: list[Deadline] = []
    for node in _lot_nodes(root):
        for path, due in _DEADLINES.items():
            period = node.one(f"cac:TenderingProcess/{path}")
            if period is None:
                continue
            on, at = period.need("cbc:EndDate"), period.one("cbc:EndTime")
            moment = values.moment(on, at, dutch=False, remarks=prose.remarks)
            found.append(
                Deadline(due=due, lot=node.need_line("cbc:ID"), on=values.day(on), at=moment)
            )
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class _Results:
    """The parts of one notice's result (NoticeResult), which refer to each other by technical id."""

    contracts: Mapping[str, Node]
    tenders: Mapping[str, Mapping[str, tuple[Node, ...]]]
    """By contract, then by lot: the tenders that led to the contract (BT-3202)."""
    parties: Mapping[str, Node]
    organisations: Organisations

    def won(self, node: Node, lot: str) -> tuple[tuple[Node, Node], ...]:
        """The contracts of this lot's result, each with a tender for this lot that led to it."""
        node.need("efac:SettledContract/cbc:ID")
        return tuple(
            (_referred(reference, self.contracts), tender)
            for reference in _unique(node.all("efac:SettledContract/cbc:ID"))
            for tender in _referred(reference, self.tenders).get(lot, ())
        )

    def awarded(self, node: Node, contract: Node, tender: Node, prose: Prose) -> Awarded:
        party = _referred(tender.need("efac:TenderingParty/cbc:ID"), self.parties)
        party.need("efac:Tenderer/cbc:ID")
        winners = _unique(party.all("efac:Tenderer/cbc:ID"))
        if len(winners) > MOST_TOGETHER:
            party.refuse_malformed(
                f"De combinatie heeft meer dan {MOST_TOGETHER} leden.",
                f"The combination has more than {MOST_TOGETHER} members.",
            )
        return Awarded(
            lot=node.line("efac:TenderLot/cbc:ID"),
            winners=tuple(self.organisations.winner(each, prose) for each in winners),
            value=euro(tender.one("cac:LegalMonetaryTotal/cbc:PayableAmount"), prose),  # BT-720
            estimated_value=None,
            tenders_received=_received(node, "tenders"),
            tenders_electronic=_received(node, "t-esubm"),
            decided_on=values.optional_day(contract.one("cbc:AwardDate")),  # BT-1451
            concluded_on=values.optional_day(contract.one("cbc:IssueDate")),  # BT-145
        )


def awards(
    result: Node, known: Organisations, lot_ids: frozenset[str], prose: Prose
) -> tuple[Award, ...]:
    """Per lot result (BG-7): each winning tender, or that there is none.

    A tender has won if a contract of this lot's result refers to it (BT-3202); a result also lists
    tenders that lost. cac:TenderResult, with its fixed day in 2000, is there for UBL only.
    """
    contracts = _by_id(result, "efac:SettledContract")
    tenders = _by_id(result, "efac:LotTender")
    results = _Results(
        contracts=contracts,
        tenders={name: _by_lot(each, tenders) for name, each in contracts.items()},
        parties=_by_id(result, "efac:TenderingParty"),
        organisations=known,
    )
    found: list[Award] = []
    seen: set[str] = set()
    for node in result.all("efac:LotResult"):
        lot = node.need("efac:TenderLot/cbc:ID")
        if lot.words in seen:
            lot.refuse_malformed(
                "Dit perceel heeft al een uitslag.", "This lot has a result already."
            )
        seen.add(lot.words)
        unknown_lot(lot.words, lot_ids, lot, prose.remarks)
        status = node.need("cbc:TenderResultCode")  # BT-142
        if status.words in {_OPEN, _CLOSED}:
            found.append(_not_awarded(node, lot.words, still_open=status.words == _OPEN))
        elif status.words == _CHOSEN:
            won = results.won(node, lot.words)
            found.extend(results.awarded(node, *pair, prose) for pair in won)
            if not won:
                prose.remarks.append(_won_by_nobody(node))
        else:
            status.refuse_malformed(
                "De uitslag is niet selec-w, open-nw of clos-nw.",
                "The result is not selec-w, open-nw or clos-nw.",
            )
    return tuple(found)


def _won_by_nobody(node: Node) -> Remark:
    return Remark(
        code=RemarkCode.NOT_IMPORTED,
        element=node.where,
        text=Text(
            nl="Dit perceel is gegund, maar geen inschrijving voor dit perceel hoort bij een van"
            " zijn contracten; een inschrijving op een groep percelen wordt niet overgenomen.",
            en="This lot was awarded, but no tender for this lot belongs to one of its contracts;"
            " a tender for a group of lots is not imported.",
        ),
    )


def _not_awarded(node: Node, lot: str, *, still_open: bool) -> NotAwarded:
    return NotAwarded(
        lot=lot,
        reason=node.line("efac:DecisionReason/efbc:DecisionReasonCode"),  # BT-144
        still_open=still_open,
        tenders_received=_received(node, "tenders"),
        tenders_electronic=_received(node, "t-esubm"),
    )


def _received(node: Node, code: str) -> int | None:  # BT-759, BT-760
    for each in node.all("efac:ReceivedSubmissionsStatistics"):
        if each.line("efbc:StatisticsCode") == code:
            return values.count(each.one("efbc:StatisticsNumeric"))
    return None


def _by_id(result: Node, path: str) -> Mapping[str, Node]:
    return {each.need_line("cbc:ID"): each for each in result.all(path)}


def _unique(references: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple({each.words: each for each in references}.values())


def _by_lot(contract: Node, tenders: Mapping[str, Node]) -> Mapping[str, tuple[Node, ...]]:
    found: dict[str, list[Node]] = {}
    for reference in _unique(contract.all("efac:LotTender/cbc:ID")):
        tender = _referred(reference, tenders)
        found.setdefault(tender.need_line("efac:TenderLot/cbc:ID"), []).append(tender)
    return {lot: tuple(each) for lot, each in found.items()}


def _referred(reference: Node, known: Mapping[str, T]) -> T:
    """What the reference names; a reference to nothing is refused."""
    found = known.get(reference.words)
    if found is None:
        reference.refuse_malformed(
            "Dit verwijst naar iets dat de aankondiging niet beschrijft.",
            "This refers to something that the notice does not describe.",
        )
    return found


def _national_ids(company: Node) -> tuple[str, ...]:  # BT-501
    return tuple(filter(None, (e.words for e in company.all("cac:PartyLegalEntity/cbc:CompanyID"))))


def _country(company: Node) -> str | None:  # BT-514
    return company.line("cac:PostalAddress/cac:Country/cbc:IdentificationCode")


def _nuts(company: Node) -> str | None:  # BT-507
    node = company.one("cac:PostalAddress/cbc:CountrySubentityCode")
    return None if node is None else values.nuts(node, node.words)
