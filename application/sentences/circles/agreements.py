"""What parties of a circle agreed on, in one sentence each."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.circle.agreements import (
    AgreementEnded,
    AgreementExtended,
    AgreementFact,
    AgreementMade,
    EnforcementChecked,
    FindingSettled,
    FreeRiderFound,
    SanctionImposed,
)
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: AgreementFact, names: Names) -> Text:
    match fact:
        case AgreementMade():
            parties = listed(names, fact.parties)
            return Text(
                nl=f"Afspraak {fact.agreement} tussen {parties.nl}: {fact.subject}.",
                en=f"Agreement {fact.agreement} between {parties.en}: {fact.subject}.",
            )
        case AgreementExtended():
            until = day(fact.until)
            return Text(
                nl=f"Afspraak {fact.agreement} geldt tot en met {until.nl}.",
                en=f"Agreement {fact.agreement} holds until {until.en}.",
            )
        case EnforcementChecked():
            place = word(fact.place)
            return Text(
                nl=f"Afspraak {fact.agreement} is {place.nl} nagegaan:"
                f" {'nagekomen' if fact.kept else 'niet nagekomen'}.",
                en=f"Agreement {fact.agreement} was checked {place.en}:"
                f" {'kept' if fact.kept else 'not kept'}.",
            )
        case FreeRiderFound():
            who = names(fact.member)
            return Text(
                nl=f"{who} houdt zich volgens bevinding {fact.finding} niet aan afspraak"
                f" {fact.agreement}.",
                en=f"By finding {fact.finding}, {who} does not keep to agreement {fact.agreement}.",
            )
        case SanctionImposed():
            kind = word(fact.kind)
            return Text(
                nl=f"Op bevinding {fact.finding} volgde: {kind.nl}.",
                en=f"Finding {fact.finding} had a consequence: {kind.en}.",
            )
        case FindingSettled():
            return Text(
                nl=f"Bevinding {fact.finding} is afgehandeld:"
                f" {'terecht' if fact.upheld else 'onterecht'}.",
                en=f"Finding {fact.finding} was settled:"
                f" {'upheld' if fact.upheld else 'not upheld'}.",
            )
        case AgreementEnded():
            ground = word(fact.ground)
            return Text(
                nl=f"Afspraak {fact.agreement} is beëindigd ({ground.nl}).",
                en=f"Agreement {fact.agreement} was ended ({ground.en}).",
            )
        case _:
            assert_never(fact)
