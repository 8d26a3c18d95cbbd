"""The work and what was learned, in sentences."""

from typing import assert_never

from application.vocabulary import word
from domain.convenant_project.execution import (
    ContractModified,
    EvaluationHeld,
    ExecutionFact,
    ProjectCancelled,
    RecordChecked,
    ResultsPublished,
    StepReopened,
    WorkDelivered,
    WorkStarted,
)
from domain.rules.wording import amount
from domain.terms import Text


def sentence(fact: ExecutionFact) -> Text:
    match fact:
        case WorkStarted():
            return Text(nl="Het werk is begonnen.", en="The work began.")
        case ContractModified():
            value, basis = amount(fact.delta), word(fact.basis)
            return Text(
                nl=f"Wijziging {fact.modification} van de overeenkomst: {value.nl} ({basis.nl}).",
                en=f"Modification {fact.modification} of the contract: {value.en} ({basis.en}).",
            )
        case WorkDelivered():
            return Text(nl="Het werk is opgeleverd.", en="The work was delivered.")
        case EvaluationHeld():
            return Text(nl="Het project is geëvalueerd.", en="The project was evaluated.")
        case ResultsPublished():
            return Text(
                nl="De resultaten staan voor iedereen beschikbaar.",
                en="The results were made available to everybody.",
            )
        case StepReopened():
            return Text(
                nl=f"Stap {fact.step} is heropend: {fact.reason}.",
                en=f"Step {fact.step} was reopened: {fact.reason}.",
            )
        case ProjectCancelled():
            return Text(
                nl=f"Het project is beëindigd: {fact.reason}.",
                en=f"The project was cancelled: {fact.reason}.",
            )
        case RecordChecked():
            check = word(fact.check)
            return Text(
                nl=f"Nagegaan: {check.nl}; {'in orde' if fact.passed else 'niet in orde'}.",
                en=f"Checked: {check.en}; {'in order' if fact.passed else 'not in order'}.",
            )
        case _:
            assert_never(fact)
