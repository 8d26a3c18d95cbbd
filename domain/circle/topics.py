"""What a circle talks about (onderwerpen): to improve what is there, or to innovate.

A topic has a level, may be one of the topics that circles are known to treat, and ends in a result
or in a project. What was said of it may name people, so a conclusion is sealed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from domain.circle.codes import require_known, require_new
from domain.decider import require
from domain.terms import Code, Command, Fact, Moment, ProjectId, Sealed, stated

# ---------------------------------------------------------------------------------------- facts


class TopicKind(StrEnum):
    IMPROVE = "improve"  # verbeteren: een bestaand proces aanpassen of optimaliseren
    INNOVATE = "innovate"  # vernieuwen: de bestaande situatie loslaten


class TopicLevel(StrEnum):
    STRATEGIC = "strategic"  # strategisch
    TACTICAL = "tactical"  # tactisch
    OPERATIONAL = "operational"  # operationeel


class CircleAspect(StrEnum):
    """What a circle looks at besides the work itself."""

    CLIMATE = "climate"  # klimaat en duurzaamheid
    NEIGHBOURHOOD = "neighbourhood"  # buurtontwikkeling
    BUSINESS_ECONOMY = "business-economy"  # (bedrijfs)economische ontwikkeling
    INVESTMENT = "investment"  # investeringen
    PROCESSES = "processes"  # processen en procedures
    LABOUR_MARKET = "labour-market"  # arbeidsmarkt en werkgelegenheid
    LEARNING = "learning"  # scholing en kennisontwikkeling


class CircleTheme(StrEnum):
    """The themes under which circles, convenants and workshops order what they do."""

    SUSTAINABILITY = "sustainability"  # duurzaamheid
    CIRCULARITY = "circularity"  # circulariteit, circulair bouwen
    CLIMATE_ADAPTATION = "climate-adaptation"  # klimaatadaptatie
    ENERGY = "energy"  # energietransitie, van het gas af
    EMISSION_FREE = "emission-free"  # emissieloos werken
    SAFETY = "safety"  # veiligheid en gezondheid
    DIGITALISATION = "digitalisation"  # digitalisering, BIM, VISI, informatiemanagement
    NUISANCE = "nuisance"  # BLVC
    FAILURE_COSTS = "failure-costs"  # faalkosten
    YOUTH = "youth"  # een aantrekkelijke branche voor de jeugd
    SOCIAL_RETURN = "social-return"  # SROI
    EMPLOYMENT = "employment"  # lokale werkgelegenheid
    COLLABORATION = "collaboration"  # samenwerken van opdrachtnemers en opdrachtgevers
    PROCUREMENT = "procurement"  # inkoopbeleid, BPKV
    ACCESSIBILITY = "accessibility"  # bereikbaarheid
    LIVEABILITY = "liveability"  # leefbaarheid


class KnownTopic(StrEnum):
    """Topics that a circle is known to have treated, in the order of our source."""

    CO2_LADDER = "co2-ladder"  # CO2-prestatieladder
    CONTRACT_FORM = "contract-form"  # juiste contractvorm bij juiste project
    SAFETY_LADDER = "safety-ladder"  # Veiligheidsladder
    MARKET_PRICES = "market-prices"  # marktontwikkeling, prijsstijgingen, %ARW
    CALCULATION_FEE = "calculation-fee"  # rekenvergoeding
    DIGITAL_SYSTEMS = "digital-systems"  # digitale systemen, Asset Informatiemanagement
    SOCIAL_RETURN = "social-return"  # SROI
    NUISANCE = "nuisance"  # BLVC, verkeersmaatregelen
    NITROGEN = "nitrogen"  # stikstof
    KLAAGPAAL = "klaagpaal"  # altijd
    OPEN = "open"  # de regel waarop alleen een vraagteken staat


@dataclass(frozen=True, kw_only=True)
class KnownTopicRow:
    """A line of the source list as it is written there."""

    line: int
    topic: KnownTopic
    written: str


KNOWN_TOPICS = tuple(
    KnownTopicRow(line=line, topic=topic, written=written)
    for line, topic, written in (
        (464, KnownTopic.CO2_LADDER, "CO2 prestatieladder"),
        (466, KnownTopic.CONTRACT_FORM, "Juiste contractvorm bij juiste project"),
        (468, KnownTopic.SAFETY_LADDER, "Veiligheidsladder"),
        (470, KnownTopic.MARKET_PRICES, "Marktontwikkeling, prijsstijgingen, %ARW"),
        (472, KnownTopic.CALCULATION_FEE, "Rekenvergoeding"),
        (
            474,
            KnownTopic.DIGITAL_SYSTEMS,
            "(nieuwe) digitale systemen, Victor, Asset Informatiemanagement",
        ),
        (479, KnownTopic.CALCULATION_FEE, "Rekenvergoeding"),
        (481, KnownTopic.SOCIAL_RETURN, "SROI"),
        (483, KnownTopic.NUISANCE, "BLVC, verkeersmaatregelen"),
        (485, KnownTopic.NITROGEN, "Stikstof"),
        (487, KnownTopic.KLAAGPAAL, "Altijd: Klaagpaal"),
        (489, KnownTopic.OPEN, "?"),
    )
)
"""Lines 464 to 489 of the second source, twelve lines for eleven topics.

