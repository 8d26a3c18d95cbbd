"""Whose files a dossier holds: also those of whom nobody mentioned."""

import asyncio
from typing import Any

import pytest

from application.compliance import Registers, Verdicts, judge_project
from application.registers import ViewRegisters
from application.scanned_registers import ScannedRegisters
from application.views.asking import Entry, Page
from application.views.view import Shelf, View
from domain.circle.founding import CircleFounded
from domain.circle.membership import MemberJoined
from domain.convenant_project.preparation import CircleLinked
from domain.convenant_project.procedure import ProcedureType
from domain.member.organisation import LegalForm, MemberRegistered, OrganisationKind
from domain.member.practice import QualificationStated
from domain.rules.procedure.invitees import PRC_11
from domain.rules.rule import Pass, Warn
from tests.fresh_fold import fresh_fold, on_shelf
from tests.given import CIRCLE, PROJECT, Story, at, member, project
from tests.told_ledger import ToldLedger
from tests.work import ALBA, HAVIK, IJSSELKADE, JACHTHOORN, estimated, invited, registered, started

QUALIFIED = QualificationStated(
    occurred_at=at("2023-01-09"), kind_of_work="wegen", basis="inschrijving 2022"
)


def firm(name: str) -> MemberRegistered:
    return MemberRegistered(
        occurred_at=at("2022-01-01"),
        name=name,
        kind=OrganisationKind.CONTRACTOR,
        legal_form=LegalForm.PRIVATE_LIMITED,
    )


def streak() -> Story:
    """Alba invited four times in a row, with two firms from outside its circle."""
    story = Story().circle(
        CircleFounded(
            occurred_at=at("2022-01-03"),
            name="Kenniskring",
            authority=member("Noorderdam"),
            municipality_code="gm0363",
            region="Noord",
        ),
        MemberJoined(occurred_at=at("2023-01-16"), member=ALBA),
    )
    for name, who in (("Alba", ALBA), ("Havik", HAVIK), ("IJsselkade", IJSSELKADE)):
        story.member(who, firm(name))
    for month in (3, 4, 5):
        story.neighbour(
            project(f"eerder {month}"),
            registered("2022-01-10"),
            *invited(ALBA, HAVIK, IJSSELKADE, on=f"2024-0{month}-04"),
        )
    return story.project(
        registered(),
        CircleLinked(occurred_at=at("2025-01-11"), circle=CIRCLE),
        estimated(900_000),
        started(ProcedureType.PRIVATE_MULTIPLE),
        *invited(ALBA, HAVIK, IJSSELKADE),
    )


class FoldedViews:
    """Every view as of any position, folded afresh each time."""

    def __init__(self, ledger: ToldLedger) -> None:
        self._ledger = ledger

    async def page(
        self, view: View[Any], shelf: Shelf, *, as_of: int, after: object, limit: int
    ) -> Page[Any]:
        assert after is None
        held = fresh_fold(view, self._ledger.events, as_of=as_of)
        rows = on_shelf(view, held, shelf)
        assert len(rows) <= limit
        return Page(
            position=as_of,
            entries=tuple(
                Entry(key=key, row=row, born=born, valid_from=born) for born, key, row in rows
            ),
            next=None,
        )


def scanned(ledger: ToldLedger) -> Registers:
    return ScannedRegisters(ledger)


def viewed(ledger: ToldLedger) -> Registers:
    views: Any = FoldedViews(ledger)
    return ViewRegisters(views)


both = pytest.mark.parametrize("registers", [scanned, viewed])


def judged(story: Story, registers: Any, *, position: int | None = None) -> Verdicts:
    told = sorted(
        (each for stream in story.streams.values() for each in stream),
        key=lambda each: each.position,
    )
    ledger = ToldLedger(told)
    return asyncio.run(
        judge_project(
            ledger,
            registers(ledger),
            PROJECT,
            position=story.position if position is None else position,
            rules=[PRC_11],
        )
    )


@both
def test_a_qualified_outsider_whom_nobody_mentioned_is_in_the_dossier(registers: Any) -> None:
    story = streak().member(JACHTHOORN, firm("Jachthoorn"), QUALIFIED)
    verdicts = judged(story, registers)
    assert JACHTHOORN in verdicts.dossier.members
    assert isinstance(verdicts.judgements[0].verdict, Warn)


@both
def test_a_firm_that_nobody_mentioned_and_that_is_not_qualified_stays_out(registers: Any) -> None:
    verdicts = judged(streak().member(JACHTHOORN, firm("Jachthoorn")), registers)
    assert JACHTHOORN not in verdicts.dossier.members
    assert isinstance(verdicts.judgements[0].verdict, Pass)


@both
def test_who_was_qualified_later_was_not_yet_in_the_dossier(registers: Any) -> None:
    story = streak()
    before = story.position
    story.member(JACHTHOORN, firm("Jachthoorn"), QUALIFIED)
    assert JACHTHOORN not in judged(story, registers, position=before).dossier.members
