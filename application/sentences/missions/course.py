"""How a mission goes: what is checked, assessed and looked back on, in sentences."""

from typing import assert_never

from application.sentences.names import Names
from application.vocabulary import word
from domain.mission.ending import EndingFact, MissionClosed, MissionReached, MissionReopened
from domain.mission.enforcement import (
    EnforcementFact,
    LineBreachFound,
    LineBreachSanctioned,
    LineBreachSettled,
    LineChecked,
    LineWaived,
    ProjectFed,
    ProjectReleased,
)
from domain.mission.follow_up import (
    FollowUpFact,
    MissionEvaluated,
    MissionEvaluationTermSet,
    MissionFollowUpAgreed,
    MissionFollowUpEnded,
    MissionIndicatorMeasured,
    MissionIndicatorSet,
    MissionMonitored,
)
from domain.mission.functions import FunctionAssessed
from domain.terms import Text


def sentence(
    fact: FunctionAssessed | EnforcementFact | FollowUpFact | EndingFact, names: Names
) -> Text:
    if isinstance(fact, EnforcementFact):
        return _enforcement(fact, names)
    if isinstance(fact, FollowUpFact):
        return _follow_up(fact)
    match fact:
        case FunctionAssessed():
            function, degree = word(fact.function), word(fact.degree)
            return Text(
                nl=f"Beoordeeld: {function.nl}, {degree.nl}: {fact.evidence}.",
                en=f"Assessed: {function.en}, {degree.en}: {fact.evidence}.",
            )
        case MissionReached():
            return Text(
                nl=f"De missie is bereikt: {fact.evidence}.",
                en=f"The mission was found reached: {fact.evidence}.",
            )
        case MissionClosed():
            return Text(
                nl=f"De missie is afgesloten: {fact.reason}.",
                en=f"The mission was closed: {fact.reason}.",
            )
        case MissionReopened():
            return Text(
                nl=f"De missie is heropend: {fact.reason}.",
                en=f"The mission was reopened: {fact.reason}.",
            )
        case _:
            assert_never(fact)


def _enforcement(fact: EnforcementFact, names: Names) -> Text:
    match fact:
        case ProjectFed():
            project = names(fact.project)
            if fact.level is None:
                return Text(
                    nl=f"{project} valt onder de missie.",
                    en=f"{project} came under the mission.",
                )
            return Text(
                nl=f"{project} valt onder de missie; standlijn {fact.level} geldt er.",
                en=f"{project} came under the mission; line {fact.level} holds there.",
            )
        case ProjectReleased():
            project = names(fact.project)
            return Text(
                nl=f"{project} valt niet langer onder de missie: {fact.reason}.",
                en=f"{project} no longer stands under the mission: {fact.reason}.",
            )
        case LineChecked():
            project, place, outcome = names(fact.project), word(fact.place), word(fact.outcome)
            return Text(
                nl=f"Controle {fact.check} in {project}, {place.nl}: standlijn {fact.level}"
                f" {outcome.nl}.",
                en=f"Check {fact.check} in {project}, {place.en}: line {fact.level} {outcome.en}.",
            )
        case LineBreachFound():
            who = names(fact.contractor)
            return Text(
                nl=f"Bevinding {fact.breach}: {who} volgt de standlijn niet; gevraagd"
                f" {fact.required}, gezien {fact.found}.",
                en=f"Finding {fact.breach}: {who} does not keep the line; asked for"
                f" {fact.required}, seen {fact.found}.",
            )
        case LineBreachSanctioned():
            who, sanction = names(fact.imposed_by), word(fact.sanction)
            return Text(
                nl=f"{who} legde een sanctie op voor {fact.breach}: {sanction.nl}.",
                en=f"{who} answered {fact.breach} with a sanction: {sanction.en}.",
            )
        case LineBreachSettled():
            ending = word(fact.ending)
            return Text(
                nl=f"Bevinding {fact.breach} is afgehandeld: {ending.nl}.",
                en=f"Finding {fact.breach} was settled: {ending.en}.",
            )
        case LineWaived():
            project = names(fact.project)
            return Text(
                nl=f"Ontheffing {fact.waiver} van standlijn {fact.level} in {project},"
                f" {'voor iedereen' if fact.for_everybody else 'niet voor iedereen'}.",
                en=f"Waiver {fact.waiver} of line {fact.level} in {project},"
                f" {'for everybody' if fact.for_everybody else 'not for everybody'}.",
            )
        case _:
            assert_never(fact)


def _follow_up(fact: FollowUpFact) -> Text:
    match fact:
        case MissionFollowUpAgreed():
            kind = word(fact.kind)
            return Text(
                nl=f"Gevolg-actie {fact.action} ({kind.nl}) is afgesproken: {fact.description}.",
                en=f"Follow-up {fact.action} ({kind.en}) was agreed: {fact.description}.",
            )
        case MissionFollowUpEnded():
            ending = word(fact.ending)
            return Text(
                nl=f"Gevolg-actie {fact.action} is {ending.nl}: {fact.result}.",
                en=f"Follow-up {fact.action} was {ending.en}: {fact.result}.",
            )
        case MissionIndicatorSet():
            return Text(
                nl=f"Indicator {fact.indicator} meet {fact.description}, in {fact.unit}.",
                en=f"Indicator {fact.indicator} measures {fact.description}, in {fact.unit}.",
            )
        case MissionIndicatorMeasured():
            return Text(
                nl=f"Indicator {fact.indicator} stond op {fact.value}.",
                en=f"Indicator {fact.indicator} stood at {fact.value}.",
            )
        case MissionMonitored():
            method = word(fact.method)
            changed = fact.adjusted
            return Text(
                nl=f"De missie is gemonitord ({method.nl})"
                f"{f'; bijgestuurd: {changed}' if changed else ''}.",
                en=f"The mission was monitored ({method.en})"
                f"{f'; adjusted: {changed}' if changed else ''}.",
            )
        case MissionEvaluationTermSet():
            unit = word(fact.unit)
            return Text(
                nl=f"Voor de evaluatie geldt de termijn „{fact.wording}” ({unit.nl}).",
                en=f"For the evaluation holds the term “{fact.wording}” ({unit.en}).",
            )
        case MissionEvaluated():
            advice = word(fact.advice)
            return Text(
                nl=f"Evaluatie {fact.evaluation} van standlijn {fact.level}: {fact.conclusion};"
                f" {advice.nl}.",
                en=f"Evaluation {fact.evaluation} of line {fact.level}: {fact.conclusion};"
                f" {advice.en}.",
            )
        case _:
            assert_never(fact)
