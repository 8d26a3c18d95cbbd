"""Which law a notice names, and whether that is law that Kringboek models.

The notice's own legal basis decides, not who buys: a ministry of defence that buys under Directive
2014/24/EU is inside. Social and other specific services are the exception: they fall under that
same directive but under its light regime (artikelen 2.38 en 2.39 Aw), so there the form decides,
or, for services, whether the main CPV code is in Annex XIV.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from application.notices.notice import Outside
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import OutsideRegime
from domain.terms import Text

CLASSIC = "32014L0024"
CONCESSIONS = "32014L0023"

CELEX_OF_DIRECTIVE: Mapping[str, str] = {
    "2014/24/EU": CLASSIC,
    "2014/25/EU": "32014L0025",
    "2014/23/EU": CONCESSIONS,
    "2009/81/EC": "32009L0081",
}
"""TED before 2018 names the directive where later notices give its CELEX number."""


@dataclass(frozen=True, kw_only=True)
class _Law:
    regime: OutsideRegime
    nl: str
    en: str


_OUTSIDE: Mapping[str, _Law] = {
    "32009L0081": _Law(
        regime=OutsideRegime.DEFENCE,
        nl="Richtlijn 2009/81/EG (defensie en veiligheid)",
        en="Directive 2009/81/EC (defence and security)",
    ),
    "32014L0025": _Law(
        regime=OutsideRegime.UTILITIES,
        nl="Richtlijn 2014/25/EU (speciale sectoren)",
        en="Directive 2014/25/EU (utilities)",
    ),
    CONCESSIONS: _Law(
        regime=OutsideRegime.CONCESSION,
        nl="Richtlijn 2014/23/EU (concessies)",
        en="Directive 2014/23/EU (concessions)",
    ),
}

_SOCIAL = Text(
    nl="Sociale en andere specifieke diensten (bijlage XIV van Richtlijn 2014/24/EU) vallen onder"
    " het verlichte regime. Kringboek kent dat niet en velt daarom geen oordelen.",
    en="Social and other specific services (Annex XIV to Directive 2014/24/EU) are under the light"
    " regime. Kringboek does not model it and therefore gives no verdicts.",
)

_ANNEX_XIV = (
    # Health, social and related services
    (75200000, 75231200), (75231240, 75231240), (79611000, 79611000), (79622000, 79622000),
    (79624000, 79625000), (85000000, 85323000), (98133000, 98133100), (98200000, 98200000),
    (98500000, 98500000), (98513000, 98514000),
    # Administrative social, educational, healthcare and cultural services
    (75000000, 75000000), (75121000, 75124000), (79995000, 79995200), (80000000, 80660000),
    (92000000, 92700000), (79950000, 79956000),
    # Compulsory social security, benefits
    (75300000, 75340000),
    # Community, social and personal services, of unions, parties, youth and other associations
    (98000000, 98000000), (98120000, 98120000), (98130000, 98132000), (98133110, 98133110),
    # Hotel and restaurant services
    (55100000, 55410000), (55510000, 55524000),
    # Legal services
    (79100000, 79140000), (75231100, 75231100),
    # Other administrative and government services
    (75100000, 75120000), (75125000, 75131000),
    # Prison, public security and rescue services
    (75231210, 75231230), (75240000, 75252000), (79430000, 79430000), (98113100, 98113100),
    # Investigation and security services
    (79700000, 79723000),
    # International services
    (98900000, 98910000),
    # Postal services
    (64000000, 64000000), (64100000, 64116000), (64122000, 64122000),
    # Miscellaneous: tyre remoulding, blacksmiths
    (50116510, 50116510), (71550000, 71550000),
)  # fmt: skip
"""Annex XIV to Directive 2014/24/EU as ranges of CPV codes, first and last included.

Confidence [K], as the rule book tags it: written down from knowledge of the annex, to be compared
with the text in the Official Journal (L 94 of 28 March 2014) before somebody relies on it.
"""


def outside_regime(
    *,
    legal_basis: str,
    element: str,
    social_form: bool,
    kind: ContractKind | None,
    cpv_main: str,
    cpv_element: str,
) -> Outside | None:
    """Why no verdicts follow, or None where the law of the notice is the law that is modelled.

    `element` is where the legal basis stands, `cpv_element` where the main CPV code does;
    `social_form` says that the form exists for social and other specific services.
    """
    law = _OUTSIDE.get(legal_basis)
    if law is not None:
        return Outside(
            regime=law.regime,
            element=element,
            stated=legal_basis,
            why=Text(
                nl=f"De aankondiging valt onder {law.nl}. Kringboek kent de regels daarvan niet"
                " en velt daarom geen oordelen.",
                en=f"The notice is under {law.en}. Kringboek does not model its rules and"
                " therefore gives no verdicts.",
            ),
        )
    if legal_basis != CLASSIC:
        return Outside(
            regime=None,
            element=element,
            stated=legal_basis,
            why=Text(
                nl="De aankondiging noemt een andere grondslag dan Richtlijn 2014/24/EU."
                " Kringboek kent de regels daarvan niet en velt daarom geen oordelen.",
                en="The notice names another legal basis than Directive 2014/24/EU. Kringboek does"
                " not model its rules and therefore gives no verdicts.",
            ),
        )
    if social_form:
        return Outside(
            regime=OutsideRegime.SOCIAL_SERVICES, element=element, stated=legal_basis, why=_SOCIAL
        )
    if kind is ContractKind.SERVICES and _in_annex_xiv(cpv_main):
        return Outside(
            regime=OutsideRegime.SOCIAL_SERVICES,
            element=cpv_element,
            stated=cpv_main,
            why=_SOCIAL,
        )
    return None


def _in_annex_xiv(cpv: str) -> bool:
    return any(first <= int(cpv) <= last for first, last in _ANNEX_XIV)
