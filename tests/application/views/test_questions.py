"""What each question answers, told as facts about one circle and one project."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.views import (
    access,
    circle_meetings,
    circle_members,
    circle_seats,
    circles,
    disclosures,
    documents,
    organisations,
    people,
    projects,
    publications,
    undertaking_links,
)
from application.views.view import Key, Row, View
from domain.circle.convenant import ConvenantSigned
from domain.circle.founding import CircleFounded, FacilitatorAppointed
from domain.circle.meetings import Attendance, MeetingHeld, ReportPublished, SensitiveTalkNoted
from domain.circle.membership import MemberJoined, MemberLeft
from domain.circle.seats import SeatRole, SeatTaken, SeatVacated, Side
from domain.convenant_project.award import AwardNoticePublished, ContractSigned
from domain.convenant_project.execution import ProjectCancelled, ResultsPublished, StepReopened
from domain.convenant_project.knowledge import (
    Channel,
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    DocumentWithdrawn,
    Genre,
    Proof,
    Relevance,
)
from domain.convenant_project.preparation import (
    CircleLinked,
    ContractKind,
    ProjectAnnounced,
    ProjectDiscussed,
    ProjectRegistered,
    PublicChannel,
)
from domain.convenant_project.procedure import (
    NoticeChannel,
    NoticeDispatched,
    NoticePublished,
    ProcedureStarted,
    ProcedureType,
)
from domain.convenant_project.tendering import TenderSubmitted
from domain.member.access import AccessGranted, AccessRole, AccessWithdrawn
from domain.member.organisation import (
    LegalForm,
    LinkBasis,
    MemberRegistered,
    OrganisationKind,
    UndertakingLinked,
)
from domain.member.people import PersonIntroduced
from domain.terms import Code, Euro, Fact, Sealed
from tests.any_facts import recorded
from tests.circle_told import SEALED
from tests.fresh_fold import fresh_fold, on_shelf
from tests.given import CIRCLE, PROJECT, at, member, person

AUTHORITY, BOUWER, WEGEN = member("gemeente"), member("bouwer"), member("wegen")
SANNE = person("Sanne")
NAME = Sealed(kid=UUID(int=7), field="name", nonce="bm9uY2U=", ciphertext="Z2VoZWlt")

FOUNDED = CircleFounded(
    occurred_at=at("2026-01-05"),
    name="Kenniskring Wegen",
    authority=AUTHORITY,
    municipality_code="gm0363",
    region="Noord",
)
REGISTERED = ProjectRegistered(
    occurred_at=at("2026-01-10"),
    title="Herinrichting Dorpsstraat",
    authority=AUTHORITY,
    kind=ContractKind.WORKS,
    object="Wegdek en riool",
    location="Dorpsstraat",
    cpv="45233140",
    under_convenant=True,
)
SPECIFICATION = DocumentVersionAdded(
    occurred_at=at("2026-01-11"),
    document=Code("D1"),
    version=1,
    title="Bestek",
    sha256="0" * 64,
    relevance=Relevance.RELEVANT,
    genre=Genre.SPECIFICATION,
)


def register(view: View[Row], stream: UUID, *facts: Fact) -> dict[Key, Row]:
    """The rows after these facts of one stream."""
    return registers(view, [(stream, fact) for fact in facts])


def registers(view: View[Row], told: Iterable[tuple[UUID, Fact]]) -> dict[Key, Row]:
    history = recorded(*told)
    found = fresh_fold(view, history, as_of=len(history))
    return {key: each.row for key, each in found.items()}


def the_one(view: View[Row], stream: UUID, *facts: Fact) -> Row:
    (row,) = register(view, stream, *facts).values()
    return row


# ----------------------------------------------------------------------------------- organisations


def test_an_organisation_is_listed_by_its_kind_and_a_sealed_name_stays_sealed() -> None:
    row = the_one(
        organisations.view,
        BOUWER,
        MemberRegistered(
            occurred_at=at("2026-01-02"),
            name=NAME,
            kind=OrganisationKind.CONTRACTOR,
            legal_form=LegalForm.SOLE_TRADER,
            small_or_medium=True,
        ),
    )
    assert (row.member, row.name, row.small_or_medium) == (BOUWER, NAME, True)
    assert organisations.of_kind(OrganisationKind.CONTRACTOR) in organisations.view.shelves(row)


def test_a_person_is_found_with_each_organisation_that_introduced_them() -> None:
    introduced = PersonIntroduced(occurred_at=at("2026-01-02"), person=SANNE, name=NAME)
    found = registers(people.view, [(BOUWER, introduced), (WEGEN, introduced)])
    assert set(found) == {people.person_at(SANNE, BOUWER), people.person_at(SANNE, WEGEN)}
    assert {row.member for row in found.values()} == {BOUWER, WEGEN}


@pytest.mark.parametrize(("stated_by", "other"), [(BOUWER, WEGEN), (WEGEN, BOUWER)])
def test_a_link_is_found_from_both_sides_whoever_stated_it(stated_by: Any, other: Any) -> None:
    history = recorded(
        (
            stated_by,
            UndertakingLinked(
                occurred_at=at("2026-01-02"),
                other=other,
                basis=LinkBasis.GROUP,
                since=date(2020, 1, 1),
            ),
        )
    )
    held = fresh_fold(undertaking_links.view, history, as_of=1)
    for side, far in ((BOUWER, WEGEN), (WEGEN, BOUWER)):
        shelf = undertaking_links.of_organisation(side)
        ((_, key, row),) = on_shelf(undertaking_links.view, held, shelf)
        assert row.seen_from(side) == far
        assert key == undertaking_links.link(side, far)
        assert row.ties[0].stated_by == stated_by


def test_a_link_that_both_sides_state_is_one_row_with_two_statements() -> None:
    def linked(other: Any, basis: LinkBasis) -> UndertakingLinked:
        return UndertakingLinked(
            occurred_at=at("2026-01-02"), other=other, basis=basis, since=date(2020, 1, 1)
        )

    one, other = linked(WEGEN, LinkBasis.GROUP), linked(BOUWER, LinkBasis.SHARED_DIRECTOR)
    found = registers(undertaking_links.view, [(BOUWER, one), (WEGEN, other), (BOUWER, one)])
    (row,) = found.values()
    assert [tie.basis for tie in row.ties] == [LinkBasis.GROUP, LinkBasis.SHARED_DIRECTOR]


def test_a_grant_is_there_until_that_same_grant_is_withdrawn() -> None:
    def grant(kind: Any, circle: Any) -> Any:
        when = at("2026-01-02")
        return kind(occurred_at=when, person=SANNE, role=AccessRole.OFFICER, circle=circle)

    granted = [grant(AccessGranted, CIRCLE), grant(AccessGranted, None)]
    left = register(access.view, AUTHORITY, *granted, grant(AccessWithdrawn, CIRCLE))
    assert [row.circle for row in left.values()] == [None]
    assert set(left) == {access.grant(SANNE, AUTHORITY, AccessRole.OFFICER, None)}


# ----------------------------------------------------------------------------------------- circles


def met(code: str, day: str) -> MeetingHeld:
    return MeetingHeld(
        occurred_at=at(day),
        meeting=Code(code),
        agenda=(),
        attendance=(Attendance(member=BOUWER),),
        competition_statement=True,
    )


def published(code: str, day: str, url: str = "https://gemeente.example/verslag") -> Fact:
    return ReportPublished(occurred_at=at(day), meeting=Code(code), url=url, projects=(PROJECT,))


def test_a_circle_counts_its_members_seats_meetings_and_reports() -> None:
    def seat(code: str) -> SeatTaken:
        return SeatTaken(
            occurred_at=at("2026-02-01"),
            seat=Code(code),
            side=Side.SME,
            member=BOUWER,
            person=SANNE,
            roles=(SeatRole.DIRECTOR,),
        )

    row = the_one(
        circles.view,
        CIRCLE,
        FOUNDED,
        FacilitatorAppointed(occurred_at=at("2026-01-06"), facilitator=member("begeleider")),
        ConvenantSigned(
            occurred_at=at("2026-01-07"), parties=(BOUWER,), open_entry=True, open_exit=True
        ),
        MemberJoined(occurred_at=at("2026-01-08"), member=BOUWER),
        MemberJoined(occurred_at=at("2026-01-08"), member=WEGEN),
        MemberLeft(occurred_at=at("2026-03-08"), member=WEGEN),
        seat("Z1"),
        seat("Z2"),
        SeatVacated(occurred_at=at("2026-03-01"), seat=Code("Z1")),
        met("M2", "2026-03-02"),
        met("M1", "2026-02-02"),
        met("M3", "2026-02-03"),
        published("M1", "2026-02-09"),
        published("M1", "2026-02-10"),
    )
    assert (row.members, row.seats, row.meetings, row.reports) == (1, 1, 3, 1)
    assert row.without_report == ("M2", "M3")
    assert row.last_met_at == at("2026-03-02")
    assert row.facilitator == member("begeleider")
    assert row.convenant_signed_at == at("2026-01-07")


def test_whoever_left_a_circle_stays_in_its_register_with_every_stay() -> None:
    row = the_one(
        circle_members.view,
        CIRCLE,
        MemberJoined(occurred_at=at("2026-01-08"), member=BOUWER),
        MemberLeft(occurred_at=at("2026-02-08"), member=BOUWER),
        MemberJoined(occurred_at=at("2026-03-08"), member=BOUWER),
    )
    assert row.since == at("2026-03-08")
    inside = ("2026-01-08", "2026-02-07", "2026-03-08", "2026-12-01")
    outside = ("2026-01-07", "2026-02-08", "2026-03-07")
    assert all(row.inside(at(day)) for day in inside)
    assert not any(row.inside(at(day)) for day in outside)


def test_an_organisation_that_is_outside_has_no_since() -> None:
    joined = MemberJoined(occurred_at=at("2026-01-08"), member=BOUWER)
    left = MemberLeft(occurred_at=at("2026-02-08"), member=BOUWER)
    assert the_one(circle_members.view, CIRCLE, joined, left).since is None


def test_a_seat_is_listed_while_it_is_held() -> None:
    taken = SeatTaken(
        occurred_at=at("2026-02-01"),
        seat=Code("Z1"),
        side=Side.MUNICIPAL,
        member=AUTHORITY,
        person=SANNE,
        roles=(SeatRole.CLIENT,),
    )
    row = the_one(circle_seats.view, CIRCLE, taken)
    assert (row.person, row.member, row.since) == (SANNE, AUTHORITY, at("2026-02-01"))
    vacated = SeatVacated(occurred_at=at("2026-03-01"), seat=Code("Z1"))
    assert register(circle_seats.view, CIRCLE, taken, vacated) == {}


def test_a_meeting_shows_its_newest_report_and_since_when_there_was_any() -> None:
    row = the_one(
        circle_meetings.view,
        CIRCLE,
        met("M1", "2026-02-02"),
        published("M1", "2026-02-10", "https://gemeente.example/1"),
        published("M1", "2026-02-12", "https://gemeente.example/2"),
        SensitiveTalkNoted(occurred_at=at("2026-02-03"), meeting=Code("M1"), subject=SEALED),
    )
    assert row.report is not None
    assert row.report.url == "https://gemeente.example/2"
    assert row.report.published_at == at("2026-02-12")
    assert row.report.first_published_at == at("2026-02-10")
    assert (row.sensitive_talks, row.attendance[0].member) == (1, BOUWER)


# ---------------------------------------------------------------------------------------- projects


def project_after(*facts: Fact) -> projects.ProjectRow:
    return the_one(projects.view, PROJECT, REGISTERED, *facts)


def test_a_project_stands_with_its_authority_and_with_each_circle_that_hears_of_it() -> None:
    other = UUID(int=9)
    row = project_after(
        *(
            CircleLinked(occurred_at=at("2026-01-11"), circle=each)  # type: ignore[arg-type]
            for each in (CIRCLE, other, CIRCLE)
        )
    )
    assert row.circles == (CIRCLE, other)
    shelves = projects.view.shelves(row)
    assert projects.of_authority(AUTHORITY) in shelves
    assert projects.of_circle(CIRCLE) in shelves


def test_a_project_is_as_far_as_its_furthest_step_until_one_is_reopened() -> None:
    tender = TenderSubmitted(occurred_at=at("2026-03-01"), tenderer=BOUWER, price=Euro(1))
    discussed = ProjectDiscussed(occurred_at=at("2026-03-02"), circle=CIRCLE, meeting=Code("M1"))
    assert project_after(tender, discussed).step == 8
    reopened = project_after(
        tender, StepReopened(occurred_at=at("2026-03-03"), step=5, reason="nieuwe uitvraag")
    )
    assert (reopened.step, reopened.highest_step) == (5, 8)
    signed = ContractSigned(occurred_at=at("2026-04-01"), contractor=BOUWER, value=Euro(1))
    assert project_after(tender, signed).step == 9
    cancelled = project_after(ProjectCancelled(occurred_at=at("2026-04-01"), reason="geen geld"))
    assert (cancelled.cancelled, cancelled.step) == (True, 1)


def test_everybody_can_know_of_a_project_from_the_earliest_moment_that_any_fact_says() -> None:
    noticed = NoticePublished(occurred_at=at("2026-03-01"), channel=NoticeChannel.TENDERNED)
    calendar = ProjectAnnounced(
        occurred_at=at("2026-02-01"), channel=PublicChannel.PROCUREMENT_CALENDAR
    )
    assert project_after().announced_at is None
    assert project_after(NoticeDispatched(occurred_at=at("2026-02-27"))).announced_at is None
    assert project_after(noticed).announced_at == at("2026-03-01")
    assert project_after(noticed, calendar).announced_at == at("2026-02-01")


@pytest.mark.parametrize(
    ("fact", "step"),
    [
        (AwardNoticePublished(occurred_at=at("2026-05-01")), 9),
        (
            ResultsPublished(
                occurred_at=at("2026-05-01"), url="https://x.example", whole_process=True
            ),
            13,
        ),
    ],
)
def test_a_project_may_enter_late_and_is_then_known_to_all(fact: Fact, step: int) -> None:
    row = project_after(fact)
    assert (row.step, row.announced_at) == (step, at("2026-05-01"))


def test_a_project_shows_the_procedure_that_was_declared() -> None:
    row = project_after(
        ProcedureStarted(
            occurred_at=at("2026-02-20"),
            procedure=ProcedureType.PRIVATE_MULTIPLE,
            electronic=True,
        )
    )
    assert row.procedure is ProcedureType.PRIVATE_MULTIPLE


# --------------------------------------------------------------------------------------- documents


def test_a_version_that_was_withdrawn_stays_listed_with_the_day() -> None:
    withdrawn = DocumentWithdrawn(occurred_at=at("2026-02-01"), document=Code("D1"), version=1)
    row = the_one(documents.view, PROJECT, SPECIFICATION, withdrawn)
    assert (row.added_at, row.withdrawn_at) == (at("2026-01-11"), at("2026-02-01"))


def disclosed(day: str, proof: Proof | None = None) -> DocumentDisclosed:
    return DocumentDisclosed(
        occurred_at=at(day),
        document=Code("D1"),
        version=1,
        recipient=BOUWER,
        channel=Channel.EMAIL,
        proof=proof,
    )


@pytest.mark.parametrize(
    ("days", "position"),
    [(("2026-02-02", "2026-02-01"), 2), (("2026-02-01", "2026-02-02"), 1)],
)
def test_of_two_disclosures_the_one_that_happened_first_counts(
    days: tuple[str, str], position: int
) -> None:
    """Also when it was recorded last."""
    row = the_one(disclosures.view, PROJECT, *(disclosed(day) for day in days))
    assert (row.disclosed_at, row.position) == (at("2026-02-01"), position)


def test_a_publication_counts_from_when_it_first_happened() -> None:
    def publication(day: str, channel: PublicChannel) -> DocumentPublished:
        return DocumentPublished(
            occurred_at=at(day), document=Code("D1"), version=1, channel=channel
        )

    row = the_one(
        publications.view,
        PROJECT,
        publication("2026-02-02", PublicChannel.TENDERNED),
        publication("2026-02-01", PublicChannel.MUNICIPAL_WEBSITE),
        publication("2026-02-03", PublicChannel.TENDERNED),
    )
    assert (row.published_at, row.channel) == (
        at("2026-02-01"),
        PublicChannel.MUNICIPAL_WEBSITE,
    )
    assert row.position == 2
