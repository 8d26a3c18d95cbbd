"""Judging: one rule, or all that are law on the day, about one case."""

from collections.abc import Iterable

from domain.law.coverage import NotCovered
from domain.rules.case import Case, Missing
from domain.rules.imported import within_knowledge
from domain.rules.outside import outside
from domain.rules.rule import Indeterminate, Judgement, NotApplicable, Rule, Verdict
from domain.terms import Text, dutch_date


def judge(rule: Rule, case: Case) -> Judgement:
    """The verdict of one rule; a fact or number that nobody has makes it INDETERMINATE."""
    return Judgement(
        rule=rule,
        verdict=_verdict(rule, case),
        position=case.dossier.position,
        judged_at=case.judged_at,
    )


def judge_all(rules: Iterable[Rule], case: Case) -> tuple[Judgement, ...]:
    """The verdicts of every rule, in the order of `rules`."""
    return tuple(judge(rule, case) for rule in rules)


def _verdict(rule: Rule, case: Case) -> Verdict:
    try:
        silent = _outside(case) or _not_law(rule, case) or _untriggered(rule, case)
        return silent or within_knowledge(rule, case.dossier, _asked(rule, case))
    except Missing as missing:
        return Indeterminate(missing=missing.what)
    except NotCovered as gap:
        return Indeterminate(
            missing=Text(
                nl=f"{gap.what} op {gap.day.isoformat()}; laad de regel met zijn bron",
                en=f"{gap.what} on {gap.day.isoformat()}; load the row with its source",
            )
        )


def _not_law(rule: Rule, case: Case) -> Verdict | None:
    """History is judged by the law of its day: that of the reference day, or else of today."""
    found = case.dossier.notice_sent or case.dossier.procedure
    day = dutch_date(found.occurred_at if found is not None else case.judged_at)
    if rule.since <= day and (rule.until is None or day <= rule.until):
        return None
    return NotApplicable(
        why=Text(
            nl=f"deze regel gold niet op {day.isoformat()}",
            en=f"this rule was not law on {day.isoformat()}",
        )
    )


def _outside(case: Case) -> Verdict | None:
    why = outside(case.dossier)
    return None if why is None else NotApplicable(why=why)


def _untriggered(rule: Rule, case: Case) -> Verdict | None:
    trigger = rule.trigger
    if trigger is None or trigger.met(case):
        return None
    return NotApplicable(why=trigger.text)


def _asked(rule: Rule, case: Case) -> Verdict:
    for need in rule.needs:
        if not need.present(case):
            return Indeterminate(missing=need.text)
    return rule.check(case)
