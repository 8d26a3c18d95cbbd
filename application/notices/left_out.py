"""What a notice says that the record has no fact for, said aloud in the record itself."""

import re
from collections.abc import Iterator

from application.notices.notice import Awarded, NotAwarded, Notice, Purpose
from application.notices.parties import Parties
from domain.convenant_project.provenance import NoticeRemark
from domain.terms import Text

LEFT_OUT = "import.left-out"
"""The code of every remark about something that was not imported."""


_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,60}")
"""The code of a list, and nothing that somebody could be called by."""


def remark(field: str, nl: str, en: str, *, code: str = LEFT_OUT) -> NoticeRemark:
    """About one field of the notice, by its name in `docs/notices.md`."""
    return NoticeRemark(code=code, element=field, text=Text(nl=nl, en=en))


def placeholder(field: str) -> NoticeRemark:
    """About an amount that the field holds and nobody can have meant."""
    return remark(
        field,
        "Een bedrag van ten hoogste een euro is ingevuld omdat het moest, en is niet overgenomen.",
        "An amount of at most one euro was filled in because it had to be, and was left out.",
    )


def read_with_doubt(notice: Notice) -> tuple[NoticeRemark, ...]:
    """What the reader of the file remarked, with the paths in the file."""
    return tuple(
        NoticeRemark(code=each.code.value, element=each.element, text=each.text)
        for each in notice.remarks
    )


def left_out(notice: Notice, parties: Parties) -> tuple[NoticeRemark, ...]:
    """What no command of the record could hold, whatever the notice is for."""
    return (*_free_text(notice), *_particulars(notice), *_organisations(parties),
            *_awards(notice))  # fmt: skip


def _free_text(notice: Notice) -> Iterator[NoticeRemark]:
    if notice.short_description is not None:
        yield remark(
            "short_description",
            "De omschrijving is niet overgenomen: zij kan iemand noemen.",
            "The description was left out: it may name somebody.",
        )
    if notice.reference is not None:
        yield remark(
            "reference",
            "Het kenmerk is niet overgenomen: het kan iemands initialen bevatten.",
            "The reference was left out: it may hold somebody's initials.",
        )


def _particulars(notice: Notice) -> Iterator[NoticeRemark]:
    if notice.cpv_additional:
        yield remark(
            "cpv_additional",
            "Bijkomende CPV-codes zijn niet overgenomen: een project heeft er een.",
            "Additional CPV codes were left out: a project has one code.",
        )
    if any(lot.criteria for lot in notice.lots):
        yield remark(
            "criteria",
            "De gunningscriteria zijn niet overgenomen: de aankondiging zegt niet waar elk van hen"
            " naar kijkt.",
            "The award criteria were left out: the notice does not say what each of them looks at.",
        )
    worth = {each.value for each in notice.awards if isinstance(each, Awarded)}
    if notice.total_value is not None and worth != {notice.total_value}:
        yield remark(
            "total_value",
            "De totale waarde is niet overgenomen: het register kent de raming en de overeenkomst.",
            "The total value was left out: the record knows the estimate and the contract.",
        )


def _organisations(parties: Parties) -> Iterator[NoticeRemark]:
    if len(parties.buyers) > 1:
        yield remark(
            "buyers",
            f"De eerste van {len(parties.buyers)} aanbestedende diensten is die van het project; de"
            " andere staan er als mede-inkoper bij.",
            f"The first of {len(parties.buyers)} contracting authorities is that of the project;"
            " the others are named as buyers beside it.",
        )
    if any(party.sealed for party in parties.winners.values()):
        yield remark(
            "winners",
            "De naam van een winnaar kan die van een persoon zijn: hij is verzegeld, en een"
            " KvK-nummer is er niet bij opgenomen.",
            "A winner's name may be that of a person: it was sealed, and a KvK number was not"
            " recorded with it.",
        )


def _awards(notice: Notice) -> Iterator[NoticeRemark]:
    awarded = [each for each in notice.awards if isinstance(each, Awarded)]
    if any(each.tenders_received or each.tenders_electronic for each in notice.awards):
        yield remark(
            "tenders_received",
            "Het aantal inschrijvingen is niet overgenomen: het register kent inschrijvers.",
            "The number of tenders was left out: the record knows tenderers.",
        )
    for each in notice.awards:
        if isinstance(each, NotAwarded):
            reason = each.reason if each.reason and _WORD.fullmatch(each.reason) else "?"
            yield remark(
                "awards",
                f"Niet gegund ({reason}): daarvoor heeft het register geen feit.",
                f"Not awarded ({reason}): the record has no fact for that.",
            )
    if len(awarded) > 1:
        yield remark(
            "awards",
            f"De aankondiging meldt {len(awarded)} overeenkomsten en een project heeft er een: zij"
            " zijn niet overgenomen, de winnaars wel.",
            f"The notice reports {len(awarded)} contracts and a project has one: they were left"
            " out, the winners were not.",
        )
    elif awarded and len(awarded[0].winners) != 1:
        yield remark(
            "awards",
            f"De overeenkomst heeft {len(awarded[0].winners)} winnaars en hier een opdrachtnemer:"
            " zij is niet overgenomen, de winnaars wel.",
            f"The contract has {len(awarded[0].winners)} winners and one contractor here: it was"
            " left out, the winners were not.",
        )
    elif awarded and notice.purpose is Purpose.TRANSPARENCY:
        yield remark(
            "awards",
            "De aankondiging is van voor de overeenkomst: die is niet overgenomen.",
            "The notice is from before the contract, which was left out.",
        )
