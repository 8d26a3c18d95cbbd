"""A circle as the tests of its decider and its views tell it: facts with their particulars."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.circle.agreements import AgreementMade, FreeRiderFound
from domain.circle.decisions import (
    DecisionMethod,
    DecisionOutcome,
    DecisionTaken,
    ObjectionRaised,
    ProposalTabled,
)
from domain.circle.founding import CircleFounded
from domain.circle.improvements import ActionAgenda, ImprovementPlanned
from domain.circle.klaagpaal import ComplaintRaised
from domain.circle.meetings import AgendaItem, AgendaKind, MeetingHeld
from domain.circle.seats import SeatRole, SeatTaken, Side
from domain.circle.topics import CircleAspect, TopicKind, TopicLevel, TopicRaised
from domain.terms import Code, MemberId, Sealed
from tests.given import at, member, person

ALBA, BERK, HAVEN = member("Alba Infra BV"), member("Berk Wegen BV"), member("Havenschap")
NOORDERDAM = member("Gemeente Noorderdam")
SEALED = Sealed(kid=UUID(int=7), field="text", nonce="AA==", ciphertext="AA==")
ANSWER = Sealed(kid=UUID(int=8), field="how", nonce="AA==", ciphertext="AAAA")
MEETING, TOPIC, COMPLAINT = Code("2026-01"), Code("t-1"), Code("k-1")
DECISION, AGREEMENT, ACTION = Code("b-1"), Code("a-1"), Code("v-1")

FOUNDED = CircleFounded(
    occurred_at=at("2023-01-16"),
    name="Kenniskring Noorderdam",
    authority=NOORDERDAM,
    municipality_code="gm9999",
    region="Noorderdam",
)
MET = MeetingHeld(
    occurred_at=at("2026-01-22"),
    meeting=MEETING,
    agenda=(AgendaItem(kind=AgendaKind.KLAAGPAAL, title="Klaagpaal"),),
    attendance=(),
    competition_statement=True,
)
TABLED = ProposalTabled(
    occurred_at=at("2026-01-22"),
    decision=DECISION,
    subject="Eén keet per werk",
    member=ALBA,
    text=SEALED,
)
OBJECTED = ObjectionRaised(
    occurred_at=at("2026-01-23"),
    decision=DECISION,
    objection=Code("1"),
    member=BERK,
    text=SEALED,
)
AGREED = AgreementMade(
    occurred_at=at("2026-01-22"),
    agreement=AGREEMENT,
    subject="Elektrisch materieel tot 19 kW",
    parties=(ALBA, BERK, NOORDERDAM),
    until=date(2029, 12, 31),
)
FREE_RIDER = FreeRiderFound(
    occurred_at=at("2026-03-01"),
    agreement=AGREEMENT,
    finding=Code("f-1"),
    member=BERK,
    text=SEALED,
)
RAISED = ComplaintRaised(occurred_at=at("2026-01-22"), complaint=COMPLAINT, text=SEALED)
TOPIC_RAISED = TopicRaised(
    occurred_at=at("2026-01-22"),
    topic=TOPIC,
    title="Vergoeding voor rekenwerk",
    kind=TopicKind.IMPROVE,
    level=TopicLevel.TACTICAL,
    aspects=(CircleAspect.PROCESSES,),
)
PLANNED = ImprovementPlanned(
    occurred_at=at("2026-01-22"),
    improvement=ACTION,
    agenda=ActionAgenda.IMPROVEMENT,
    kind=TopicKind.IMPROVE,
    title="Rekenvergoeding in de uitvraag",
    owner=NOORDERDAM,
    due_on=date(2026, 6, 1),
    supporters=(ALBA,),
    wanted_by=BERK,
    topic=None,
    complaint=COMPLAINT,
)


def decided(code: Code = DECISION, **more: Any) -> DecisionTaken:
    said: dict[str, Any] = {
        "occurred_at": at("2026-02-01"),
        "decision": code,
        "subject": "Eén keet per werk",
        "method": DecisionMethod.CONSENT,
        "outcome": DecisionOutcome.ADOPTED,
        "reasons": "minder verkeer",
    }
    return DecisionTaken(**(said | more))


def seated(
    number: int,
    on: str = "2023-02-01",
    *,
    side: Side = Side.SME,
    by: MemberId = ALBA,
    roles: tuple[SeatRole, ...] = (SeatRole.DIRECTOR,),
) -> SeatTaken:
    return SeatTaken(
        occurred_at=at(on),
        seat=Code(f"{side}-{number}"),
        side=side,
        member=by,
        person=person(f"{side} {number}"),
        roles=roles,
    )
