"""The case that a rule is asked about: a dossier, the moment of judging and the numbers in force.

Here the facts of the dossier meet the law's own notions: which regime holds, from which day terms
run, who was involved in the preparation, which documents count as relevant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from domain.convenant_project.contract_design import EstimateMade
from domain.convenant_project.knowledge import (
    DocumentDisclosed,
    Genre,
    InvolvementRegistered,
    Relevance,
)
from domain.convenant_project.procedure import CrossBorderInterest
from domain.dossier import Dossier, Version
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce, Parameters
from domain.law.periods import Regime, nvi_days
from domain.law.thresholds import ContractKind, ThresholdRow, threshold
from domain.member.organisation import MemberRegistered
from domain.record import Recorded
from domain.terms import Instant, MemberId, Text, dutch_date


class Missing(Exception):
    """A fact or a number without which nobody can judge; the verdict becomes INDETERMINATE."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.what = Text(nl=nl, en=en)


RELEVANT_GENRES = frozenset(
    {
        Genre.CIRCLE_REPORT,
        Genre.EXPERT_GROUP_NOTE,
        Genre.ANSWER,
        Genre.COSTS_OR_QUANTITIES,
        Genre.DRAFT_REQUEST,
    }
)
"""Kinds of document that count as relevant once an involved organisation had them (section 4)."""


