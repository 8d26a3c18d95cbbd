"""A notice as the commands that tell a convenant project, and what no command could hold.

Only what the notice says is told. A notice that calls for competition starts a procedure; an award
notice does not say when its procedure started, so no start is recorded and the rules that hang on
it stay INDETERMINATE. A deadline without an hour runs to the end of its day. `docs/notices.md` gives
the reasons.
"""

from collections.abc import Mapping

from application.notices.award import decision, result
from application.notices.left_out import left_out, placeholder, read_with_doubt, remark
from application.notices.notice import PLACEHOLDER, Awarded, Due, Notice, NoticeRefused, Purpose
from application.notices.parties import Parties
from application.notices.step import Step, dispatched, element, published, require_past
from domain.convenant_project.contract_design import DivideIntoLots, Lot, MakeEstimate
from domain.convenant_project.preparation import AnnounceProject, PublicChannel, RegisterProject
from domain.convenant_project.procedure import (
    DeadlineKind,
    DispatchNotice,
    NoticeChannel,
    ProcedureType,
    PublishNotice,
    SetDeadline,
    StartProcedure,
)
from domain.convenant_project.provenance import ImportNotice, ImportStep, NoticeRemark, OutsideLaw
from domain.terms import CODE, Code, Instant, MemberId, Text, end_of

PROCEDURES: Mapping[str, ProcedureType] = {
    "PT_OPEN": ProcedureType.EUROPEAN_OPEN,
    "PT_RESTRICTED": ProcedureType.EUROPEAN_RESTRICTED,
    "PT_COMPETITIVE_NEGOTIATION": ProcedureType.EUROPEAN_NEGOTIATION,
    "PT_COMPETITIVE_DIALOGUE": ProcedureType.COMPETITIVE_DIALOGUE,
    "PT_INNOVATION_PARTNERSHIP": ProcedureType.INNOVATION_PARTNERSHIP,
    "open": ProcedureType.EUROPEAN_OPEN,
    "restricted": ProcedureType.EUROPEAN_RESTRICTED,
    "neg-w-call": ProcedureType.EUROPEAN_NEGOTIATION,
    "comp-dial": ProcedureType.COMPETITIVE_DIALOGUE,
    "innovation": ProcedureType.INNOVATION_PARTNERSHIP,
}
"""Procedures with a call for competition, by the codes of TED and of eForms (BT-105)."""

_DEADLINES: Mapping[Due, DeadlineKind] = {
    Due.TENDERS: DeadlineKind.TENDERS,
    Due.REQUESTS: DeadlineKind.REQUESTS,
}


def project_steps(
    notice: Notice, parties: Parties, authority: MemberId, now: Instant
) -> tuple[Step, ...]:
    """What to tell of the project of `authority`, in order.

    Raises `NoticeRefused` where the record cannot hold it, at `now`.
    """
    remarks = [*read_with_doubt(notice), *left_out(notice, parties)]
    if authority != parties.buyers[0].id:
        remarks.append(_other_authority(notice))
    told = (
        *_lots(notice, remarks),
        *_estimate(notice, remarks),
        *_course(notice, parties, remarks),
    )
    moments = [each.command.occurred_at for each in told if each.command.occurred_at is not None]
    steps = (
        _registration(notice, authority, known_since=min([dispatched(notice), *moments])),
        Step(
            name=ImportStep.NOTICE, command=_provenance(notice, parties, authority, tuple(remarks))
        ),
        *told,
    )
    require_past(notice, "dispatched_on", dispatched(notice), now)
    for step in steps:
        require_past(notice, step.said_in, step.command.occurred_at, now)
    return steps


def _other_authority(notice: Notice) -> NoticeRemark:
    name = notice.buyers[0].name
    return remark(
        "buyers",
        f"De aankondiging noemt {name}; wie haar overnam wees de aanbestedende dienst aan.",
        f"The notice names {name}; whoever imported it said whose project this is.",
        code="import.authority-named",
    )


# ------------------------------------------------------------------------------- what every one has


