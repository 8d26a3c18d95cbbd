"""The thirteen steps of a convenant project, read from its facts: which were reached, and when.

Nobody ticks a step off. A step is reached by what happened: a group that was formed, an invitation
that was sent, a contract that was signed. What may follow what is for `domain.rules`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from domain.circle.meetings import MeetingHeld
from domain.convenant_project.award import AwardDecided, ContractSigned
from domain.convenant_project.execution import (
    EvaluationHeld,
    ResultsPublished,
    WorkDelivered,
    WorkStarted,
)
from domain.convenant_project.preparation import (
    ExpertGroupFormed,
    ExpertGroupMet,
    MonitoringProgrammeSet,
    ProjectDiscussed,
    ProjectRegistered,
    RequestDrafted,
)
from domain.convenant_project.procedure import NoticeDispatched, NoticePublished, NoticeRenewed
from domain.convenant_project.tendering import InvitationSent, TenderSubmitted
from domain.dossier import Dossier
from domain.record import Recorded
from domain.terms import Fact, Instant, Text


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the thirteen. `facts` are all that belong to it, in the order of happening.

    `reached` is the fact by which it was reached; None while it was not.
    """

    number: int
    title: Text
    facts: tuple[Recorded[Any], ...]
    reached: Recorded[Any] | None

    @property
    def reached_at(self) -> Instant | None:
        return None if self.reached is None else self.reached.occurred_at

    @property
    def position(self) -> int | None:
        """Where in the ledger the fact stands by which it was reached."""
        return None if self.reached is None else self.reached.position


def steps(dossier: Dossier) -> tuple[Step, ...]:
    """All thirteen, in order, reached or not.

    A step is reached by the first of its facts. Looking back may be done more than once: the
    evaluation (12) that counts is the first one after delivery, and the results (13) the first
    after that evaluation; an earlier one counts only while there is no other.
    """
    found: list[Step] = []
    for number, (title, facts_of) in enumerate(_STEPS, start=1):
        facts = tuple(sorted(facts_of(dossier), key=lambda each: (each.occurred_at, each.position)))
        before = found[-1].reached_at if number in _LOOKING_BACK else None
        later = [each for each in facts if before is not None and each.occurred_at >= before]
        reached = next(iter([*later, *facts]), None)
        found.append(Step(number=number, title=title, facts=facts, reached=reached))
    return tuple(found)


_LOOKING_BACK = (12, 13)


def _of(*kinds: type[Fact]) -> Callable[[Dossier], Iterable[Recorded[Any]]]:
    return lambda dossier: [each for kind in kinds for each in dossier.project.of(kind)]


def _discussions(dossier: Dossier) -> Iterable[Recorded[Any]]:
    """Said by the project itself, or by the agenda of a circle's meeting."""
    meetings = [
        met
        for file in dossier.circles.values()
        for met in file.of(MeetingHeld)
        if any(item.project == dossier.id for item in met.fact.agenda)
    ]
    return [*dossier.project.of(ProjectDiscussed), *meetings]


_STEPS: tuple[tuple[Text, Callable[[Dossier], Iterable[Recorded[Any]]]], ...] = (
    (
        Text(
            nl="Met opdrachtgevers wordt gezocht naar een convenant-project",
            en="With clients a convenant project is sought",
        ),
        _of(ProjectRegistered),
    ),
    (
        Text(
            nl="Project wordt met de groep besproken", en="The project is discussed with the circle"
        ),
        _discussions,
    ),
    (
        Text(nl="Expertgroep wordt geformeerd", en="An expert group is formed"),
        _of(ExpertGroupFormed),
    ),
    (
        Text(
            nl="Expertgroep begeleidt het opstellen van de uitvraag",
            en="The expert group guides the drafting of the request",
        ),
        _of(ExpertGroupMet),
    ),
    (
        Text(nl="Elementen van de uitvraag", en="The elements of the request"),
        _of(RequestDrafted),
    ),
    (
        Text(nl="Monitoringsprogramma opgesteld", en="A monitoring programme is drawn up"),
        _of(MonitoringProgrammeSet),
    ),
    (
        Text(nl="Aanbesteding", en="Tendering"),
        _of(NoticeDispatched, NoticePublished, NoticeRenewed, InvitationSent),
    ),
    (
        Text(nl="Inschrijving", en="Submission of tenders"),
        _of(TenderSubmitted),
    ),
    (
        Text(nl="Beoordeling en gunning", en="Evaluation and award"),
        _of(AwardDecided, ContractSigned),
    ),
    (
        Text(nl="Uitvoering van het werk", en="Execution of the work"),
        _of(WorkStarted),
    ),
    (
        Text(nl="Oplevering", en="Delivery"),
        _of(WorkDelivered),
    ),
    (
        Text(nl="Evaluatie na afloop", en="Evaluation afterwards"),
        _of(EvaluationHeld),
    ),
    (
        Text(
            nl="Resultaten van het gehele proces vastleggen en ter beschikking stellen",
            en="The results of the whole process are recorded and made available",
        ),
        _of(ResultsPublished),
    ),
)
