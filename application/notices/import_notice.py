"""Importing a notice: from what it says to a convenant project in the record, once.

Every organisation and every fact goes through the same use case as a command from any other door.
Each step has an id that is derived from the hash of the file and the step's name, so importing a
file again gives the first answer and adds nothing, and an import that was cut off half-way goes on
where it stopped. What could be refused is found out beforehand, by deciding every step on the
streams as they are: a notice that is refused leaves nothing behind, not even a key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from application.aggregates import CONVENANT_PROJECT, MEMBER
from application.execute import Order, execute
from application.forms import Malformed, form
from application.notices.left_out import LEFT_OUT
from application.notices.notice import Notice, NoticeRefused, RemarkCode
from application.notices.parties import Parties, Party, parties
from application.notices.project import project_steps
from application.ports import Ledger
from application.sealing.sealer import Sealer
from domain.convenant_project.preparation import ProjectRegistered
from domain.convenant_project.provenance import (
    ImportStep,
    NoticeImported,
    NoticeRemark,
    import_command,
)
from domain.decider import Refused, fold
from domain.member.organisation import MemberRegistered, OrganisationKind, RegisterMember
from domain.terms import Command, Fact, Instant, MemberId, Moment, PersonRef, ProjectId, Text

_AUTHORITY = OrganisationKind.CONTRACTING_AUTHORITY


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import left behind, the first time and every time after.

    `members` are the buyers, the contracting authority first, and the winners. `remarks` is
    everything that a reader of the project should know. `position` is the last of the import;
    `added` how many events this very call appended.
    """

    project: ProjectId
    members: tuple[MemberId, ...]
    remarks: tuple[NoticeRemark, ...]
    position: int
    added: int

    @property
    def left_out(self) -> tuple[Text, ...]:
        """What the notice says that was not imported, and why."""
        gone = {LEFT_OUT, RemarkCode.NOT_IMPORTED}
        return tuple(each.text for each in self.remarks if each.code in gone)


def project_id(notice: Notice) -> ProjectId:
    """The project of a notice: one for each file."""
    return ProjectId(
        uuid5(import_command(notice.sha256, ImportStep.PROJECT), CONVENANT_PROJECT.name)
    )


async def import_notice(
    ledger: Ledger,
    sealer: Sealer,
    notice: Notice,
    *,
    actor: PersonRef,
    policy: bytes,
    now: Instant,
    authority: MemberId | None = None,
    clock: Instant | None = None,
) -> Imported:
    """Record `notice` as a project, or tell again what became of it.

    `authority` is the contracting authority of the record whose project this is; without it the
    notice's first buyer becomes one. `clock` is for sandboxes: the recorded time to use.

    Raises `NoticeRefused` and `Refused` before anything is stored. `StaleVersion` and
    `LedgerUnavailable` may leave a part: the same call completes it.
    """
    named, project = parties(notice), project_id(notice)
    owner = await _owner(ledger, project, authority) or named.buyers[0].id
    steps = [
        *((each.step, each.id, each.register) for each in _newcomers(named, owner)),
        *((each.name, project, each.command) for each in project_steps(notice, named, owner, now)),
    ]
    orders = [
        _order(notice, step, stream, command, actor=actor, policy=policy)
        for step, stream, command in steps
    ]
    secret = {each.id for each in named.all if each.sealed}
    added = 0
    for order in await _left_to_do(ledger, orders, now):
        ready = await _sealed(sealer, order) if order.stream in secret else order
        added += await _carry_out(ledger, ready, now, clock)
    return await _told(ledger, project, orders, added)


def _newcomers(named: Parties, owner: MemberId) -> list[Party]:
    """Whom to register: not the first buyer where the record knows it under another id."""
    first = named.buyers[0].id
    return [each for each in named.all if owner == first or each.id != first]


