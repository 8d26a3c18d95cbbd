"""What the registers of a circle answer, told as facts, and held to a fresh fold."""

from datetime import date
from typing import TypeVar
from uuid import UUID

import pytest

from application.views import (
    circle_agreements,
    circle_convenant,
    circle_decisions,
    circle_improvements,
    circle_topics,
    circles,
    klaagpaal,
)
from application.views.circle_improvements import ActionStatus
from application.views.view import Key, View
from domain.circle.agreements import (
    AgreementEnded,
    AgreementEndGround,
    AgreementExtended,
    EnforcementChecked,
    EnforcementPlace,
    FindingSettled,
    SanctionImposed,
    SanctionKind,
)
from domain.circle.convenant import (
    AmbitionSet,
    ConvenantPartyJoined,
    ConvenantPartyLeft,
    ConvenantSection,
    ConvenantSectionWritten,
    ConvenantSigned,
)
from domain.circle.decisions import (
    DecisionReviewed,
    ObjectionAnswered,
    ObjectionOutcome,
    OptionAdded,
    ReviewOutcome,
    VotesCounted,
)
from domain.circle.founding import CircleClosed
from domain.circle.improvements import (
    ConditionKind,
    ConditionNamed,
    ImprovementDone,
    ImprovementDropped,
    ImprovementMoved,
    ResultKind,
)
from domain.circle.klaagpaal import ComplaintDiscussed, ComplaintOutcome, ComplaintSettled
from domain.circle.topics import CircleTheme, TopicClosed, TopicDiscussed, TopicLevel
from domain.terms import CircleId, Code, Fact, MemberId
from tests.any_facts import recorded
from tests.circle_told import (
    ACTION,
    AGREED,
    AGREEMENT,
    ALBA,
    ANSWER,
    BERK,
    COMPLAINT,
    DECISION,
    FOUNDED,
    FREE_RIDER,
    HAVEN,
    MEETING,
    OBJECTED,
    PLANNED,
    RAISED,
    SEALED,
    TABLED,
    TOPIC,
    TOPIC_RAISED,
    decided,
)
from tests.fresh_fold import fresh_fold, on_shelf
from tests.given import CIRCLE, PROJECT, at

Row = TypeVar("Row")
ELSEWHERE = CircleId(UUID(int=2))


def register(view: View[Row], *told: tuple[UUID, Fact]) -> dict[Key, Row]:
    history = recorded(*told)
    found = fresh_fold(view, history, as_of=len(history))
    return {key: each.row for key, each in found.items()}


def the_one(view: View[Row], *facts: Fact) -> Row:
    (row,) = register(view, *((CIRCLE, fact) for fact in facts)).values()
    return row


# --------------------------------------------------------------------------------------- register


def test_a_circle_that_was_closed_stays_in_the_register_with_the_day() -> None:
    closed = CircleClosed(occurred_at=at("2026-06-01"), reason="opgegaan in een andere kring")
    row = the_one(circles.view, FOUNDED, closed)
    assert (row.name, row.closed_at) == (FOUNDED.name, at("2026-06-01"))


# ------------------------------------------------------------------------- convenant and topics


def signed(*parties: MemberId, on: str = "2023-03-01") -> ConvenantSigned:
    return ConvenantSigned(occurred_at=at(on), parties=parties, open_entry=True, open_exit=True)


def test_parties_join_and_stop_and_stay_listed() -> None:
    row = the_one(
        circle_convenant.view,
        signed(ALBA),
        ConvenantPartyJoined(occurred_at=at("2024-01-01"), member=BERK),
        ConvenantPartyLeft(occurred_at=at("2025-01-01"), member=ALBA),
        ConvenantPartyJoined(occurred_at=at("2026-01-01"), member=ALBA),
    )
    assert [(each.member, each.joined_at, each.left_at) for each in row.parties] == [
        (ALBA, at("2023-03-01"), at("2025-01-01")),
        (BERK, at("2024-01-01"), None),
        (ALBA, at("2026-01-01"), None),
    ]


def test_who_does_not_sign_the_convenant_anew_is_no_party_any_more() -> None:
    row = the_one(circle_convenant.view, signed(ALBA, BERK), signed(BERK, HAVEN, on="2026-01-01"))
    assert [(each.member, each.left_at) for each in row.parties] == [
        (ALBA, at("2026-01-01")),
        (BERK, None),
        (HAVEN, None),
    ]


def test_a_section_that_is_written_again_reads_as_it_was_written_last() -> None:
    def written(text: str, on: str) -> ConvenantSectionWritten:
        return ConvenantSectionWritten(
            occurred_at=at(on), section=ConvenantSection.ARGUMENTS, text=text
        )

    ambition = AmbitionSet(
        occurred_at=at("2023-01-03"),
        ambition=Code("a"),
        theme=CircleTheme.EMISSION_FREE,
        text="emissieloos in 2030",
        source="coalitieakkoord",
    )
    row = the_one(
        circle_convenant.view, written("eerst", "2023-01-01"), written("nu", "2023-01-02"), ambition
    )
    assert [each.text for each in row.sections] == ["nu"]
    assert row.signed_at is None
    assert len(row.unwritten) == 8
    assert ConvenantSection.ARGUMENTS not in row.unwritten
    assert [each.source for each in row.ambitions] == ["coalitieakkoord"]


