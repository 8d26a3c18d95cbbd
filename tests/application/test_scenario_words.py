"""The words of a scenario, and the commands that they become."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from application.aggregates import CIRCLE, CONVENANT_PROJECT, MEMBER, Aggregate
from application.scenarios.scenario import Place, Scenario, ScenarioRefused, Step, instant
from application.scenarios.words import Line, script
from domain.terms import member_id_of_kvk
from tests.given import at

HERE = Place(file="case.yaml", line=7)
REGISTERED = {
    "name": "Gemeente Noorderdam",
    "kvkNumber": 90000001,
    "kind": "contracting-authority",
    "legalForm": "public-body",
}
PROJECT = {
    "title": "Een pad",
    "authority": "noorderdam",
    "kind": "works",
    "object": "a path",
    "location": "the dunes",
    "cpv": "45233162-2",
    "underConvenant": True,
}


def step(
    command: str,
    particulars: dict[str, Any],
    *,
    aggregate: Aggregate = CONVENANT_PROJECT,
    **more: Any,
) -> Step:
    ordinary = Step(
        id=command,
        at=at("2025-01-08"),
        occurred_at=None,
        actor="yusuf",
        aggregate=aggregate,
        subject="noorderdam" if aggregate is MEMBER else "pad",
        command=command,
        particulars=particulars,
        place=HERE,
    )
    return replace(ordinary, **more)


def scenario(*steps: Step) -> Scenario:
    begun = (
        step("register-member", REGISTERED, aggregate=MEMBER, at=at("2025-01-06")),
        step("register-project", PROJECT, at=at("2025-01-07")),
    )
    return Scenario(title="Een klein geval", people=("yusuf",), steps=begun + steps, place=HERE)


def line(*steps: Step) -> Line:
    """The line of the last of `steps`."""
    return script(scenario(*steps)).lines[-1]


def test_a_number_where_text_belongs_is_read_as_text() -> None:
    first = script(scenario()).lines[0]
    assert first.plain["kvkNumber"] == "90000001"
    assert first.stream == member_id_of_kvk("90000001")


def test_an_alias_stands_for_the_id_of_what_it_began() -> None:
    lines = script(scenario()).lines
    assert lines[1].plain["authority"] == str(lines[0].stream)


def test_the_same_title_gives_the_same_ids_and_another_title_others() -> None:
    first, again = script(scenario()), script(scenario())
    other = script(replace(scenario(), title="Een ander geval"))
    assert first.projects == again.projects != other.projects


@pytest.mark.parametrize(
    ("said", "cents"),
    [("EUR 7100000", 710_000_000), ("EUR 0.05", 5), ("EUR -12.50", -1250), (310, 310)],
)
def test_an_amount_is_euros_with_their_name_or_cents(said: Any, cents: int) -> None:
    modified = {
        "modification": "W1",
        "delta": said,
        "basis": "2.163b",
        "conditionsRecorded": False,
    }
    assert line(step("modify-contract", modified)).plain["delta"] == cents


@pytest.mark.parametrize(
    ("said", "basis_points"),
    [("60 %", 6000), ("60%", 6000), ("62.5 %", 6250), ("0.07 %", 7), (7, 7)],
)
def test_a_share_is_a_percentage_or_basis_points(said: Any, basis_points: int) -> None:
    criterion = {"name": "Price", "weight": said, "about": "tender"}
    published = {
        "version": 1,
        "method": "best-price-quality",
        "criteria": [criterion],
        "place": "tender-documents",
        "inNotice": True,
    }
    plain = line(step("publish-criteria", published)).plain
    assert plain["criteria"][0]["weight"] == basis_points


@pytest.mark.parametrize("said", ["7100000 EUR", "EUR 7.100.000", "EUR 1,50", "€ 5", "EUR 1.5"])
def test_another_spelling_of_an_amount_is_refused(said: str) -> None:
    with pytest.raises(ScenarioRefused) as refused:
        line(step("submit-tender", {"tenderer": "noorderdam", "price": said}))
    assert refused.value.code == "scenario.amount"
    assert "without commas" in refused.value.why


@pytest.mark.parametrize("said", ["60", "60 percent", "-5 %", "62.555 %"])
def test_another_spelling_of_a_share_is_refused(said: str) -> None:
    criterion = {"name": "Price", "weight": said, "about": "tender"}
    published = {
        "version": 1,
        "method": "lowest-price",
        "criteria": [criterion],
        "place": "tender-documents",
        "inNotice": True,
    }
    with pytest.raises(ScenarioRefused) as refused:
        line(step("publish-criteria", published))
    assert refused.value.code == "scenario.share"


def test_a_version_is_a_document_and_its_number() -> None:
    plain = line(step("fix-tender-documents", {"documents": ["D14 v1", "D-2.b v12"]})).plain
    assert plain["documents"] == [
        {"document": "D14", "version": 1},
        {"document": "D-2.b", "version": 12},
    ]
    for said in ("D14", "D14 1", "D14 v0", "D14 v1 v2", 14):
        with pytest.raises(ScenarioRefused):
            line(step("fix-tender-documents", {"documents": [said]}))


def test_the_digest_of_a_document_is_made_up_and_differs_per_version() -> None:
    def digest(version: int, **more: Any) -> str:
        added = {
            "document": "D1",
            "version": version,
            "title": "Leidraad",
            "relevance": "relevant",
            "genre": "tender-guide",
        }
        said: str = line(step("add-document-version", added | more)).plain["sha256"]
        return said

    assert digest(1) == digest(1) != digest(2)
    assert digest(1, sha256="ab" * 32) == "ab" * 32


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2026-03-02", "2026-03-02T08:00"),
        ("2026-07-02", "2026-07-02T07:00"),
        ("2026-03-02 14:30", "2026-03-02T13:30"),
        ("2026-03-02T14:30:00+05:00", "2026-03-02T09:30"),
        ("2026-03-02T14:30Z", "2026-03-02T14:30"),
        ("2025-10-26T02:30:00+01:00", "2025-10-26T01:30"),
    ],
)
def test_a_moment_is_dutch_time_unless_it_says_otherwise(said: str, utc: str) -> None:
    assert instant(said, HERE, "").isoformat().startswith(utc)


def test_steps_are_played_in_order_of_time_and_else_as_they_stand() -> None:
    noon = at("2025-02-01 12:00")
    told = [
        step("start-work", {}, id="later", at=at("2025-02-02")),
        step("start-work", {}, id="first", at=noon),
        step("start-work", {}, id="second", at=noon),
    ]
    played = [each.step.id for each in script(scenario(*told)).lines]
    assert played[2:] == ["first", "second", "later"]


def test_what_will_be_sealed_does_not_count_in_the_request() -> None:
    """A digest of a name could be guessed back from names."""

    def request(name: str, **more: Any) -> bytes:
        said = {"complaint": "K1", "text": name}
        founded = {
            "name": "Kring",
            "authority": "noorderdam",
            "municipalityCode": "gm9901",
            "region": "Noord",
        }
        circle: dict[str, Any] = {"aggregate": CIRCLE, "subject": "kring"}
        return line(
            step("found-circle", founded, **circle, at=at("2025-01-07")),
            step("raise-complaint", said | more, **circle),
        ).request

    assert request("Jansen") == request("Pietersen")
    assert request("Jansen") != request("Jansen", complaint="K2")


def test_a_field_of_the_step_is_no_field_of_the_command() -> None:
    with pytest.raises(ScenarioRefused) as refused:
        line(step("start-work", {"occurredAt": "2025-01-01"}))
    assert refused.value.code == "scenario.unknown-field"
    assert Path(refused.value.file).name == "case.yaml"
