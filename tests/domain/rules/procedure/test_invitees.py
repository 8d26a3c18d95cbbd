"""Whom a procedure lets in: PRC-04, PRC-10 and PRC-11."""

from __future__ import annotations

from datetime import date

import pytest

from domain.circle.membership import MemberJoined, MemberLeft
from domain.convenant_project.contract_design import (
    MotivationAspect,
    MotivationSubject,
    RequirementKind,
    RequirementSet,
)
from domain.convenant_project.procedure import DeadlineKind, DeadlineSet, ProcedureType
from domain.convenant_project.tendering import (
    AwardMethod,
    CriteriaPublished,
    Criterion,
    CriterionAbout,
    Place,
)
from domain.law.adoption import Adopted
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import parameters_in_force
from domain.member.practice import QualificationStated
from domain.rules.procedure.invitees import PRC_04, PRC_10, PRC_11
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Violation, Warn
from domain.terms import BasisPoints, Code, Fact, MemberId
from tests.given import Story, at, member, project
from tests.work import (
    ALBA,
    CRANENDONK,
    DUINRAND,
    HAVIK,
    IJSSELKADE,
    JACHTHOORN,
    adopted,
    estimated,
    invited,
    motivated,
    noticed,
    registered,
    started,
    word,
)

SINGLE, PRIVATE = ProcedureType.PRIVATE_SINGLE, ProcedureType.PRIVATE_MULTIPLE
OPEN, RESTRICTED = ProcedureType.NATIONAL_OPEN, ProcedureType.NATIONAL_RESTRICTED
EU_OPEN = ProcedureType.EUROPEAN_OPEN
CHOICE, INVITEES = MotivationSubject.PROCEDURE_CHOICE, MotivationSubject.INVITEE_SELECTION
NUMBER = MotivationSubject.NUMBER_INVITED


def with_notice(whole: float, procedure: ProcedureType, *facts: Fact) -> Story:
    return Story().project(registered(), estimated(whole), started(procedure), *facts, *noticed())


def private(*recipients: MemberId, whole: float = 900_000, facts: tuple[Fact, ...] = ()) -> Story:
    return Story().project(
        registered(), estimated(whole), started(PRIVATE), *facts, *invited(*recipients)
    )


# ---------------------------------------------------------------------------------------- PRC-04

SIX = (ALBA, CRANENDONK, DUINRAND, HAVIK, IJSSELKADE, JACHTHOORN)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "not-applicable"), (2, "violation"), (3, "pass"), (5, "pass"), (6, "violation")],
)
def test_three_to_five_firms_are_invited(count: int, expected: str) -> None:
    assert word(private(*SIX[:count]).judge(PRC_04)) == expected


@pytest.mark.parametrize("count", [2, 6])
def test_another_number_has_its_reasons(count: int) -> None:
    explained = private(*SIX[:count], facts=(motivated(NUMBER),)).judge(PRC_04)
    assert isinstance(explained, Pass)
    assert "en dat is gemotiveerd" in explained.why.nl
    other = private(*SIX[:count], facts=(motivated(INVITEES),))
    assert isinstance(other.judge(PRC_04), Violation)


@pytest.mark.parametrize("count", [3, 5])
def test_a_usual_number_needs_no_reasons(count: int) -> None:
    verdict = private(*SIX[:count]).judge(PRC_04)
    assert isinstance(verdict, Pass)
    assert verdict.why.nl == f"Er zijn {count} ondernemingen uitgenodigd."


def test_a_firm_invited_twice_is_one_firm() -> None:
    assert isinstance(private(ALBA, HAVIK, HAVIK).judge(PRC_04), Violation)


def test_an_authority_may_take_other_numbers_for_its_own() -> None:
    four = adopted(ParameterKey.INVITED_AT_LEAST, 4)
    assert isinstance(private(*SIX[:3]).judge(PRC_04, parameters=four), Violation)


def test_the_number_matters_in_a_private_tender_only() -> None:
    story = with_notice(2_000_000, RESTRICTED).project(*invited(ALBA, HAVIK))
    assert isinstance(story.judge(PRC_04), NotApplicable)


def test_without_an_estimate_the_regime_is_unknown() -> None:
    story = Story().project(registered(), started(PRIVATE), *invited(ALBA, HAVIK))
    assert isinstance(story.judge(PRC_04), Indeterminate)


