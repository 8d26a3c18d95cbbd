"""The words of circles: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.circle.decisions import DecisionMethod, DecisionOutcome
from domain.circle.meetings import AgendaKind
from domain.circle.membership import EntryGround, EntryOutcome
from domain.circle.seats import SeatRole, Side

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
}