def _order(
    notice: Notice, step: str, stream: UUID, command: Command, *, actor: PersonRef, policy: bytes
) -> Order:
    """What is asked is the step of this file: a build that reads it otherwise asks the same."""
    return Order(
        aggregate=MEMBER if isinstance(command, RegisterMember) else CONVENANT_PROJECT,
        stream=stream,
        command=command,
        command_id=import_command(notice.sha256, step),
        request=sha256(f"import-notice {notice.sha256} {step}".encode()).digest(),
        actor=actor,
        policy=policy,
    )


# ------------------------------------------------------------------------------------ beforehand


async def _owner(ledger: Ledger, project: ProjectId, authority: MemberId | None) -> MemberId | None:
    """Whose project it is: what an earlier import recorded, or else what the caller says."""
    for each in await ledger.load(project):
        if isinstance(each.fact, ProjectRegistered):
            return each.fact.authority
    if authority is None:
        return None
    for each in await ledger.load(authority):
        if isinstance(each.fact, MemberRegistered) and each.fact.kind is _AUTHORITY:
            return authority
    raise Refused(
        "import.unknown-authority",
        "the record knows no contracting authority by this id; register it first",
        field="authority",
    )


async def _left_to_do(ledger: Ledger, orders: Iterable[Order], now: Instant) -> list[Order]:
    """The orders that were not carried out yet, each of which would be taken now.

    Raises what the deciders, and the forms of their facts, would refuse. An organisation that the
    record knows already is not registered again.
    """
    states: dict[UUID, Any] = {}
    todo = []
    for order in orders:
        if await ledger.answered(order.command_id, order.request) is not None:
            continue
        decider = order.aggregate.decider
        if order.stream not in states:
            recorded = await ledger.load(order.stream)
            states[order.stream] = fold(decider, (each.fact for each in recorded))
        state = states[order.stream]
        if order.aggregate is MEMBER and state.identity.organisation is not None:
            continue
        moment = Moment(now=now, actor=order.actor)
        facts: tuple[Fact, ...] = decider.decide(state, order.command, moment)
        for fact in facts:
            _require_form(fact)
            states[order.stream] = decider.evolve(states[order.stream], fact)
        todo.append(order)
    return todo


def _require_form(fact: Fact) -> None:
    try:
        form(type(fact)).canonical(fact)
    except Malformed as malformed:
        raise NoticeRefused(
            "notice.does-not-fit",
            Text(
                nl=f"Wat de aankondiging zegt past niet in het register: {malformed}.",
                en=f"What the notice says does not fit the record: {malformed}.",
            ),
            ", ".join(each.field_path.lstrip("/") for each in malformed.problems),
        ) from None


# ----------------------------------------------------------------------------------- carrying out


async def _sealed(sealer: Sealer, order: Order) -> Order:
    """The registration with its name under a key of its own."""
    its_form = form(type(order.command))
    plain = its_form.write(order.command)
    sealed = await sealer.seal_fields(its_form.cls, plain, order.stream)
    return replace(order, command=its_form.read_object(sealed.plain), key=sealed.key)


async def _carry_out(ledger: Ledger, order: Order, now: Instant, clock: Instant | None) -> int:
    """How many events that added; somebody else may have registered the organisation just now."""
    try:
        appended = await execute(ledger, order, now=now, clock=clock)
    except Refused as refused:
        if refused.code == "member.known":
            return 0
        raise
    return 0 if appended.repeated else appended.last_position - appended.first_position + 1


async def _told(
    ledger: Ledger, project: ProjectId, orders: Iterable[Order], added: int
) -> Imported:
    """The answer, from what the record holds and not from what this build would make of it."""
    own = {each.command_id for each in orders}
    recorded = [each for each in await ledger.load(project) if each.command in own]
    read = next(each.fact for each in recorded if isinstance(each.fact, NoticeImported))
    return Imported(
        project=project,
        members=tuple(dict.fromkeys((*read.buyers, *read.winners))),
        remarks=read.remarks,
        position=recorded[-1].position,
        added=added,
    )
