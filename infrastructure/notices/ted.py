"""Notices in the TED schema R2.0.9 (2016 to 2023): forms F01, F02, F03, F15, F21 and F25.

The schema was published under several namespaces, so names are read without them; its editions
S01 to S05 differ in shape, and `ted_contract` reads both.

A file holds the buyer's form (FORM_SECTION) and codes that the Publications Office derived from it
(CODED_DATA_SECTION). The form is what counts; the codes fill in the day of publication and what the
form does not ask: the directive in the first editions, works, supplies or services in F21.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from lxml import etree

from application.notices.notice import Award, Deadline, Due, Form, Notice, NoticeRefused, Purpose
from domain.convenant_project.preparation import ContractKind
from domain.terms import Text
from infrastructure.notices import values
from infrastructure.notices.doubts import contradiction, kind_against_cpv
from infrastructure.notices.languages import language
from infrastructure.notices.node import Node
from infrastructure.notices.prose import Prose, personal
from infrastructure.notices.regimes import CELEX_OF_DIRECTIVE, CLASSIC, CONCESSIONS, outside_regime
from infrastructure.notices.ted_contract import amount, awards, buyer, euro, lots
from infrastructure.notices.xml_door import Element

ROOT: Final = "TED_EXPORT"

_EDITION = re.compile(r"R2\.0\.9\.S0[1-9]\.E01")
_OJS_NUMBER = re.compile(r"[0-9]{4}/S [0-9]{1,3}-[0-9]{1,7}")
_CODED_MOMENT = re.compile(r"[0-9]{8}( [0-9]{2}:[0-9]{2})?")

_CALL: Final = "PRI_CALL_COMPETITION"
_PURPOSES: Mapping[tuple[Form, str | None], Purpose] = {
    (Form.F01, "PRI_ONLY"): Purpose.PLANNING,
    (Form.F01, "PRI_REDUCING_TIME_LIMITS"): Purpose.PLANNING,
    (Form.F01, _CALL): Purpose.COMPETITION,
    (Form.F02, None): Purpose.COMPETITION,
    (Form.F03, None): Purpose.RESULT,
    (Form.F15, None): Purpose.TRANSPARENCY,
    (Form.F21, "PRI_ONLY"): Purpose.PLANNING,
    (Form.F21, _CALL): Purpose.COMPETITION,
    (Form.F21, "CONTRACT"): Purpose.COMPETITION,
    (Form.F21, "AWARD_CONTRACT"): Purpose.RESULT,
    (Form.F25, None): Purpose.RESULT,
}
"""By form and, where the form has one, the type in its element NOTICE."""

_KINDS: Mapping[str, ContractKind] = {
    "WORKS": ContractKind.WORKS,
    "SUPPLIES": ContractKind.SUPPLIES,
    "SERVICES": ContractKind.SERVICES,
}
_CODED_KINDS: Mapping[str, ContractKind] = {
    "1": ContractKind.WORKS,
    "2": ContractKind.SUPPLIES,
    "4": ContractKind.SERVICES,
}


def read(root: Element, sha256: str) -> Notice:
    """The notice in `root`, a TED_EXPORT; refused when it is not one of the six forms."""
    for each in root.iter():
        each.tag = etree.QName(each).localname
    export = Node(element=root, prefixes={})
    if _EDITION.fullmatch(export.attribute("VERSION") or "") is None:
        raise NoticeRefused(
            "notice.root-unknown",
            Text(
                nl="Alleen uitgave R2.0.9 van het TED-schema (2016-2023) wordt gelezen.",
                en="Only edition R2.0.9 of the TED schema (2016-2023) is read.",
            ),
            f"{ROOT}/@VERSION",
        )
    form, node = _original(export.need("FORM_SECTION"))
    return _notice(export.need("CODED_DATA_SECTION"), form, node, _prose(export), sha256)


def _original(section: Node) -> tuple[Form, Node]:
    """The form in the language in which the buyer wrote it, not one of its translations."""
    nodes = section.all("*")
    for node in nodes:
        name, _, year = node.name.partition("_")
        if year != "2014" or name not in Form.__members__:
            raise NoticeRefused(
                "notice.form-unknown",
                Text(
                    nl="Dit formulier wordt niet gelezen; wel F01, F02, F03, F15, F21 en F25.",
                    en="This form is not read; F01, F02, F03, F15, F21 and F25 are.",
                ),
                node.where,
            )
    written = next((each for each in nodes if each.attribute("CATEGORY") != "TRANSLATION"), None)
    if written is None:
        section.refuse_missing("*[@CATEGORY='ORIGINAL']")
    return Form[written.name.partition("_")[0]], written


def _prose(export: Node) -> Prose:
    contacts = [each.words for each in export.all(".//CONTACT_POINT")]
    organisations = [each.words for each in export.all(".//OFFICIALNAME")]
    return Prose(contacts=personal(export, contacts, organisations))


def _notice(coded: Node, form: Form, node: Node, prose: Prose, sha256: str) -> Notice:
    described, body = node.need("OBJECT_CONTRACT"), node.need("CONTRACTING_BODY")
    purpose = _purpose(form, node)
    kind = _kind(described, coded)
    cpv = described.need("CPV_MAIN/CPV_CODE")
    cpv_main = values.cpv(cpv, cpv.need_attribute("CODE"))
    kind_against_cpv(kind, cpv_main, cpv, prose.remarks)
    legal_basis, said_in = _legal_basis(coded, form, node)
    buyers = tuple(
        buyer(each)
        for each in (
            body.need("ADDRESS_CONTRACTING_BODY"),
            *body.all("ADDRESS_CONTRACTING_BODY_ADDITIONAL"),
        )
    )
    parts = lots(described, prose)
    won: tuple[Award, ...] = ()
    if purpose in {Purpose.RESULT, Purpose.TRANSPARENCY}:
        node.need("AWARD_CONTRACT")
        won = awards(
            node.all("AWARD_CONTRACT"),
            parts,
            buyers,
            prose,
            before_contract=purpose is Purpose.TRANSPARENCY,
        )
    return Notice(
        form=form,
        purpose=purpose,
        identifier=_identifier(coded),
        notice_id=None,
        version=None,
        procedure_id=None,
        previous=node.line("PROCEDURE/NOTICE_NUMBER_OJ"),
        changes=None,
        reference=prose.line(described.one("REFERENCE_NUMBER")),
        sha256=sha256,
        language=language(node, node.need_attribute("LG")),
        dispatched_on=_dispatched_on(coded, node, prose),
        dispatched_at=None,
        published_on=values.optional_day(coded.one("REF_OJS/DATE_PUB")),
        legal_basis=legal_basis,
        outside=outside_regime(
            legal_basis=legal_basis,
            element=said_in,
            social_form=form is Form.F21,
            kind=kind,
            cpv_main=cpv_main,
            cpv_element=cpv.where,
        ),
        buyers=buyers,
        title=prose.need_line(described.need("TITLE")),
        short_description=prose.paragraphs(described.all("SHORT_DESCR/P")),
        kind=kind,
        cpv_main=cpv_main,
        cpv_additional=tuple(dict.fromkeys(code for lot in parts for code in lot.cpv_additional)),
        procedure=_procedure(node),
        accelerated=_accelerated(form, node),
        estimated_value=euro(described, "VAL_ESTIMATED_TOTAL", prose),
        total_value=amount(described, prose),
        deadlines=_deadlines(coded, form, node, prose, dutch=buyers[0].country == "NL"),
        lots=parts,
        awards=won,
        remarks=tuple(prose.remarks),
    )


def _purpose(form: Form, node: Node) -> Purpose:
    found = _PURPOSES.get((form, _type(node)))
    if found is None:
        raise NoticeRefused(
            "notice.form-unknown",
            Text(
                nl="Dit soort aankondiging wordt in dit formulier niet gelezen.",
                en="This type of notice is not read in this form.",
            ),
            f"{node.where}/NOTICE/@TYPE",
        )
    return found


def _type(node: Node) -> str | None:
    stated = node.one("NOTICE")
    return None if stated is None else stated.attribute("TYPE")


def _identifier(coded: Node) -> str:
    node = coded.need("NOTICE_DATA/NO_DOC_OJS")
    if _OJS_NUMBER.fullmatch(node.words) is None:
        node.refuse_malformed(
            "Het nummer in het Publicatieblad heeft niet de vorm 2022/S 010-022374.",
            "The number in the Official Journal has not the form 2022/S 010-022374.",
        )
    return node.words


def _dispatched_on(coded: Node, node: Node, prose: Prose) -> date:
    stated = values.day(node.need("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE"))
    derived = coded.one("CODIF_DATA/DS_DATE_DISPATCH")
    if derived is not None and values.day(derived) != stated:
        _contradicted(derived, values.day(derived).isoformat(), prose)
    return stated


def _legal_basis(coded: Node, form: Form, node: Node) -> tuple[str, str]:
    """The CELEX number and where it stands; early editions name the directive in the codes.

    Without either, the form tells: F01, F02, F03 and F21 exist for Directive 2014/24/EU only
    and F25 for 2014/23/EU only, and F15 wraps its procedure in the directive's name.
    """
    stated = node.one("LEGAL_BASIS")
    if stated is not None:
        return stated.need_attribute("VALUE"), f"{stated.where}/@VALUE"
    derived = coded.one("CODIF_DATA/DIRECTIVE")
    if derived is not None:
        named = derived.need_attribute("VALUE")
        return CELEX_OF_DIRECTIVE.get(named, named), f"{derived.where}/@VALUE"
    if form is not Form.F15:
        return CONCESSIONS if form is Form.F25 else CLASSIC, node.where
    wrappers = (
        (celex, node.one(f"PROCEDURE/DIRECTIVE_{directive.replace('/', '_')}"))
        for directive, celex in CELEX_OF_DIRECTIVE.items()
    )
    found = next(((celex, each.where) for celex, each in wrappers if each is not None), None)
    if found is None:
        node.refuse_missing("LEGAL_BASIS")
    return found


def _kind(described: Node, coded: Node) -> ContractKind | None:
    node = described.one("TYPE_CONTRACT")
    if node is None:
        derived = coded.one("CODIF_DATA/NC_CONTRACT_NATURE")
        return None if derived is None else _CODED_KINDS.get(derived.need_attribute("CODE"))
    found = _KINDS.get(node.need_attribute("CTYPE"))
    if found is None:
        node.refuse_malformed(
            "Het soort opdracht is niet WORKS, SUPPLIES of SERVICES.",
            "The type of contract is not WORKS, SUPPLIES or SERVICES.",
        )
    return found


def _procedure(node: Node) -> str | None:
    """The element PT_..., which F15 and F25 put one level lower, in that of the directive."""
    names = (each.name for each in node.all("PROCEDURE//*"))
    return next((name for name in names if name.startswith("PT_")), None)


def _accelerated(form: Form, node: Node) -> bool | None:
    if form not in {Form.F02, Form.F03}:
        return None
    return node.one("PROCEDURE/ACCELERATED_PROC") is not None


def _deadlines(
    coded: Node, form: Form, node: Node, prose: Prose, *, dutch: bool
) -> tuple[Deadline, ...]:
    on, at = node.one("PROCEDURE/DATE_RECEIPT_TENDERS"), node.one("PROCEDURE/TIME_RECEIPT_TENDERS")
    if on is None:
        return ()
    that_day = values.day(on)
    derived = coded.one("CODIF_DATA/DT_DATE_FOR_SUBMISSION")
    if derived is not None and _CODED_MOMENT.fullmatch(derived.words) is not None:
        said = f"{that_day:%Y%m%d}" + ("" if at is None else f" {at.words}")
        if derived.words != said:
            _contradicted(derived, derived.words, prose)
    moment = values.moment(on, at, dutch=dutch, remarks=prose.remarks)
    return (Deadline(due=_due(form, node), lot=None, on=that_day, at=moment),)


def _due(form: Form, node: Node) -> Due:
    """One element holds three deadlines: the form and the procedure tell which."""
    if form is Form.F01 or _type(node) == _CALL:
        return Due.INTEREST
    procedure = _procedure(node)
    if procedure is None:
        return Due.TENDERS_OR_REQUESTS
    return Due.TENDERS if procedure == "PT_OPEN" else Due.REQUESTS


def _contradicted(node: Node, said: str, prose: Prose) -> None:
    prose.remarks.append(
        contradiction(
            node,
            f"Hier staat {said}; het formulier van de aanbestedende dienst zegt iets anders, en"
            " dat geldt.",
            f"This says {said}; the buyer's own form says something else, and that counts.",
        )
    )