Two oddities of the source stay visible: the calculation fee stands there twice, and the last line
is nothing but a question mark. Nobody knows whether the second one stood for something else.
"""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """`known` where it is one that circles are known to treat."""

    topic: Code
    title: str
    kind: TopicKind
    level: TopicLevel
    aspects: tuple[CircleAspect, ...]
    theme: CircleTheme | None = None
    known: KnownTopic | None = None


@dataclass(frozen=True, kw_only=True)
class TopicRaised(Fact, Topic):
    """The circle took up a topic (onderwerp)."""


@dataclass(frozen=True, kw_only=True)
class TopicTalk:
    topic: Code
    meeting: Code
    conclusion: Sealed


@dataclass(frozen=True, kw_only=True)
class TopicDiscussed(Fact, TopicTalk):
    """A meeting talked about a topic; what was concluded is the circle's own."""


@dataclass(frozen=True, kw_only=True)
class TopicEnd:
    """`project` where the topic became a concrete work, and so a matter of procurement."""

    topic: Code
    result: str
    project: ProjectId | None = None


@dataclass(frozen=True, kw_only=True)
class TopicClosed(Fact, TopicEnd):
    """The circle was done with a topic."""


TopicFact = TopicRaised | TopicDiscussed | TopicClosed

# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Topics:
    raised: frozenset[Code] = frozenset()
    closed: frozenset[Code] = frozenset()


def evolve(state: Topics, fact: TopicFact) -> Topics:
    match fact:
        case TopicRaised():
            return replace(state, raised=state.raised | {fact.topic})
        case TopicClosed():
            return replace(state, closed=state.closed | {fact.topic})
        case TopicDiscussed():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class RaiseTopic(Command, Topic):
    pass


@dataclass(frozen=True, kw_only=True)
class DiscussTopic(Command, TopicTalk):
    pass


@dataclass(frozen=True, kw_only=True)
class CloseTopic(Command, TopicEnd):
    pass


TopicCommand = RaiseTopic | DiscussTopic | CloseTopic

# --------------------------------------------------------------------------------------- decide


def decide(
    state: Topics, command: TopicCommand, moment: Moment, *, meetings: frozenset[Code]
) -> tuple[TopicFact, ...]:
    match command:
        case RaiseTopic():
            require_new(state.raised, command.topic, "topic")
            return (stated(TopicRaised, command, moment),)
        case DiscussTopic():
            require_known(state.raised, command.topic, "topic")
            require_known(meetings, command.meeting, "meeting")
            return (stated(TopicDiscussed, command, moment),)
        case CloseTopic():
            require_known(state.raised, command.topic, "topic")
            require(
                command.topic not in state.closed,
                "circle.topic-closed",
                "the circle closed this topic before; raise it anew under another code",
                field="topic",
            )
            return (stated(TopicClosed, command, moment),)
        case _:
            assert_never(command)
