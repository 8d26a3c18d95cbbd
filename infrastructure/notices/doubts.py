"""What a notice says twice and differently: the remarks that both schemas make."""

from application.notices.notice import Remark, RemarkCode, Winner
from domain.convenant_project.preparation import ContractKind
from domain.terms import Text
from infrastructure.notices.node import Node

CONSTRUCTION = "45"
"""The CPV division of construction work: works (werken) are defined by it (Annex II)."""


def contradiction(node: Node, nl: str, en: str) -> Remark:
    return Remark(code=RemarkCode.CONTRADICTION, element=node.where, text=Text(nl=nl, en=en))


def kind_against_cpv(
    kind: ContractKind | None, cpv_main: str, node: Node, remarks: list[Remark]
) -> None:
    """Works are of CPV division 45, and nothing else is."""
    if kind is None or (kind is ContractKind.WORKS) == cpv_main.startswith(CONSTRUCTION):
        return
    remarks.append(
        contradiction(
            node,
            f"De CPV-code {cpv_main} past niet bij de opgegeven soort opdracht.",
            f"The CPV code {cpv_main} does not fit the stated type of contract.",
        )
    )


def person_against_form(winner: Winner, node: Node, remarks: list[Remark]) -> None:
    """A name with the form of a legal person cannot be that of a natural person."""
    if winner.natural_person and not winner.may_name_a_person:
        remarks.append(
            contradiction(
                node,
                "Volgens de aankondiging is de winnaar een natuurlijk persoon, maar de naam heeft"
                " de vorm van een rechtspersoon.",
                "The notice says that the winner is a natural person, but its name has the form"
                " of a legal person.",
            )
        )


def unknown_lot(lot: str | None, known: frozenset[str], node: Node, remarks: list[Remark]) -> None:
    """An award names a lot that the notice does not describe."""
    if lot is not None and lot not in known:
        remarks.append(
            contradiction(
                node,
                "De gunning noemt een perceel dat de aankondiging niet beschrijft.",
                "The award names a lot that the notice does not describe.",
            )
        )
