"""Who sits in a circle, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.circle.seats import (
    AdviserCalled,
    AdviserListed,
    AdviserReleased,
    OptionSeatOffered,
    OptionSeatWithdrawn,
    RotationScheduled,
    SeatHoldersChosen,
    SeatingFact,
    SeatTaken,
    SeatVacated,
)
from domain.terms import Text


def sentence(fact: SeatingFact, names: Names) -> Text:
    match fact:
        case SeatHoldersChosen():
            chosen, by = listed(names, fact.members), word(fact.chosen_by)
            return Text(
                nl=f"Voor de markt zitten aan tafel: {chosen.nl} (gekozen door {by.nl}).",
                en=f"For the market there sit: {chosen.en} (chosen by {by.en}).",
            )
        case SeatTaken():
            who, side = names(fact.member), word(fact.side)
            return Text(
                nl=f"{who} bezet zetel {fact.seat} ({side.nl}).",
                en=f"{who} took seat {fact.seat} ({side.en}).",
            )
        case SeatVacated():
            return Text(
                nl=f"Zetel {fact.seat} kwam vrij.",
                en=f"Seat {fact.seat} fell vacant.",
            )
        case RotationScheduled():
            months = fact.review_months
            return Text(
                nl=f"Het roulatieschema is vastgesteld; het wordt elke {months} maanden herzien.",
                en=f"The rotation schedule was set; it is reviewed every {months} months.",
            )
        case AdviserListed():
            who, expertise = names(fact.member), word(fact.expertise)
            return Text(
                nl=f"{who} staat op afroep klaar als adviseur ({expertise.nl}).",
                en=f"{who} is on call as an adviser ({expertise.en}).",
            )
        case AdviserCalled():
            return Text(
                nl=f"Adviseur {fact.adviser} is gevraagd: {fact.question}.",
                en=f"Adviser {fact.adviser} was asked: {fact.question}.",
            )
        case AdviserReleased():
            return Text(
                nl=f"Adviseur {fact.adviser} staat niet meer op afroep.",
                en=f"Adviser {fact.adviser} is no longer on call.",
            )
        case OptionSeatOffered():
            who = names(fact.member)
            return Text(
                nl=f"Aan {who} is zetel {fact.seat} aangeboden.",
                en=f"Seat {fact.seat} was offered to {who}.",
            )
        case OptionSeatWithdrawn():
            return Text(
                nl=f"Het aanbod van zetel {fact.seat} is ingetrokken.",
                en=f"The offer of seat {fact.seat} was withdrawn.",
            )
        case _:
            assert_never(fact)
