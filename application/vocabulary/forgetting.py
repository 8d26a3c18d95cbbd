"""The words of keys, erasure and retention: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.member.erasure import ErasureAsker, KeepGround
from domain.sealing import Concern, ErasureGround, RecordKind

ROWS: Rows = {
    RecordKind: {
        "person": ("namen en contactgegevens", "names and contact data"),
        "klaagpaal": ("klaagpaal", "klaagpaal"),
        "reflection": ("intake en reflecties", "intake and reflections"),
        "minutes": ("gesprekken, voorstellen en bezwaren", "talks, proposals and objections"),
        "project": ("dossier van een project", "file of a project"),
    },
    Concern: {
        "author": ("wie het vastlegde", "who recorded it"),
        "mentioned": ("wie erin genoemd wordt met een verwijzing", "who is referred to in it"),
        "named": ("over wie is gezegd dat de tekst gaat", "of whom it was said that it is about"),
    },
    ErasureGround: {
        "no-longer-needed": (
            "niet langer nodig, AVG 17 lid 1 onder a",
            "no longer needed, GDPR 17(1)(a)",
        ),
        "consent-withdrawn": (
            "toestemming ingetrokken, AVG 17 lid 1 onder b",
            "consent withdrawn, GDPR 17(1)(b)",
        ),
        "objection": ("bezwaar, AVG 17 lid 1 onder c", "objection, GDPR 17(1)(c)"),
        "unlawful": (
            "onrechtmatig verwerkt, AVG 17 lid 1 onder d",
            "unlawfully processed, GDPR 17(1)(d)",
        ),
        "legal-duty": (
            "wettelijke verplichting om te wissen, AVG 17 lid 1 onder e",
            "a legal duty to erase, GDPR 17(1)(e)",
        ),
        "retention-ended": (
            "bewaartermijn verstreken, AVG 5 lid 1 onder e en Archiefwet 1995",
            "retention period ended, GDPR 5(1)(e) and Archives Act 1995",
        ),
    },
    ErasureAsker: {
        "data-subject": ("de betrokkene", "the data subject"),
        "authority": ("de dienst zelf", "the authority itself"),
    },
    KeepGround: {
        "archives-act": (
            "moet bewaard blijven, Archiefwet 1995 art. 3 en 5",
            "must be kept, Archives Act 1995 art. 3 and 5",
        ),
        "procedure-file": (
            "hoort bij het aanbestedingsdossier, Aw 2.56",
            "is part of the procurement file, Aw 2.56",
        ),
        "pending-dispute": (
            "nodig in een lopend geschil, AVG 17 lid 3 onder e",
            "needed in a pending dispute, GDPR 17(3)(e)",
        ),
        "public-task": (
            "nodig voor een taak van algemeen belang, AVG 17 lid 3 onder b",
            "needed for a task in the public interest, GDPR 17(3)(b)",
        ),
        "recorded-in-office": (
            "ambtshalve vastgelegd en niet over deze persoon",
            "recorded in office, and not about this person",
        ),
        "rights-of-others": (
            "raakt rechten van anderen, AVG 17 lid 3 onder a",
            "touches rights of others, GDPR 17(3)(a)",
        ),
        "not-the-person": (
            "identiteit niet vastgesteld, AVG 12 lid 6",
            "identity not established, GDPR 12(6)",
        ),
    },
}
