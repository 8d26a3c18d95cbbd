"""The words of convenant projects: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.convenant_project.award import InjunctionOutcome, ReportField
from domain.convenant_project.contract_design import (
    MotivationAspect,
    MotivationSubject,
    RequirementKind,
)
from domain.convenant_project.execution import ModificationBasis, RecordCheck
from domain.convenant_project.interests import InterestRemedy, ProjectRole
from domain.convenant_project.knowledge import (
    Channel,
    Genre,
    InvolvementKind,
    MeasureKind,
    Proof,
    Relevance,
)
from domain.convenant_project.preparation import ContractKind, PublicChannel, WorkNature
from domain.convenant_project.procedure import (
    CrossBorderInterest,
    DeadlineKind,
    NoticeChannel,
    OfflineGround,
    OutsideRegime,
    ProcedureType,
)
from domain.convenant_project.tendering import AwardMethod, CriterionAbout, ExclusionGround, Place

ROWS: Rows = {
    InjunctionOutcome: {
        "rejected": ("afgewezen", "rejected"),
        "granted": ("toegewezen", "granted"),
        "withdrawn": ("ingetrokken", "withdrawn"),
    },
    ReportField: {each.value: (f"onderdeel {each}", f"field {each}") for each in ReportField},
    ModificationBasis: {
        each.value: (f"Aw {each.value}", f"Aw {each.value}") for each in ModificationBasis
    },
    RecordCheck: {
        "personal-data-in-clear": ("persoonsgegevens in klare tekst", "personal data in clear"),
        "procedure-file": ("volledigheid van het dossier", "completeness of the file"),
        "splitting-intent": ("oogmerk om te splitsen", "intent to split"),
        "distorting-information": (
            "informatie die de mededinging verstoort",
            "information that distorts competition",
        ),
    },
    Channel: {
        "email": ("per e-mail", "by e-mail"),
        "portal": ("via het portaal", "through the portal"),
        "meeting": ("in een bijeenkomst", "in a meeting"),
        "post": ("per post", "by post"),
    },
    Genre: {
        "circle-report": ("verslag van de kring", "circle report"),
        "expert-group-note": ("aantekening van de expertgroep", "expert group note"),
        "answer": ("antwoord", "answer"),
        "costs-or-quantities": ("kosten of hoeveelheden", "costs or quantities"),
        "draft-request": ("concept-uitvraag", "draft request"),
        "risk-register": ("risicodossier", "risk register"),
        "specification": ("bestek", "specification"),
        "tender-guide": ("aanbestedingsleidraad", "tender guide"),
        "information-notice": ("nota van inlichtingen", "information notice"),
        "other": ("overig", "other"),
    },
    InvolvementKind: {
        "expert-group": ("expertgroep", "expert group"),
        "circle": ("kring", "circle"),
        "work-preparation": ("werkvoorbereiding", "work preparation"),
        "advice": ("advies", "advice"),
        "market-consultation": ("marktconsultatie", "market consultation"),
        "earlier-contract": ("eerdere opdracht", "earlier contract"),
    },
    MeasureKind: {
        "information": ("dezelfde informatie voor de anderen", "the same information for others"),
        "time-limit": ("een passende termijn", "an adequate time limit"),
    },
    Proof: {
        "read-receipt": ("leesbevestiging", "read receipt"),
        "download": ("download", "download"),
        "signed-receipt": ("ontvangstbewijs", "signed receipt"),
        "attendance": ("aanwezigheid", "attendance"),
    },
    Relevance: {
        "relevant": ("relevant", "relevant"),
        "neutral": ("neutraal", "neutral"),
        "confidential": ("vertrouwelijk", "confidential"),
    },
    ContractKind: {
        "works": ("werken", "works"),
        "supplies": ("leveringen", "supplies"),
        "services": ("diensten", "services"),
    },
    WorkNature: {
        "area-development": ("gebiedsontwikkeling", "area development"),
        "routine": ("routinematig werk", "routine work"),
    },
    InterestRemedy: {
        "recusal": ("terugtreden", "recusal"),
        "replacement": ("vervanging", "replacement"),
        "screening": ("afscherming", "screening"),
    },
    MotivationAspect: {
        "market-access": ("toegang tot de markt", "market access"),
        "organisation-and-risk": ("organisatie en risico", "organisation and risk"),
        "coherence": ("samenhang", "coherence"),
        "transaction-cost": ("transactiekosten", "transaction cost"),
        "competence": ("deskundigheid", "competence"),
        "market-knowledge": ("kennis van de markt", "market knowledge"),
        "circle-membership": ("lidmaatschap van de kring", "circle membership"),
        "seat-in-region": ("vestiging in de regio", "seat in the region"),
        "worked-in-municipality": ("eerder werk in de gemeente", "worked in the municipality"),
    },
    MotivationSubject: {
        "procedure-choice": ("de keuze van de procedure", "the choice of procedure"),
        "invitee-selection": ("de keuze van de genodigden", "the choice of invitees"),
        "number-invited": ("het aantal genodigden", "the number invited"),
        "clustering": ("het samenvoegen", "clustering"),
        "no-lots": ("het niet verdelen in percelen", "not dividing into lots"),
        "not-split": ("waarom niet gesplitst is", "why nothing was split"),
        "lowest-price": ("gunnen op laagste prijs", "award on lowest price"),
        "turnover": ("de omzeteis", "the turnover requirement"),
        "urgency": ("de urgentie", "the urgency"),
        "guide-deviation": (
            "afwijken van de Gids Proportionaliteit",
            "departing from the Gids Proportionaliteit",
        ),
    },
    ProjectRole: {
        "evaluator": ("beoordelaar", "evaluator"),
        "buyer": ("inkoper", "buyer"),
        "secretary": ("secretaris van de expertgroep", "secretary of the expert group"),
        "adviser": ("adviseur", "adviser"),
        "process-adviser": ("procesadviseur", "process adviser"),
        "market-expert": ("lid van de expertgroep", "expert group member"),
    },
    PublicChannel: {
        "procurement-calendar": ("op de inkoopkalender", "on the procurement calendar"),
        "tenderned": ("op TenderNed", "on TenderNed"),
        "official-journal": ("in het Publicatieblad", "in the Official Journal"),
        "municipal-website": ("op de gemeentelijke website", "on the municipal website"),
    },
    RequirementKind: {
        "turnover": ("omzeteis", "turnover requirement"),
        "reference-work": ("referentie-eis", "reference requirement"),
        "certificate": ("keurmerkeis", "certificate requirement"),
        "locality": ("eis aan vestiging of ervaring in de regio", "locality requirement"),
        "circle-membership": ("eis van lidmaatschap van de kring", "circle membership requirement"),
    },
    AwardMethod: {
        "best-price-quality": ("beste prijs-kwaliteitverhouding", "best price-quality ratio"),
        "lowest-price": ("laagste prijs", "lowest price"),
        "lowest-cost": ("laagste kosten", "lowest cost"),
    },
    CriterionAbout: {
        "tender": ("de inschrijving", "the tender"),
        "tenderer": ("de inschrijver", "the tenderer"),
        "circle-membership": ("lidmaatschap van de kring", "circle membership"),
        "locality": ("vestiging of ervaring in de regio", "locality"),
    },
    CrossBorderInterest: {
        "none": ("geen grensoverschrijdend belang", "no cross-border interest"),
        "clear": ("duidelijk grensoverschrijdend belang", "clear cross-border interest"),
    },
    DeadlineKind: {
        "requests": ("verzoeken tot deelneming", "requests to participate"),
        "tenders": ("inschrijvingen", "tenders"),
    },
    ExclusionGround: {
        "prior-involvement": ("eerdere betrokkenheid", "prior involvement"),
        "conflict-of-interest": ("belangenconflict", "conflict of interest"),
        "other": ("een andere grond", "another ground"),
    },
    NoticeChannel: {
        "tenderned": ("op TenderNed", "on TenderNed"),
        "official-journal": ("in het Publicatieblad", "in the Official Journal"),
        "other": ("elders", "elsewhere"),
    },
    OfflineGround: {each.value: (f"Aw {each.value}", f"Aw {each.value}") for each in OfflineGround},
    OutsideRegime: {
        "defence": ("defensie en veiligheid", "defence and security"),
        "utilities": ("speciale sectoren", "utilities"),
        "concession": ("concessie", "concession"),
        "social-services": ("sociale en specifieke diensten", "social and specific services"),
    },
    Place: {
        "tender-documents": ("in de aanbestedingsstukken", "in the tender documents"),
        "information-notice": ("in een nota van inlichtingen", "in an information notice"),
        "rectification": ("bij rectificatie", "by rectification"),
        "new-notice": ("in een nieuwe aankondiging", "in a new notice"),
    },
    ProcedureType: {
        "european-open": ("Europees openbaar", "European open"),
        "european-restricted": ("Europees niet-openbaar", "European restricted"),
        "european-negotiation": (
            "mededingingsprocedure met onderhandeling",
            "competitive procedure with negotiation",
        ),
        "competitive-dialogue": ("concurrentiegerichte dialoog", "competitive dialogue"),
        "innovation-partnership": ("innovatiepartnerschap", "innovation partnership"),
        "negotiation-without-notice": (
            "onderhandeling zonder aankondiging",
            "negotiation without notice",
        ),
        "national-open": ("nationaal openbaar", "national open"),
        "national-restricted": ("nationaal niet-openbaar", "national restricted"),
        "private-multiple": ("meervoudig onderhands", "private, several invited"),
        "private-single": ("enkelvoudig onderhands", "private, one invited"),
    },
}
