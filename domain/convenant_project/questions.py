"""Questions about the procedure, and who was told the answer; step 7.

Answered to all in an information notice (nota van inlichtingen), or apart; and what was spoken beside
the procedure's own channels.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from domain.decider import require, require_form
from domain.terms import (
    CODE,
    Code,
    Command,
    Fact,
    MemberId,
    Moment,
    stated,
)

# ---------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, kw_only=True)
class Question:
    """`confidentiality_reason`: why the asker wants the answer kept from the others."""

    question: Code
    asked_by: MemberId
    timely: bool
    confidentiality_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Fact, Question):
    """A question about the procedure; `timely` as the tender documents count it."""


@dataclass(frozen=True, kw_only=True)
class SeparateAnswer:
    question: Code
    recipients: tuple[MemberId, ...]
    confidential: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAnsweredSeparately(Fact, SeparateAnswer):
    """A question was answered outside an information notice, to these organisations only."""


@dataclass(frozen=True, kw_only=True)
class InformationNotice:
    """`answers`: the questions it answers; `material`: it considerably changes the documents."""

    number: int
    answers: tuple[Code, ...]
    material: bool = False


@dataclass(frozen=True, kw_only=True)
class InformationNoticePublished(Fact, InformationNotice):
    """An information notice (nota van inlichtingen) went to everybody."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    organisation: MemberId
    ground: str


@dataclass(frozen=True, kw_only=True)
class ContactHeld(Fact, Contact):
    """Authority and organisation spoke about the project outside the procedure's own channels."""


QuestionFact = QuestionAsked | QuestionAnsweredSeparately | InformationNoticePublished | ContactHeld


# ---------------------------------------------------------------------------------------- state


@dataclass(frozen=True, kw_only=True)
class Questions:
    questions: frozenset[Code] = frozenset()
    notices: frozenset[int] = frozenset()


def evolve(state: Questions, fact: QuestionFact) -> Questions:
    match fact:
        case QuestionAsked():
            return replace(state, questions=state.questions | {fact.question})
        case InformationNoticePublished():
            return replace(state, notices=state.notices | {fact.number})
        case QuestionAnsweredSeparately() | ContactHeld():
            return state
        case _:
            assert_never(fact)


# ------------------------------------------------------------------------------------- commands


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Command, Question):
    pass


@dataclass(frozen=True, kw_only=True)
class AnswerSeparately(Command, SeparateAnswer):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishInformationNotice(Command, InformationNotice):
    pass


@dataclass(frozen=True, kw_only=True)
class HoldContact(Command, Contact):
    pass


QuestionCommand = AskQuestion | AnswerSeparately | PublishInformationNotice | HoldContact


# --------------------------------------------------------------------------------------- decide


def decide(state: Questions, command: QuestionCommand, moment: Moment) -> tuple[QuestionFact, ...]:
    match command:
        case AskQuestion():
            require_form(
                command.question,
                CODE,
                "project.question-code",
                "is not a code; use letters, digits, dots and hyphens",
                field="question",
            )
            require(
                command.question not in state.questions,
                "project.question-known",
                "this question was asked before under the same code",
                field="question",
            )
            return (stated(QuestionAsked, command, moment),)
        case AnswerSeparately():
            _require_questions(state, (command.question,), "question")
            return (stated(QuestionAnsweredSeparately, command, moment),)
        case PublishInformationNotice():
            require(
                command.number not in state.notices,
                "project.information-notice-known",
                f"information notice {command.number} was published before",
                field="number",
            )
            _require_questions(state, command.answers, "answers")
            return (stated(InformationNoticePublished, command, moment),)
        case HoldContact():
            return (stated(ContactHeld, command, moment),)
        case _:
            assert_never(command)


def _require_questions(state: Questions, questions: tuple[Code, ...], field: str) -> None:
    for question in questions:
        require(
            question in state.questions,
            "project.unknown-question",
            f"nobody asked a question {question}; record it first",
            field=field,
        )
