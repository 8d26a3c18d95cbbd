"""Projects that were read from a notice: what the record can say of them, and what not.

The registers of a project that was kept here from its start are complete: who is not in them was
not told, and reasons that are not there were not written. Of an imported project the record knows
what the notice says. So a verdict that rests on nothing else is no verdict, unless a notice tells
all that it hangs on; a verdict with a fact in it that was recorded by hand stands.
"""

from domain.convenant_project.provenance import NoticeImported, import_commands
from domain.dossier import Dossier
from domain.member.organisation import MemberRegistered
from domain.rules.rule import Indeterminate, Pass, Rule, Verdict, Violation, Warn, outcome
from domain.terms import Text


def within_knowledge(rule: Rule, dossier: Dossier, verdict: Verdict) -> Verdict:
    """`verdict`, or INDETERMINATE where the record of an imported project cannot carry it."""
    if not isinstance(verdict, Pass | Violation | Warn):
        return verdict
    files = [each.fact.sha256 for each in dossier.project.of(NoticeImported)]
    if not files or outcome(verdict) in rule.settled_by_notice:
        return verdict
    if not set(verdict.evidence) <= _read(dossier, files):
        return verdict
    return Indeterminate(
        missing=Text(
            nl="wat de aankondiging niet zegt: dit project is daaruit overgenomen",
            en="what the notice does not say: this project was read from it",
        )
    )


def _read(dossier: Dossier, files: list[str]) -> set[int]:
    """Where the facts stand that the notices gave, and the names of organisations."""
    commands = import_commands(files)
    told = {each.position for each in dossier.project.facts if each.command in commands}
    named = (file.first(MemberRegistered) for file in dossier.members.values())
    return told | {each.position for each in named if each is not None}
