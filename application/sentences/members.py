"""What happened to an organisation, in one sentence each."""

from typing import assert_never

from application.sentences import forgetting
from application.sentences.names import Names
from application.vocabulary import word
from domain.member import MemberFact
from domain.member.access import AccessGranted, AccessWithdrawn
from domain.member.erasure import ErasureFact
from domain.member.organisation import MemberRegistered, OrganisationRetired, UndertakingLinked
from domain.member.people import EmploymentStated, PersonIntroduced, PersonRoleStated
from domain.member.policy import BandSetAdopted, ParameterAdopted
from domain.member.practice import (
    CapacityStated,
    CompetenceStated,
    InterestDeclared,
    QualificationStated,
    ResourceShared,
    ResourceWithdrawn,
    WorkReferenced,
)
from domain.member.training import (
    PlacementCompleted,
    PlacementOffered,
    ResearchReported,
    ResearchStarted,
    TrainingFact,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: MemberFact, names: Names) -> Text:
    if isinstance(fact, ErasureFact):
        return forgetting.of_erasure(fact)
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
        case OrganisationRetired():
            ground, ended = word(fact.ground), day(fact.ended_on)
            return Text(
                nl=f"De organisatie bestaat niet meer sinds {ended.nl} ({ground.nl}).",
                en=f"The organisation is there no more since {ended.en} ({ground.en}).",
            )
        case PersonRoleStated():
            role, since = word(fact.role), day(fact.since)
            return Text(
                nl=f"Een persoon is hier {role.nl} sinds {since.nl}.",
                en=f"A person has been {role.en} here since {since.en}.",
            )
        case CompetenceStated():
            return Text(
                nl=f"Bekwaam in {fact.subject}: {fact.evidence}.",
                en=f"Competent in {fact.subject}: {fact.evidence}.",
            )
        case CapacityStated():
            since, until = day(fact.since), day(fact.until)
            return Text(
                nl=f"Capaciteit voor {fact.kind_of_work}: {fact.people} voltijds, van {since.nl}"
                f" tot en met {until.nl}.",
                en=f"Capacity for {fact.kind_of_work}: {fact.people} full-time, from {since.en}"
                f" until and including {until.en}.",
            )
        case ResourceShared():
            kind = word(fact.kind)
            return Text(
                nl=f"Deelt {fact.title} met anderen ({kind.nl}): {fact.terms}.",
                en=f"Shares {fact.title} with others ({kind.en}): {fact.terms}.",
            )
        case ResourceWithdrawn():
            return Text(
                nl=f"{fact.resource} wordt niet langer gedeeld: {fact.reason}.",
                en=f"{fact.resource} is shared no longer: {fact.reason}.",
            )
        case InterestDeclared():
            work = names(fact.project)
            return Text(
                nl=f"Meldde een belang bij {work}{', dat botst' if fact.conflict else ''}.",
                en=f"Declared an interest in {work}{', which conflicts' if fact.conflict else ''}.",
            )
        case PlacementOffered() | PlacementCompleted() | ResearchStarted() | ResearchReported():
            return _training(fact, names)
        case _:
            assert_never(fact)


def _training(fact: TrainingFact, names: Names) -> Text:
    match fact:
        case PlacementOffered():
            kind = word(fact.kind)
            return Text(
                nl=f"Plaats voor studenten ({kind.nl}): {fact.subject}; aantal: {fact.places}.",
                en=f"Room for students ({kind.en}): {fact.subject}; places: {fact.places}.",
            )
        case PlacementCompleted():
            return Text(
                nl=f"Plaatsing {fact.placement} is afgerond: {fact.students} studenten, van wie"
                f" {fact.stayed} bleven.",
                en=f"Placement {fact.placement} was completed: {fact.students} students, of whom"
                f" {fact.stayed} stayed.",
            )
        case ResearchStarted():
            who = names(fact.institute)
            return Text(
                nl=f"{who} onderzoekt: {fact.question}.",
                en=f"{who} looks into: {fact.question}.",
            )
        case ResearchReported():
            return Text(
                nl=f"Onderzoek {fact.research} vond: {fact.findings}.",
                en=f"Research {fact.research} found: {fact.findings}.",
            )
        case _:
            assert_never(fact)
