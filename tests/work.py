"""A work as tests tell it: facts of a project with ordinary particulars, told by their day.

A test names what it is about; everything else is as Gemeente Noorderdam would have done it well.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from domain.convenant_project.award import ContractSigned
from domain.convenant_project.contract_design import (
    EstimateMade,
    MotivationAspect,
    MotivationGiven,
    MotivationSubject,
)
from domain.convenant_project.execution import ContractModified, ModificationBasis
from domain.convenant_project.preparation import ContractKind, ProjectRegistered
from domain.convenant_project.procedure import (
    CrossBorderInterest,
    NoticeChannel,
    NoticeDispatched,
    NoticePublished,
    ProcedureStarted,
    ProcedureType,
)
from domain.convenant_project.tendering import InvitationSent
from domain.law.adoption import Adopted
from domain.law.parameters import Parameters, parameters_in_force
from domain.rules.rule import outcome
from domain.terms import Code, Euro, MemberId
from tests.given import at, member

if TYPE_CHECKING:
    from domain.law.parameter_keys import ParameterKey
    from domain.rules.rule import Verdict

NOORDERDAM = member("Gemeente Noorderdam")
ALBA, CRANENDONK, DUINRAND = member("Alba"), member("Cranendonk"), member("Duinrand")
HAVIK, IJSSELKADE, JACHTHOORN = member("Havik"), member("IJsselkade"), member("Jachthoorn")


def euro(whole: float) -> Euro:
    return Euro(round(whole * 100))


def registered(on: str = "2025-01-06", **more: Any) -> ProjectRegistered:
    ordinary = ProjectRegistered(
        occurred_at=at(on),
        title="Lindenstraat",
        authority=NOORDERDAM,
        kind=ContractKind.WORKS,
        object="Lindenstraat",
        location="Lindenstraat, Noorderdam",
        cpv="45233140-2",
        under_convenant=True,
    )
    return replace(ordinary, **more)


def estimated(whole: float, on: str = "2025-02-03", **more: Any) -> EstimateMade:
    ordinary = EstimateMade(
        occurred_at=at(on),
        amount=euro(whole),
        excludes_vat=True,
        includes_options=True,
        includes_extensions=True,
        includes_supplied_goods=True,
        method="elementenraming",
    )
    return replace(ordinary, **more)


def started(procedure: ProcedureType, on: str = "2025-02-10", **more: Any) -> ProcedureStarted:
    ordinary = ProcedureStarted(
        occurred_at=at(on),
        procedure=procedure,
        electronic=True,
        cross_border_interest=CrossBorderInterest.NONE,
        promised_standstill_days=None,
        offline_ground=None,
        urgency=False,
        site_visit_required=False,
        outside_regime=None,
    )
    return replace(ordinary, **more)


def noticed(on: str = "2025-03-03") -> tuple[NoticeDispatched, NoticePublished]:
    return (
        NoticeDispatched(occurred_at=at(on), identifier=None),
        NoticePublished(occurred_at=at(on), channel=NoticeChannel.TENDERNED, identifier=None),
    )


def invited(*recipients: MemberId, on: str = "2025-03-03") -> tuple[InvitationSent, ...]:
    return tuple(InvitationSent(occurred_at=at(on), recipient=each) for each in recipients)


def motivated(
    subject: MotivationSubject,
    on: str = "2025-02-03",
    *,
    aspects: tuple[MotivationAspect, ...] = (),
    in_docs: bool = True,
) -> MotivationGiven:
    return MotivationGiven(
        occurred_at=at(on),
        subject=subject,
        text="Zie het inkoopplan.",
        aspects=aspects,
        in_tender_documents=in_docs,
    )


def signed(whole: float, on: str = "2025-06-02", by: MemberId = ALBA) -> ContractSigned:
    return ContractSigned(occurred_at=at(on), contractor=by, value=euro(whole))


def modified(
    code: str,
    delta: float,
    on: str = "2025-09-01",
    *,
    basis: ModificationBasis = ModificationBasis.AW_2_163B,
    **more: Any,
) -> ContractModified:
    ordinary = ContractModified(
        occurred_at=at(on),
        modification=Code(code),
        delta=euro(delta),
        basis=basis,
        conditions_recorded=True,
        notice_identifier="TN-1",
        changes_nature=False,
    )
    return replace(ordinary, **more)


def adopted(key: ParameterKey, value: int, on: date = date(2023, 1, 1)) -> Parameters:
    """The parameters in force where Noorderdam took this number for its own."""
    return parameters_in_force(
        [
            Adopted(
                key=key,
                value=value,
                valid_from=on,
                adopted_at=datetime(on.year, on.month, on.day, tzinfo=UTC),
                owner="afdeling Inkoop",
                reason="eigen beleid",
            )
        ]
    )


def word(verdict: Verdict) -> str:
    """The verdict in one word, for tables."""
    return str(outcome(verdict))
