"""What a rule is, and the five verdicts (oordelen) that it can give.

A verdict is a function of the dossier up to a position, the moment of judging and the parameters
in force, and of nothing else: the same three always give the same verdict.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.dossier import Sight
from domain.law.parameters import InForce
from domain.record import Recorded
from domain.rules.case import Case
from domain.terms import Instant, Text


class Severity(StrEnum):
    """How bad a breach is; never a gate by itself."""

    BLOCKER = "blocker"  # overeenkomst vernietigbaar, of procedure overdoen
    MAJOR = "major"  # wettelijke plicht geschonden, te herstellen
    MINOR = "minor"  # pas toe of leg uit, of eigen beleid
    ADVISORY = "advisory"  # ideaal of kwaliteit


class Principle(StrEnum):
    """The principles of procurement law that a rule serves."""

    NON_DISCRIMINATION = "non-discrimination"  # non-discriminatie
    EQUAL_TREATMENT = "equal-treatment"  # gelijke behandeling
    TRANSPARENCY = "transparency"  # transparantie
    PROPORTIONALITY = "proportionality"  # proportionaliteit
    GOOD_ADMINISTRATION = "good-administration"  # algemene beginselen van behoorlijk bestuur


class Subject(StrEnum):
    PROJECT = "project"
    CIRCLE = "circle"
    MEMBER = "member"
    MISSION = "mission"
    LEDGER = "ledger"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule comes from: an article or a line of a source document, and how sure we are.

    `tag` is V, V2, K, D or S as the rule book (section 0.1) explains.
    """

    reference: str
    tag: str


@dataclass(frozen=True, kw_only=True)
class Pass:
    why: Text
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Violation:
    """`severity` only where it differs from the rule's own; `remedy` says what mends it."""

    why: Text
    evidence: tuple[int, ...] = ()
    severity: Severity | None = None
    remedy: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Warn:
    why: Text
    evidence: tuple[int, ...] = ()
    remedy: Text | None = None


@dataclass(frozen=True, kw_only=True)
class NotApplicable:
    why: Text


@dataclass(frozen=True, kw_only=True)
class Indeterminate:
    """`missing` names the fact, or the number, without which nobody can judge."""

    missing: Text


Verdict = Pass | Violation | Warn | NotApplicable | Indeterminate


class Outcome(StrEnum):
    """A verdict in one word, for tables and answers."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    VIOLATION = "violation"
    WARN = "warn"
    NOT_APPLICABLE = "not-applicable"
    INDETERMINATE = "indeterminate"


def outcome(verdict: Verdict) -> Outcome:
    match verdict:
        case Pass():
            return Outcome.PASS
        case Violation():
            return Outcome.VIOLATION
        case Warn():
            return Outcome.WARN
        case NotApplicable():
            return Outcome.NOT_APPLICABLE
        case Indeterminate():
            return Outcome.INDETERMINATE


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """What must be so before a duty exists at all; otherwise the rule is NOT_APPLICABLE."""

    text: Text
    met: Callable[[Case], bool]


@dataclass(frozen=True, kw_only=True)
class Need:
    """A fact that a rule cannot do without; absent, its verdict is INDETERMINATE."""

    text: Text
    present: Callable[[Case], bool]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule, one function, one place in the law.

    `since` and `until` (inclusive) are the days on which the rule is law; history is judged by the
    law of its day. `check` is asked only when `trigger` is met and every one of `needs` is there.
    `settled_by_notice` are the verdicts for which a notice says all that counts: of a project that
    was read from one, only these may rest on its words alone (`domain.rules.imported`).
    """

    id: str
    title: Text
    subject: Subject
    principles: tuple[Principle, ...]
    sources: tuple[Source, ...]
    since: date
    until: date | None
    severity: Severity
    trigger: Trigger | None
    needs: tuple[Need, ...]
    check: Callable[[Case], Verdict]
    settled_by_notice: frozenset[Outcome] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A rule's verdict on one subject at one moment."""

    rule: Rule
    verdict: Verdict
    position: int
    judged_at: Instant

    @property
    def outcome(self) -> Outcome:
        return outcome(self.verdict)

    @property
    def severity(self) -> Severity | None:
        """How bad the breach is; None where there is none."""
        match self.verdict:
            case Violation(severity=severity):
                return severity or self.rule.severity
            case _:
                return None


def positions(*found: Recorded[Any] | Sight | None) -> tuple[int, ...]:
    """Evidence: where in the ledger each of these stands, each once and in order."""
    return tuple(sorted({each.position for each in found if each is not None}))


def breach(
    why: Text,
    evidence: tuple[int, ...],
    *,
    numbers: Iterable[InForce],
    severity: Severity | None = None,
    remedy: Text | None = None,
) -> Violation | Warn:
    """A breach that hangs on `numbers`: a VIOLATION if each of them binds, else a WARN.

    A number that no source states binds only the authority that adopted it (rule book, 0.4).
    """
    if all(number.binding for number in numbers):
        return Violation(why=why, evidence=evidence, severity=severity, remedy=remedy)
    return Warn(why=why, evidence=evidence, remedy=remedy)
