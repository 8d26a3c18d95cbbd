"""Notices in eForms (since 2022): subtypes 4, 10, 15, 16, 29 and E1.

The subtype (OPP-070) decides what is read, and the root element must be the one that it belongs to.
Other subtypes have the same bricks, but a form is read only when a notice of it is in the tests.
Numbers in brackets are the business terms (BT) and technical fields (OPT, OPP) of eForms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from application.notices.notice import Award, Form, Notice, NoticeRefused, Purpose
from domain.convenant_project.preparation import ContractKind
from domain.terms import Text
from infrastructure.notices import values
from infrastructure.notices.doubts import kind_against_cpv
from infrastructure.notices.eforms_contract import (
    EXTENSION,
    PREFIXES,
    additional_cpv,
    awards,
    deadlines,
    estimate,
    euro,
    in_language,
    lots,
    organisations,
)
from infrastructure.notices.languages import language
from infrastructure.notices.node import Node
from infrastructure.notices.prose import Prose, personal
from infrastructure.notices.regimes import outside_regime
from infrastructure.notices.xml_door import Element

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_PLANNING = f"{{{_UBL}PriorInformationNotice-2}}PriorInformationNotice"
_COMPETITION = f"{{{_UBL}ContractNotice-2}}ContractNotice"
_RESULT = f"{{{_UBL}ContractAwardNotice-2}}ContractAwardNotice"
ROOTS = frozenset({_PLANNING, _COMPETITION, _RESULT})


@dataclass(frozen=True, kw_only=True)
class _Subtype:
    form: Form
    purpose: Purpose
    root: str


_SUBTYPES: Mapping[str, _Subtype] = {
    "4": _Subtype(form=Form.EFORMS_4, purpose=Purpose.PLANNING, root=_PLANNING),
    "10": _Subtype(form=Form.EFORMS_10, purpose=Purpose.COMPETITION, root=_COMPETITION),
    "15": _Subtype(form=Form.EFORMS_15, purpose=Purpose.QUALIFICATION, root=_COMPETITION),
    "16": _Subtype(form=Form.EFORMS_16, purpose=Purpose.COMPETITION, root=_COMPETITION),
    "29": _Subtype(form=Form.EFORMS_29, purpose=Purpose.RESULT, root=_RESULT),
    "E1": _Subtype(form=Form.EFORMS_E1, purpose=Purpose.CONSULTATION, root=_PLANNING),
}
_KINDS: Mapping[str, ContractKind] = {
    "works": ContractKind.WORKS,
    "supplies": ContractKind.SUPPLIES,
    "services": ContractKind.SERVICES,
}
_PUBLICATION_NUMBER = re.compile(r"[0-9]{1,8}-[0-9]{4}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_VERSION = re.compile(r"[0-9]{2}")


def read(root: Element, sha256: str) -> Notice:
    """The notice in `root`, one of `ROOTS`; refused when its subtype is not read."""
    node = Node(element=root, prefixes=PREFIXES)
    extension = node.need(EXTENSION)
    subtype = _subtype(node, extension.need("efac:NoticeSubType/cbc:SubTypeCode"))
    contacts = [each.words for each in node.all(".//cac:Contact/cbc:Name")]
    names = [each.words for each in node.all(".//cac:PartyName/cbc:Name")]
    prose = Prose(contacts=personal(node, contacts, names))
    return _notice(node, extension, subtype, prose, sha256)


def _subtype(root: Node, code: Node) -> _Subtype:
    found = _SUBTYPES.get(code.words)
    if found is None or found.root != root.element.tag:
        raise NoticeRefused(
            "notice.form-unknown",
            Text(
                nl="Dit formulier wordt niet gelezen; van eForms wel 4, 10, 15, 16, 29 en E1,"
                " elk met zijn eigen hoofdelement.",
                en="This form is not read; of eForms 4, 10, 15, 16, 29 and E1 are, each with its"
                " own root element.",
            ),
            code.where,
        )
    return found


def _notice(root: Node, extension: Node, subtype: _Subtype, prose: Prose, sha256: str) -> Notice:
    code = root.need_line("cbc:NoticeLanguageCode")  # BT-702
    project = root.need("cac:ProcurementProject")
    kind = _kind(project)
    cpv = project.need("cac:MainCommodityClassification/cbc:ItemClassificationCode")  # BT-262
    cpv_main = values.cpv(cpv, cpv.words)
    kind_against_cpv(kind, cpv_main, cpv, prose.remarks)
    known = organisations(root, extension, code)
    parts = lots(root, code, prose)
    won: tuple[Award, ...] = ()
    result = extension.one("efac:NoticeResult")
    if subtype.purpose is Purpose.RESULT:
        result = extension.need("efac:NoticeResult")
        won = awards(result, known, frozenset(lot.id for lot in parts), prose)
    legal_basis = root.need("cbc:RegulatoryDomain")  # BT-01
    notice_id = _formed(root.need("cbc:ID"), _UUID)  # BT-701
    version = _formed(root.need("cbc:VersionID"), _VERSION)  # BT-757
    published = extension.one("efac:Publication/efbc:NoticePublicationID")  # OPP-010
    on, at = root.need("cbc:IssueDate"), root.one("cbc:IssueTime")  # BT-05
    return Notice(
        form=subtype.form,
        purpose=subtype.purpose,
        identifier=(
            f"{notice_id}-{version}"
            if published is None
            else _formed(published, _PUBLICATION_NUMBER)
        ),
        notice_id=notice_id,
        version=version,
        procedure_id=root.line("cbc:ContractFolderID"),  # BT-04
        previous=_previous(root),
        changes=extension.line("efac:Changes/efbc:ChangedNoticeIdentifier"),  # BT-758
        reference=prose.line(project.one("cbc:ID[@schemeName='InternalID']")),  # BT-22
        sha256=sha256,
        language=language(root.need("cbc:NoticeLanguageCode"), code),
        dispatched_on=values.day(on),
        dispatched_at=values.moment(on, at, dutch=False, remarks=prose.remarks),
        published_on=values.optional_day(
            extension.one("efac:Publication/efbc:PublicationDate")  # OPP-012
        ),
        legal_basis=_said(legal_basis),
        outside=outside_regime(
            legal_basis=legal_basis.words,
            element=legal_basis.where,
            social_form=False,
            kind=kind,
            cpv_main=cpv_main,
            cpv_element=cpv.where,
        ),
        buyers=tuple(known.buyer(each) for each in known.buyers),
        title=prose.need_line(
            in_language(project.all("cbc:Name"), code) or project.need("cbc:Name")
        ),
        short_description=prose.lines(in_language(project.all("cbc:Description"), code)),
        kind=kind,
        cpv_main=cpv_main,
        cpv_additional=additional_cpv(project),
        procedure=root.line("cac:TenderingProcess/cbc:ProcedureCode"),  # BT-105
        accelerated=_accelerated(root),
        estimated_value=estimate(project, prose),
        total_value=None if result is None else euro(result.one("cbc:TotalAmount"), prose),
        deadlines=deadlines(root, prose),
        lots=parts,
        awards=won,
        remarks=tuple(prose.remarks),
    )


def _formed(node: Node, form: re.Pattern[str]) -> str:
    if form.fullmatch(node.words) is None:
        node.refuse_malformed(
            "Het kenmerk heeft niet de vorm die eForms voorschrijft.",
            "The identifier has not the form that eForms prescribes.",
        )
    return node.words


def _said(node: Node) -> str:
    if not node.words:
        node.refuse_missing("text()")
    return node.words


def _previous(root: Node) -> str | None:
    """The Official Journal's number of an earlier notice (OPP-090)."""
    return root.line("cac:TenderingProcess/cac:NoticeDocumentReference/cbc:ID")


def _kind(project: Node) -> ContractKind | None:
    node = project.one("cbc:ProcurementTypeCode[@listName='contract-nature']")  # BT-23
    if node is None:
        return None
    found = _KINDS.get(node.words)
    if found is None:
        node.refuse_malformed(
            "Het soort opdracht is niet works, supplies of services.",
            "The type of contract is not works, supplies or services.",
        )
    return found


def _accelerated(root: Node) -> bool | None:
    node = root.one(
        "cac:TenderingProcess/cac:ProcessJustification/cbc:ProcessReasonCode"
        "[@listName='accelerated-procedure']"
    )  # BT-106
    return None if node is None else values.indicator(node)
