"""The words of missions: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.mission.conditions import MissionConditionKind
from domain.mission.enforcement import (
    BreachEnding,
    LineCheckOutcome,
    LineCheckPlace,
    LineSanction,
)
from domain.mission.follow_up import (
    FollowUpEnding,
    FollowUpKind,
    LineAdvice,
    MonitoringMethod,
    TermUnit,
)
from domain.mission.functions import Degree, FunctionGroup, MissionFunction
from domain.mission.legitimacy import LegitimacyPart
from domain.mission.line import Direction
from domain.mission.market import PilotOutcome, ResourceKind
from domain.mission.purpose import FeasibilityAspect, SolutionStanding

ROWS: Rows = {
    Direction: {
        "at-least": ("ten minste", "at least"),
        "at-most": ("ten hoogste", "at most"),
        "unstated": ("niet gezegd", "unstated"),
    },
    SolutionStanding: {
        "pursued": ("uitgewerkt", "pursued"),
        "open": ("opengehouden", "kept open"),
        "set-aside": ("terzijde gelegd", "set aside"),
    },
    FeasibilityAspect: {
        "technical-possibility": ("technische mogelijkheden", "technical possibilities"),
        "availability": ("beschikbaarheid", "availability"),
        "affordability": ("betaalbaarheid", "affordability"),
        "demands-on-people": ("eisen aan mensen", "demands on people"),
        "demands-on-processes": ("eisen aan processen", "demands on processes"),
    },
    FunctionGroup: {
        "problem-and-solution": ("bepalen van probleem en oplossing", "problem and solution"),
        "knowledge": ("kennisontwikkeling en kennisverspreiding", "developing and spreading"),
        "conditions": ("creëren van de benodigde condities", "creating the conditions"),
    },
    MissionFunction: {
        "problem-direction": ("richting van het probleem", "direction of the problem"),
        "solution-direction": ("richting van de oplossing", "direction of the solution"),
        "reflexivity": ("reflexiviteit", "reflexivity"),
        "entrepreneurship": ("ondernemersactiviteiten", "entrepreneurial activities"),
        "knowledge-development": ("kennisontwikkeling", "knowledge development"),
        "knowledge-diffusion": ("kennisverspreiding", "knowledge diffusion"),
        "market-creation": (
            "marktcreatie en destabilisatie",
            "market creation and destabilisation",
        ),
        "resource-allocation": ("(re)allocatie van middelen", "(re)allocation of resources"),
        "legitimacy": ("legitimiteit", "legitimacy"),
    },
    Degree: {
        "not": ("niet", "not"),
        "barely": ("nauwelijks", "barely"),
        "partly": ("deels", "partly"),
        "largely": ("grotendeels", "largely"),
        "fully": ("geheel", "fully"),
    },
    MissionConditionKind: {
        "specification-texts": (
            "bestekteksten in het moederbestek",
            "texts in the mother specification",
        ),
        "standard-request": ("standaard uitvragen", "asked for as a standard"),
        "enforcement": ("handhaving", "enforcement"),
        "budget": ("budgettaire ruimte", "room in the budget"),
        "fair-price": ("eerlijke prijs met opslag", "fair price with a surcharge"),
        "monitoring-and-evaluation": ("monitoring en evaluatie", "monitoring and evaluation"),
        "multi-year-agreement": (
            "meerjarige samenwerkingsovereenkomst",
            "multi-year cooperation agreement",
        ),
        "follow-up-actions": ("gevolg-acties", "follow-up actions"),
        "other": ("andere randvoorwaarde", "another condition"),
    },
    PilotOutcome: {
        "adopted": ("overgenomen", "adopted"),
        "continued": ("vervolgd", "continued"),
        "stopped": ("gestopt", "stopped"),
    },
    ResourceKind: {
        "money": ("geld", "money"),
        "people": ("personeel", "people"),
        "equipment": ("materieel", "equipment"),
        "other": ("andere middelen", "other means"),
    },
    LegitimacyPart: {
        "policy-framework": (
            "heldere beleids- en uitvoeringskaders",
            "clear frameworks of policy and execution",
        ),
        "multi-year-agreements": ("meerjarenovereenkomsten", "multi-year agreements"),
        "agreements-enforced": (
            "handhaven van gemaakte afspraken",
            "enforcing what was agreed",
        ),
    },
    LineCheckPlace: {
        "project-organisation": (
            "in de eigen projectorganisatie",
            "in the client's project organisation",
        ),
        "on-the-work": ("buiten op het werk", "outside on the work"),
    },
    LineCheckOutcome: {
        "kept": ("gevolgd", "kept"),
        "not-kept": ("niet gevolgd", "not kept"),
        "not-seen": ("niet vast te stellen", "could not be seen"),
    },
    LineSanction: {
        "warning": ("waarschuwing", "warning"),
        "repair-order": ("opdracht tot herstel", "order to repair"),
        "payment-withheld": ("betaling opgeschort", "payment withheld"),
        "price-reduction": ("korting op de prijs", "reduction of the price"),
        "penalty": ("boete", "penalty"),
        "work-stopped": ("werk stilgelegd", "work stopped"),
    },
    BreachEnding: {
        "repaired": ("hersteld", "repaired"),
        "sanction-carried-out": ("sanctie uitgevoerd", "sanction carried out"),
        "unfounded": ("bevinding bleek onjuist", "the finding proved wrong"),
    },
    FollowUpKind: {
        "charging-infrastructure": ("laadinfra", "charging infrastructure"),
        "charging-hub": ("laadhub", "charging hub"),
        "materials-hub": (
            "hub voor depot en hergebruik van materialen",
            "hub for storing and reusing materials",
        ),
        "next-treads": ("vaststellen van volgende tredes", "settling the next treads"),
        "environmental-zones": ("betekenis van milieuzones", "meaning of environmental zones"),
        "natura-2002": (
            "inzet in relatie tot „natura 2002” (zo in de bron)",
            "deployment in relation to “natura 2002” (as the source has it)",
        ),
        "other": ("andere gevolg-actie", "another follow-up action"),
    },
    FollowUpEnding: {
        "done": ("gedaan", "done"),
        "dropped": ("vervallen", "dropped"),
    },
    MonitoringMethod: {
        "reflexive-monitoring": ("reflexieve monitoring", "reflexive monitoring"),
        "improvement-agenda": ("verbeteragenda", "improvement agenda"),
        "small-wins": ("kleine winsten (small wins)", "small wins"),
        "process-monitoring": ("procesmonitoring", "process monitoring"),
    },
    TermUnit: {
        "months": ("maanden", "months"),
        "years": ("jaren", "years"),
        "unstated": ("eenheid niet gezegd", "unit unstated"),
    },
    LineAdvice: {
        "raise": ("verhogen", "raise"),
        "keep": ("handhaven", "keep"),
        "lower": ("verlagen", "lower"),
    },
}
