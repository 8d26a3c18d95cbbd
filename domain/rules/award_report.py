"""The report of the procedure (proces-verbaal, Aw 2.132) that counts, and whom it leaves out.

Four rules ask: INV-03, AWD-07, INF-08 and INT-02.
"""

from domain.convenant_project.award import AwardReportSigned, ContractSigned
from domain.record import Recorded
from domain.rules.case import Case, Missing
from domain.terms import MemberId


def unmentioned(case: Case, report: AwardReportSigned) -> list[MemberId]:
    """Involved tenderers whose measures the proces-verbaal does not set out (Aw 2.51(5))."""
    return [
        bidder
        for bidder in case.involved_bidders
        if not any(
            each.member in case.dossier.group(bidder) and each.measures.strip()
            for each in report.involvement
        )
    ]


def newest_report(case: Case) -> Recorded[AwardReportSigned] | None:
    """The proces-verbaal that counts. Raises Missing while none is due: before the contract."""
    report = case.dossier.project.last(AwardReportSigned)
    if report is None and case.dossier.project.first(ContractSigned) is None:
        raise Missing("het proces-verbaal van de gunning", "the report of the award procedure")
    return report