# ---------------------------------------------------------------------------------------- PRC-10


def requirement(kind: RequirementKind, on: str = "2025-02-20") -> RequirementSet:
    return RequirementSet(
        occurred_at=at(on), requirement=Code("E1"), kind=kind, text="zie leidraad"
    )


def criteria(about: CriterionAbout, on: str = "2025-03-03", version: int = 1) -> CriteriaPublished:
    return CriteriaPublished(
        occurred_at=at(on),
        version=version,
        method=AwardMethod.BEST_PRICE_QUALITY,
        criteria=(
            Criterion(name="Prijs", weight=BasisPoints(4_000), about=CriterionAbout.TENDER),
            Criterion(name="Nabijheid", weight=BasisPoints(6_000), about=about),
        ),
        place=Place.TENDER_DOCUMENTS,
        in_notice=True,
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RequirementKind.LOCALITY, "violation"),
        (RequirementKind.CIRCLE_MEMBERSHIP, "violation"),
        (RequirementKind.REFERENCE_WORK, "pass"),
        (RequirementKind.CERTIFICATE, "pass"),
    ],
)
def test_no_requirement_asks_for_a_place_or_a_membership(
    kind: RequirementKind, expected: str
) -> None:
    assert word(with_notice(2_000_000, OPEN, requirement(kind)).judge(PRC_10)) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (CriterionAbout.LOCALITY, "violation"),
        (CriterionAbout.CIRCLE_MEMBERSHIP, "violation"),
        (CriterionAbout.TENDER, "pass"),
        (CriterionAbout.TENDERER, "pass"),
    ],
)
def test_no_award_criterion_looks_at_a_place_or_a_membership(
    about: CriterionAbout, expected: str
) -> None:
    assert word(with_notice(2_000_000, OPEN, criteria(about)).judge(PRC_10)) == expected


def test_the_breach_stops_the_procedure_and_names_what_it_is() -> None:
    story = with_notice(2_000_000, OPEN, criteria(CriterionAbout.LOCALITY))
    verdict = story.judge(PRC_10)
    assert isinstance(verdict, Violation)
    assert PRC_10.severity is Severity.BLOCKER
    assert "Nabijheid" in verdict.why.nl
    assert verdict.evidence == (4,)


def test_what_was_taken_back_before_the_deadline_shut_nobody_out() -> None:
    deadline = DeadlineSet(
        occurred_at=at("2025-03-03"), kind=DeadlineKind.TENDERS, deadline=at("2025-04-10 10:00")
    )

    def story(on: str) -> Story:
        return with_notice(
            2_000_000,
            OPEN,
            deadline,
            requirement(RequirementKind.LOCALITY),
            criteria(CriterionAbout.LOCALITY),
            requirement(RequirementKind.REFERENCE_WORK, on),
            criteria(CriterionAbout.TENDER, on, version=2),
        )

    assert isinstance(story("2025-03-20").judge(PRC_10), Pass)
    assert isinstance(story("2025-04-11").judge(PRC_10), Violation)
    late = with_notice(2_000_000, OPEN, deadline, criteria(CriterionAbout.LOCALITY, "2025-04-11"))
    assert isinstance(late.judge(PRC_10), Violation)


MEMBERSHIP = MotivationAspect.CIRCLE_MEMBERSHIP
REGION = MotivationAspect.SEAT_IN_REGION
WORKED = MotivationAspect.WORKED_IN_MUNICIPALITY
COST = MotivationAspect.TRANSACTION_COST


@pytest.mark.parametrize(
    ("aspects", "expected"),
    [
        ((), "pass"),
        ((COST,), "pass"),
        ((MEMBERSHIP,), "warn"),
        ((REGION,), "warn"),
        ((WORKED,), "warn"),
        ((MEMBERSHIP, REGION, WORKED), "warn"),
        ((MEMBERSHIP, MotivationAspect.COMPETENCE), "warn"),
        ((MEMBERSHIP, COST), "pass"),
        ((WORKED, MotivationAspect.MARKET_KNOWLEDGE), "pass"),
    ],
)
def test_nearness_may_count_in_whom_to_invite_but_never_alone(
    aspects: tuple[MotivationAspect, ...], expected: str
) -> None:
    story = private(ALBA, HAVIK, JACHTHOORN, facts=(motivated(INVITEES, aspects=aspects),))
    assert word(story.judge(PRC_10)) == expected


