"""What a mission needs, makes and promises, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.mission.conditions import (
    ConditionFact,
    MissionConditionAssigned,
    MissionConditionLapsed,
    MissionConditionMet,
    MissionConditionNamed,
    MissionSurchargeDetermined,
    SpecificationDrafted,
    SpecificationPublished,
)
from domain.mission.legitimacy import (
    ContinuityPromised,
    DeploymentGuaranteed,
    LegitimacyFact,
    LegitimacyStrengthened,
    MultiYearAgreementMade,
)
from domain.mission.market import (
    MarketConditionCreated,
    MarketFact,
    PilotEnded,
    PilotStarted,
    PracticePhasedOut,
    ResourcesAllocated,
    ResourcesWithdrawn,
)
from domain.rules.wording import amount, day, percentage
from domain.terms import Euro, Text


def sentence(fact: ConditionFact | MarketFact | LegitimacyFact, names: Names) -> Text:
    if isinstance(fact, ConditionFact):
        return _condition(fact, names)
    if isinstance(fact, MarketFact):
        return _market(fact, names)
    return _legitimacy(fact, names)


def _condition(fact: ConditionFact, names: Names) -> Text:
    match fact:
        case MissionConditionNamed():
            kind = word(fact.kind)
            return Text(
                nl=f"Randvoorwaarde {fact.condition} ({kind.nl}) is benoemd: {fact.wording}.",
                en=f"Condition {fact.condition} ({kind.en}) was named: {fact.wording}.",
            )
        case MissionConditionAssigned():
            who = names(fact.owner)
            return Text(
                nl=f"{who} zorgt voor randvoorwaarde {fact.condition}.",
                en=f"{who} sees to condition {fact.condition}.",
            )
        case MissionConditionMet():
            return Text(
                nl=f"Randvoorwaarde {fact.condition} is vervuld: {fact.evidence}.",
                en=f"Condition {fact.condition} was met: {fact.evidence}.",
            )
        case MissionConditionLapsed():
            return Text(
                nl=f"Randvoorwaarde {fact.condition} is vervallen: {fact.reason}.",
                en=f"Condition {fact.condition} lapsed: {fact.reason}.",
            )
        case MissionSurchargeDetermined():
            much = _surcharge(fact)
            return Text(
                nl=f"De opslag voor {fact.equipment} is bepaald: {much.nl}.",
                en=f"The surcharge for {fact.equipment} was settled: {much.en}.",
            )
        case SpecificationDrafted():
            return Text(
                nl=f"Bestektekst {fact.specification} voor standlijn {fact.level} is geschreven.",
                en=f"Specification text {fact.specification} for line {fact.level} was written.",
            )
        case SpecificationPublished():
            return Text(
                nl=f"Bestektekst {fact.specification} staat openbaar.",
                en=f"Specification text {fact.specification} was published.",
            )
        case _:
            assert_never(fact)


def _market(fact: MarketFact, names: Names) -> Text:
    match fact:
        case PilotStarted():
            return Text(
                nl=f"Proef {fact.pilot} begon: {fact.subject}.",
                en=f"Pilot {fact.pilot} began: {fact.subject}.",
            )
        case PilotEnded():
            outcome = word(fact.outcome)
            return Text(
                nl=f"Proef {fact.pilot} is {outcome.nl}: {fact.lessons}.",
                en=f"Pilot {fact.pilot} was {outcome.en}: {fact.lessons}.",
            )
        case ResourcesAllocated():
            who, kind, much = names(fact.provided_by), word(fact.kind), _amount(fact.amount)
            return Text(
                nl=f"{who} gaf middelen ({kind.nl}{much.nl}): {fact.description}.",
                en=f"{who} gave means ({kind.en}{much.en}): {fact.description}.",
            )
        case ResourcesWithdrawn():
            who, kind, much = names(fact.withdrawn_by), word(fact.kind), _amount(fact.amount)
            return Text(
                nl=f"{who} nam middelen van de oude werkwijze weg ({kind.nl}{much.nl}):"
                f" {fact.description}.",
                en=f"{who} took means from the old way of working ({kind.en}{much.en}):"
                f" {fact.description}.",
            )
        case MarketConditionCreated():
            since = day(fact.holds_from)
            return Text(
                nl=f"Voor de markt geldt vanaf {since.nl}: {fact.measure}.",
                en=f"For the market holds from {since.en}: {fact.measure}.",
            )
        case PracticePhasedOut():
            end = day(fact.ends_on)
            return Text(
                nl=f"{fact.practice} wordt afgebouwd tot {end.nl}: {fact.measure}.",
                en=f"{fact.practice} is phased out by {end.en}: {fact.measure}.",
            )
        case _:
            assert_never(fact)


def _legitimacy(fact: LegitimacyFact, names: Names) -> Text:
    match fact:
        case LegitimacyStrengthened():
            part = word(fact.part)
            return Text(
                nl=f"Voor de legitimiteit ({part.nl}) is gezorgd: {fact.act}.",
                en=f"Legitimacy ({part.en}) was seen to: {fact.act}.",
            )
        case MultiYearAgreementMade():
            parties, end = listed(names, fact.parties), day(fact.ends_on)
            return Text(
                nl=f"Meerjarige overeenkomst {fact.agreement} ({fact.title}) tot {end.nl},"
                f" tussen {parties.nl or 'partijen'}.",
                en=f"Multi-year agreement {fact.agreement} ({fact.title}) until {end.en},"
                f" between {parties.en or 'parties'}.",
            )
        case ContinuityPromised():
            who = names(fact.promised_by)
            return Text(
                nl=f"{who} beloofde continuïteit ({fact.promise}): {fact.content}.",
                en=f"{who} promised continuity ({fact.promise}): {fact.content}.",
            )
        case DeploymentGuaranteed():
            who = names(fact.guaranteed_by)
            return Text(
                nl=f"{who} garandeert de inzet van {fact.equipment} ({fact.guarantee}).",
                en=f"{who} guarantees to deploy {fact.equipment} ({fact.guarantee}).",
            )
        case _:
            assert_never(fact)


def _amount(value: Euro | None) -> Text:
    if value is None:
        return Text(nl="", en="")
    said = amount(value)
    return Text(nl=f", {said.nl}", en=f", {said.en}")


def _surcharge(fact: MissionSurchargeDetermined) -> Text:
    if fact.share is not None:
        return percentage(fact.share)
    if fact.amount is None:
        return Text(nl=fact.basis, en=fact.basis)
    said = amount(fact.amount)
    per = "" if fact.per is None else f" per {fact.per}"
    return Text(nl=f"{said.nl}{per}", en=f"{said.en}{per}")
