"""What happened in a circle, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.circle import CircleFact
from domain.circle.agreements import AgreementMade
from domain.circle.convenant import ConvenantSigned
from domain.circle.decisions import DecisionTaken
from domain.circle.founding import CircleFounded, FacilitatorAppointed
from domain.circle.klaagpaal import ComplaintRaised
from domain.circle.meetings import MeetingHeld, ReportPublished, SensitiveTalkNoted
from domain.circle.membership import EntryAnswered, EntryRequested, MemberJoined, MemberLeft
from domain.circle.seats import RotationScheduled, SeatTaken, SeatVacated
from domain.terms import Text


def sentence(fact: CircleFact, names: Names) -> Text:
    match fact:
        case CircleFounded():
            authority = names(fact.authority)
            return Text(
                nl=f"{authority} stelde {fact.name} in voor de regio {fact.region}.",
                en=f"{authority} founded {fact.name} for the region {fact.region}.",
            )
        case FacilitatorAppointed():
            who = names(fact.facilitator)
            return Text(
                nl=f"{who} begeleidt de kring.",
                en=f"{who} guides the circle.",
            )
        case ConvenantSigned():
            parties = listed(names, fact.parties)
            return Text(
                nl=f"{parties.nl} tekenden het {'open ' if fact.open_entry else ''}convenant.",
                en=f"{parties.en} signed the {'open ' if fact.open_entry else ''}convenant.",
            )
        case EntryRequested():
            who = names(fact.member)
            return Text(nl=f"{who} vroeg om toetreding.", en=f"{who} asked to join.")
        case EntryAnswered():
            who, outcome, ground = names(fact.member), word(fact.outcome), word(fact.ground)
            return Text(
                nl=f"Het verzoek van {who} is beantwoord: {outcome.nl} ({ground.nl}).",
                en=f"The request of {who} was answered: {outcome.en} ({ground.en}).",
            )
        case MemberJoined():
            who = names(fact.member)
            return Text(nl=f"{who} trad toe.", en=f"{who} joined.")
        case MemberLeft():
            who = names(fact.member)
            return Text(nl=f"{who} trad uit.", en=f"{who} left.")
        case SeatTaken():
            who, side = names(fact.member), word(fact.side)
            return Text(
                nl=f"{who} bezet zetel {fact.seat} ({side.nl}).",
                en=f"{who} took seat {fact.seat} ({side.en}).",
            )
        case SeatVacated():
            return Text(nl=f"Zetel {fact.seat} kwam vrij.", en=f"Seat {fact.seat} fell vacant.")
        case RotationScheduled():
            months = fact.review_months
            return Text(
                nl=f"Het roulatieschema is vastgesteld; het wordt elke {months} maanden herzien.",
                en=f"The rotation schedule was set; it is reviewed every {months} months.",
            )
        case MeetingHeld():
            present = len({each.member for each in fact.attendance})
            items = len(fact.agenda)
            return Text(
                nl=f"De kring kwam bijeen ({fact.meeting}): {present} organisaties, {items}"
                " agendapunten.",
                en=f"The circle met ({fact.meeting}): {present} organisations, {items} items on"
                " the agenda.",
            )
        case SensitiveTalkNoted():
            return Text(
                nl=f"In bijeenkomst {fact.meeting} kwam gevoelige informatie ter sprake:"
                f" {fact.subject}.",
                en=f"Meeting {fact.meeting} touched sensitive information: {fact.subject}.",
            )
        case ReportPublished():
            return Text(
                nl=f"Het verslag van bijeenkomst {fact.meeting} staat openbaar.",
                en=f"The report of meeting {fact.meeting} was published.",
            )
        case DecisionTaken():
            outcome, method = word(fact.outcome), word(fact.method)
            return Text(
                nl=f"Besluit {fact.decision} over {fact.subject}: {outcome.nl} ({method.nl}).",
                en=f"Decision {fact.decision} on {fact.subject}: {outcome.en} ({method.en}).",
            )
        case AgreementMade():
            parties = listed(names, fact.parties)
            return Text(
                nl=f"Afspraak {fact.agreement} tussen {parties.nl}: {fact.subject}.",
                en=f"Agreement {fact.agreement} between {parties.en}: {fact.subject}.",
            )
        case ComplaintRaised():
            return Text(
                nl=f"Bij de klaagpaal is {fact.complaint} ingebracht.",
                en=f"{fact.complaint} was put to the klaagpaal.",
            )
        case _:
            assert_never(fact)
