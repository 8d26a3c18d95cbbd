"""Award and contract, in sentences."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.convenant_project.award import (
    AwardDecided,
    AwardFact,
    AwardLetterSent,
    AwardNoticePublished,
    AwardReportSigned,
    ContractSigned,
    InjunctionDecided,
    InjunctionSought,
)
from domain.rules.wording import amount
from domain.terms import Text


def sentence(fact: AwardFact, names: Names) -> Text:
    match fact:
        case AwardDecided():
            who = names(fact.winner)
            return Text(
                nl=f"De opdracht is voorlopig gegund aan {who}.",
                en=f"The contract was provisionally awarded to {who}.",
            )
        case AwardLetterSent():
            who = names(fact.recipient)
            return Text(
                nl=f"{who} kreeg de gunningsbeslissing.",
                en=f"{who} was sent the award decision.",
            )
        case InjunctionSought():
            who = names(fact.claimant)
            return Text(
                nl=f"{who} spande een kort geding aan.",
                en=f"{who} asked for an injunction.",
            )
        case InjunctionDecided():
            outcome = word(fact.outcome)
            return Text(
                nl=f"Het kort geding is beslist: {outcome.nl}.",
                en=f"The injunction was decided: {outcome.en}.",
            )
        case AwardReportSigned():
            mentions = len(fact.involvement)
            return Text(
                nl=f"Het proces-verbaal is getekend: {len(fact.filled)} onderdelen, {mentions}"
                " vermeldingen van betrokkenheid.",
                en=f"The record of the procedure was signed: {len(fact.filled)} fields, {mentions}"
                " mentions of involvement.",
            )
        case ContractSigned():
            who, value = names(fact.contractor), amount(fact.value)
            return Text(
                nl=f"De overeenkomst met {who} is getekend: {value.nl}.",
                en=f"The contract with {who} was signed: {value.en}.",
            )
        case AwardNoticePublished():
            return Text(
                nl="De gegunde opdracht is aangekondigd.",
                en="The award notice was published.",
            )
        case _:
            assert_never(fact)
