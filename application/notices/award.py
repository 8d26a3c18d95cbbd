"""Award and contract, as far as a notice gives what the record needs for them.

One project has one contract with one contractor. A notice that reports several gives their winners
to the record, and none of the contracts: which of them would be the project's, nobody can say.
"""

from application.notices.left_out import placeholder, remark
from application.notices.notice import PLACEHOLDER, Awarded, Notice
from application.notices.parties import Parties
from application.notices.step import Step, published, start_of
from domain.convenant_project.award import DecideAward, PublishAwardNotice, SignContract
from domain.convenant_project.provenance import ImportStep, NoticeRemark
from domain.terms import Euro, MemberId


def result(notice: Notice, parties: Parties, remarks: list[NoticeRemark]) -> list[Step]:
    steps = [*decision(notice, parties, remarks), *_contract(notice, parties, remarks)]
    day = published(notice, remarks)
    if day is not None and any(isinstance(each, Awarded) for each in notice.awards):
        command = PublishAwardNotice(occurred_at=day, identifier=notice.identifier)
        steps.append(Step(name=ImportStep.AWARD_NOTICE, command=command, said_in="published_on"))
    return steps


def _won(notice: Notice, parties: Parties) -> tuple[Awarded, MemberId] | None:
    """The only contract and its only winner: what one project of the record can hold."""
    awarded = [each for each in notice.awards if isinstance(each, Awarded)]
    if len(awarded) != 1 or len(awarded[0].winners) != 1:
        return None
    return awarded[0], parties.winners[awarded[0].winners[0]].id


def decision(notice: Notice, parties: Parties, remarks: list[NoticeRemark]) -> list[Step]:
    won = _won(notice, parties)
    if won is None:
        return []
    award, winner = won
    if award.decided_on is None:
        remarks.append(
            remark(
                "awards",
                "De dag van de gunningsbeslissing staat niet in de aankondiging.",
                "The notice does not say on which day the award was decided.",
            )
        )
        return []
    command = DecideAward(occurred_at=start_of(award.decided_on), winner=winner, reasons=None)
    return [Step(name=ImportStep.AWARD, command=command, said_in="decided_on")]


def _contract(notice: Notice, parties: Parties, remarks: list[NoticeRemark]) -> list[Step]:
    """A contract needs its day and its amount; a range or a placeholder is no amount."""
    won = _won(notice, parties)
    if won is None:
        return []
    award, contractor = won
    value = award.value
    if award.concluded_on is None:
        remarks.append(
            remark(
                "awards",
                "De dag waarop de overeenkomst is gesloten staat niet in de aankondiging; de"
                " overeenkomst is niet overgenomen.",
                "The notice does not say on which day the contract was concluded; the contract was"
                " left out.",
            )
        )
    elif not isinstance(value, int):
        remarks.append(
            remark(
                "awards",
                "De aankondiging noemt geen bedrag voor de overeenkomst; die is niet overgenomen.",
                "The notice gives no amount for the contract, which was left out.",
            )
        )
    elif value <= PLACEHOLDER:
        remarks.append(placeholder("awards"))
    else:
        command = SignContract(
            occurred_at=start_of(award.concluded_on), contractor=contractor, value=Euro(value)
        )
        return [Step(name=ImportStep.CONTRACT, command=command, said_in="concluded_on")]
    return []
