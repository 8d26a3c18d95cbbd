"""INF: everybody who competes knows the same, and knows it in time (gelijk aan de streep)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.circle.meetings import AgendaItem, AgendaKind, MeetingHeld, ReportPublished
from domain.circle.membership import MemberJoined, MemberLeft
from domain.convenant_project.award import AwardReportSigned, ReportField
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.knowledge import (
    Channel,
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    DocumentWithdrawn,
    Genre,
    InvolvementKind,
    InvolvementRegistered,
    Proof,
    Relevance,
    VersionRef,
)
from domain.convenant_project.preparation import ExpertGroupLeft, ProjectDiscussed, PublicChannel
from domain.convenant_project.procedure import (
    DeadlineKind,
    DeadlineMoved,
    DeadlineSet,
    ProcedureType,
    TenderDocumentsFixed,
)
from domain.convenant_project.questions import (
    InformationNoticePublished,
    QuestionAnsweredSeparately,
    QuestionAsked,
)
from domain.convenant_project.tendering import CandidateRegistered, TenderSubmitted
from domain.law.parameter_keys import ParameterKey
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.rules.information.answers import INF_07, INF_08, INF_09, INF_10
from domain.rules.information.documents import INF_01, INF_02, INF_03, INF_06
from domain.rules.information.membership import INF_04, INF_05
from domain.rules.rule import (
    Indeterminate,
    NotApplicable,
    Pass,
    Rule,
    Severity,
    Violation,
    Warn,
)
from domain.terms import Code, Fact, MemberId, ProjectId
from tests.given import CIRCLE, PROJECT, Story, at, member
from tests.work import (
    ALBA,
    CRANENDONK,
    DUINRAND,
    HAVIK,
    NOORDERDAM,
    adopted,
    estimated,
    invited,
    noticed,
    registered,
    started,
    word,
)

BOSKANT = member("Boskant")
RELEVANT, NEUTRAL, CONFIDENTIAL = Relevance.RELEVANT, Relevance.NEUTRAL, Relevance.CONFIDENTIAL
DEADLINE = DeadlineSet(
    occurred_at=at("2025-03-03"), kind=DeadlineKind.TENDERS, deadline=at("2025-04-14 10:00")
)
"""The last day for information is 8 April in a national or private procedure (6 days before), and
4 April in a European one (10 days before)."""


def document(
    code: str = "D1",
    on: str = "2025-01-20",
    *,
    version: int = 1,
    relevance: Relevance = RELEVANT,
    genre: Genre = Genre.OTHER,
    by: MemberId | None = None,
) -> DocumentVersionAdded:
    return DocumentVersionAdded(
        occurred_at=at(on),
        document=Code(code),
        version=version,
        title=code,
        sha256="0" * 64,
        relevance=relevance,
        genre=genre,
        material=False,
        provided_by=by,
    )


def given_to(who: MemberId, on: str, code: str = "D1", *, version: int = 1) -> DocumentDisclosed:
    return DocumentDisclosed(
        occurred_at=at(on),
        document=Code(code),
        version=version,
        recipient=who,
        channel=Channel.EMAIL,
        proof=Proof.READ_RECEIPT,
    )


def published(on: str, code: str = "D1", *, version: int = 1) -> DocumentPublished:
    return DocumentPublished(
        occurred_at=at(on),
        document=Code(code),
        version=version,
        channel=PublicChannel.TENDERNED,
        url=None,
    )


def bid(*who: MemberId, on: str = "2025-04-10") -> tuple[TenderSubmitted, ...]:
    return tuple(TenderSubmitted(occurred_at=at(on), tenderer=each, price=None) for each in who)


def involved(who: MemberId) -> InvolvementRegistered:
    return InvolvementRegistered(
        occurred_at=at("2025-01-13"),
        member=who,
        kind=InvolvementKind.EXPERT_GROUP,
        since=date(2025, 1, 13),
        until=None,
    )


def national(*facts: Fact, bidders: tuple[MemberId, ...] = (ALBA, HAVIK)) -> Story:
    return Story().project(
        registered(),
        estimated(2_900_000),
        started(ProcedureType.NATIONAL_OPEN),
        *noticed(),
        DEADLINE,
        *facts,
        *bid(*bidders),
    )


def european(*facts: Fact) -> Story:
    return Story().project(
        registered(),
        estimated(7_100_000),
        started(ProcedureType.EUROPEAN_OPEN),
        *noticed(),
        DEADLINE,
        *facts,
        *bid(ALBA, HAVIK),
    )


def private(*facts: Fact, firms: tuple[MemberId, ...] = (ALBA, HAVIK)) -> Story:
    return Story().project(
        registered(),
        estimated(900_000),
        started(ProcedureType.PRIVATE_MULTIPLE),
        *invited(*firms),
        DEADLINE,
        *facts,
    )


ALL = (INF_01, INF_02, INF_03, INF_04, INF_05, INF_06, INF_07)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_in_a_single_tender_nobody_competes(rule: Rule) -> None:
    assert isinstance(private(firms=(ALBA,)).judge(rule), NotApplicable)


@pytest.mark.parametrize("rule", [INF_01, INF_02, INF_03, INF_04], ids=lambda rule: rule.id)
def test_without_a_deadline_no_line_is_drawn(rule: Rule) -> None:
    story = Story().project(
        registered(), estimated(2_900_000), started(ProcedureType.NATIONAL_OPEN), *noticed()
    )
    verdict = story.judge(rule)
    assert isinstance(verdict, Indeterminate)
    assert verdict.missing.en == "the deadline for tenders"


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_without_an_estimate_the_regime_is_unknown(rule: Rule) -> None:
    story = Story().project(
        registered(), started(ProcedureType.NATIONAL_OPEN), *noticed(), DEADLINE
    )
    assert isinstance(story.judge(rule), Indeterminate)


# ---------------------------------------------------------------------------------------- INF-01


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((published("2025-03-03"),), "pass"),
        ((given_to(ALBA, "2025-02-10"), published("2025-03-03")), "pass"),
        ((given_to(ALBA, "2025-02-10"),), "violation"),
        ((given_to(ALBA, "2025-02-10"), given_to(HAVIK, "2025-04-14 10:00")), "pass"),
        ((given_to(ALBA, "2025-02-10"), given_to(HAVIK, "2025-04-14 10:01")), "violation"),
        ((given_to(ALBA, "2025-02-10"), published("2025-04-11")), "pass"),  # the trap: see INF-02
        ((given_to(BOSKANT, "2025-02-10"),), "violation"),  # involved, and does not bid itself
        ((given_to(BOSKANT, "2025-03-10"),), "pass"),  # neither involved nor competing
        ((given_to(ALBA, "2025-04-14 10:01"),), "pass"),  # after the close it helps nobody
    ],
)
def test_when_the_term_closes_all_know_the_same(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(document(), *facts).judge(INF_01)) == expected


def test_an_invited_firm_that_does_not_bid_counts_as_well() -> None:
    story = private(document(), given_to(ALBA, "2025-02-10"), *bid(ALBA))
    assert isinstance(story.judge(INF_01), Violation)


def test_what_cannot_help_a_tenderer_does_not_count() -> None:
    neutral = document(relevance=NEUTRAL)
    assert isinstance(national(neutral, given_to(ALBA, "2025-02-10")).judge(INF_01), Pass)


@pytest.mark.parametrize(
    ("genre", "expected"),
    [
        (Genre.CIRCLE_REPORT, "violation"),
        (Genre.EXPERT_GROUP_NOTE, "violation"),
        (Genre.ANSWER, "violation"),
        (Genre.COSTS_OR_QUANTITIES, "violation"),
        (Genre.DRAFT_REQUEST, "violation"),
        (Genre.RISK_REGISTER, "pass"),
        (Genre.OTHER, "pass"),
    ],
)
def test_some_kinds_count_whatever_their_class_once_an_involved_firm_had_them(
    genre: Genre, expected: str
) -> None:
    facts = (document(relevance=NEUTRAL, genre=genre), given_to(ALBA, "2025-02-10"))
    assert word(national(involved(ALBA), *facts).judge(INF_01)) == expected
    assert isinstance(national(*facts).judge(INF_01), Pass)


def test_linked_undertakings_know_what_either_was_given() -> None:
    story = national(document(), given_to(ALBA, "2025-02-10"))
    linked = UndertakingLinked(
        occurred_at=at("2020-01-06"), other=HAVIK, basis=LinkBasis.GROUP, since=date(2020, 1, 1)
    )
    assert isinstance(story.member(ALBA, linked).judge(INF_01), Pass)


def test_the_verdict_names_document_and_firms_and_shows_where_it_stands() -> None:
    verdict = national(document("D14"), given_to(ALBA, "2025-02-10", "D14")).judge(INF_01)
    assert isinstance(verdict, Violation)
    assert "D14 v1" in verdict.why.nl
    assert str(HAVIK)[:8] in verdict.why.nl
    assert verdict.evidence == (7, 8)
    assert INF_01.severity is Severity.BLOCKER


# ---------------------------------------------------------------------------------------- INF-02


@pytest.mark.parametrize(
    ("story", "on", "severity"),
    [
        (national, "2025-04-08 23:59", None),
        (national, "2025-04-09 00:00", Severity.MAJOR),
        (european, "2025-04-04 23:59", None),
        (european, "2025-04-05 00:00", Severity.BLOCKER),
    ],
)
def test_what_one_had_all_have_by_the_last_day_for_information(
    story: object, on: str, severity: Severity | None
) -> None:
    assert callable(story)
    verdict = story(document(), given_to(ALBA, "2025-02-10"), published(on)).judge(INF_02)
    if severity is None:
        assert isinstance(verdict, Pass)
    else:
        assert isinstance(verdict, Violation)
        assert verdict.severity is severity


def test_in_a_private_tender_the_number_of_days_is_policy() -> None:
    story = private(document(), given_to(ALBA, "2025-02-10"), given_to(HAVIK, "2025-04-09"))
    assert isinstance(story.judge(INF_02), Warn)
    six = adopted(ParameterKey.NVI_MULTI_PRIVATE, 6)
    assert isinstance(story.judge(INF_02, parameters=six), Violation)
    five = adopted(ParameterKey.NVI_MULTI_PRIVATE, 5)
    assert isinstance(story.judge(INF_02, parameters=five), Pass)


def test_what_never_came_needs_no_number_to_be_late() -> None:
    assert isinstance(private(document(), given_to(ALBA, "2025-02-10")).judge(INF_02), Violation)


def test_an_extension_makes_the_information_timely_again() -> None:
    late = (document(), given_to(ALBA, "2025-02-10"), published("2025-04-11"))

    def moved(to: str) -> DeadlineMoved:
        return DeadlineMoved(
            occurred_at=at("2025-04-11 12:00"),
            kind=DeadlineKind.TENDERS,
            deadline=at(to),
            reason="D1 later gepubliceerd",
        )

    assert isinstance(national(*late, moved("2025-04-17 10:00")).judge(INF_02), Pass)
    assert isinstance(national(*late, moved("2025-04-16 10:00")).judge(INF_02), Violation)


def test_what_reaches_all_at_once_is_not_unequal() -> None:
    together = (given_to(ALBA, "2025-04-11 09:00"), given_to(HAVIK, "2025-04-11 10:00"))
    assert isinstance(national(document(), *together).judge(INF_02), Pass)
    apart = (given_to(ALBA, "2025-04-11 09:00"), given_to(HAVIK, "2025-04-11 10:01"))
    assert isinstance(national(document(), *apart).judge(INF_02), Violation)


def test_the_remedy_says_until_when_to_extend() -> None:
    verdict = european(document(), given_to(ALBA, "2025-02-10"), published("2025-04-11")).judge(
        INF_02
    )
    assert isinstance(verdict, Violation)
    assert verdict.remedy is not None
    assert "21 april 2025 of later" in verdict.remedy.nl
    assert "3 days before the close" in verdict.why.en


# ---------------------------------------------------------------------------------------- INF-03

FIRST = (document(), published("2025-03-03"), document(version=2, on="2025-03-20"))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((published("2025-03-20", version=2),), "pass"),
        ((given_to(ALBA, "2025-03-20", version=2),), "violation"),
        (
            (given_to(ALBA, "2025-03-20", version=2), given_to(HAVIK, "2025-04-08", version=2)),
            "pass",
        ),
        (
            (given_to(ALBA, "2025-03-20", version=2), given_to(HAVIK, "2025-04-09", version=2)),
            "violation",
        ),
        ((given_to(ALBA, "2025-04-09", version=2),), "pass"),  # at the cutoff all had the first
        ((), "pass"),  # nobody has the second
        (
            (
                given_to(ALBA, "2025-03-20", version=2),
                DocumentWithdrawn(occurred_at=at("2025-03-21"), document=Code("D1"), version=2),
            ),
            "pass",
        ),
    ],
)
def test_one_version_counts_for_all(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*FIRST, *facts).judge(INF_03)) == expected


def test_the_tender_documents_name_the_version_that_counts() -> None:
    def fixed(version: int, on: str) -> TenderDocumentsFixed:
        return TenderDocumentsFixed(
            occurred_at=at(on), documents=(VersionRef(document=Code("D1"), version=version),)
        )

    assert isinstance(national(*FIRST, fixed(1, "2025-03-03")).judge(INF_03), Pass)
    assert isinstance(national(*FIRST, fixed(1, "2025-03-21")).judge(INF_03), Violation)
    assert isinstance(national(*FIRST, fixed(2, "2025-03-21")).judge(INF_03), Pass)


# ---------------------------------------------------------------------------------------- INF-04


def joined(who: MemberId, on: str) -> MemberJoined:
    return MemberJoined(occurred_at=at(on), member=who)


def newcomer(*facts: Fact, on: str = "2025-02-12") -> Story:
    """Alba was given D1 on 3 February; Duinrand joins on `on`, a Wednesday unless said."""
    story = private(document(), given_to(ALBA, "2025-02-03"), *facts, firms=(ALBA, HAVIK))
    return story.circle(joined(ALBA, "2023-01-16"), joined(DUINRAND, on))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-02-19 23:00", "pass"), ("2025-02-20", "warn"), (None, "warn")],
)
def test_who_joins_gets_the_earlier_documents_within_five_working_days(
    on: str | None, expected: str
) -> None:
    given = () if on is None else (given_to(DUINRAND, on),)
    assert word(newcomer(*given).judge(INF_04)) == expected


def test_an_adopted_term_makes_it_a_violation_that_weighs_by_who_competes() -> None:
    five = adopted(ParameterKey.BACKLOG_TERM, 5)
    outside = newcomer().judge(INF_04, parameters=five)
    competing = newcomer(*bid(DUINRAND)).judge(INF_04, parameters=five)
    assert isinstance(outside, Violation)
    assert isinstance(competing, Violation)
    assert (outside.severity, competing.severity) == (Severity.MAJOR, Severity.BLOCKER)


def test_the_last_day_for_information_may_come_before_the_term_ends() -> None:
    story = newcomer(given_to(DUINRAND, "2025-04-09"), on="2025-04-07")
    assert isinstance(story.judge(INF_04), Warn)
    in_time = newcomer(given_to(DUINRAND, "2025-04-08"), on="2025-04-07")
    assert isinstance(in_time.judge(INF_04), Pass)


@pytest.mark.parametrize(
    "story",
    [
        newcomer(on="2025-02-03"),  # joined at the moment the document was given
        newcomer(on="2025-04-15"),  # joined after the close
        newcomer(published("2025-02-11")),  # everybody could read it already
        private(document(), given_to(ALBA, "2025-02-03")),  # nobody joined
    ],
)
def test_where_nothing_was_missed_nothing_is_owed(story: Story) -> None:
    assert isinstance(story.judge(INF_04), NotApplicable)


# ---------------------------------------------------------------------------------------- INF-05


def left_experts(on: str) -> ExpertGroupLeft:
    return ExpertGroupLeft(occurred_at=at(on), member=ALBA)


def test_a_tenderer_that_left_the_experts_is_still_involved() -> None:
    story = national(left_experts("2025-02-10"))
    assert isinstance(story.judge(INF_05), Warn)
    look_back = adopted(ParameterKey.LEAVER_LOOK_BACK, 24)
    assert isinstance(story.judge(INF_05, parameters=look_back), Violation)
    assert isinstance(national(left_experts("2025-02-10"), involved(ALBA)).judge(INF_05), Pass)


def test_a_tenderer_that_left_the_circle_counts_as_well() -> None:
    story = national().circle(MemberLeft(occurred_at=at("2025-02-10"), member=ALBA))
    assert isinstance(story.judge(INF_05), Warn)


@pytest.mark.parametrize("on", ["2025-01-05", "2025-03-03", "2025-03-10"])
def test_leaving_before_the_project_or_after_the_notice_is_another_matter(on: str) -> None:
    assert isinstance(national(left_experts(on)).judge(INF_05), NotApplicable)


def test_who_left_and_does_not_bid_needs_no_register() -> None:
    story = national(left_experts("2025-02-10"), bidders=(HAVIK, CRANENDONK))
    assert isinstance(story.judge(INF_05), NotApplicable)


# ---------------------------------------------------------------------------------------- INF-06


def with_circle(*facts: Fact, early: str = "2025-02-10") -> Story:
    """Alba sits in the circle and was given D1 before the notice; Havik does not."""
    story = national(document(), given_to(ALBA, early), *facts)
    return story.circle(joined(ALBA, "2023-01-16"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-02-17", "pass"),
        ("2025-03-03 09:00", "pass"),  # the moment of the notice, without tolerance
        ("2025-03-03 09:01", "violation"),
        (None, "violation"),
    ],
)
def test_outsiders_know_at_the_notice_what_members_knew(on: str | None, expected: str) -> None:
    public = () if on is None else (published(on),)
    assert word(with_circle(*public).judge(INF_06)) == expected


def test_who_comes_up_later_knows_it_then() -> None:
    came = CandidateRegistered(occurred_at=at("2025-03-20"), candidate=HAVIK)
    assert isinstance(with_circle(came, given_to(HAVIK, "2025-03-20")).judge(INF_06), Pass)
    late = with_circle(came, given_to(HAVIK, "2025-03-20 09:01"))
    assert isinstance(late.judge(INF_06), Violation)


def test_what_members_heard_only_after_the_notice_is_no_head_start_here() -> None:
    assert isinstance(with_circle(early="2025-03-04").judge(INF_06), Pass)


def test_an_involved_firm_outside_the_circle_has_a_head_start_too() -> None:
    story = national(document(), involved(BOSKANT), given_to(BOSKANT, "2025-02-10"))
    assert isinstance(story.judge(INF_06), Violation)


# -------------------------------------------------------------------------------- INF-07, INF-08


def asked(code: str = "V1", *, because: str | None = None) -> QuestionAsked:
    return QuestionAsked(
        occurred_at=at("2025-03-10"),
        question=Code(code),
        asked_by=ALBA,
        timely=True,
        confidentiality_reason=because,
    )


def answered(*who: MemberId, confidential: bool = False) -> QuestionAnsweredSeparately:
    return QuestionAnsweredSeparately(
        occurred_at=at("2025-03-17"),
        question=Code("V1"),
        recipients=who,
        confidential=confidential,
    )


NVI = InformationNoticePublished(
    occurred_at=at("2025-03-24"), number=1, answers=(Code("V1"),), material=False
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "pass"),
        ((asked(), NVI), "pass"),
        ((asked(), answered(ALBA)), "violation"),
        ((asked(), answered(ALBA, HAVIK)), "pass"),
        ((asked(), answered(ALBA), NVI), "pass"),
        ((asked(), answered(ALBA, confidential=True)), "pass"),  # INF-08 asks why
    ],
)
def test_an_answer_goes_to_all_who_compete(facts: tuple[Fact, ...], expected: str) -> None:
    assert word(national(*facts).judge(INF_07)) == expected


def test_a_registered_candidate_gets_the_answer_too() -> None:
    came = CandidateRegistered(occurred_at=at("2025-03-10"), candidate=CRANENDONK)
    story = national(asked(), came, answered(ALBA, HAVIK))
    assert isinstance(story.judge(INF_07), Violation)


SECRET = answered(ALBA, confidential=True)
WANTED = asked(because="bedrijfsgeheim")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((asked(), answered(ALBA)), "not-applicable"),
        ((asked(), SECRET), "violation"),
        ((asked(because="  "), SECRET), "violation"),
        ((WANTED, SECRET), "pass"),
        ((asked(), SECRET, NVI), "pass"),  # in the end it was not kept apart
    ],
)
def test_an_answer_is_kept_apart_only_when_the_asker_said_why(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(INF_08)) == expected


@pytest.mark.parametrize(
    ("filled", "expected"), [((ReportField.F,), "pass"), ((ReportField.A,), "violation")]
)
def test_a_european_procedure_lists_what_was_kept_apart(
    filled: tuple[ReportField, ...], expected: str
) -> None:
    report = AwardReportSigned(
        occurred_at=at("2025-06-02"), filled=filled, not_applicable=(), involvement=()
    )
    assert word(european(WANTED, SECRET, report).judge(INF_08)) == expected


# ---------------------------------------------------------------------------------------- INF-09

TRUSTED = document(relevance=CONFIDENTIAL, by=ALBA)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((TRUSTED,), "pass"),
        ((TRUSTED, given_to(ALBA, "2025-02-10")), "pass"),
        ((TRUSTED, given_to(HAVIK, "2025-02-10")), "violation"),
        ((TRUSTED, published("2025-02-10")), "violation"),
        ((document(relevance=CONFIDENTIAL), given_to(HAVIK, "2025-02-10")), "pass"),
        ((document(by=ALBA), given_to(HAVIK, "2025-02-10")), "pass"),
    ],
)
def test_what_was_given_in_confidence_goes_to_nobody_else(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national(*facts).judge(INF_09)) == expected


@pytest.mark.parametrize(("passed", "expected"), [(True, "pass"), (False, "violation")])
def test_people_may_find_that_distorting_information_got_out(
    passed: bool,  # noqa: FBT001
    expected: str,
) -> None:
    found = RecordChecked(
        occurred_at=at("2025-05-01"),
        check=RecordCheck.DISTORTING_INFORMATION,
        passed=passed,
        up_to=5,
        remarks="gecontroleerd",
    )
    assert word(national(found).judge(INF_09)) == expected


# ---------------------------------------------------------------------------------------- INF-10


def met(on: str) -> MeetingHeld:
    return MeetingHeld(
        occurred_at=at(on),
        meeting=Code(on[:10]),
        agenda=(AgendaItem(kind=AgendaKind.PROJECT, title="Werk", project=PROJECT),),
        attendance=(),
        competition_statement=True,
    )


def report(meeting: str, on: str, *about: ProjectId) -> ReportPublished:
    return ReportPublished(
        occurred_at=at(on),
        meeting=Code(meeting),
        url="https://noorderdam.example/verslag",
        projects=about,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), "not-applicable"),
        ((met("2025-01-20"),), "violation"),
        ((met("2025-01-20"), report("2025-01-20", "2025-02-03", PROJECT)), "pass"),
        ((met("2025-01-20"), report("2025-01-20", "2025-03-03 09:00", PROJECT)), "pass"),
        ((met("2025-01-20"), report("2025-01-20", "2025-03-03 09:01", PROJECT)), "violation"),
        ((met("2025-01-20"), report("2025-01-20", "2025-02-03")), "violation"),  # no section
        ((met("2025-03-10"),), "not-applicable"),  # after the notice
    ],
)
def test_what_was_said_stands_in_a_report_before_the_notice(
    facts: tuple[Fact, ...], expected: str
) -> None:
    assert word(national().circle(*facts).judge(INF_10)) == expected


def test_a_discussion_that_only_the_project_knows_of_needs_a_report_too() -> None:
    said = ProjectDiscussed(occurred_at=at("2025-01-20"), circle=CIRCLE, meeting=Code("2025-01-20"))
    story = national(said)
    verdict = story.judge(INF_10)
    assert isinstance(verdict, Violation)
    assert "2025-01-20" in verdict.why.nl
    assert isinstance(story.circle(report("2025-01-20", "2025-02-03", PROJECT)).judge(INF_10), Pass)


def test_the_authority_is_never_involved_in_its_own_project() -> None:
    story = national(document(), given_to(NOORDERDAM, "2025-02-10"), published("2025-03-03"))
    assert NOORDERDAM not in story.case().involved
