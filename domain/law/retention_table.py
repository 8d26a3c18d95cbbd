"""How long what was said in confidence is kept (bewaartermijnen), in months from when it happened.

The selection list (selectielijst) that binds a municipality is applied per process by its archivist;
its numbers were not read, so none of these is the law's: each is a default that an authority
replaces by its own. Only the three years of Aw 2.56(2) were read; the number for projects lies
above them, because they are counted from the award and not from the day of the text.
"""

from domain.law.parameter_keys import ParameterKey as K
from domain.law.parameter_keys import Tag, Unit
from domain.law.parameter_rows import Row, default, reading, text

RETENTION = (
    default(
        K.RETENTION_PERSON,
        Unit.MONTHS,
        text("bewaren: namen en contactgegevens", "keep: names and contact data"),
        "PRV-10",
        reading(24, "reading of AVG 5(1)(e)"),
    ),
    default(
        K.RETENTION_KLAAGPAAL,
        Unit.MONTHS,
        text("bewaren: klaagpaal", "keep: klaagpaal"),
        "PRV-08 PRV-10",
        reading(12, "reading of AVG 5(1)(e): not after the year of the meeting"),
    ),
    default(
        K.RETENTION_REFLECTION,
        Unit.MONTHS,
        text("bewaren: intake en reflecties", "keep: intake and reflections"),
        "PRV-10",
        reading(24, "reading of AVG 5(1)(e)"),
    ),
    default(
        K.RETENTION_MINUTES,
        Unit.MONTHS,
        text(
            "bewaren: gesprekken, voorstellen en bezwaren", "keep: talks, proposals and objections"
        ),
        "ARC-01 PRV-10",
        reading(84, "reading of Archiefwet 1995 art. 3 and 5; common municipal practice"),
    ),
    default(
        K.RETENTION_PROJECT,
        Unit.MONTHS,
        text("bewaren: dossier van een project", "keep: file of a project"),
        "ARC-02 ARC-03 PRV-10",
        Row(84, "Aw 2.56(2): at least 3 years after the award; AWR 52: 7 years", Tag.K),
    ),
)
