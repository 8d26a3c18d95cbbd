"""The parts of a TED notice that repeat: addresses, lots, criteria, amounts, awards.

Editions S01 and S02 have award criteria, contractors and values one level higher than S03 to S05;
both shapes are read. Names are without namespace here.
"""

from collections.abc import Mapping

from application.notices.notice import (
    Amount,
    Award,
    Awarded,
    Buyer,
    CriterionKind,
    EuroRange,
    Lot,
    NotAwarded,
    Winner,
)
from domain.terms import Euro
from infrastructure.notices import values
from infrastructure.notices.criteria import Said, weighed
from infrastructure.notices.doubts import unknown_lot
from infrastructure.notices.node import Node
from infrastructure.notices.prose import Prose

_CRITERIA: Mapping[str, CriterionKind] = {
    "AC_QUALITY": CriterionKind.QUALITY,
    "AC_COST": CriterionKind.COST,
    "AC_PRICE": CriterionKind.PRICE,
}


def buyer(address: Node) -> Buyer:
    """From ADDRESS_CONTRACTING_BODY or its ..._ADDITIONAL; the contact point is passed over."""
    return Buyer(
        name=address.need_line("OFFICIALNAME"),
        national_ids=_national_ids(address),
        town=address.line("TOWN"),
        country=_country(address),
        nuts=_nuts(address),
    )


def lots(described: Node, prose: Prose) -> tuple[Lot, ...]:
    """Every OBJECT_DESCR. An undivided contract is one, without LOT_NO: then ITEM is the id."""
    nodes = described.all("OBJECT_DESCR")
    if not nodes:
        described.refuse_missing("OBJECT_DESCR")
    return tuple(
        Lot(
            id=node.line("LOT_NO") or node.attribute("ITEM") or str(place),
            title=prose.line(node.one("TITLE")),
            cpv_main=None,
            cpv_additional=tuple(
                dict.fromkeys(
                    values.cpv(code, code.need_attribute("CODE"))
                    for code in node.all("CPV_ADDITIONAL/CPV_CODE")
                )
            ),
            estimated_value=euro(node, "VAL_OBJECT", prose),
            criteria=weighed(_criteria(node, prose), node, prose.remarks),
        )
        for place, node in enumerate(nodes, 1)
    )


def _criteria(lot: Node, prose: Prose) -> tuple[Said, ...]:
    """Concessions have no kinds and no weights: only AC_CRITERION, in order of importance."""
    weighted = [
        Said(
            kind=_CRITERIA[node.name],
            name=prose.line(node.one("AC_CRITERION")),
            number=node.line("AC_WEIGHTING"),
            unit=None,
        )
        for node in lot.all(".//*")
        if node.name in _CRITERIA
    ]
    ordered = [
        Said(kind=None, name=prose.line(node), number=None, unit=None)
        for node in lot.all(".//AC/AC_CRITERION")
    ]
    return (*weighted, *ordered)


def awards(
    nodes: tuple[Node, ...],
    known: tuple[Lot, ...],
    buyers: tuple[Buyer, ...],
    prose: Prose,
    *,
    before_contract: bool,
) -> tuple[Award, ...]:
    """Every AWARD_CONTRACT. Without LOT_NO it is about the only lot, if there is only one.

    `before_contract`: in F15 the day of DATE_CONCLUSION_CONTRACT is that of the award decision.
    """
    only = known[0].id if len(known) == 1 else None
    ids = frozenset(each.id for each in known)
    numbers = frozenset(number for each in buyers for number in each.national_ids)
    found: list[Award] = []
    for node in nodes:
        lot = node.line("LOT_NO") or only
        unknown_lot(lot, ids, node, prose.remarks)
        found.append(_award(node, lot, numbers, prose, before_contract=before_contract))
    return tuple(found)


def _award(
    node: Node, lot: str | None, buyers: frozenset[str], prose: Prose, *, before_contract: bool
) -> Award:
    contract = node.one("AWARDED_CONTRACT")
    if contract is None:
        children = node.need("NO_AWARDED_CONTRACT").all("*")
        reasons = (each.name for each in children if each.name.startswith("PROCUREMENT_"))
        return NotAwarded(
            lot=lot,
            reason=next(reasons, None),
            still_open=False,
            tenders_received=None,
            tenders_electronic=None,
        )
    day = values.optional_day(contract.one("DATE_CONCLUSION_CONTRACT"))
    return Awarded(
        lot=lot,
        winners=tuple(_winner(each, buyers) for each in contract.all(".//ADDRESS_CONTRACTOR")),
        value=amount(contract, prose),
        estimated_value=euro(contract, "VAL_ESTIMATED_TOTAL", prose),
        tenders_received=values.count(contract.one(".//NB_TENDERS_RECEIVED")),
        tenders_electronic=values.count(contract.one(".//NB_TENDERS_RECEIVED_EMEANS")),
        decided_on=day if before_contract else None,
        concluded_on=None if before_contract else day,
    )


def amount(parent: Node, prose: Prose) -> Amount | None:
    """VAL_TOTAL, or the range in its place."""
    between = _valued(parent, "VAL_RANGE_TOTAL")
    if between is None:
        return euro(parent, "VAL_TOTAL", prose)
    unit = between.need_attribute("CURRENCY")
    low = values.euro(between.need("LOW"), unit, prose.remarks)
    high = values.euro(between.need("HIGH"), unit, prose.remarks)
    if low is None or high is None:
        return None
    if low > high:
        between.refuse_malformed(
            "Het laagste bedrag is hoger dan het hoogste.",
            "The lowest amount is higher than the highest.",
        )
    return EuroRange(low=low, high=high)


def euro(parent: Node, name: str, prose: Prose) -> Euro | None:
    """The amount in the child `name`, or None; in awards it may stand one level lower, in VALUES."""
    node = _valued(parent, name)
    if node is None:
        return None
    return values.euro(node, node.need_attribute("CURRENCY"), prose.remarks)


def _valued(parent: Node, name: str) -> Node | None:
    return parent.one(name) or parent.one(f"VALUES/{name}")


def _winner(address: Node, buyers: frozenset[str]) -> Winner:
    country = _country(address)
    return Winner(
        name=address.need_line("OFFICIALNAME"),
        kvk_number=values.kvk_number(_national_ids(address), country=country, buyers=buyers),
        town=address.line("TOWN"),
        country=country,
        nuts=_nuts(address),
        natural_person=None,
    )


def _national_ids(address: Node) -> tuple[str, ...]:
    return tuple(filter(None, (each.words for each in address.all("NATIONALID"))))


def _country(address: Node) -> str | None:
    node = address.one("COUNTRY")
    return None if node is None else node.attribute("VALUE")


def _nuts(address: Node) -> str | None:
    node = address.one("NUTS")
    code = None if node is None else node.attribute("CODE")
    return None if node is None or code is None else values.nuts(node, code)
