"""The words of what a project does beside its procedure: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.convenant_project.early_market import ConsultationMethod, Distinction, EarlyForm
from domain.convenant_project.information_exchange import ExchangeStandard
from domain.convenant_project.lessons import FailurePhase, LessonKind
from domain.convenant_project.monitoring import Better, IndicatorTheme
from domain.convenant_project.risks import Chance, RiskSide
from domain.convenant_project.site import SiteRecordKind
from domain.convenant_project.surroundings import (
    NuisanceAspect,
    SafetyEvent,
    SocialReturnKind,
    StakeholderKind,
    StakeholderPhase,
)

ROWS: Rows = {
    EarlyForm: {
        "market-consultation": ("marktconsultatie", "market consultation"),
        "building-team": ("bouwteam", "building team"),
        "clustering": ("clusteren van werken", "clustering of works"),
        "multi-year-agreement": ("meerjarige overeenkomst", "multi-year agreement"),
    },
    ConsultationMethod: {
        "written": ("schriftelijk", "in writing"),
        "plenary": ("in een plenaire bijeenkomst", "in a plenary meeting"),
        "individual": ("in gesprekken een op een", "in talks one by one"),
        "circle": ("in de kenniskring", "in the circle"),
    },
    Distinction: {
        "technical": ("technisch", "technical"),
        "qualitative": ("kwalitatief", "qualitative"),
        "financial": ("financieel", "financial"),
        "innovative": ("innovatief", "innovative"),
        "process": ("procesmatig", "in process"),
    },
    RiskSide: {
        "client": ("de opdrachtgever", "the client"),
        "contractor": ("de opdrachtnemer", "the contractor"),
        "shared": ("beide partijen", "both sides"),
        "insurer": ("de verzekeraar", "the insurer"),
        "nobody": ("niemand", "nobody"),
    },
    Chance: {
        "small": ("kleine kans", "small chance"),
        "middling": ("middelmatige kans", "middling chance"),
        "great": ("grote kans", "great chance"),
    },
    StakeholderKind: {
        "residents": ("bewoners", "residents"),
        "businesses": ("bedrijven", "businesses"),
        "road-users": ("weggebruikers", "road users"),
        "network-operator": ("netbeheerder", "network operator"),
        "emergency-services": ("hulpdiensten", "emergency services"),
        "interest-group": ("belangenvereniging", "interest group"),
    },
    StakeholderPhase: {
        "design": ("het ontwerp", "the design"),
        "layout": ("de inrichting", "the layout"),
        "execution": ("de uitvoering", "the execution"),
        "maintenance": ("het onderhoud", "the maintenance"),
    },
    NuisanceAspect: {
        "accessibility": ("bereikbaarheid", "accessibility"),
        "liveability": ("leefbaarheid", "liveability"),
        "safety": ("veiligheid", "safety"),
        "communication": ("communicatie", "communication"),
    },
    SafetyEvent: {
        "unsafe-situation": ("onveilige situatie", "unsafe situation"),
        "near-miss": ("bijna-ongeval", "near miss"),
        "accident": ("ongeval", "accident"),
        "lost-time-accident": ("ongeval met verzuim", "lost-time accident"),
    },
    SocialReturnKind: {
        "job": ("een baan", "a job"),
        "apprenticeship": ("een leerwerkplek", "an apprenticeship"),
        "placement": ("een stage", "a placement"),
        "school": ("samenwerking met een opleiding", "work with a school"),
        "social-purchase": ("sociale inkoop", "social purchase"),
    },
    ExchangeStandard: {
        "bim": ("BIM", "BIM"),
        "visi": ("VISI", "VISI"),
        "gis": ("GIS", "GIS"),
        "other": ("een andere standaard", "another standard"),
    },
    IndicatorTheme: {
        "sustainability": ("duurzaamheid en circulariteit", "sustainability and circularity"),
        "climate": ("klimaatbestendige inrichting", "climate-proof layout"),
        "safety": ("veiligheid en gezondheid", "safety and health"),
        "digital": ("digitalisering", "digitalisation"),
        "failure-costs": ("faalkosten", "failure costs"),
        "youth": ("aantrekkelijkheid voor de jeugd", "appeal to the young"),
        "social-return": ("social return", "social return"),
        "local-employment": ("lokale werkgelegenheid", "local employment"),
        "collaboration": ("samenwerking", "collaboration"),
        "nuisance": ("hinder", "nuisance"),
        "price": ("prijs en planning", "price and planning"),
    },
    Better: {
        "lower": ("lager is beter", "lower is better"),
        "higher": ("hoger is beter", "higher is better"),
    },
    SiteRecordKind: {
        "daily-report": ("dagrapport", "daily report"),
        "inspection": ("keuring", "inspection"),
        "deviation": ("afwijking", "deviation"),
        "instruction": ("aanwijzing", "instruction"),
        "standstill": ("stilstand", "standstill"),
        "snag": ("opleverpunt", "snag"),
    },
    FailurePhase: {
        "preparation": ("voorbereiding", "preparation"),
        "execution": ("uitvoering", "execution"),
    },
    LessonKind: {
        "improve": ("verbetering", "improvement"),
        "innovate": ("vernieuwing", "innovation"),
    },
}
