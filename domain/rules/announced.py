"""When a contract came to market: the moment before which its reasons must have been written."""

from typing import Any

from domain.convenant_project.tendering import InvitationSent
from domain.record import Recorded
from domain.rules.case import Case
from domain.rules.rule import Need
from domain.terms import Text


def announced(case: Case) -> Recorded[Any] | None:
    """The dispatch of the notice that counts; the first invitation where there is no notice."""
    return case.dossier.notice_sent or case.dossier.project.first(InvitationSent)


ANNOUNCED = Need(
    text=Text(nl="de aankondiging of de uitnodigingen", en="the notice or the invitations"),
    present=lambda case: announced(case) is not None,
)