def test_in_a_restricted_procedure_nearness_may_not_choose_the_invitees() -> None:
    story = with_notice(2_000_000, RESTRICTED, motivated(INVITEES, aspects=(WORKED, COST)))
    restricted = story.project(*invited(ALBA, HAVIK)).judge(PRC_10)
    assert isinstance(restricted, Warn)
    assert "alleen meewegen bij meervoudig onderhands" in restricted.why.nl
    alone = private(ALBA, HAVIK, facts=(motivated(INVITEES, aspects=(WORKED,)),)).judge(PRC_10)
    assert isinstance(alone, Warn)
    assert "zonder objectieve reden" in alone.why.nl


def test_the_choice_of_a_procedure_may_speak_of_the_circle() -> None:
    story = private(ALBA, HAVIK, facts=(motivated(CHOICE, aspects=(MEMBERSHIP,)),))
    assert isinstance(story.judge(PRC_10), Pass)


def test_in_a_single_tender_nobody_competes() -> None:
    story = private(ALBA, facts=(requirement(RequirementKind.LOCALITY),))
    assert isinstance(story.judge(PRC_10), NotApplicable)


# ---------------------------------------------------------------------------------------- PRC-11


def circle(story: Story, *members: MemberId, since: str = "2023-01-16") -> Story:
    return story.circle(*(MemberJoined(occurred_at=at(since), member=each) for each in members))


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        ((ALBA, CRANENDONK, DUINRAND), (HAVIK, IJSSELKADE), "pass"),  # 3 of 5: exactly 60 %
        ((ALBA, CRANENDONK, DUINRAND), (HAVIK,), "warn"),  # 3 of 4
        ((ALBA, CRANENDONK), (HAVIK, IJSSELKADE), "pass"),
        ((ALBA, CRANENDONK, DUINRAND), (), "warn"),
        ((), (HAVIK, IJSSELKADE, JACHTHOORN), "pass"),
    ],
)
def test_members_are_at_most_sixty_percent_of_the_invited(
    inside: tuple[MemberId, ...], outside: tuple[MemberId, ...], expected: str
) -> None:
    story = circle(private(*inside, *outside), ALBA, CRANENDONK, DUINRAND)
    assert word(story.judge(PRC_11)) == expected


def test_the_warning_counts() -> None:
    story = circle(private(ALBA, CRANENDONK, DUINRAND, HAVIK), ALBA, CRANENDONK, DUINRAND)
    verdict = story.judge(PRC_11)
    assert isinstance(verdict, Warn)
    assert (
        "3 van de 4 uitnodigingen naar leden van de kring (75 %, meer dan 60 %)" in verdict.why.nl
    )
    assert verdict.evidence == (4, 5, 6, 7)


def test_it_stays_a_warning_when_the_share_is_adopted() -> None:
    story = circle(private(ALBA, CRANENDONK, DUINRAND, HAVIK), ALBA, CRANENDONK, DUINRAND)
    own = adopted(ParameterKey.INVITEE_MIX_SHARE, 6_000)
    assert isinstance(story.judge(PRC_11, parameters=own), Warn)
    wider = adopted(ParameterKey.INVITEE_MIX_SHARE, 7_500)
    assert isinstance(story.judge(PRC_11, parameters=wider), Pass)


def test_membership_is_that_of_the_moment_of_the_invitation() -> None:
    three = (ALBA, CRANENDONK, HAVIK)
    later = circle(private(*three), ALBA, CRANENDONK, since="2025-03-04")
    assert isinstance(later.judge(PRC_11), Pass)
    gone = circle(private(*three), ALBA, CRANENDONK)
    gone.circle(MemberLeft(occurred_at=at("2025-03-02"), member=ALBA))
    assert isinstance(gone.judge(PRC_11), Pass)


def before(story: Story, which: str, on: str, *recipients: MemberId, **more: MemberId) -> Story:
    """An earlier private tender of the same authority."""
    return story.neighbour(
        project(which), registered("2022-01-10", **more), *invited(*recipients, on=on)
    )


