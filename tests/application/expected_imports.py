"""What each published notice becomes in the record, written down by hand from the notice.

`who` gives the id under which an organisation stands, by the name that the notice gives it; a
sealed winner is the only one and is called `SEALED`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from domain.convenant_project.award import AwardDecided, AwardNoticePublished, ContractSigned
from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.preparation import (
    ContractKind,
    ProjectAnnounced,
    ProjectRegistered,
    PublicChannel,
)
from domain.convenant_project.procedure import (
    DeadlineKind,
    DeadlineSet,
    NoticeChannel,
    NoticeDispatched,
    NoticePublished,
    OutsideRegime,
    ProcedureStarted,
    ProcedureType,
)
from domain.member.organisation import LegalForm
from domain.terms import Euro, Fact, Instant, MemberId
from tests.given import at
from tests.infrastructure.notices import samples

SEALED = "(verzegeld)"
UNSAID: dict[str, Any] = {
    "includes_options": None,
    "includes_extensions": None,
    "includes_supplied_goods": None,
}
Who = Callable[[str], MemberId]


@dataclass(frozen=True, kw_only=True)
class Becomes:
    """`members`: name, legal form and KvK number, in the order in which they are registered."""

    members: tuple[tuple[str, LegalForm, str | None], ...]
    facts: Callable[[Who], tuple[Fact, ...]]
    outside: tuple[OutsideRegime | None, str] | None = None
    left_out: tuple[str, ...] = ()
    winners: tuple[str, ...] = field(default=())


def project(authority: MemberId, since: str | Instant, **more: Any) -> ProjectRegistered:
    ordinary = ProjectRegistered(
        occurred_at=at(since) if isinstance(since, str) else since,
        title="",
        authority=authority,
        kind=ContractKind.WORKS,
        object="",
        location="",
        cpv="",
        under_convenant=False,
    )
    return replace(ordinary, object=more["title"], **more)


def estimate(amount: int, on: str | Instant, identifier: str) -> EstimateMade:
    return EstimateMade(
        occurred_at=at(on) if isinstance(on, str) else on,
        amount=Euro(amount * 100),
        excludes_vat=True,
        method=f"vermeld in aankondiging {identifier}",
        **UNSAID,
    )


def started(procedure: ProcedureType, on: str) -> ProcedureStarted:
    return ProcedureStarted(occurred_at=at(on), procedure=procedure, electronic=None)


def announced(sent: str | Instant, on: str, identifier: str) -> tuple[Fact, ...]:
    return (
        NoticeDispatched(
            occurred_at=at(sent) if isinstance(sent, str) else sent, identifier=identifier
        ),
        NoticePublished(
            occurred_at=at(on), channel=NoticeChannel.OFFICIAL_JOURNAL, identifier=identifier
        ),
    )


def foretold(on: str, *, prior_notice: bool = False) -> ProjectAnnounced:
    return ProjectAnnounced(
        occurred_at=at(on), channel=PublicChannel.OFFICIAL_JOURNAL, prior_notice=prior_notice
    )


def contract(contractor: MemberId, amount: int, on: str) -> ContractSigned:
    return ContractSigned(occurred_at=at(on), contractor=contractor, value=Euro(amount * 100))


def award_announced(on: str, identifier: str) -> AwardNoticePublished:
    return AwardNoticePublished(occurred_at=at(on), identifier=identifier)


PUBLIC, UNKNOWN = LegalForm.PUBLIC_BODY, LegalForm.UNKNOWN
BV, NV = LegalForm.PRIVATE_LIMITED, LegalForm.PUBLIC_LIMITED
RIVIERENLAND = "Waterschap Rivierenland"
DESCRIBED = ("short_description",)
TOLD = ("short_description", "reference")
NO_START, NO_DECISION = "procedure", "awards"

BECOMES: Mapping[str, Becomes] = {
    # The award was decided on 14 February; the day of the contract is not given.
    samples.CAN29: Becomes(
        members=((RIVIERENLAND, PUBLIC, None), ("Hegeman Bouw & Infra B.V.", BV, "70248311")),
        winners=("Hegeman Bouw & Infra B.V.",),
        facts=lambda who: (
            project(
                who(RIVIERENLAND),
                "2024-02-14 00:00",
                title="Reparatie vloeren en optimaliseren technische installatie van het"
                " hoofdkantoor van Waterschap Rivierenland te Tiel (Tender 219964 NX3)",
                cpv="45000000",
            ),
            estimate(7_000_000, datetime(2024, 3, 29, 13, 36, 26, tzinfo=UTC), "00191536-2024"),
            AwardDecided(
                occurred_at=at("2024-02-14 00:00"),
                winner=who("Hegeman Bouw & Infra B.V."),
                reasons=None,
            ),
            award_announced("2024-04-02 00:00", "00191536-2024"),
        ),
        left_out=(*TOLD, "cpv_additional", "criteria", "tenders_received", NO_START, "awards"),
    ),
    # A procedure of a kind of its own (oth-mult), and a deadline for interest only.
    samples.CN10: Becomes(
        members=(("Ministerie van Defensie", PUBLIC, None),),
        facts=lambda who: (
            project(
                who("Ministerie van Defensie"),
                "2024-02-29 15:08",
                title="20383042 Werving en selectie IT personeel",
                kind=ContractKind.SERVICES,
                cpv="79610000",
            ),
            estimate(1_000_000, "2024-02-29 15:08", "00127505-2024"),
            *announced("2024-02-29 15:08", "2024-03-01 00:00", "00127505-2024"),
        ),
        left_out=(*TOLD, "cpv_additional", "criteria", "procedure", "deadlines"),
    ),
    samples.CN15: Becomes(
        members=(("TenneT TSO B.V.", BV, None),),
        facts=lambda who: (
            project(
                who("TenneT TSO B.V."),
                datetime(2024, 3, 6, 10, 45, 39, tzinfo=UTC),
                title="Qualification System Offshore Grid NL - 700 MW Platforms + T&I",
                cpv="45200000",
            ),
            foretold("2024-03-07 00:00"),
        ),
        outside=(OutsideRegime.UTILITIES, "32014L0025"),
        left_out=(*TOLD, "cpv_additional"),
    ),
    # One cent is no price, and there is no contract yet.
    samples.F15: Becomes(
        members=(("Waterschap Noorderzijlvest", PUBLIC, None), (SEALED, UNKNOWN, None)),
        winners=(SEALED,),
        facts=lambda who: (
            project(
                who("Waterschap Noorderzijlvest"),
                "2021-01-01 00:00",
                title="Concept - grondovereenkomst Zonnepark Fledderbosch",
                cpv="45000000",
            ),
            foretold("2022-01-14 00:00"),
            AwardDecided(occurred_at=at("2021-01-01 00:00"), winner=who(SEALED), reasons=None),
        ),
        outside=(OutsideRegime.CONCESSION, "32014L0023"),
        left_out=(*DESCRIBED, "criteria", "winners", "awards", NO_START),
    ),
    # A combination of four under one name: who of them is a company, the name does not tell.
    samples.F03_UNTYPED: Becomes(
        members=(
            (RIVIERENLAND, PUBLIC, None),
            (
                "Combinatie Bureau Waardenburg B.V, Linkit Consult, Natuurbalans en KWR",
                UNKNOWN,
                None,
            ),
        ),
        winners=("Combinatie Bureau Waardenburg B.V, Linkit Consult, Natuurbalans en KWR",),
        facts=lambda who: (
            project(
                who(RIVIERENLAND),
                "2017-12-27 00:00",
                title="Innovatiepartnerschap t.b.v. Onderzoek Vismigratieroutes",
                kind=ContractKind.SERVICES,
                cpv="77000000",
            ),
            estimate(60_000, "2018-02-22 00:00", "2018/S 038-083598"),
            contract(
                who("Combinatie Bureau Waardenburg B.V, Linkit Consult, Natuurbalans en KWR"),
                60_000,
                "2017-12-27 00:00",
            ),
            award_announced("2018-02-23 00:00", "2018/S 038-083598"),
        ),
        left_out=(
            *(*TOLD, "cpv_additional", "criteria", "tenders_received"),
            *(NO_START, NO_DECISION),
        ),
    ),
    samples.F21: Becomes(
        members=(
            (
                "Gemeente Hoogeveen namens gemeenten Meppel, Staphorst, Westerveld en De Wolden",
                UNKNOWN,
                None,
            ),
        ),
        facts=lambda who: (
            project(
                who(
                    "Gemeente Hoogeveen namens gemeenten Meppel, Staphorst, Westerveld en De Wolden"
                ),
                "2018-02-22 00:00",
                title="Marktconsultatie - WMO begeleiding van de samenwerkende gemeenten Hoogeveen,"
                " Meppel, Staphorst, Westerveld en De Wolden (verwachte einddatum: 12.4.2018)",
                kind=ContractKind.SERVICES,
                cpv="85300000",
            ),
            foretold("2018-02-23 00:00", prior_notice=True),
        ),
        outside=(OutsideRegime.SOCIAL_SERVICES, "32014L0024"),
        left_out=DESCRIBED,
    ),
    # Six municipalities together; the first is the authority, all six are known.
    samples.F01_CALL: Becomes(
        members=tuple(
            (f"Gemeente {name}", PUBLIC, None)
            for name in ("Enschede", "Oldenzaal", "Almelo", "Borne", "Haaksbergen", "Hengelo")
        ),
        facts=lambda who: (
            project(
                who("Gemeente Enschede"),
                "2021-03-04 00:00",
                title="Marktconsultatie ten behoeve van een regionaal warmtenet in Twente",
                kind=ContractKind.SUPPLIES,
                cpv="09323000",
            ),
            started(ProcedureType.EUROPEAN_RESTRICTED, "2021-03-04 00:00"),
            *announced("2021-03-04 00:00", "2021-03-09 00:00", "2021/S 047-117314"),
        ),
        left_out=(*TOLD, "cpv_additional", "criteria", "buyers", "deadlines"),
    ),
    # The buyer's own form: requests until 1 July at 15:00 Dutch time.
    samples.F02: Becomes(
        members=(("Rijkswaterstaat Grote Projecten en Onderhoud", PUBLIC, None),),
        facts=lambda who: (
            project(
                who("Rijkswaterstaat Grote Projecten en Onderhoud"),
                "2021-05-31 00:00",
                title="31127608 Realiseren en in stand houden van de A27 Everdingen-Hooipolder",
                cpv="45220000",
            ),
            started(ProcedureType.COMPETITIVE_DIALOGUE, "2021-05-31 00:00"),
            *announced("2021-05-31 00:00", "2021-06-04 00:00", "2021/S 107-278505"),
            DeadlineSet(
                occurred_at=at("2021-05-31 00:00"),
                kind=DeadlineKind.REQUESTS,
                deadline=at("2021-07-01 15:00"),
            ),
        ),
        left_out=(*TOLD, "criteria"),
    ),
    samples.F01_LOT: Becomes(
        members=(("Gemeente Lansingerland", PUBLIC, None),),
        facts=lambda who: (
            project(
                who("Gemeente Lansingerland"),
                "2022-07-04 00:00",
                title="Raamovereenkomst Openbare Verlichting 2022-2026",
                kind=ContractKind.SERVICES,
                cpv="50232100",
            ),
            foretold("2022-07-08 00:00", prior_notice=True),
        ),
        left_out=(*TOLD, "cpv_additional", "criteria"),
    ),
    samples.F03: Becomes(
        members=(
            ("Gemeente Meierijstad", PUBLIC, None),
            ("Arcadis Nederland B.V.", BV, "09036504"),
        ),
        winners=("Arcadis Nederland B.V.",),
        facts=lambda who: (
            project(
                who("Gemeente Meierijstad"),
                "2018-09-03 00:00",
                title="Opstellen van NRD en MER verbindingsweg N279",
                cpv="71300000",
            ),
            contract(who("Arcadis Nederland B.V."), 275_000, "2018-09-03 00:00"),
            award_announced("2018-09-12 00:00", "2018/S 175-396198"),
        ),
        left_out=(*TOLD, "criteria", "tenders_received", NO_START, NO_DECISION),
    ),
    # The total is a range of 10 to 15 million; the contract itself has one amount.
    samples.F03_RANGE: Becomes(
        members=(("Gemeente Katwijk", PUBLIC, None), (SEALED, UNKNOWN, None)),
        winners=(SEALED,),
        facts=lambda who: (
            project(
                who("Gemeente Katwijk"),
                "2016-06-30 00:00",
                title="Nieuwbouw Zwembad Katwijk.",
                cpv="45212212",
            ),
            contract(who(SEALED), 10_000_000, "2016-06-30 00:00"),
            award_announced("2016-12-07 00:00", "2016/S 236-429559"),
        ),
        left_out=(
            *(*TOLD, "criteria", "total_value", "winners", "tenders_received"),
            *(NO_START, NO_DECISION),
        ),
    ),
    samples.F25: Becomes(
        members=(
            ("Gemeente Amsterdam, Ingenieursbureau", PUBLIC, None),
            ("TOTAL Nederland N.V.", NV, "24106171"),
        ),
        winners=("TOTAL Nederland N.V.",),
        facts=lambda who: (
            project(
                who("Gemeente Amsterdam, Ingenieursbureau"),
                "2021-06-22 00:00",
                title="AI 2020-0251 Openbare Laaddiensten Elektrisch Vervoer Amsterdam",
                kind=ContractKind.SERVICES,
                cpv="65000000",
            ),
            contract(who("TOTAL Nederland N.V."), 8_868_685, "2021-06-22 00:00"),
            award_announced("2021-08-31 00:00", "2021/S 168-440872"),
        ),
        outside=(OutsideRegime.CONCESSION, "32014L0023"),
        left_out=(
            *(*TOLD, "cpv_additional", "criteria", "tenders_received"),
            *(NO_START, NO_DECISION),
        ),
    ),
    # Nothing was awarded, so nothing of an award is recorded.
    samples.F25_NONE: Becomes(
        members=(("Gemeente Zeewolde", PUBLIC, None),),
        facts=lambda who: (
            project(
                who("Gemeente Zeewolde"),
                "2021-11-08 00:00",
                title="Uitbreiding warmtenet Polderwijk",
                cpv="45232140",
            ),
            estimate(6_000_000, "2021-11-08 00:00", "2021/S 220-580879"),
        ),
        outside=(OutsideRegime.CONCESSION, "32014L0023"),
        left_out=(*TOLD, "cpv_additional", "criteria", "awards", NO_START),
    ),
}
