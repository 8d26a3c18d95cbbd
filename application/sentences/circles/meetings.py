"""When a circle met, in one sentence each."""

from typing import assert_never

from domain.circle.meetings import (
    MeetingCalledOff,
    MeetingFact,
    MeetingHeld,
    MeetingPlanned,
    ReportPublished,
    SensitiveTalkNoted,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: MeetingFact) -> Text:
    match fact:
        case MeetingPlanned():
            on = day(fact.planned_on)
            return Text(
                nl=f"Bijeenkomst {fact.meeting} staat gepland op {on.nl}, {fact.place}.",
                en=f"Meeting {fact.meeting} is planned on {on.en}, {fact.place}.",
            )
        case MeetingCalledOff():
            return Text(
                nl=f"Bijeenkomst {fact.meeting} gaat niet door: {fact.reason}.",
                en=f"Meeting {fact.meeting} was called off: {fact.reason}.",
            )
        case MeetingHeld():
            present, items = len({each.member for each in fact.attendance}), len(fact.agenda)
            return Text(
                nl=f"De kring kwam bijeen ({fact.meeting}): {present} organisaties, {items}"
                f" agendapunten.",
                en=f"The circle met ({fact.meeting}): {present} organisations, {items} items on"
                f" the agenda.",
            )
        case SensitiveTalkNoted():
            return Text(
                nl=f"In bijeenkomst {fact.meeting} kwam gevoelige informatie ter sprake.",
                en=f"Meeting {fact.meeting} touched sensitive information.",
            )
        case ReportPublished():
            return Text(
                nl=f"Het verslag van bijeenkomst {fact.meeting} staat openbaar.",
                en=f"The report of meeting {fact.meeting} was published.",
            )
        case _:
            assert_never(fact)
