"""Given, when, then: facts and dossiers for tests, without a database.

`given(decider, *facts).when(command).then(*facts)` tests an aggregate. `Story` lays down recorded
facts in order and gives the dossier that a rule is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from domain.decider import Decider, Refused, fold
from domain.dossier import Dossier, File
from domain.law.parameters import Parameters, parameters_in_force
from domain.record import Recorded
from domain.rules.case import Case
from domain.rules.judge import judge
from domain.rules.rule import Rule, Verdict
from domain.terms import (
    DUTCH_TIME,
    CircleId,
    Command,
    Fact,
    Instant,
    MemberId,
    Moment,
    PersonRef,
    ProjectId,
)

_NAMES = UUID("00000000-0000-5000-8000-000000000000")
ACTOR = PersonRef(UUID("00000000-0000-4000-8000-000000000001"))
PROJECT = ProjectId(uuid5(_NAMES, "project"))
CIRCLE = CircleId(uuid5(_NAMES, "circle"))
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

State = TypeVar("State")
AnyCommand = TypeVar("AnyCommand", bound=Command)
AnyFact = TypeVar("AnyFact", bound=Fact)


def member(name: str) -> MemberId:
    """The same name is the same organisation."""
    return MemberId(uuid5(_NAMES, f"member {name}"))


def person(name: str) -> PersonRef:
    return PersonRef(uuid5(_NAMES, f"person {name}"))


def project(name: str) -> ProjectId:
    return ProjectId(uuid5(_NAMES, f"project {name}"))


def at(text: str) -> Instant:
    """`2026-03-02` (09:00) or `2026-03-02 14:30`, Dutch time."""
    day, _, clock = text.partition(" ")
    local = datetime.fromisoformat(f"{day}T{clock or '09:00'}")
    return local.replace(tzinfo=DUTCH_TIME).astimezone(UTC)


# ------------------------------------------------------------------------------- one aggregate


@dataclass(frozen=True)
class Given(Generic[State, AnyCommand, AnyFact]):
    decider: Decider[State, AnyCommand, AnyFact]
    facts: tuple[AnyFact, ...]
    now: Instant = NOW

    def at(self, text: str) -> Given[State, AnyCommand, AnyFact]:
        return replace(self, now=at(text))

    def when(self, command: AnyCommand) -> When[AnyFact]:
        state = fold(self.decider, self.facts)
        try:
            new = self.decider.decide(state, command, Moment(now=self.now, actor=ACTOR))
        except Refused as refused:
            return When(facts=(), refused=refused)
        for fact in new:
            state = self.decider.evolve(state, fact)
        return When(facts=new, refused=None)


@dataclass(frozen=True)
class When(Generic[AnyFact]):
    facts: tuple[AnyFact, ...]
    refused: Refused | None

    def then(self, *expected: AnyFact) -> None:
        assert self.refused is None, self.refused
        assert self.facts == expected

    def then_refused(self, code: str, *, field: str | None = None) -> None:
        assert self.refused is not None, f"not refused, but {self.facts}"
        assert self.refused.code == code
        assert self.refused.why
        if field is not None:
            assert self.refused.field == field


def given(
    decider: Decider[State, AnyCommand, AnyFact], *facts: AnyFact
) -> Given[State, AnyCommand, AnyFact]:
    return Given(decider, facts)


# -------------------------------------------------------------------------------- one dossier


@dataclass
class Story:
    """Facts in the order in which they were recorded.

    `recorded_at` is when they happened, unless `recorded` says otherwise.
    """

    streams: dict[UUID, list[Recorded[Any]]] = field(default_factory=dict)
    kinds: dict[UUID, str] = field(default_factory=dict)
    position: int = 0

    def project(self, *facts: Fact, recorded: str | None = None) -> Story:
        return self._tell(PROJECT, "project", facts, recorded)

    def circle(self, *facts: Fact, recorded: str | None = None) -> Story:
        return self._tell(CIRCLE, "circle", facts, recorded)

    def member(self, who: MemberId, *facts: Fact, recorded: str | None = None) -> Story:
        return self._tell(who, "member", facts, recorded)

    def neighbour(self, which: ProjectId, *facts: Fact, recorded: str | None = None) -> Story:
        return self._tell(which, "neighbour", facts, recorded)

    def _tell(
        self, stream: UUID, kind: str, facts: tuple[Fact, ...], recorded: str | None
    ) -> Story:
        self.kinds[stream] = kind
        told = self.streams.setdefault(stream, [])
        for fact in facts:
            self.position += 1
            told.append(
                Recorded(
                    fact=fact,
                    position=self.position,
                    stream=stream,
                    version=len(told) + 1,
                    recorded_at=at(recorded) if recorded else fact.occurred_at,
                    actor=ACTOR,
                    command=uuid5(_NAMES, str(self.position)),
                )
            )
        return self

    def dossier(self) -> Dossier:
        files = {stream: File(tuple(told)) for stream, told in self.streams.items()}

        def of(kind: str) -> dict[UUID, File[Any]]:
            return {stream: files[stream] for stream in files if self.kinds[stream] == kind}

        return Dossier(
            id=PROJECT,
            position=self.position,
            project=files.get(PROJECT, File()),
            circles=of("circle"),
            members=of("member"),
            neighbours=of("neighbour"),
        )

    def case(self, *, judged: str | None = None, parameters: Parameters | None = None) -> Case:
        return Case(
            dossier=self.dossier(),
            judged_at=at(judged) if judged else NOW,
            parameters=parameters or parameters_in_force(),
        )

    def judge(
        self, rule: Rule, *, judged: str | None = None, parameters: Parameters | None = None
    ) -> Verdict:
        """The rule's verdict, through the same trigger and needs as the service applies."""
        return judge(rule, self.case(judged=judged, parameters=parameters)).verdict
