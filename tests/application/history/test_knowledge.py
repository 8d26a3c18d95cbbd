"""What a party knew at a moment: by which route, and what only others knew."""

from datetime import date

from application.history.knowledge import Route, knowledge
from domain.circle.founding import CircleFounded
from domain.circle.meetings import AgendaItem, AgendaKind, Attendance, MeetingHeld
from domain.convenant_project.knowledge import (
    Channel,
    DocumentDisclosed,
    DocumentPublished,
    DocumentVersionAdded,
    Genre,
    Relevance,
)
from domain.convenant_project.preparation import PublicChannel
from domain.member.organisation import LinkBasis, UndertakingLinked
from domain.terms import Code, MemberId
from tests.given import CIRCLE, PROJECT, Story, at, member
from tests.work import ALBA, HAVIK, NOORDERDAM, invited, registered

SISTER = member("Alba Beheer BV")


def added(code: str, on: str, version: int = 1) -> DocumentVersionAdded:
    return DocumentVersionAdded(
        occurred_at=at(on),
        document=Code(code),
        version=version,
        title=f"Stuk {code}",
        sha256="ab" * 32,
        relevance=Relevance.RELEVANT,
        genre=Genre.SPECIFICATION,
    )


def given_to(who: MemberId, code: str, on: str) -> DocumentDisclosed:
    return DocumentDisclosed(
        occurred_at=at(on),
        document=Code(code),
        version=1,
        recipient=who,
        channel=Channel.EMAIL,
    )


def published(code: str, on: str) -> DocumentPublished:
    return DocumentPublished(
        occurred_at=at(on), document=Code(code), version=1, channel=PublicChannel.TENDERNED
    )


def story() -> Story:
    return (
        Story()
        .project(
            registered("2025-01-06"),
            added("D1", "2025-01-07"),
            added("D2", "2025-01-07"),
            added("D3", "2025-01-07"),
            given_to(ALBA, "D1", "2025-02-03"),
            given_to(SISTER, "D2", "2025-02-04"),
            *invited(ALBA, HAVIK, on="2025-03-03"),
            published("D1", "2025-03-03"),
        )
        .member(
            ALBA,
            UndertakingLinked(
                occurred_at=at("2024-01-01"),
                other=SISTER,
                basis=LinkBasis.SHAREHOLDING,
                since=date(2024, 1, 1),
            ),
        )
    )


def test_a_version_is_known_from_the_first_event_by_which_it_could_be() -> None:
    found = knowledge(story().dossier(), ALBA, at("2025-03-04"))
    first, second = found.known
    assert (first.document, first.known_at) == ("D1", at("2025-02-03"))
    assert [(way.route, way.position) for way in first.ways] == [
        (Route.GIVEN, 5),
        (Route.PUBLIC, 9),
    ]
    assert [(way.route, way.through) for way in second.ways] == [(Route.LINKED, SISTER)]


def test_what_others_knew_and_this_party_did_not_is_named_with_its_evidence() -> None:
    dossier = story().dossier()
    before = knowledge(dossier, HAVIK, at("2025-02-10"))
    assert before.known == ()
    assert [each.document for each in before.missed] == ["D1", "D2"]
    knowers = {(each.member, each.position) for each in before.missed[0].known_by}
    assert knowers == {(ALBA, 5), (SISTER, 5)}
    after = knowledge(dossier, HAVIK, at("2025-03-04"))
    assert [each.document for each in after.known] == ["D1"]
    assert [each.document for each in after.missed] == ["D2"]


def test_what_nobody_knew_is_in_neither_list() -> None:
    for who in (ALBA, HAVIK):
        found = knowledge(story().dossier(), who, at("2025-03-04"))
        assert "D3" not in {
            *(each.document for each in found.known),
            *(each.document for each in found.missed),
        }


def test_a_meeting_is_heard_of_when_the_project_was_on_its_agenda() -> None:
    def met(code: str, *agenda: AgendaItem) -> MeetingHeld:
        return MeetingHeld(
            occurred_at=at("2025-01-20"),
            meeting=Code(code),
            agenda=agenda,
            attendance=(Attendance(member=ALBA),),
            competition_statement=True,
        )

    about = AgendaItem(kind=AgendaKind.PROJECT, title="Lindenstraat", project=PROJECT)
    told = story().circle(
        CircleFounded(
            occurred_at=at("2023-01-16"),
            name="Kenniskring",
            authority=NOORDERDAM,
            municipality_code="gm9901",
            region="Noord",
        ),
        met("2025-01"),
        met("2025-02", about),
    )
    heard = knowledge(told.dossier(), ALBA, at("2025-03-04")).heard
    assert [type(each.fact).__name__ for each in heard] == ["InvitationSent", "MeetingHeld"]
    assert heard[-1].stream == CIRCLE
    assert heard[-1].fact == met("2025-02", about)
    assert knowledge(told.dossier(), HAVIK, at("2025-01-21")).heard == ()