def test_earlier_private_tenders_within_the_window_count() -> None:
    def story(on: str) -> Story:
        return before(
            circle(private(ALBA, CRANENDONK, DUINRAND, HAVIK), ALBA, CRANENDONK, DUINRAND),
            "eerder",
            on,
            HAVIK,
            IJSSELKADE,
        )

    assert isinstance(story("2024-06-03").judge(PRC_11), Pass)  # 3 of 6
    assert isinstance(story("2023-03-03").judge(PRC_11), Pass)  # the window's first day
    assert isinstance(story("2023-03-02").judge(PRC_11), Warn)
    assert isinstance(story("2025-03-04").judge(PRC_11), Warn)  # later than this one


def test_other_authorities_single_tenders_and_notices_do_not_count() -> None:
    base = circle(private(ALBA, CRANENDONK, DUINRAND, HAVIK), ALBA, CRANENDONK, DUINRAND)
    before(base, "elders", "2024-06-03", HAVIK, IJSSELKADE, authority=member("Zuiderdam"))
    before(base, "enkelvoudig", "2024-06-03", HAVIK)
    before(base, "met aankondiging", "2024-06-03", HAVIK, IJSSELKADE)
    base.neighbour(project("met aankondiging"), *noticed("2024-05-06"))
    assert isinstance(base.judge(PRC_11), Warn)


def qualified(story: Story, who: MemberId, on: str = "2023-01-09") -> Story:
    return story.member(
        who, QualificationStated(occurred_at=at(on), kind_of_work="wegen", basis="tender 2022")
    )


def streak(length: int, *, also: MemberId = HAVIK) -> Story:
    """Alba invited in `length` procedures, with two firms from outside each time."""
    story = circle(private(ALBA, also, IJSSELKADE), ALBA)
    for number in range(length - 1):
        before(story, f"eerder {number}", f"2024-0{number + 3}-04", ALBA, HAVIK, IJSSELKADE)
    return story


@pytest.mark.parametrize(("length", "expected"), [(3, "pass"), (4, "warn"), (5, "warn")])
def test_a_member_invited_four_times_in_a_row_while_the_qualified_never_are(
    length: int, expected: str
) -> None:
    verdict = qualified(streak(length), JACHTHOORN).judge(PRC_11)
    assert word(verdict) == expected


def test_a_streak_needs_qualified_firms_that_were_passed_over() -> None:
    assert isinstance(streak(4).judge(PRC_11), Pass)
    assert isinstance(qualified(streak(4), HAVIK).judge(PRC_11), Pass)
    assert isinstance(qualified(streak(4), JACHTHOORN, "2025-03-04").judge(PRC_11), Pass)
    assert isinstance(qualified(streak(4), JACHTHOORN, "2025-03-03").judge(PRC_11), Warn)
    assert isinstance(qualified(streak(4, also=JACHTHOORN), JACHTHOORN).judge(PRC_11), Pass)
    member_itself = qualified(circle(streak(4), JACHTHOORN), JACHTHOORN)
    assert isinstance(member_itself.judge(PRC_11), Pass)


def test_a_streak_is_broken_by_one_procedure_without_the_member() -> None:
    story = qualified(streak(4), JACHTHOORN)
    before(story, "onderbreking", "2025-01-06", HAVIK, IJSSELKADE)
    assert isinstance(story.judge(PRC_11), Pass)


def test_an_authority_sets_the_length_of_a_streak() -> None:
    own = parameters_in_force(
        [
            Adopted(
                key=ParameterKey.INVITEE_MIX_STREAK,
                value=3,
                valid_from=date(2023, 1, 1),
                adopted_at=at("2023-01-01"),
                owner="afdeling Inkoop",
                reason="eigen beleid",
            )
        ]
    )
    story = qualified(streak(3), JACHTHOORN)
    assert isinstance(story.judge(PRC_11), Pass)
    assert isinstance(story.judge(PRC_11, parameters=own), Warn)


def test_outside_a_private_tender_the_mix_is_no_question() -> None:
    story = circle(with_notice(2_000_000, RESTRICTED), ALBA, HAVIK)
    assert isinstance(story.project(*invited(ALBA, HAVIK)).judge(PRC_11), NotApplicable)
