"""MOT: what needs reasons has them, in time, and on file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from domain.convenant_project.contract_design import (
    ContractsClustered,
    MotivationSubject,
    RequirementKind,
    RequirementSet,
)
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.procedure import ProcedureType
from domain.convenant_project.tendering import AwardMethod
from domain.law.parameter_keys import ParameterKey
from domain.rules.reasons import MOT_01, MOT_02, MOT_03, RULES
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Violation, Warn
from domain.terms import Code, Fact
from tests.given import Story, at
from tests.tendered import european, national, private, weighed
from tests.work import (
    ALBA,
    CRANENDONK,
    DUINRAND,
    HAVIK,
    IJSSELKADE,
    JACHTHOORN,
    adopted,
    estimated,
    euro,
    motivated,
    noticed,
    registered,
    started,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Callable

S = MotivationSubject
CHOICE, INVITEES = motivated(S.PROCEDURE_CHOICE), motivated(S.INVITEE_SELECTION)


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == ["MOT-01", "MOT-02", "MOT-03"]


def clustered(on: str = "2025-02-10") -> ContractsClustered:
    return ContractsClustered(occurred_at=at(on), parts=("riool", "straat"))


def turnover(on: str = "2025-02-10", kind: RequirementKind = RequirementKind.TURNOVER) -> Fact:
    return RequirementSet(
        occurred_at=at(on),
        requirement=Code("E1"),
        kind=kind,
        text="omzet",
        amount=euro(3_000_000),
    )


# ---------------------------------------------------------------------------------------- MOT-01


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((CHOICE,), "pass"),
        ((), "violation"),
        ((motivated(S.PROCEDURE_CHOICE, "2025-03-03"),), "pass"),  # the day of the notice
        ((motivated(S.PROCEDURE_CHOICE, "2025-03-04"),), "violation"),
        ((motivated(S.PROCEDURE_CHOICE, in_docs=False),), "pass"),
        ((CHOICE, motivated(S.PROCEDURE_CHOICE, "2025-04-01")), "pass"),
    ],
)
def test_the_choice_of_procedure_has_reasons_by_the_notice(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(MOT_01)) == expected


@pytest.mark.parametrize(
    ("decision", "subject"),
    [
        (clustered(), S.CLUSTERING),
        (turnover(), S.TURNOVER),
        (weighed(method=AwardMethod.LOWEST_PRICE, on="2025-02-10"), S.LOWEST_PRICE),
        (weighed(method=AwardMethod.LOWEST_COST, on="2025-02-10"), S.LOWEST_PRICE),
    ],
)
def test_a_decision_that_needs_reasons_has_them_that_day_and_in_the_documents(
    decision: Fact, subject: MotivationSubject
) -> None:
    def judged(*facts: Fact) -> str:
        return word(national(CHOICE, decision, *facts).judge(MOT_01))

    assert judged() == "violation"
    assert judged(motivated(subject, "2025-02-10")) == "pass"
    assert judged(motivated(subject, "2025-02-11")) == "violation"
    assert judged(motivated(subject, "2025-02-10", in_docs=False)) == "violation"
    both = (motivated(subject, in_docs=False), motivated(subject, "2025-02-11"))
    assert judged(*both) == "violation"  # the one in time is not in the documents
    twice = (motivated(subject, in_docs=False), motivated(subject))
    assert judged(*twice) == "pass"


@pytest.mark.parametrize(
    "calm",
    [
        weighed(on="2025-02-10"),
        turnover(kind=RequirementKind.REFERENCE_WORK),
        motivated(S.NOT_SPLIT, "2025-06-01"),
    ],
)
def test_what_needs_no_reasons_is_left_alone(calm: Fact) -> None:
    assert word(national(CHOICE, calm).judge(MOT_01)) == "pass"


def test_urgency_has_reasons_by_the_notice() -> None:
    assert word(european(CHOICE, urgency=True).judge(MOT_01)) == "violation"
    reasons = motivated(S.URGENCY, in_docs=False)
    assert word(european(CHOICE, reasons, urgency=True).judge(MOT_01)) == "pass"


@pytest.mark.parametrize("subject", [S.NO_LOTS, S.GUIDE_DEVIATION])
def test_reasons_that_were_given_are_held_to_their_place_and_day(
    subject: MotivationSubject,
) -> None:
    assert word(national(CHOICE, motivated(subject)).judge(MOT_01)) == "pass"
    outside = motivated(subject, in_docs=False)
    assert word(national(CHOICE, outside).judge(MOT_01)) == "violation"
    late = motivated(subject, "2025-03-04")
    assert word(national(CHOICE, late).judge(MOT_01)) == "violation"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((CHOICE, INVITEES), "pass"),
        ((CHOICE,), "violation"),
        ((CHOICE, motivated(S.INVITEE_SELECTION, "2025-03-04")), "violation"),
    ],
)
def test_who_is_invited_is_a_choice_with_reasons(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(private(*facts).judge(MOT_01)) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(2, "violation"), (3, "pass"), (5, "pass"), (6, "violation")]
)
def test_another_number_than_three_to_five_needs_reasons(count: int, expected: str) -> None:
    to = (ALBA, CRANENDONK, DUINRAND, HAVIK, IJSSELKADE, JACHTHOORN)[:count]
    assert word(private(CHOICE, INVITEES, to=to).judge(MOT_01)) == expected
    reasons = motivated(S.NUMBER_INVITED)
    assert word(private(CHOICE, INVITEES, reasons, to=to).judge(MOT_01)) == "pass"


def test_an_authority_may_set_its_own_number() -> None:
    story = private(CHOICE, INVITEES, to=(ALBA, HAVIK))
    own = adopted(ParameterKey.INVITED_AT_LEAST, 2)
    assert word(story.judge(MOT_01, parameters=own)) == "pass"


def test_a_single_tender_chooses_its_one_invitee() -> None:
    assert word(private(CHOICE, to=(ALBA,)).judge(MOT_01)) == "violation"
    assert word(private(CHOICE, INVITEES, to=(ALBA,)).judge(MOT_01)) == "pass"


def test_what_falls_short_is_named_with_its_day() -> None:
    verdict = national(motivated(S.PROCEDURE_CHOICE, "2025-03-10"), clustered()).judge(MOT_01)
    assert isinstance(verdict, Violation)
    assert "de keuze van de procedure is pas na 3 maart 2025 gemotiveerd" in verdict.why.nl
    assert "het samenvoegen is niet gemotiveerd" in verdict.why.nl
    assert verdict.evidence


def test_before_a_procedure_starts_no_choice_was_made() -> None:
    assert isinstance(Story().project(registered()).judge(MOT_01), Indeterminate)
    unknown = Story().project(registered(), estimated(2_900_000), *noticed())
    assert isinstance(unknown.judge(MOT_01), Indeterminate)


# ---------------------------------------------------------------------------------------- MOT-02


def recorded(story: Story, motivation: Fact, on: str) -> Story:
    return story.project(motivation, recorded=on)


@pytest.mark.parametrize(
    ("asserted", "appended", "expected"),
    [
        ("2025-02-28", "2025-02-28", "pass"),
        ("2025-02-28", "2025-03-03 17:00", "pass"),  # the day of the choice
        ("2025-02-28", "2025-03-04", "violation"),
        ("2025-03-10", "2025-03-10", "violation"),  # honest about it, and late all the same
    ],
)
def test_the_ledgers_own_time_decides(asserted: str, appended: str, expected: str) -> None:
    story = recorded(national(), motivated(S.PROCEDURE_CHOICE, asserted), appended)
    assert word(story.judge(MOT_02)) == expected


def test_u11_a_back_dated_motivation() -> None:
    """Asserted 10 January 2026, appended 1 March, decision 12 January."""
    told = Story().project(registered("2025-12-01"), clustered("2026-01-12"))
    verdict = recorded(told, motivated(S.CLUSTERING, "2026-01-10"), "2026-03-01").judge(MOT_02)
    assert isinstance(verdict, Violation)
    assert "10 januari 2026" in verdict.why.nl
    assert "1 maart 2026" in verdict.why.nl
    assert "12 January 2026" in verdict.why.en


def test_u11_whichever_choice_was_made_that_day() -> None:
    def told(*facts: Fact) -> Story:
        return Story().project(registered("2025-12-01"), estimated(2_900_000, "2025-12-15"), *facts)

    open_ = started(ProcedureType.NATIONAL_OPEN, "2026-01-12")
    for story, subject in (
        (told(open_), S.PROCEDURE_CHOICE),
        (told(open_, *noticed("2026-01-12")), S.PROCEDURE_CHOICE),
        (told(turnover("2026-01-12")), S.TURNOVER),
        (told(weighed(method=AwardMethod.LOWEST_PRICE, on="2026-01-12")), S.LOWEST_PRICE),
    ):
        late = recorded(story, motivated(subject, "2026-01-10"), "2026-03-01")
        assert isinstance(late.judge(MOT_02), Violation), subject


def test_one_motivation_in_time_is_enough_and_a_supplement_harms_nobody() -> None:
    story = national(CHOICE)
    supplement = recorded(story, motivated(S.PROCEDURE_CHOICE, "2025-02-20"), "2025-04-01")
    assert word(supplement.judge(MOT_02)) == "pass"


def imported(motivation: Fact) -> Story:
    """A project of 2025 that came into the record in 2026, reasons and all."""
    return Story().project(
        registered(),
        estimated(2_900_000),
        started(ProcedureType.NATIONAL_OPEN),
        *noticed(),
        motivation,
        recorded="2026-02-02",
    )


def test_imported_history_shows_its_original_or_is_doubted() -> None:
    assert isinstance(imported(CHOICE).judge(MOT_02), Warn)
    assert isinstance(imported(replace(CHOICE, recorded_original=" ")).judge(MOT_02), Warn)
    registered_elsewhere = replace(CHOICE, recorded_original="zaak 2025-0147, 3 februari 2025")
    assert isinstance(imported(registered_elsewhere).judge(MOT_02), Pass)


def test_an_original_elsewhere_does_not_excuse_a_record_that_was_already_kept() -> None:
    claimed = replace(CHOICE, recorded_original="zaak 2025-0147")
    assert isinstance(recorded(national(), claimed, "2025-04-01").judge(MOT_02), Violation)


def test_a_project_that_was_recorded_on_the_day_of_the_choice_is_no_import() -> None:
    told = Story().project(registered("2026-01-12"), clustered("2026-01-12"))
    late = recorded(told, motivated(S.CLUSTERING, "2026-01-10"), "2026-03-01")
    assert isinstance(late.judge(MOT_02), Violation)


def test_one_registered_original_is_enough() -> None:
    story = imported(replace(CHOICE, recorded_original="zaak 2025-0147"))
    both = recorded(story, motivated(S.PROCEDURE_CHOICE, "2025-02-20"), "2026-02-02")
    assert isinstance(both.judge(MOT_02), Pass)


@pytest.mark.parametrize("story", [Story(), national(), national(motivated(S.NOT_SPLIT))])
def test_without_reasons_there_is_nothing_to_date(story: Story) -> None:
    assert isinstance(story.judge(MOT_02), NotApplicable)


# ---------------------------------------------------------------------------------------- MOT-03


def checked(passed: str, on: str, what: RecordCheck = RecordCheck.PROCEDURE_FILE) -> RecordChecked:
    return RecordChecked(
        occurred_at=at(on), check=what, passed=passed == "good", up_to=9, remarks="-"
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((checked("good", "2025-06-03"),), "pass"),
        ((checked("bad", "2025-06-03"),), "violation"),
        ((checked("bad", "2025-06-03"), checked("good", "2025-06-10")), "pass"),
        ((checked("good", "2025-06-03"), checked("bad", "2028-06-01")), "violation"),
        ((checked("good", "2025-06-03", RecordCheck.PERSONAL_DATA_IN_CLEAR),), "indeterminate"),
        ((), "indeterminate"),
    ],
)
def test_the_file_is_kept_as_the_newest_check_says(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(MOT_03)) == expected


@pytest.mark.parametrize("build", [european, national, private])
def test_the_file_is_kept_in_every_procedure(build: Callable[..., Story]) -> None:
    assert word(build(checked("bad", "2025-06-03")).judge(MOT_03)) == "violation"
