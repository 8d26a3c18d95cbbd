"""Where an imported project comes from is a fact of its own, and decides whether rules are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.convenant_project import convenant_project
from domain.convenant_project.procedure import OutsideRegime, ProcedureType
from domain.convenant_project.provenance import (
    ImportNotice,
    NoticeImported,
    NoticeRemark,
    OutsideLaw,
)
from domain.rules.catalogue import RULES
from domain.rules.estimate.splitting import THR_05
from domain.rules.rule import Indeterminate, NotApplicable, Pass, Rule, Warn
from domain.terms import Text
from tests.given import NOW, Story, at, given, project
from tests.work import NOORDERDAM, estimated, noticed, registered, started

REASON = Text(nl="ander recht", en="other law")
ELSEWHERE = OutsideLaw(
    regime=None, element="ContractNotice/cbc:RegulatoryDomain", stated="other", why=REASON
)


def read_from(**more: Any) -> ImportNotice:
    ordinary = ImportNotice(
        form="eforms-16",
        identifier="00000001-2024",
        sha256="a" * 64,
        language="nl",
        legal_basis="32014L0024",
        dispatched_on=date(2024, 3, 1),
        buyers=(NOORDERDAM,),
        remarks=(
            NoticeRemark(code="import.left-out", element="BT-24", text=Text(nl="weg", en="gone")),
        ),
    )
    return replace(ordinary, **more)


def was_read_from(on: str = "2025-03-03", **more: Any) -> NoticeImported:
    command = read_from(**more)
    shared = {name: getattr(command, name) for name in command.__dataclass_fields__}
    return NoticeImported(**(shared | {"occurred_at": at(on)}))


def test_a_project_remembers_the_notice_that_it_was_read_from() -> None:
    given(convenant_project, registered()).when(read_from()).then(
        replace(was_read_from(), occurred_at=NOW)
    )


def test_a_file_is_read_into_a_project_once_and_another_may_follow() -> None:
    told = given(convenant_project, registered(), was_read_from())
    told.when(read_from()).then_refused("project.notice-imported", field="sha256")
    assert told.when(read_from(sha256="b" * 64)).refused is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sha256": "A" * 64}, "project.notice-hash"),
        ({"buyers": ()}, "project.notice-buyers"),
        ({"buyers": (NOORDERDAM, NOORDERDAM)}, "project.notice-buyers"),
    ],
)
def test_a_notice_without_a_buyer_or_with_half_a_hash_is_refused(
    wrong: dict[str, Any], code: str
) -> None:
    given(convenant_project, registered()).when(read_from(**wrong)).then_refused(code)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_under_law_that_has_no_name_here_every_rule_is_silent_and_says_why(rule: Rule) -> None:
    story = Story().project(
        registered("2011-01-10"),
        was_read_from(outside=ELSEWHERE),
        started(ProcedureType.EUROPEAN_OPEN, "2011-02-10"),
        *noticed("2011-03-03"),
    )
    assert story.judge(rule) == NotApplicable(why=REASON)


def test_the_start_of_a_procedure_may_say_it_as_well() -> None:
    concession = started(
        ProcedureType.EUROPEAN_OPEN, outside_regime=OutsideRegime.CONCESSION, on="2025-02-10"
    )
    verdict = Story().project(registered(), estimated(1), concession).judge(THR_05)
    assert isinstance(verdict, NotApplicable)
    assert "concession" in verdict.why.nl


def test_a_notice_under_the_law_that_is_modelled_silences_nothing() -> None:
    story = Story().project(registered(), was_read_from())
    assert isinstance(story.judge(THR_05), Indeterminate)


@pytest.mark.parametrize(("outside", "expected"), [(None, Warn), (ELSEWHERE, Pass)])
def test_a_contract_under_other_law_is_no_piece_of_one_that_was_cut_up(
    outside: OutsideLaw | None, expected: type[object]
) -> None:
    own = (
        registered(),
        estimated(120_000),
        started(ProcedureType.PRIVATE_SINGLE),
        *noticed(),
    )
    story = Story().project(*own).neighbour(project("twin"), *own, was_read_from(outside=outside))
    assert isinstance(story.judge(THR_05), expected)
