"""Playing a scenario: its commands, through the same use case as the API, into a sandbox."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from application.compliance import Registers, Verdicts, judge_project
from application.execute import Order, execute
from application.forms import form
from application.ports import Appended, CommandReused, Ledger
from application.scenarios.hindsight import hindsight
from application.scenarios.scenario import Expectation, Scenario
from application.scenarios.words import SANDBOX, Line, Script, left_to_play, script
from application.sealing.sealer import NewKey, Sealer
from domain.decider import Refused
from domain.rules.catalogue import RULES
from domain.rules.rule import Indeterminate, Judgement, NotApplicable, Rule, Violation, Warn
from domain.terms import Command, Instant, ProjectId


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a scenario left behind: the last position, and its projects by alias."""

    position: int
    projects: Mapping[str, ProjectId]
    titles: Mapping[str, str]


async def play(
    scenario: Scenario,
    ledger: Ledger,
    sealer: Sealer,
    *,
    policy: bytes,
    progress: Callable[[int, int], None] | None = None,
) -> Played:
    """Give every command in order of time, each recorded at its own `at`.

    Raises `ScenarioRefused`, with file and line: before anything is recorded for what cannot be
    read, else at the first step that cannot have happened; what was recorded before that step
    stays in the sandbox. `progress` hears how many steps are done, of how many. Playing the same
    scenario again records nothing new.
    """
    written = script(scenario)
    position, last = await ledger.head()
    for done, line in enumerate(written.lines, start=1):
        appended = await _give(written, line, ledger, sealer, policy, after=last, at=position)
        position = max(position, appended.last_position)
        if progress is not None:
            progress(done, len(written.lines))
    return Played(position=position, projects=written.projects, titles=written.titles)


def command_id(scenario: Scenario | Script, step: str) -> UUID:
    """The id under which a step is given, in whatever sandbox."""
    return uuid5(SANDBOX, f"{scenario.title} {step}")


async def _give(
    written: Script,
    line: Line,
    ledger: Ledger,
    sealer: Sealer,
    policy: bytes,
    *,
    after: Instant | None,
    at: int,
) -> Appended:
    step = line.step
    command = command_id(written, step.id)
    try:
        answered = await ledger.answered(command, line.request)
        if answered is not None:
            return answered
        if after is not None and step.at < after:
            raise step.place.refuse(
                "scenario.sandbox-is-later",
                f"this sandbox was last written to at {after.isoformat()}, after this step;"
                " play the scenario into a fresh one",
            )
        words, key = await _command(line, sealer, at)
        order = Order(
            aggregate=step.aggregate,
            stream=line.stream,
            command=words,
            command_id=command,
            request=line.request,
            actor=line.actor,
            policy=policy,
            key=key,
        )
        return await execute(ledger, order, now=step.at, clock=step.at)
    except CommandReused as reused:
        raise step.place.refuse(
            "scenario.played-otherwise",
            f"step {step.id!r} was played into this sandbox with other particulars;"
            " play the scenario into a fresh one, or give it another title",
        ) from reused
    except Refused as refused:
        pointer = f"/with/{refused.field.replace('.', '/')}" if refused.field else ""
        why = f"{step.id} ({step.command}): {refused.why}"
        cause = hindsight(written, line)
        raise step.place.refuse(
            refused.code, why if cause is None else f"{why}. {cause}", pointer
        ) from refused


async def _command(line: Line, sealer: Sealer, position: int) -> tuple[Command, NewKey | None]:
    plain = dict(line.plain) | dict.fromkeys(left_to_play(line.command, line.plain), position)
    sealed = await sealer.seal_fields(line.command, plain, line.stream)
    command: Command = form(line.command).read_object(sealed.plain)
    return command, sealed.key


# ---------------------------------------------------------------------------------- the verdicts


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A verdict that is not the one expected."""

    expected: Expectation
    judged: Judgement


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The verdicts on every project of a scenario, by alias, and where they surprise its author."""

    played: Played
    verdicts: Mapping[str, Verdicts]
    differences: tuple[Difference, ...]


async def judge_played(
    scenario: Scenario,
    played: Played,
    ledger: Ledger,
    registers: Registers,
    *,
    rules: Iterable[Rule] = RULES,
) -> Judged:
    """Judge every project of `scenario` at the position where it ended."""
    known = tuple(rules)
    verdicts = {
        alias: await judge_project(
            ledger, registers, project, position=played.position, rules=known
        )
        for alias, project in played.projects.items()
    }
    by_rule = {
        (alias, judgement.rule.id): judgement
        for alias, each in verdicts.items()
        for judgement in each.judgements
    }
    return Judged(
        played=played,
        verdicts=verdicts,
        differences=tuple(
            Difference(expected=expected, judged=judgement)
            for expected in scenario.expected
            if (judgement := by_rule[expected.project, expected.rule]).outcome
            is not expected.outcome
        ),
    )


def verdicts_as_json(judged: Judged) -> dict[str, Any]:
    """Title of a project -> rule -> verdict, with the positions that are its evidence."""
    return {
        judged.played.titles[alias]: {
            judgement.rule.id: _as_json(judgement) for judgement in each.judgements
        }
        for alias, each in judged.verdicts.items()
    }


def _as_json(judgement: Judgement) -> dict[str, Any]:
    verdict = judgement.verdict
    text = verdict.missing if isinstance(verdict, Indeterminate) else verdict.why
    remedy = verdict.remedy if isinstance(verdict, Violation | Warn) else None
    return {
        "verdict": judgement.outcome.value,
        "severity": None if judgement.severity is None else judgement.severity.value,
        "evidence": []
        if isinstance(verdict, NotApplicable | Indeterminate)
        else list(verdict.evidence),
        "why": {"nl": text.nl, "en": text.en},
        "remedy": None if remedy is None else {"nl": remedy.nl, "en": remedy.en},
    }
