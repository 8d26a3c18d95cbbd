"""What happened to an organisation, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.member import (
    AccessGranted,
    AccessWithdrawn,
    BandSetAdopted,
    EmploymentStated,
    MemberFact,
    MemberRegistered,
    ParameterAdopted,
    PersonIntroduced,
    QualificationStated,
    UndertakingLinked,
    WorkReferenced,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: MemberFact, names: Names) -> Text:
    match fact:
        case MemberRegistered():
            kind = word(fact.kind)
            who = fact.name if isinstance(fact.name, str) else None
            return Text(
                nl=f"{who or 'Een organisatie met een afgeschermde naam'} is ingeschreven als"
                f" {kind.nl}.",
                en=f"{who or 'An organisation whose name is sealed'} was registered as {kind.en}.",
            )
        case UndertakingLinked():
            basis = word(fact.basis)
            return Text(
                nl=f"Verbonden met {names(fact.other)} ({basis.nl}).",
                en=f"Linked to {names(fact.other)} ({basis.en}).",
            )
        case PersonIntroduced():
            return Text(
                nl="Een persoon treedt op voor deze organisatie.",
                en="A person acts for this organisation.",
            )
        case EmploymentStated():
            since = day(fact.since)
            return Text(
                nl=f"Een persoon is in dienst sinds {since.nl}.",
                en=f"A person has been employed since {since.en}.",
            )
        case WorkReferenced():
            done = day(fact.completed_on)
            return Text(
                nl=f"Werk in de gemeente opgegeven: {fact.work}, gereed op {done.nl}.",
                en=f"Work in the municipality named: {fact.work}, completed on {done.en}.",
            )
        case QualificationStated():
            return Text(
                nl=f"Bekend als geschikt voor {fact.kind_of_work}: {fact.basis}.",
                en=f"Known to be fit for {fact.kind_of_work}: {fact.basis}.",
            )
        case ParameterAdopted():
            since = day(fact.valid_from)
            return Text(
                nl=f"Parameter {fact.parameter} vastgesteld op {fact.value}, vanaf {since.nl}.",
                en=f"Parameter {fact.parameter} adopted at {fact.value}, from {since.en}.",
            )
        case BandSetAdopted():
            since = day(fact.valid_from)
            return Text(
                nl=f"Inkoopmatrix vastgesteld vanaf {since.nl} ({fact.source_decision}).",
                en=f"Table of procedures by value adopted from {since.en}"
                f" ({fact.source_decision}).",
            )
        case AccessGranted():
            role = word(fact.role)
            return Text(
                nl=f"Een persoon kreeg toegang als {role.nl}.",
                en=f"A person was given access as {role.en}.",
            )
        case AccessWithdrawn():
            role = word(fact.role)
            return Text(
                nl=f"De toegang van een persoon als {role.nl} is ingetrokken.",
                en=f"A person's access as {role.en} was withdrawn.",
            )
        case _:
            assert_never(fact)
