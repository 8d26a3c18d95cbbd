"""The choice of a procedure and the reasons for it: PRC-01, PRC-02 and PRC-07."""

from __future__ import annotations

from datetime import date

import pytest

from domain.convenant_project.contract_design import (
    ContractsClustered,
    MotivationAspect,
    MotivationGiven,
    MotivationSubject,
)
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import ProcedureType
from domain.law.parameters import parameters_in_force
from domain.law.thresholds import BandRow, PolicyBandSet, ProcedureBand
from domain.rules.procedure import RULES
from domain.rules.procedure.choice import PRC_01, PRC_02, PRC_07
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Severity, Violation
from domain.terms import Fact, MemberId
from tests.given import Story, at
from tests.work import (
    ALBA,
    HAVIK,
    JACHTHOORN,
    NOORDERDAM,
    estimated,
    euro,
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


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == [
        "PRC-01",
        "PRC-02",
        "PRC-04",
        "PRC-07",
        "PRC-10",
        "PRC-11",
    ]


# ---------------------------------------------------------------------------------------- PRC-01


@pytest.mark.parametrize(
    ("whole", "procedure", "expected"),
    [
        (149_999.99, SINGLE, "pass"),
        (150_000, SINGLE, "violation"),
        (150_000, PRIVATE, "pass"),
        (1_499_999.99, PRIVATE, "pass"),
        (1_500_000, PRIVATE, "violation"),
        (1_500_000, OPEN, "pass"),
        (1_500_000, RESTRICTED, "pass"),
        (5_537_999.99, OPEN, "pass"),
        (5_538_000, OPEN, "violation"),
        (5_538_000, EU_OPEN, "pass"),
        (5_538_000, ProcedureType.COMPETITIVE_DIALOGUE, "pass"),
        (100_000, EU_OPEN, "pass"),  # heavier than the band
        (100_000, PRIVATE, "pass"),
    ],
)
def test_a_procedure_is_no_lighter_than_its_band(
    whole: float, procedure: ProcedureType, expected: str
) -> None:
    story = Story().project(registered(), estimated(whole), started(procedure))
    assert word(story.judge(PRC_01)) == expected


@pytest.mark.parametrize(
    ("whole", "reasons", "severity"),
    [
        (1_600_000, (), Severity.MAJOR),
        (1_600_000, (motivated(CHOICE, in_docs=False),), Severity.MINOR),
        (1_600_000, (motivated(CHOICE),), None),
        (1_600_000, (motivated(CHOICE, in_docs=False), motivated(CHOICE)), None),
        (1_600_000, (motivated(INVITEES),), Severity.MAJOR),
        (5_538_000, (motivated(CHOICE),), Severity.MAJOR),
        (5_538_000, (motivated(CHOICE, in_docs=False),), Severity.MAJOR),
    ],
)
def test_reasons_in_the_documents_cure_below_the_threshold_only(
    whole: float, reasons: tuple[MotivationGiven, ...], severity: Severity | None
) -> None:
    verdict = private(ALBA, HAVIK, JACHTHOORN, whole=whole, facts=reasons).judge(PRC_01)
    if severity is None:
        assert isinstance(verdict, Pass)
    else:
        assert isinstance(verdict, Violation)
        assert (verdict.severity or PRC_01.severity) is severity
        assert verdict.remedy is not None
        assert ("Europees" in verdict.remedy.nl) is (whole > 5_000_000)


def test_what_it_came_down_to_counts_where_that_is_lighter() -> None:
    for recipients, expected in (((ALBA,), "violation"), ((ALBA, HAVIK), "pass")):
        assert word(private(*recipients, whole=1_180_000).judge(PRC_01)) == expected
    unpublished = Story().project(
        registered(), estimated(2_000_000), started(OPEN), *invited(ALBA, HAVIK)
    )
    verdict = unpublished.judge(PRC_01)
    assert isinstance(verdict, Violation)
    assert "meervoudig onderhands" in verdict.why.nl


def test_a_restricted_procedure_invites_after_its_notice() -> None:
    story = with_notice(2_000_000, RESTRICTED).project(*invited(ALBA, on="2025-04-07"))
    assert isinstance(story.judge(PRC_01), Pass)


def test_negotiating_without_a_notice_is_european_by_its_own_article() -> None:
    story = Story().project(
        registered(),
        estimated(6_000_000),
        started(ProcedureType.NEGOTIATION_WITHOUT_NOTICE),
        *invited(ALBA),
    )
    assert isinstance(story.judge(PRC_01), Pass)


def bands(*rows: BandRow, kind: ContractKind = ContractKind.WORKS) -> PolicyBandSet:
    return PolicyBandSet(
        authority=NOORDERDAM,
        kind=kind,
        valid_from=date(2024, 1, 1),
        valid_to=None,
        rows=(*rows, BandRow(band=ProcedureBand.NATIONAL, below=None)),
        source_decision="Inkoopbeleid 2024",
        position=77,
    )


def test_an_authority_is_held_to_its_own_bands() -> None:
    own = bands(BandRow(band=ProcedureBand.MULTI_PRIVATE, below=euro(800_000)))
    story = private(ALBA, HAVIK, JACHTHOORN)
    assert isinstance(story.judge(PRC_01), Pass)
    verdict = story.judge(PRC_01, parameters=parameters_in_force((), [own]))
    assert isinstance(verdict, Violation)
    assert 77 in verdict.evidence


def test_the_boundary_may_belong_to_the_lighter_band() -> None:
    own = bands(
        BandRow(band=ProcedureBand.MULTI_PRIVATE, below=euro(1_500_000), boundary_inclusive=True)
    )
    story = private(ALBA, HAVIK, JACHTHOORN, whole=1_500_000)
    assert isinstance(story.judge(PRC_01), Violation)
    assert isinstance(story.judge(PRC_01, parameters=parameters_in_force((), [own])), Pass)


def test_supplies_without_recorded_bands_cannot_be_judged_below_the_threshold() -> None:
    def supplies(whole: float) -> Story:
        return Story().project(
            registered(kind=ContractKind.SUPPLIES), estimated(whole), started(OPEN), *noticed()
        )

    verdict = supplies(100_000).judge(PRC_01)
    assert isinstance(verdict, Indeterminate)
    assert "inkoopmatrix" in verdict.missing.nl
    assert isinstance(supplies(221_000).judge(PRC_01), Violation)


def test_without_an_estimate_no_band_is_known() -> None:
    assert isinstance(
        Story().project(registered(), started(OPEN), *noticed()).judge(PRC_01), Indeterminate
    )


def test_the_verdict_names_band_and_amount() -> None:
    verdict = private(ALBA, HAVIK, whole=1_600_000).judge(PRC_01)
    assert isinstance(verdict, Violation)
    assert "EUR 1.600.000 hoort nationaal" in verdict.why.nl
    assert "EUR 1,600,000" in verdict.why.en
    assert verdict.evidence == (2, 3, 4, 5)


# ---------------------------------------------------------------------------------------- PRC-02


@pytest.mark.parametrize(
    ("choice", "invitees", "expected"),
    [
        ("2025-02-03", "2025-02-03", "pass"),
        ("2025-03-03 23:30", "2025-03-03 23:30", "pass"),  # the day of the invitation itself
        ("2025-03-04", "2025-02-03", "violation"),
        ("2025-02-03", "2025-03-04", "violation"),
        (None, "2025-02-03", "violation"),
        ("2025-02-03", None, "violation"),
        (None, None, "violation"),
    ],
)
def test_both_reasons_are_there_by_the_day_of_the_invitation(
    choice: str | None, invitees: str | None, expected: str
) -> None:
    story = private(ALBA, HAVIK)
    for subject, on in ((CHOICE, choice), (INVITEES, invitees)):
        if on is not None:
            story.project(motivated(subject, on))
    assert word(story.judge(PRC_02)) == expected


def test_a_notice_lets_everybody_in_and_needs_no_choice_of_invitees() -> None:
    assert isinstance(with_notice(2_000_000, OPEN, motivated(CHOICE)).judge(PRC_02), Pass)


def test_a_restricted_procedure_chooses_invitees_before_its_invitations() -> None:
    story = with_notice(2_000_000, RESTRICTED, motivated(CHOICE)).project(
        *invited(ALBA, HAVIK, on="2025-04-07")
    )
    assert isinstance(story.judge(PRC_02), Violation)
    assert isinstance(story.project(motivated(INVITEES, "2025-04-07")).judge(PRC_02), Pass)


def test_the_days_are_told() -> None:
    verdict = private(ALBA, HAVIK, facts=(motivated(CHOICE, "2025-03-10"),)).judge(PRC_02)
    assert isinstance(verdict, Violation)
    assert "van 10 maart 2025, na 3 maart 2025" in verdict.why.nl
    assert "No reasons are on record for the choice of the invitees" in verdict.why.en
    assert verdict.evidence == (4, 5)


def test_an_early_reason_is_not_spoilt_by_a_later_addition() -> None:
    facts = (motivated(CHOICE), motivated(INVITEES), motivated(CHOICE, "2025-03-10"))
    assert isinstance(private(ALBA, HAVIK, facts=facts).judge(PRC_02), Pass)


def test_before_notice_or_invitation_there_is_no_day_to_measure_by() -> None:
    story = Story().project(registered(), estimated(1), started(PRIVATE), motivated(CHOICE))
    assert isinstance(story.judge(PRC_02), Indeterminate)


# ---------------------------------------------------------------------------------------- PRC-07

ELEMENTS = (
    MotivationAspect.MARKET_ACCESS,
    MotivationAspect.ORGANISATION_AND_RISK,
    MotivationAspect.COHERENCE,
)
COMBINED = ContractsClustered(occurred_at=at("2025-01-20"), parts=("wegdek", "riolering"))


def clustered(*aspects: tuple[MotivationAspect, ...]) -> Story:
    reasons = [motivated(MotivationSubject.CLUSTERING, aspects=each) for each in aspects]
    return Story().project(registered(), COMBINED, *reasons)


def test_combining_contracts_has_reasons_on_all_three_points() -> None:
    assert isinstance(clustered(ELEMENTS).judge(PRC_07), Pass)
    assert isinstance(clustered(ELEMENTS[:1], ELEMENTS[1:]).judge(PRC_07), Pass)


@pytest.mark.parametrize("absent", ELEMENTS)
def test_each_point_is_asked_for(absent: MotivationAspect) -> None:
    verdict = clustered(tuple(each for each in ELEMENTS if each is not absent)).judge(PRC_07)
    assert isinstance(verdict, Violation)
    assert verdict.evidence == (2, 3)
    assert "wegdek, riolering" in verdict.why.nl


def test_combining_without_any_reasons_is_a_breach() -> None:
    assert isinstance(clustered().judge(PRC_07), Violation)
    other = clustered().project(motivated(MotivationSubject.NO_LOTS, aspects=ELEMENTS))
    assert isinstance(other.judge(PRC_07), Violation)


def test_where_nothing_was_combined_nothing_needs_reasons() -> None:
    assert isinstance(Story().project(registered()).judge(PRC_07), NotApplicable)
