"""The street and its people, in sentences."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.convenant_project.surroundings import (
    NuisancePlanSet,
    SafetyPlanSet,
    SafetyReported,
    SocialReturnAgreed,
    SocialReturnDelivered,
    StakeholdersHeard,
    SurroundingsFact,
)
from domain.rules.wording import amount, percentage
from domain.terms import Text


def sentence(fact: SurroundingsFact, names: Names) -> Text:
    match fact:
        case StakeholdersHeard():
            kind, phase = word(fact.kind), word(fact.phase)
            return Text(
                nl=f"Over {phase.nl} is gesproken met {fact.group} ({kind.nl}): {fact.how}.",
                en=f"{fact.group} ({kind.en}) had a say in {phase.en}: {fact.how}.",
            )
        case NuisancePlanSet():
            aspects = [word(each) for each in dict.fromkeys(m.aspect for m in fact.measures)]
            return Text(
                nl=f"BLVC-plan vastgesteld; aantal maatregelen: {len(fact.measures)}"
                f" ({', '.join(each.nl for each in aspects)}).",
                en=f"Nuisance plan set; number of measures: {len(fact.measures)}"
                f" ({', '.join(each.en for each in aspects)}).",
            )
        case SafetyPlanSet():
            who = names(fact.coordinator)
            return Text(
                nl=f"Plan voor veiligheid en gezondheid vastgesteld; {who} coördineert.",
                en=f"Plan for safety and health set; {who} co-ordinates.",
            )
        case SafetyReported():
            event = word(fact.event)
            return Text(
                nl=f"Op het werk gemeld ({fact.report}): {event.nl}.",
                en=f"Reported on the work ({fact.report}): {event.en}.",
            )
        case SocialReturnAgreed():
            return _terms(fact)
        case SocialReturnDelivered():
            who, kind = names(fact.delivered_by), word(fact.kind)
            return Text(
                nl=f"{who} leverde social return: {kind.nl}, aantal mensen: {fact.people}, van wie"
                f" uit de regio: {fact.local_people}.",
                en=f"{who} delivered social return: {kind.en}, number of people: {fact.people}, of"
                f" whom from the region: {fact.local_people}.",
            )
        case _:
            assert_never(fact)


def _terms(fact: SocialReturnAgreed) -> Text:
    found = []
    if fact.share is not None:
        share = percentage(fact.share)
        found.append(Text(nl=f"{share.nl} van de som", en=f"{share.en} of the sum"))
    if fact.amount is not None:
        found.append(amount(fact.amount))
    if fact.local is not None:
        found.append(Text(nl=fact.local, en=fact.local))
    return Text(
        nl=f"Afgesproken social return: {', '.join(each.nl for each in found)}.",
        en=f"Social return agreed: {', '.join(each.en for each in found)}.",
    )