def test_a_topic_is_followed_until_it_is_closed() -> None:
    talk = TopicDiscussed(
        occurred_at=at("2026-01-22"), topic=TOPIC, meeting=MEETING, conclusion=SEALED
    )
    closed = TopicClosed(
        occurred_at=at("2026-02-22"), topic=TOPIC, result="een werk", project=PROJECT
    )
    row = the_one(circle_topics.view, TOPIC_RAISED, talk)
    assert (row.level, row.closed_at) == (TopicLevel.TACTICAL, None)
    assert [each.conclusion for each in row.talks] == [SEALED]
    row = the_one(circle_topics.view, TOPIC_RAISED, talk, closed)
    assert (row.closed_at, row.result, row.project) == (at("2026-02-22"), "een werk", PROJECT)


# -------------------------------------------------------------------------------------- decisions


def test_a_decision_is_told_from_its_proposal_to_its_review() -> None:
    row = the_one(
        circle_decisions.view,
        TABLED,
        OptionAdded(occurred_at=at("2026-01-22"), decision=DECISION, option=Code("A"), text=SEALED),
        OBJECTED,
        ObjectionAnswered(
            occurred_at=at("2026-01-30"),
            decision=DECISION,
            objection=Code("1"),
            outcome=ObjectionOutcome.INTEGRATED,
            how=ANSWER,
        ),
        VotesCounted(
            occurred_at=at("2026-02-01"),
            decision=DECISION,
            present=7,
            quorum=7,
            in_favour=6,
            against=1,
            abstained=0,
        ),
        decided(review_on=date(2027, 2, 1), option=Code("A")),
    )
    assert (row.tabled_at, row.decided_at) == (at("2026-01-22"), at("2026-02-01"))
    assert (row.proposal, row.options[0].text) == (SEALED, SEALED)
    (objection,) = row.objections
    assert (objection.member, objection.outcome, objection.how) == (
        BERK,
        ObjectionOutcome.INTEGRATED,
        ANSWER,
    )
    assert row.votes is not None
    assert row.votes.quorate
    assert (row.option, row.review_on) == (Code("A"), date(2027, 2, 1))
    assert row.in_force


def test_one_short_of_the_quorum_is_not_quorate() -> None:
    votes = VotesCounted(
        occurred_at=at("2026-02-01"),
        decision=DECISION,
        present=6,
        quorum=7,
        in_favour=6,
        against=0,
        abstained=0,
    )
    row = the_one(circle_decisions.view, TABLED, votes)
    assert row.votes is not None
    assert not row.votes.quorate


def test_only_the_objection_that_was_answered_is_answered() -> None:
    other = ObjectionAnswered(
        occurred_at=at("2026-01-30"),
        decision=DECISION,
        objection=Code("2"),
        outcome=ObjectionOutcome.OVERRULED,
        how=ANSWER,
    )
    row = the_one(circle_decisions.view, TABLED, OBJECTED, other)
    assert row.objections[0].outcome is None


@pytest.mark.parametrize(
    ("outcome", "in_force"),
    [(ReviewOutcome.KEPT, True), (ReviewOutcome.WITHDRAWN, False), (ReviewOutcome.REVISED, False)],
)
def test_a_decision_holds_until_a_review_ends_it(outcome: ReviewOutcome, in_force: bool) -> None:  # noqa: FBT001
    review = DecisionReviewed(
        occurred_at=at("2027-02-01"),
        decision=DECISION,
        outcome=outcome,
        reasons="ervaring",
        review_on=date(2028, 2, 1),
    )
    row = the_one(circle_decisions.view, decided(review_on=date(2027, 2, 1)), review)
    assert row.in_force is in_force
    assert row.review_on == date(2028, 2, 1)
    assert [each.outcome for each in row.reviews] == [outcome]


# ------------------------------------------------------------------------------------- agreements


def checked(code: str, place: EnforcementPlace) -> EnforcementChecked:
    return EnforcementChecked(
        occurred_at=at("2026-03-01"),
        check=Code(code),
        agreement=AGREEMENT,
        place=place,
        kept=True,
    )


def test_an_agreement_shows_where_it_was_enforced() -> None:
    office, work = checked("1", EnforcementPlace.OFFICE), checked("2", EnforcementPlace.WORK)
    assert the_one(circle_agreements.view, AGREED, office).places_checked == {
        EnforcementPlace.OFFICE
    }
    assert the_one(circle_agreements.view, AGREED, office, work).places_checked == set(
        EnforcementPlace
    )


