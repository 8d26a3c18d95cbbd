"""PRV: privacy. No name stands in the chain of hashes, so that everybody can be forgotten.

Rule book, section 9. Events hold pseudonyms and sealed values; whether somebody wrote a name into
an open field all the same, a person or a program must look.
"""

from domain.convenant_project.execution import RecordCheck
from domain.law.since import AW_2012
from domain.rules import wording
from domain.rules.case import Case
from domain.rules.reasons import newest_check
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    positions,
)
from domain.terms import Text, dutch_date

# ---------------------------------------------------------------------------------------- PRV-01


def no_names_in_clear(case: Case) -> Verdict:
    """The newest scan counts; how far it looked is in its own `up_to`."""
    scanned = newest_check(case, RecordCheck.PERSONAL_DATA_IN_CLEAR)
    day = wording.day(dutch_date(scanned.occurred_at))
    reach = scanned.fact.up_to
    if scanned.fact.passed:
        return Pass(
            why=Text(
                nl=f"De controle van {day.nl} vond tot positie {reach} geen namen, adressen of"
                " nummers van personen.",
                en=f"The scan of {day.en} found no names, addresses or numbers of persons up to"
                f" position {reach}.",
            ),
            evidence=positions(scanned),
        )
    return Violation(
        why=Text(
            nl=f"De controle van {day.nl} vond persoonsgegevens in leesbare vorm.",
            en=f"The scan of {day.en} found personal data in clear.",
        ),
        evidence=positions(scanned),
        remedy=Text(
            nl="Meld het als datalek, en leg het gegeven voortaan verzegeld vast.",
            en="Report it as a data breach, and record the value sealed from now on.",
        ),
    )


PRV_01 = Rule(
    id="PRV-01",
    title=Text(
        nl="Geen persoonsgegevens in de keten", en="No personal data in the chain of hashes"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.GOOD_ADMINISTRATION,),
    sources=(
        Source(reference="AVG 5(1)(c), 5(1)(e), 17, 25", tag="K"),
        Source(reference="EDPB Guidelines 02/2025", tag="V2"),
    ),
    since=AW_2012,  # the record itself is of today, however old the project in it
    until=None,
    severity=Severity.BLOCKER,
    trigger=None,
    needs=(),
    check=no_names_in_clear,
)

RULES = (PRV_01,)
