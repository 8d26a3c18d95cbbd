"""Verdicts as answers: over HTTP and as JSON on the terminal, in one form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.compliance import Verdicts
from domain.rules.rule import (
    Indeterminate,
    Judgement,
    NotApplicable,
    Outcome,
    Rule,
    Severity,
    Violation,
    Warn,
)
from domain.terms import Instant, Text


@dataclass(frozen=True, kw_only=True)
class VerdictSaid:
    """One rule's verdict. `evidence` are positions in the ledger; `missing` is what is not known."""

    rule: str
    title: Text
    verdict: Outcome
    severity: Severity | None
    why: Text | None
    missing: Text | None
    remedy: Text | None
    evidence: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictsSaid:
    """Every rule's verdict on one project.

    The same `position`, `judgedAt`, rules and `parameters` (a fingerprint of the numbers judged by)
    always give the same verdicts.
    """

    project: UUID
    position: int
    judged_at: Instant
    parameters: str
    verdicts: tuple[VerdictSaid, ...]


def verdicts_said(verdicts: Verdicts) -> VerdictsSaid:
    return VerdictsSaid(
        project=verdicts.dossier.id,
        position=verdicts.dossier.position,
        judged_at=verdicts.judged_at,
        parameters=verdicts.parameters,
        verdicts=tuple(_said(each) for each in verdicts.judgements),
    )


def _said(judgement: Judgement) -> VerdictSaid:
    verdict = judgement.verdict
    return VerdictSaid(
        rule=judgement.rule.id,
        title=judgement.rule.title,
        verdict=judgement.outcome,
        severity=judgement.severity,
        why=None if isinstance(verdict, Indeterminate) else verdict.why,
        missing=verdict.missing if isinstance(verdict, Indeterminate) else None,
        remedy=verdict.remedy if isinstance(verdict, Violation | Warn) else None,
        evidence=() if isinstance(verdict, Indeterminate | NotApplicable) else verdict.evidence,
    )


# ----------------------------------------------------------------------------------- the rules


@dataclass(frozen=True, kw_only=True)
class SourceSaid:
    reference: str
    tag: str


@dataclass(frozen=True, kw_only=True)
class RuleSaid:
    """`since` and `until` are the first and the last day on which the rule is law."""

    id: str
    title: Text
    subject: str
    principles: tuple[str, ...]
    sources: tuple[SourceSaid, ...]
    since: date
    until: date | None
    severity: Severity
    trigger: Text | None
    needs: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class RulesSaid:
    """The rules by which projects are judged."""

    rules: tuple[RuleSaid, ...]


def rules_said(rules: Iterable[Rule]) -> RulesSaid:
    return RulesSaid(rules=tuple(_rule_said(each) for each in rules))


def _rule_said(rule: Rule) -> RuleSaid:
    return RuleSaid(
        id=rule.id,
        title=rule.title,
        subject=str(rule.subject),
        principles=tuple(str(each) for each in rule.principles),
        sources=tuple(
            SourceSaid(reference=each.reference, tag=str(each.tag)) for each in rule.sources
        ),
        since=rule.since,
        until=rule.until,
        severity=rule.severity,
        trigger=None if rule.trigger is None else rule.trigger.text,
        needs=tuple(each.text for each in rule.needs),
    )