def test_a_finding_is_open_until_it_is_settled() -> None:
    sanction = SanctionImposed(
        occurred_at=at("2026-03-02"),
        agreement=AGREEMENT,
        finding=FREE_RIDER.finding,
        kind=SanctionKind.WARNING,
        text=SEALED,
    )
    settled = FindingSettled(
        occurred_at=at("2026-04-01"),
        agreement=AGREEMENT,
        finding=FREE_RIDER.finding,
        upheld=True,
        how=ANSWER,
    )
    row = the_one(circle_agreements.view, AGREED, FREE_RIDER, sanction)
    assert row.open_findings == (FREE_RIDER.finding,)
    assert [each.kind for each in row.findings[0].sanctions] == [SanctionKind.WARNING]
    row = the_one(circle_agreements.view, AGREED, FREE_RIDER, sanction, settled)
    assert row.open_findings == ()
    assert (row.findings[0].upheld, row.findings[0].how) == (True, ANSWER)


def test_an_agreement_binds_until_its_newest_last_day() -> None:
    longer = AgreementExtended(
        occurred_at=at("2026-05-01"), agreement=AGREEMENT, until=date(2031, 1, 1)
    )
    ended = AgreementEnded(
        occurred_at=at("2026-06-01"),
        agreement=AGREEMENT,
        ground=AgreementEndGround.REPLACED,
        reason="raamovereenkomst",
    )
    row = the_one(circle_agreements.view, AGREED, longer, ended)
    assert (row.until, row.ended_at) == (date(2031, 1, 1), at("2026-06-01"))
    assert row.ended_on_ground is AgreementEndGround.REPLACED


# ----------------------------------------------------------------------------------- improvements

MOVED = ImprovementMoved(
    occurred_at=at("2026-05-30"), improvement=ACTION, due_on=date(2026, 9, 1), reason="vakantie"
)


def test_an_action_is_overdue_the_day_after_it_was_due() -> None:
    row = the_one(circle_improvements.view, PLANNED)
    assert not row.overdue(date(2026, 6, 1))
    assert row.overdue(date(2026, 6, 2))
    moved = the_one(circle_improvements.view, PLANNED, MOVED)
    assert not moved.overdue(date(2026, 6, 2))
    assert (moved.first_due_on, moved.due_on) == (date(2026, 6, 1), date(2026, 9, 1))


def test_an_action_that_is_done_is_never_overdue() -> None:
    done = ImprovementDone(
        occurred_at=at("2026-07-01"),
        improvement=ACTION,
        kind=ResultKind.PROCESS,
        result="staat in de uitvraag",
    )
    row = the_one(circle_improvements.view, PLANNED, done)
    assert (row.status, row.result, row.ended_at) == (
        ActionStatus.DONE,
        "staat in de uitvraag",
        at("2026-07-01"),
    )
    assert not row.overdue(date(2030, 1, 1))


def test_an_action_that_was_dropped_says_why_and_what_it_would_have_taken() -> None:
    condition = ConditionNamed(
        occurred_at=at("2026-02-01"),
        condition=Code("geld"),
        improvement=ACTION,
        kind=ConditionKind.MONEY,
        member=ALBA,
        text="een vergoeding",
    )
    dropped = ImprovementDropped(occurred_at=at("2026-07-01"), improvement=ACTION, reason="te duur")
    row = the_one(circle_improvements.view, PLANNED, condition, dropped)
    assert (row.status, row.result) == (ActionStatus.DROPPED, "te duur")
    assert [each.kind for each in row.conditions] == [ConditionKind.MONEY]
    assert row.complaint == COMPLAINT


def test_the_actions_of_an_owner_stand_together() -> None:
    history = recorded((CIRCLE, PLANNED), (ELSEWHERE, PLANNED))
    held = fresh_fold(circle_improvements.view, history, as_of=2)
    shelf = circle_improvements.of_owner(PLANNED.owner)
    assert len(on_shelf(circle_improvements.view, held, shelf)) == 2
    here = circle_improvements.of_circle(CIRCLE)
    assert len(on_shelf(circle_improvements.view, held, here)) == 1


# -------------------------------------------------------------------------------------- klaagpaal


def test_a_complaint_is_followed_until_what_came_of_it_and_stays_sealed() -> None:
    talk = ComplaintDiscussed(
        occurred_at=at("2026-01-22"), complaint=COMPLAINT, meeting=MEETING, text=ANSWER
    )
    settled = ComplaintSettled(
        occurred_at=at("2026-02-01"),
        complaint=COMPLAINT,
        outcome=ComplaintOutcome.IMPROVEMENT,
        became=ACTION,
    )
    row = the_one(klaagpaal.view, RAISED, talk)
    assert (row.outcome, row.text, row.talks[0].text) == (None, SEALED, ANSWER)
    row = the_one(klaagpaal.view, RAISED, talk, settled)
    assert (row.outcome, row.became) == (ComplaintOutcome.IMPROVEMENT, ACTION)
    assert row.settled_at == at("2026-02-01")
