"""INV: who helped to prepare may bid, if what it learned is shared and there is time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.circle.founding import FacilitatorAppointed
from domain.convenant_project.award import AwardReportSigned, InvolvementMention
from domain.convenant_project.interests import PersonAssigned, ProjectRole
from domain.convenant_project.knowledge import MeasureKind, Relevance
from domain.convenant_project.preparation import ExpertGroupFormed, ExpertGroupLeft, ExpertGroupMet
from domain.convenant_project.procedure import ProcedureType
from domain.convenant_project.tendering import (
    CandidateRegistered,
    ExclusionGround,
    ProofInvited,
    TendererExcluded,
)
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.rules.involvement import RULES
from domain.rules.involvement.exclusion import INV_04, INV_05
from domain.rules.involvement.measures import INV_02, INV_03
from domain.rules.involvement.register import INV_01
from domain.rules.rule import Indeterminate, NotApplicable, Severity, Violation, Warn
from domain.terms import Code, Fact, MemberId
from tests.given import Story, at, member, person
from tests.tendered import (
    ADOPTED,
    bid,
    disclosed,
    european,
    involved,
    measures,
    national,
    private,
    published,
    report,
    single,
    version,
)
from tests.work import (
    ALBA,
    HAVIK,
    NOORDERDAM,
    estimated,
    noticed,
    registered,
    signed,
    started,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Callable

EEMLAND, OVERBRUG, ALBA_HOLDING = member("Eemland"), member("Overbrug"), member("Alba Holding")
INFORMATION, TIME = MeasureKind.INFORMATION, MeasureKind.TIME_LIMIT


def linked(story: Story, one: MemberId = ALBA, other: MemberId = ALBA_HOLDING) -> Story:
    return story.member(
        one,
        UndertakingLinked(
            occurred_at=at("2024-01-01"),
            other=other,
            basis=LinkBasis.GROUP,
            since=date(2020, 1, 1),
        ),
    )


def test_every_rule_of_the_family_is_in_its_list_once() -> None:
    assert [rule.id for rule in RULES] == ["INV-01", "INV-02", "INV-03", "INV-04", "INV-05"]


# ---------------------------------------------------------------------------------------- INV-01


def formed(*members: MemberId) -> ExpertGroupFormed:
    return ExpertGroupFormed(occurred_at=at("2025-01-20"), members=members)


def met(*members: MemberId) -> ExpertGroupMet:
    return ExpertGroupMet(
        occurred_at=at("2025-01-27"), session=Code("sessie-1"), attendance=members
    )


def assigned(role: ProjectRole, organisation: MemberId) -> PersonAssigned:
    return PersonAssigned(
        occurred_at=at("2025-01-20"), person=person("iemand"), role=role, organisation=organisation
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((met(ALBA, EEMLAND), involved(ALBA), involved(EEMLAND)), "pass"),
        ((met(ALBA, EEMLAND), involved(ALBA)), "violation"),
        ((formed(ALBA), involved(ALBA)), "pass"),
        ((formed(ALBA),), "violation"),
        ((formed(ALBA), ExpertGroupLeft(occurred_at=at("2025-01-24"), member=ALBA)), "violation"),
        ((assigned(ProjectRole.ADVISER, EEMLAND),), "violation"),
        ((assigned(ProjectRole.MARKET_EXPERT, ALBA),), "violation"),
        ((assigned(ProjectRole.EVALUATOR, NOORDERDAM),), "pass"),
        ((assigned(ProjectRole.ADVISER, NOORDERDAM),), "pass"),
        ((met(NOORDERDAM),), "pass"),
        ((version("D9", provided_by=EEMLAND),), "violation"),  # werkvoorbereiding
        ((version("D9", provided_by=EEMLAND), involved(EEMLAND)), "pass"),
        ((version("D9", provided_by=EEMLAND, relevance=Relevance.CONFIDENTIAL),), "pass"),
        ((version("D9", provided_by=EEMLAND, on="2025-03-10"),), "pass"),  # after the notice
        ((version("D9", provided_by=NOORDERDAM),), "pass"),
    ],
)
def test_who_helped_to_prepare_is_on_the_register(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(INV_01)) == expected


def test_the_record_of_a_linked_undertaking_will_do() -> None:
    assert word(national(met(ALBA), involved(ALBA_HOLDING)).judge(INV_01)) == "violation"
    story = linked(national(met(ALBA), involved(ALBA_HOLDING)))
    assert word(story.judge(INV_01)) == "pass"


def test_the_independent_facilitator_is_no_market_party_until_it_competes() -> None:
    story = national(met(OVERBRUG)).circle(
        FacilitatorAppointed(occurred_at=at("2023-01-16"), facilitator=OVERBRUG)
    )
    assert word(story.judge(INV_01)) == "pass"
    story.project(CandidateRegistered(occurred_at=at("2025-03-10"), candidate=OVERBRUG))
    assert word(story.judge(INV_01)) == "violation"


def test_whoever_is_forgotten_is_named() -> None:
    verdict = national(met(ALBA, EEMLAND), involved(ALBA)).judge(INV_01)
    assert isinstance(verdict, Violation)
    assert str(EEMLAND)[:8] in verdict.why.nl
    assert str(ALBA)[:8] not in verdict.why.nl
    assert verdict.evidence


# ---------------------------------------------------------------------------------------- INV-02


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (measures(ALBA), "pass"),
        (measures(ALBA, on="2025-02-10"), "pass"),
        (measures(ALBA, on="2025-03-03 23:00"), "pass"),  # the day of the notice
        (measures(ALBA, on="2025-03-04"), "violation"),
        ((), "violation"),
        (measures(ALBA, INFORMATION), "violation"),
        (measures(ALBA, TIME), "violation"),
        ((*measures(ALBA, INFORMATION), *measures(ALBA, TIME, on="2025-03-04")), "violation"),
        (measures(HAVIK), "violation"),
    ],
)
def test_an_involved_bidder_has_both_measures_by_the_notice(
    taken: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(involved(ALBA), *taken, *bid(ALBA, HAVIK)).judge(INV_02)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((involved(EEMLAND),), "not-applicable"),  # involved, but does not bid
        ((version(), *disclosed("D1", to=(ALBA,), on="2025-02-20")), "violation"),
        ((version(), *disclosed("D1", to=(ALBA,), on="2025-03-10")), "not-applicable"),
        (
            (
                version(),
                *published("D1", on="2025-02-19"),
                *disclosed("D1", to=(ALBA,), on="2025-02-20"),
            ),
            "not-applicable",  # everybody could read it first
        ),
        (
            (
                version(relevance=Relevance.NEUTRAL),
                *disclosed("D1", to=(ALBA,), on="2025-02-20"),
            ),
            "not-applicable",
        ),
    ],
)
def test_who_counts_as_involved(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts, *bid(ALBA, HAVIK)).judge(INV_02)) == expected


def test_what_a_linked_undertaking_learned_or_did_counts_for_the_bidder() -> None:
    story = linked(national(involved(ALBA_HOLDING), *bid(ALBA)))
    assert word(story.judge(INV_02)) == "violation"
    story.project(*measures(ALBA_HOLDING))
    assert word(story.judge(INV_02)) == "pass"


@pytest.mark.parametrize(
    ("build", "severity"),
    [(european, Severity.BLOCKER), (national, Severity.MAJOR), (private, Severity.MAJOR)],
)
def test_a_missing_measure_weighs_more_in_europe(
    build: Callable[..., Story], severity: Severity
) -> None:
    verdict = build(involved(ALBA), *bid(ALBA, HAVIK)).judge(INV_02)
    assert isinstance(verdict, Violation)
    assert verdict.severity is severity
    assert "informatie aan de anderen" in verdict.why.nl
    assert "een passende termijn" in verdict.why.nl


@pytest.mark.parametrize(
    ("taken", "missing"),
    [(INFORMATION, "een passende termijn"), (TIME, "informatie aan de anderen")],
)
def test_the_measure_that_is_missing_is_named(taken: MeasureKind, missing: str) -> None:
    verdict = national(involved(ALBA), *measures(ALBA, taken), *bid(ALBA)).judge(INV_02)
    assert isinstance(verdict, Violation)
    assert verdict.why.nl.count("voor ") == 1
    assert missing in verdict.why.nl


def test_each_involved_bidder_has_its_own_measures() -> None:
    facts = (involved(ALBA), involved(HAVIK), *measures(ALBA), *bid(ALBA, HAVIK))
    verdict = national(*facts).judge(INV_02)
    assert isinstance(verdict, Violation)
    assert str(HAVIK)[:8] in verdict.why.nl
    assert str(ALBA)[:8] not in verdict.why.nl


# ---------------------------------------------------------------------------------------- INV-03

EMPTY = AwardReportSigned(
    occurred_at=at("2025-06-02"),
    filled=(),
    not_applicable=(),
    involvement=(InvolvementMention(member=ALBA, measures=" "),),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((report(ALBA),), "pass"),
        ((report(HAVIK),), "violation"),
        ((report(),), "violation"),
        ((EMPTY,), "violation"),
        ((), "indeterminate"),
        ((signed(7_000_000),), "violation"),
        ((report(), report(ALBA, on="2025-06-10")), "pass"),  # the newest counts
        ((report(ALBA), report(on="2025-06-10")), "violation"),
    ],
)
def test_the_report_of_a_european_procedure_mentions_every_involved_bidder(
    facts: tuple[Fact, ...], expected: str
) -> None:
    story = european(involved(ALBA), *bid(ALBA, HAVIK), *facts)
    assert word(story.judge(INV_03)) == expected


def test_a_silent_report_and_no_report_are_told_apart() -> None:
    silent = european(involved(ALBA), *bid(ALBA), report()).judge(INV_03)
    absent = european(involved(ALBA), *bid(ALBA), signed(7_000_000)).judge(INV_03)
    assert isinstance(silent, Violation)
    assert isinstance(absent, Violation)
    assert "zwijgt" in silent.why.nl
    assert "zonder proces-verbaal" in absent.why.nl


def test_a_mention_of_a_linked_undertaking_will_do() -> None:
    story = linked(european(involved(ALBA), *bid(ALBA), report(ALBA_HOLDING)))
    assert word(story.judge(INV_03)) == "pass"


@pytest.mark.parametrize(
    "story",
    [
        european(involved(EEMLAND), *bid(ALBA), report()),
        european(*bid(ALBA), signed(7_000_000)),
        national(involved(ALBA), *bid(ALBA), signed(2_800_000)),
        private(involved(ALBA), *bid(ALBA), signed(800_000)),
    ],
)
def test_below_europe_or_without_an_involved_bidder_nothing_is_mentioned(story: Story) -> None:
    assert isinstance(story.judge(INV_03), NotApplicable)


# -------------------------------------------------------------------------------- INV-04, INV-05


def excluded(
    who: MemberId = ALBA,
    on: str = "2025-04-22",
    weighed: str | None = "geen ander middel",
    **more: Any,
) -> TendererExcluded:
    return TendererExcluded(
        occurred_at=at(on),
        member=who,
        ground=more.get("ground", ExclusionGround.PRIOR_INVOLVEMENT),
        alternatives_analysis=weighed,
    )


def heard(who: MemberId = ALBA, on: str = "2025-04-15") -> ProofInvited:
    return ProofInvited(occurred_at=at(on), member=who)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((excluded(),), "pass"),
        ((excluded(weighed=None),), "violation"),
        ((excluded(weighed="  "),), "violation"),
        ((excluded(), excluded(HAVIK, weighed=None)), "violation"),
        ((excluded(weighed=None, ground=ExclusionGround.OTHER),), "not-applicable"),
    ],
)
def test_exclusion_is_the_last_resort(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(INV_04)) == expected


def test_whoever_was_excluded_without_thought_is_named() -> None:
    verdict = national(excluded(), excluded(HAVIK, weighed=None)).judge(INV_04)
    assert isinstance(verdict, Violation)
    assert str(HAVIK)[:8] in verdict.why.nl
    assert str(ALBA)[:8] not in verdict.why.nl


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((excluded(ground=ExclusionGround.OTHER),), "not-applicable"),
        ((heard(),), "pass"),  # invited to prove, and not excluded
        ((excluded(),), "violation"),
        ((heard(HAVIK), excluded()), "violation"),
        ((heard(), excluded(on="2025-04-22")), "pass"),  # seven days
        ((heard(), excluded(on="2025-04-21 23:00")), "violation"),  # six
        ((heard(on="2025-04-23"), excluded()), "violation"),  # heard afterwards
        ((heard(on="2025-04-01"), heard(on="2025-04-21"), excluded()), "pass"),
        ((heard(), excluded(), excluded(HAVIK)), "violation"),
    ],
)
def test_nobody_is_excluded_unheard(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(INV_05, parameters=ADOPTED)) == expected


def test_the_seven_days_bind_only_whoever_adopted_them_but_hearing_is_the_law() -> None:
    assert isinstance(national(heard(), excluded(on="2025-04-21")).judge(INV_05), Warn)
    assert isinstance(national(excluded()).judge(INV_05), Violation)


def test_a_hearing_of_a_linked_undertaking_will_do() -> None:
    story = linked(national(heard(ALBA_HOLDING), excluded()))
    assert word(story.judge(INV_05, parameters=ADOPTED)) == "pass"


# ------------------------------------------------------------------------------ all of the family


def test_where_nobody_competes_involvement_distorts_nothing() -> None:
    story = single(met(ALBA), excluded(weighed=None), *bid(ALBA))
    for rule in RULES:
        assert isinstance(story.judge(rule), NotApplicable), rule.id


def test_before_the_amendment_of_2016_none_of_this_was_law() -> None:
    story = Story().project(
        registered("2016-01-04"),
        estimated(7_100_000, "2016-02-01"),
        started(ProcedureType.EUROPEAN_OPEN, "2016-02-08"),
        *noticed("2016-06-30"),
        met(ALBA),
    )
    for rule in RULES:
        assert isinstance(story.judge(rule), NotApplicable), rule.id


def test_without_a_procedure_nobody_can_say_who_competes() -> None:
    for rule in (INV_01, INV_02, INV_03):
        assert isinstance(Story().judge(rule), Indeterminate), rule.id


def test_where_nobody_was_excluded_it_does_not_matter_who_competes() -> None:
    for rule in (INV_04, INV_05):
        assert isinstance(Story().judge(rule), NotApplicable), rule.id
