"""The words of circles: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.circle.agreements import AgreementEndGround, EnforcementPlace, SanctionKind
from domain.circle.convenant import ConvenantSection
from domain.circle.decisions import DecisionMethod, DecisionOutcome, ObjectionOutcome, ReviewOutcome
from domain.circle.exchange import SignalKind, WorkshopKind
from domain.circle.founding import IntakeQuestion
from domain.circle.improvements import ActionAgenda, ConditionKind, ResultKind
from domain.circle.klaagpaal import ComplaintOutcome
from domain.circle.learning import HealthDegree, HealthQuestion
from domain.circle.meetings import AgendaKind
from domain.circle.membership import EntryGround, EntryOutcome, LeaveOutcome
from domain.circle.seats import Expertise, SeatChooser, SeatEndGround, SeatRole, Side
from domain.circle.topics import CircleAspect, CircleTheme, KnownTopic, TopicKind, TopicLevel

ROWS: Rows = {
    Side: {
        "sme": ("mkb", "SME"),
        "municipal": ("gemeente", "municipality"),
        "adviser": ("adviseur", "adviser"),
        "other-client": ("andere opdrachtgever", "other client"),
    },
    SeatRole: {
        "director": ("directie", "director"),
        "operational-director": ("operationeel directeur", "operational director"),
        "client": ("ambtelijk opdrachtgever", "client within the municipality"),
        "operations-manager": ("manager bedrijfsvoering", "operations manager"),
        "projects-lead": ("teamleider projecten", "projects lead"),
        "support-services": ("ondersteunende dienstverlener", "support services"),
        "adviser": ("adviseur", "adviser"),
    },
    EntryOutcome: {
        "admitted": ("toegelaten", "admitted"),
        "waiting": ("toegelaten, wacht op een zetel", "admitted, waiting for a seat"),
        "refused": ("geweigerd", "refused"),
    },
    EntryGround: {
        "worked-in-municipality": ("werkte in de gemeente", "worked in the municipality"),
        "no-work-in-municipality": ("geen werk in de gemeente", "no work in the municipality"),
        "other": ("een andere grond", "another ground"),
    },
    AgendaKind: {
        "klaagpaal": ("klaagpaal", "klaagpaal (complaints)"),
        "topic": ("onderwerp", "topic"),
        "project": ("project", "project"),
        "decision": ("besluit", "decision"),
        "reflection": ("reflectie", "reflection"),
    },
    DecisionMethod: {"consent": ("consent", "consent"), "vote": ("stemming", "vote")},
    DecisionOutcome: {
        "adopted": ("aangenomen", "adopted"),
        "rejected": ("verworpen", "rejected"),
        "postponed": ("aangehouden", "postponed"),
    },
    IntakeQuestion: {
        "situation": ("de bestaande situatie", "the present situation"),
        "dilemmas": ("de dilemma's", "the dilemmas"),
        "importance": ("waarom het hier belangrijk is", "why it matters here"),
        "personal-interest": ("waarom het voor jou belangrijk is", "why it matters to you"),
        "desired-process": ("wat je wilt zien gebeuren", "what you want to see happen"),
        "mutual-attraction": (
            "wat het wederzijds aantrekkelijk maakt",
            "what makes it attractive to both sides",
        ),
        "needs": ("wat ervoor nodig is", "what it takes"),
    },
    ConvenantSection: {
        "occasion": ("aanleiding", "occasion"),
        "societal-result": ("beoogd maatschappelijk resultaat", "intended result for society"),
        "sustainability": (
            "bijdrage aan de duurzaamheidsambitie",
            "contribution to sustainability",
        ),
        "framework": ("kaders", "framework"),
        "arguments": ("argumenten en tegenargument", "arguments and counter-argument"),
        "circle": ("kenniskring", "circle"),
        "projects": ("convenantprojecten", "convenant projects"),
        "carry-over": (
            "doorwerking in de eigen organisatie",
            "carrying over into one's own organisation",
        ),
        "outdoor-space": ("buitenruimte", "outdoor space"),
    },
    LeaveOutcome: {
        "granted": ("ingewilligd", "granted"),
        "blocked": ("tegengehouden", "blocked"),
    },
    SeatChooser: {
        "market": ("de markt", "the market"),
        "municipality": ("de gemeente", "the municipality"),
        "together": ("markt en gemeente samen", "market and municipality together"),
    },
    SeatEndGround: {
        "rotation": ("roulatie", "rotation"),
        "stopped": ("de organisatie stopte", "the organisation stopped"),
        "changed-post": ("ander werk", "another post"),
        "other": ("een andere grond", "another ground"),
    },
    Expertise: {
        "climate": ("klimaat", "climate"),
        "ict": ("ICT", "IT"),
        "traffic-safety": ("verkeersveiligheid", "road safety"),
        "other": ("een ander vak", "another field"),
    },
    TopicKind: {
        "improve": ("verbeteren", "improve"),
        "innovate": ("vernieuwen", "innovate"),
    },
    TopicLevel: {
        "strategic": ("strategisch", "strategic"),
        "tactical": ("tactisch", "tactical"),
        "operational": ("operationeel", "operational"),
    },
    CircleAspect: {
        "climate": ("klimaat en duurzaamheid", "climate and sustainability"),
        "neighbourhood": ("buurtontwikkeling", "neighbourhood development"),
        "business-economy": ("bedrijfseconomische ontwikkeling", "business economics"),
        "investment": ("investeringen", "investments"),
        "processes": ("processen en procedures", "processes and procedures"),
        "labour-market": ("arbeidsmarkt en werkgelegenheid", "labour market and employment"),
        "learning": ("scholing en kennisontwikkeling", "training and knowledge"),
    },
    CircleTheme: {
        "sustainability": ("duurzaamheid", "sustainability"),
        "circularity": ("circulariteit", "circularity"),
        "climate-adaptation": ("klimaatadaptatie", "climate adaptation"),
        "energy": ("energietransitie", "energy transition"),
        "emission-free": ("emissieloos werken", "emission-free working"),
        "safety": ("veiligheid en gezondheid", "safety and health"),
        "digitalisation": ("digitalisering en BIM", "digitalisation and BIM"),
        "nuisance": ("BLVC", "nuisance (BLVC)"),
        "failure-costs": ("faalkosten", "failure costs"),
        "youth": ("een branche voor de jeugd", "a trade that attracts the young"),
        "social-return": ("social return (SROI)", "social return on investment"),
        "employment": ("lokale werkgelegenheid", "local employment"),
        "collaboration": ("samenwerken", "collaboration"),
        "procurement": ("inkoopbeleid en BPKV", "procurement policy"),
        "accessibility": ("bereikbaarheid", "accessibility"),
        "liveability": ("leefbaarheid", "liveability"),
    },
    KnownTopic: {
        "co2-ladder": ("CO2-prestatieladder", "CO2 performance ladder"),
        "contract-form": (
            "de juiste contractvorm bij het juiste project",
            "the right form of contract for a project",
        ),
        "safety-ladder": ("Veiligheidsladder", "safety ladder"),
        "market-prices": ("marktontwikkeling en prijsstijgingen", "market and rising prices"),
        "calculation-fee": ("rekenvergoeding", "calculation fee"),
        "digital-systems": ("digitale systemen", "digital systems"),
        "social-return": ("SROI", "social return on investment"),
        "nuisance": ("BLVC en verkeersmaatregelen", "nuisance and traffic measures"),
        "nitrogen": ("stikstof", "nitrogen"),
        "klaagpaal": ("klaagpaal", "klaagpaal (complaints)"),
        "open": ("een vraagteken", "a question mark"),
    },
    ComplaintOutcome: {
        "improvement": ("verbeteractie", "action"),
        "decision": ("besluit", "decision"),
        "agreement": ("afspraak", "agreement"),
        "market-signal": ("marktsignaal", "market signal"),
        "heard": ("gehoord", "heard"),
        "withdrawn": ("ingetrokken", "withdrawn"),
    },
    ObjectionOutcome: {
        "integrated": ("verwerkt in het voorstel", "integrated into the proposal"),
        "withdrawn": ("ingetrokken", "withdrawn"),
        "overruled": ("weggestemd", "overruled"),
        "stands": ("blijft staan", "stands"),
    },
    ReviewOutcome: {
        "kept": ("gehandhaafd", "kept"),
        "revised": ("herzien", "revised"),
        "withdrawn": ("ingetrokken", "withdrawn"),
    },
    EnforcementPlace: {
        "office": ("in de projectorganisatie", "in the office"),
        "work": ("buiten op het werk", "on the work"),
    },
    SanctionKind: {
        "warning": ("waarschuwing", "warning"),
        "repair": ("herstel", "repair"),
        "suspension": ("schorsing", "suspension"),
        "exclusion": ("uitsluiting van de afspraak", "exclusion from the agreement"),
    },
    AgreementEndGround: {
        "term-over": ("looptijd voorbij", "term over"),
        "fulfilled": ("nagekomen", "fulfilled"),
        "replaced": ("vervangen", "replaced"),
        "cancelled": ("opgezegd", "cancelled"),
        "broken": ("geschonden", "broken"),
    },
    ActionAgenda: {
        "improvement": ("verbeteragenda", "improvement agenda"),
        "learning": ("leeragenda", "learning agenda"),
    },
    ResultKind: {
        "learning": ("geleerd", "something learned"),
        "product": ("product", "product"),
        "material": ("materiaal", "material"),
        "service": ("dienst", "service"),
        "process": ("werkwijze", "way of working"),
    },
    ConditionKind: {
        "money": ("geld", "money"),
        "means": ("middelen", "means"),
        "time": ("tijd", "time"),
        "investment": ("investering", "investment"),
    },
    HealthQuestion: {
        "roles-known": ("kennen de mensen hun rol?", "do people know their role?"),
        "mutual-attraction": (
            "zijn de processen op wederzijdse aantrekkelijkheid gericht?",
            "do the processes attract both sides?",
        ),
        "collaboration-tuned": (
            "is de samenwerking daarop afgestemd?",
            "is the collaboration tuned to that?",
        ),
        "steered-on": ("sturen we daarop?", "do we steer by it?"),
    },
    HealthDegree: {
        "not": ("niet", "not at all"),
        "partly": ("deels", "partly"),
        "largely": ("grotendeels", "largely"),
        "fully": ("geheel", "fully"),
    },
    WorkshopKind: {
        "workshop": ("workshop", "workshop"),
        "infralokaal": ("infralokaal", "infralokaal (open classroom)"),
        "seminar": ("seminar", "seminar"),
    },
    SignalKind: {
        "prices": ("prijsstijgingen", "rising prices"),
        "delivery": ("leverproblemen", "trouble with deliveries"),
        "labour": ("krapte op de arbeidsmarkt", "scarce labour"),
        "uncertainty": ("onzekerheid", "uncertainty"),
        "other": ("anders", "otherwise"),
    },
}