def _registration(notice: Notice, authority: MemberId, *, known_since: Instant) -> Step:
    """From the first moment that the notice speaks of. Where the work lies is not read."""
    if notice.kind is None:
        raise NoticeRefused(
            "notice.kind-missing",
            Text(
                nl="De aankondiging zegt niet of het om werken, leveringen of diensten gaat; zonder"
                " dat heeft het project geen drempelbedrag.",
                en="The notice does not say whether these are works, supplies or services; without"
                " that the project has no threshold.",
            ),
            element(notice, "kind"),
        )
    return Step(
        name=ImportStep.PROJECT,
        command=RegisterProject(
            occurred_at=known_since,
            title=notice.title,
            authority=authority,
            kind=notice.kind,
            object=notice.title,
            location="",
            cpv=notice.cpv_main,
            under_convenant=False,
        ),
    )


def _provenance(
    notice: Notice, parties: Parties, authority: MemberId, remarks: tuple[NoticeRemark, ...]
) -> ImportNotice:
    outside = notice.outside
    buyers = dict.fromkeys([authority, *(each.id for each in parties.buyers[1:])])
    return ImportNotice(
        form=notice.form.value,
        identifier=notice.identifier,
        notice_id=notice.notice_id,
        notice_version=notice.version,
        procedure_id=notice.procedure_id,
        previous=notice.previous,
        changes=notice.changes,
        sha256=notice.sha256,
        language=notice.language,
        legal_basis=notice.legal_basis,
        procedure=notice.procedure,
        dispatched_on=notice.dispatched_on,
        published_on=notice.published_on,
        buyers=tuple(buyers),
        winners=tuple(dict.fromkeys(each.id for each in parties.winners.values())),
        outside=None
        if outside is None
        else OutsideLaw(
            regime=outside.regime, element=outside.element, stated=outside.stated, why=outside.why
        ),
        remarks=remarks,
    )


def _estimate(notice: Notice, remarks: list[NoticeRemark]) -> list[Step]:
    """The estimate that the notice states: of the whole, or of the only part that there is."""
    amount = notice.estimated_value
    if amount is None and len(notice.lots) == 1:
        amount = notice.lots[0].estimated_value
        only = notice.awards[0] if len(notice.awards) == 1 else None
        if amount is None and isinstance(only, Awarded):
            amount = only.estimated_value
    if amount is None:
        return []
    if amount <= PLACEHOLDER:
        remarks.append(placeholder("estimated_value"))
        return []
    command = MakeEstimate(
        occurred_at=dispatched(notice),
        amount=amount,
        excludes_vat=True,
        includes_options=None,
        includes_extensions=None,
        includes_supplied_goods=None,
        method=f"vermeld in aankondiging {notice.identifier}",
    )
    return [Step(name=ImportStep.ESTIMATE, command=command)]


def _lots(notice: Notice, remarks: list[NoticeRemark]) -> list[Step]:
    """Every lot with its estimate, or none: a division of which a part is missing misleads."""
    if len(notice.lots) == 1:
        return []
    values = [lot.estimated_value for lot in notice.lots]
    known = [value for value in values if value is not None and value > PLACEHOLDER]
    if len(known) < len(values):
        remarks.append(
            remark(
                "lots",
                f"De {len(values)} percelen zijn niet overgenomen: niet van elk staat de geraamde"
                " waarde erbij.",
                f"The {len(values)} lots were left out: not each of them has an estimated value.",
            )
        )
        return []
    ids = [lot.id for lot in notice.lots]
    usable = len(set(ids)) == len(ids) and all(CODE.fullmatch(each) for each in ids)
    command = DivideIntoLots(
        occurred_at=dispatched(notice),
        lots=tuple(
            Lot(
                lot=Code(lot.id if usable else str(number)),
                title=lot.title or lot.id,
                value=value,
                european_procedure=True,
            )
            for number, (lot, value) in enumerate(zip(notice.lots, known, strict=True), 1)
        ),
    )
    return [Step(name=ImportStep.LOTS, command=command)]


