"""The standstill (opschortende termijn) of a case: whether it is due, and from when to when."""

from dataclasses import dataclass
from datetime import date

from domain.convenant_project.award import AwardDecided, AwardLetterSent, ContractSigned
from domain.convenant_project.procedure import ProcedureType
from domain.convenant_project.tendering import CandidateRegistered, TendererExcluded
from domain.law.calendar import legal_end
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.record import Recorded
from domain.rules.case import Case, Missing
from domain.terms import Instant, MemberId, dutch_date


def winner(case: Case) -> MemberId | None:
    """To whom the authority means to award, or did."""
    decided = case.dossier.project.last(AwardDecided)
    if decided is not None:
        return decided.fact.winner
    signed = case.dossier.project.first(ContractSigned)
    return None if signed is None else signed.fact.contractor


def concerned(case: Case) -> frozenset[MemberId]:
    """Tenderers to be told of the award (betrokken inschrijvers): all but who was shut out before.

    Candidates whose request was turned down belong here too (Aw 2.130), but no fact says whether
    they were told earlier.
    """
    excluded = {each.fact.member for each in case.dossier.project.of(TendererExcluded)}
    return case.dossier.bidders - excluded


def require_tenders(case: Case) -> None:
    """Raise Missing where no tender is recorded: then nobody can say whether all were told."""
    if not case.dossier.bidders:
        raise Missing("de inschrijvingen", "the tenders")


def letters(case: Case, *, by: Instant | None = None) -> dict[MemberId, Recorded[AwardLetterSent]]:
    """The newest award letter to each recipient, no later than `by` where that is given."""
    found: dict[MemberId, Recorded[AwardLetterSent]] = {}
    for each in sorted(
        case.dossier.project.of(AwardLetterSent), key=lambda each: (each.occurred_at, each.position)
    ):
        if by is None or each.occurred_at <= by:
            found[each.fact.recipient] = each
    return found


@dataclass(frozen=True, kw_only=True)
class Standstill:
    """How long must be waited: by law, by promise, or both; 0 is not at all (AWD-03)."""

    by_law: int
    promised: int

    @property
    def days(self) -> int:
        return max(self.by_law, self.promised)

    def end(self, sent: date) -> date:
        """The last day of the standstill after letters of `sent`. Raises NotCovered."""
        return legal_end(sent, self.days)


def standstill(case: Case) -> Standstill:
    """The scope rule of AWD-03 (Aw 2.127(4)).

    By law only in a European procedure with a notice, and not where the only tenderer won and no
    candidate is left. Elsewhere a promise binds: that of the tender documents in their own number
    of days, that of a letter which describes a standstill in the statute's.
    """
    first = winner(case)
    candidates = {each.fact.candidate for each in case.dossier.project.of(CandidateRegistered)}
    others = (concerned(case) | candidates) - {first}
    if first is not None and case.dossier.bidders and not others:
        return Standstill(by_law=0, promised=0)
    statutory = case.number(ParameterKey.STANDSTILL).value
    return Standstill(
        by_law=statutory if _notice_duty(case) else 0, promised=_promised(case, statutory)
    )


def _notice_duty(case: Case) -> bool:
    procedure = case.dossier.procedure
    without = (
        procedure is not None
        and procedure.fact.procedure is ProcedureType.NEGOTIATION_WITHOUT_NOTICE
    )
    return case.regime is Regime.EUROPEAN and not without


def _promised(case: Case, statutory: int) -> int:
    procedure = case.dossier.procedure
    days = None if procedure is None else procedure.fact.promised_standstill_days
    if days:
        return days
    described = any(
        (each.fact.standstill or "").strip() for each in case.dossier.project.of(AwardLetterSent)
    )
    return statutory if described and case.regime is not Regime.EUROPEAN else 0


def last_letter_day(
    case: Case, *, by: Instant | None = None
) -> tuple[date | None, frozenset[MemberId]]:
    """The day of the latest letter, and the concerned tenderers but the winner who got none.

    The standstill runs from the day after the last of them was told.
    """
    sent = letters(case, by=by)
    days = [dutch_date(each.occurred_at) for each in sent.values()]
    return max(days, default=None), concerned(case) - sent.keys() - {winner(case)}
