"""The award procedure up to the tenders, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.convenant_project.procedure import (
    DeadlineMoved,
    DeadlineSet,
    NoticeDispatched,
    NoticePublished,
    NoticeRectified,
    NoticeRenewed,
    ProcedureFact,
    ProcedureStarted,
    TenderDocumentsFixed,
)
from domain.convenant_project.questions import (
    ContactHeld,
    InformationNoticePublished,
    QuestionAnsweredSeparately,
    QuestionAsked,
    QuestionFact,
)
from domain.convenant_project.tendering import (
    CandidateRegistered,
    CriteriaPublished,
    InvitationSent,
    ProofInvited,
    TendererExcluded,
    TenderingFact,
    TenderSubmitted,
)
from domain.rules.wording import amount, day, percentage
from domain.terms import DUTCH_TIME, Instant, Text, dutch_date


def sentence(fact: ProcedureFact | QuestionFact | TenderingFact, names: Names) -> Text:
    match fact:
        case ProcedureStarted():
            kind = word(fact.procedure)
            return Text(
                nl=f"De aanbestedingsprocedure begon: {kind.nl}.",
                en=f"The award procedure began: {kind.en}.",
            )
        case TenderDocumentsFixed():
            count = len(fact.documents)
            return Text(
                nl=f"De aanbestedingsstukken zijn vastgesteld: {count} documentversies.",
                en=f"The tender documents were fixed: {count} document versions.",
            )
        case NoticeDispatched():
            return Text(
                nl="De aankondiging is verzonden.",
                en="The notice was dispatched.",
            )
        case NoticePublished():
            where = word(fact.channel)
            return Text(
                nl=f"De aankondiging staat {where.nl}.",
                en=f"The notice stands {where.en}.",
            )
        case NoticeRectified():
            return Text(
                nl=f"De aankondiging is gerectificeerd: {fact.reason}.",
                en=f"The notice was rectified: {fact.reason}.",
            )
        case NoticeRenewed():
            return Text(
                nl=f"De opdracht is opnieuw aangekondigd: {fact.reason}.",
                en=f"The contract was announced anew: {fact.reason}.",
            )
        case DeadlineSet():
            what, until = word(fact.kind), _moment(fact.deadline)
            return Text(
                nl=f"De termijn voor {what.nl} loopt tot {until.nl}.",
                en=f"The term for {what.en} runs until {until.en}.",
            )
        case DeadlineMoved():
            what, until = word(fact.kind), _moment(fact.deadline)
            return Text(
                nl=f"De termijn voor {what.nl} is verplaatst naar {until.nl}: {fact.reason}.",
                en=f"The term for {what.en} was moved to {until.en}: {fact.reason}.",
            )
        case InvitationSent():
            who = names(fact.recipient)
            return Text(
                nl=f"{who} is uitgenodigd om in te schrijven.",
                en=f"{who} was invited to tender.",
            )
        case CandidateRegistered():
            who = names(fact.candidate)
            return Text(
                nl=f"{who} meldde zich als gegadigde.",
                en=f"{who} became a candidate.",
            )
        case CriteriaPublished():
            return _criteria(fact)
        case QuestionAsked():
            who = names(fact.asked_by)
            return Text(
                nl=f"{who} stelde vraag {fact.question}{'' if fact.timely else ', te laat'}.",
                en=f"{who} asked question {fact.question}{'' if fact.timely else ', too late'}.",
            )
        case QuestionAnsweredSeparately():
            to = listed(names, fact.recipients)
            return Text(
                nl=f"Vraag {fact.question} is beantwoord aan {to.nl} alleen.",
                en=f"Question {fact.question} was answered to {to.en} only.",
            )
        case InformationNoticePublished():
            change = "wijzigt de stukken wezenlijk" if fact.material else "licht de stukken toe"
            change_en = "materially changes the documents" if fact.material else "explains them"
            return Text(
                nl=f"Nota van inlichtingen {fact.number} is gepubliceerd en {change}.",
                en=f"Information notice {fact.number} was published and {change_en}.",
            )
        case ContactHeld():
            who = names(fact.organisation)
            return Text(
                nl=f"Er was contact met {who} buiten de procedure om: {fact.ground}.",
                en=f"There was contact with {who} outside the procedure: {fact.ground}.",
            )
        case ProofInvited():
            who = names(fact.member)
            return Text(
                nl=f"{who} mag aantonen dat de betrokkenheid de mededinging niet vervalst.",
                en=f"{who} may show that its involvement does not distort competition.",
            )
        case TendererExcluded():
            who, ground = names(fact.member), word(fact.ground)
            return Text(
                nl=f"{who} is uitgesloten vanwege {ground.nl}.",
                en=f"{who} was excluded for {ground.en}.",
            )
        case TenderSubmitted():
            who = names(fact.tenderer)
            if fact.price is None:
                return Text(nl=f"{who} schreef in.", en=f"{who} submitted a tender.")
            price = amount(fact.price)
            return Text(
                nl=f"{who} schreef in voor {price.nl}.",
                en=f"{who} submitted a tender of {price.en}.",
            )
        case _:
            assert_never(fact)


def _criteria(fact: CriteriaPublished) -> Text:
    method, place = word(fact.method), word(fact.place)
    parts = [
        (each.name, percentage(each.weight)) if each.weight is not None else (each.name, None)
        for each in fact.criteria
    ]
    nl = ", ".join(f"{name} {share.nl}" if share else name for name, share in parts)
    en = ", ".join(f"{name} {share.en}" if share else name for name, share in parts)
    return Text(
        nl=f"Gunningscriteria v{fact.version} {place.nl}: {method.nl}"
        + (f" ({nl})." if nl else "."),
        en=f"Award criteria v{fact.version} {place.en}: {method.en}" + (f" ({en})." if en else "."),
    )


def _moment(instant: Instant) -> Text:
    on = day(dutch_date(instant))
    clock = instant.astimezone(DUTCH_TIME).strftime("%H:%M")
    return Text(nl=f"{on.nl} om {clock} uur", en=f"{on.en}, {clock}")
