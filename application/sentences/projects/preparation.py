"""Preparation, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.convenant_project.contract_design import (
    ContractsClustered,
    DesignFact,
    EstimateMade,
    LotsDivided,
    MotivationGiven,
    RequirementSet,
)
from domain.convenant_project.interests import (
    DeclarationSigned,
    InterestFact,
    InterestHandled,
    PersonAssigned,
)
from domain.convenant_project.preparation import (
    CircleLinked,
    ExpertGroupFormed,
    ExpertGroupLeft,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    PreparationFact,
    ProjectAnnounced,
    ProjectDiscussed,
    ProjectRegistered,
    RequestDrafted,
)
from domain.rules.wording import amount
from domain.terms import Text


def sentence(fact: PreparationFact | DesignFact | InterestFact, names: Names) -> Text:
    match fact:
        case ProjectRegistered():
            authority = names(fact.authority)
            return Text(
                nl=f"{authority} bracht het project „{fact.title}” in.",
                en=f"{authority} brought in the project “{fact.title}”.",
            )
        case CircleLinked():
            circle = names(fact.circle)
            return Text(
                nl=f"{circle} hoort voortaan van dit project.",
                en=f"{circle} hears of this project from now on.",
            )
        case ProjectAnnounced():
            where = word(fact.channel)
            return Text(
                nl=f"Het project stond openbaar aangekondigd {where.nl}.",
                en=f"The project was announced publicly {where.en}.",
            )
        case ProjectDiscussed():
            circle = names(fact.circle)
            return Text(
                nl=f"{circle} besprak het project in bijeenkomst {fact.meeting}.",
                en=f"{circle} discussed the project in meeting {fact.meeting}.",
            )
        case ExpertGroupFormed():
            members = listed(names, fact.members)
            return Text(
                nl=f"De expertgroep is gevormd: {members.nl}.",
                en=f"The expert group was formed: {members.en}.",
            )
        case ExpertGroupLeft():
            who = names(fact.member)
            return Text(
                nl=f"{who} verliet de expertgroep.",
                en=f"{who} left the expert group.",
            )
        case ExpertGroupMet():
            present = listed(names, fact.attendance)
            return Text(
                nl=f"De expertgroep kwam bijeen ({fact.session}) met {present.nl}.",
                en=f"The expert group met ({fact.session}) with {present.en}.",
            )
        case RequestDrafted():
            return Text(
                nl=f"De uitvraag is opgesteld: {len(fact.focus_points)} speerpunten,"
                f" {len(fact.selection_criteria)} selectiecriteria.",
                en=f"The request was drafted: {len(fact.focus_points)} focus points,"
                f" {len(fact.selection_criteria)} selection criteria.",
            )
        case MonitoringProgrammeSet():
            return Text(
                nl=f"Het monitoringsprogramma telt {len(fact.indicators)} indicatoren.",
                en=f"The monitoring programme has {len(fact.indicators)} indicators.",
            )
        case EstimateMade():
            value = amount(fact.amount)
            return Text(
                nl=f"Het werk is geraamd op {value.nl} exclusief btw.",
                en=f"The work was estimated at {value.en} excluding VAT.",
            )
        case LotsDivided():
            count = len(fact.lots)
            return Text(
                nl=f"De opdracht is verdeeld in {count} percelen.",
                en=f"The contract was divided into {count} lots.",
            )
        case ContractsClustered():
            count = len(fact.parts)
            return Text(
                nl=f"{count} opdrachten zijn samengevoegd.",
                en=f"{count} contracts were combined.",
            )
        case MotivationGiven():
            subject = word(fact.subject)
            return Text(
                nl=f"De redenen voor {subject.nl} zijn vastgelegd.",
                en=f"The reasons for {subject.en} were put on record.",
            )
        case RequirementSet():
            kind = word(fact.kind)
            return Text(
                nl=f"Er geldt een {kind.nl}: {fact.text}.",
                en=f"There is a {kind.en}: {fact.text}.",
            )
        case PersonAssigned():
            role, organisation = word(fact.role), names(fact.organisation)
            return Text(
                nl=f"Een persoon van {organisation} is aangewezen als {role.nl}.",
                en=f"A person of {organisation} was assigned as {role.en}.",
            )
        case DeclarationSigned():
            if fact.interest:
                return Text(
                    nl="Een betrokkene tekende een belangenverklaring en meldde een belang.",
                    en="A person signed a declaration and declared an interest.",
                )
            return Text(
                nl="Een betrokkene tekende een belangenverklaring: geen belang.",
                en="A person signed a declaration: no interest.",
            )
        case InterestHandled():
            remedy = word(fact.remedy)
            return Text(
                nl=f"Op een gemeld belang volgde een maatregel: {remedy.nl}.",
                en=f"A declared interest was met by a measure: {remedy.en}.",
            )
        case _:
            assert_never(fact)