@dataclass(frozen=True, kw_only=True)
class Case:
    dossier: Dossier
    judged_at: Instant
    parameters: Parameters

    # ---------------------------------------------------------------------------------- regime

    @property
    def reference(self) -> Recorded[Any]:
        """The fact whose day decides which threshold holds (Aw 2.15(1)).

        The dispatch of the notice; without a notice, the start of the award procedure.
        """
        found = self.dossier.notice_sent or self.dossier.procedure
        if found is None:
            raise Missing(
                "de aankondiging of de start van de aanbestedingsprocedure",
                "the notice or the start of the award procedure",
            )
        return found

    @property
    def reference_day(self) -> date:
        return dutch_date(self.reference.occurred_at)

    @property
    def estimate(self) -> Recorded[EstimateMade]:
        """The estimate that held on the reference day."""
        found = self.dossier.estimate(by=self.reference.occurred_at)
        if found is None:
            raise Missing(
                "een raming van voor de aankondiging of de start van de procedure",
                "an estimate made before the notice or the start of the procedure",
            )
        return found

    @cached_property
    def threshold_row(self) -> ThresholdRow:
        """The European threshold (drempel) of the reference day."""
        registration = self.dossier.registration
        if registration is None:
            raise Missing("de registratie van het project", "the registration of the project")
        row = threshold(ContractKind(registration.fact.kind.value), self.reference_day)
        if row is None:
            raise Missing(
                f"het drempelbedrag op {self.reference_day.isoformat()}",
                f"the threshold on {self.reference_day.isoformat()}",
            )
        return row

    @cached_property
    def regime(self) -> Regime:
        """EUROPEAN, NATIONAL, MULTI_PRIVATE or SINGLE: whose rules hold (section 0.5).

        A clear cross-border interest adds to the last three; see `regime_in_full`.
        """
        row = self.threshold_row
        if self.estimate.fact.amount >= row.amount:
            return Regime.EUROPEAN
        if self.dossier.notice_published is not None:
            return Regime.NATIONAL
        return Regime.MULTI_PRIVATE if len(self.dossier.invited) > 1 else Regime.SINGLE

    @property
    def regime_in_full(self) -> Regime:
        """EUROPEAN_PRINCIPLES where Aw 1.8-1.10 are added below the threshold."""
        procedure = self.dossier.procedure
        clear = (
            procedure is not None
            and procedure.fact.cross_border_interest is CrossBorderInterest.CLEAR
        )
        if clear and self.regime is not Regime.EUROPEAN:
            return Regime.EUROPEAN_PRINCIPLES
        return self.regime

    # ------------------------------------------------------------------------------- the numbers

    def number(self, key: ParameterKey, day: date | None = None) -> InForce:
        """The parameter in force on `day`, or else on the reference day."""
        return self.parameters.at(key, day or self.reference_day)

    @property
    def information_days(self) -> InForce:
        """N: how many days before the deadline the last information must be out (Aw 2.54)."""
        procedure = self.dossier.procedure
        days = nvi_days(
            self.regime_in_full,
            self.reference_day,
            self.parameters,
            urgency=procedure is not None and procedure.fact.urgency,
        )
        if days is None:
            raise Missing(
                "een procedure waarin meer dan een organisatie meedingt",
                "a procedure in which more than one organisation competes",
            )
        return days

    def name(self, member: MemberId) -> str:
        """The organisation's name; where that is sealed, the first part of its id."""
        registered = self.dossier.member(member).first(MemberRegistered)
        if registered is None or not isinstance(registered.fact.name, str):
            return str(member)[:8]
        return registered.fact.name

    def names(self, members: Iterable[MemberId]) -> str:
        """The names in alphabetical order."""
        return ", ".join(sorted(self.name(member) for member in members))

    # ----------------------------------------------------------------------- notice and deadline

    @property
    def opening(self) -> Recorded[Any]:
        """The publication of the notice; the first invitation where there is no notice."""
        found = self.dossier.opening
        if found is None:
            raise Missing("de aankondiging of de uitnodigingen", "the notice or the invitations")
        return found

    @property
    def deadline(self) -> Instant:
        """The deadline for tenders as it ended up."""
        found = self.dossier.deadline()
        if found is None:
            raise Missing("de uiterste datum voor inschrijven", "the deadline for tenders")
        deadline: Instant = found.fact.deadline
        return deadline

    @property
    def cutoff_day(self) -> date:
        """The last day, itself included, on which information is in time: deadline minus N."""
        return date.fromordinal(dutch_date(self.deadline).toordinal() - self.information_days.value)

    # ------------------------------------------------------------------------------- involvement

    @cached_property
    def involved(self) -> dict[MemberId, tuple[Recorded[Any], ...]]:
        """Organisations involved in the preparation (Aw 2.51(1)), each with the facts that say so.

        A registered involvement of it or of a linked undertaking, or a relevant version that was
        given to it before the notice. What everybody could read makes nobody involved.
        """
        found: dict[MemberId, list[Recorded[Any]]] = {}
        for registered in self.dossier.project.of(InvolvementRegistered):
            for member in self.dossier.group(registered.fact.member):
                found.setdefault(member, []).append(registered)
        opening = self.opening.occurred_at
        for given in self.dossier.project.of(DocumentDisclosed):
            version = (given.fact.document, given.fact.version)
            added = self.dossier.versions.get(version)
            public = self.dossier.publications.get(version)
            if (
                added is not None
                and added.fact.relevance is Relevance.RELEVANT
                and given.occurred_at < opening
                and (public is None or given.occurred_at < public.at)
            ):
                for member in self.dossier.group(given.fact.recipient):
                    found.setdefault(member, []).append(given)
        authority = self.dossier.registration
        if authority is not None:
            found.pop(authority.fact.authority, None)
        return {member: tuple(facts) for member, facts in found.items()}

    @cached_property
    def involved_bidders(self) -> tuple[MemberId, ...]:
        return tuple(sorted(self.dossier.bidders & self.involved.keys(), key=str))

    @cached_property
    def relevant(self) -> tuple[Version, ...]:
        """Versions whose knowledge can help a tenderer (section 4), by code and number."""
        opening = self.opening.occurred_at
        relevant = set()
        for version, added in self.dossier.versions.items():
            if added.fact.relevance is Relevance.RELEVANT or (
                added.fact.genre in RELEVANT_GENRES
                and added.fact.relevance is not Relevance.CONFIDENTIAL
                and any(
                    (sight := self.dossier.first_seen(member, version)) is not None
                    and sight.at < opening
                    for member in self.involved
                )
            ):
                relevant.add(version)
        return tuple(sorted(relevant))

    @cached_property
    def contenders(self) -> frozenset[MemberId]:
        """Organisations that bid or were invited to."""
        return self.dossier.bidders | self.dossier.invited