# ------------------------------------------------------------------------- what each purpose adds


def _course(notice: Notice, parties: Parties, remarks: list[NoticeRemark]) -> list[Step]:
    match notice.purpose:
        case Purpose.COMPETITION:
            return _competition(notice, remarks)
        case Purpose.RESULT:
            _unstarted(notice, remarks)
            return result(notice, parties, remarks)
        case Purpose.TRANSPARENCY:
            _unstarted(notice, remarks)
            decided = decision(notice, parties, remarks)
            return [*_announcement(notice, remarks), *decided]
        case Purpose.PLANNING | Purpose.CONSULTATION | Purpose.QUALIFICATION:
            return _announcement(notice, remarks)


def _unstarted(notice: Notice, remarks: list[NoticeRemark]) -> None:
    if notice.procedure is not None:
        remarks.append(
            remark(
                "procedure",
                "Wanneer de procedure begon staat niet in deze aankondiging: haar begin en vorm"
                " zijn niet als feit overgenomen.",
                "This notice does not say when the procedure began: its start and form were not"
                " recorded as a fact.",
            )
        )


def _competition(notice: Notice, remarks: list[NoticeRemark]) -> list[Step]:
    """Step 7: the project enters the record with its notice."""
    at = dispatched(notice)
    steps = []
    declared = PROCEDURES.get(notice.procedure or "")
    if declared is None:
        remarks.append(
            remark(
                "procedure",
                "De aankondiging noemt geen procedure die het register kent.",
                "The notice names no procedure that the record knows.",
            )
        )
    else:
        start = StartProcedure(
            occurred_at=at,
            procedure=declared,
            electronic=None,
            urgency=notice.accelerated is True,
            outside_regime=None if notice.outside is None else notice.outside.regime,
        )
        steps.append(Step(name=ImportStep.PROCEDURE, command=start))
    dispatch = DispatchNotice(occurred_at=at, identifier=notice.identifier)
    steps.append(Step(name=ImportStep.DISPATCH, command=dispatch))
    day = published(notice, remarks)
    if day is not None:
        publish = PublishNotice(
            occurred_at=day,
            channel=NoticeChannel.OFFICIAL_JOURNAL,
            identifier=notice.identifier,
        )
        steps.append(Step(name=ImportStep.PUBLICATION, command=publish, said_in="published_on"))
    return [*steps, *_deadlines(notice, at, remarks)]


def _deadlines(notice: Notice, at: Instant, remarks: list[NoticeRemark]) -> list[Step]:
    steps = []
    for kind in DeadlineKind:
        stated = [each for each in notice.deadlines if _DEADLINES.get(each.due) is kind]
        moments = {each.at or end_of(each.on) for each in stated}
        if len(moments) == 1:
            command = SetDeadline(occurred_at=at, kind=kind, deadline=moments.pop())
            steps.append(Step(name=ImportStep(f"deadline {kind}"), command=command))
        elif moments:
            remarks.append(
                remark(
                    "deadlines",
                    f"De percelen hebben {len(moments)} verschillende termijnen ({kind}); een"
                    " project heeft er een.",
                    f"The lots have {len(moments)} different deadlines ({kind}); a project has"
                    " one.",
                )
            )
    others = sorted({each.due for each in notice.deadlines if each.due not in _DEADLINES})
    remarks += [
        remark(
            "deadlines",
            f"Een termijn van deze soort ({due}) kent het register niet.",
            f"The record has no deadline of this kind ({due}).",
        )
        for due in others
    ]
    return steps


def _announcement(notice: Notice, remarks: list[NoticeRemark]) -> list[Step]:
    day = published(notice, remarks)
    if day is None:
        return []
    command = AnnounceProject(
        occurred_at=day,
        channel=PublicChannel.OFFICIAL_JOURNAL,
        prior_notice=notice.purpose is Purpose.PLANNING,
    )
    return [Step(name=ImportStep.ANNOUNCEMENT, command=command, said_in="published_on")]
