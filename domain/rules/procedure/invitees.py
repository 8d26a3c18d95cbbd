"""Whom a procedure lets in: PRC-04, PRC-10 and PRC-11."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.convenant_project.contract_design import (
    MotivationAspect,
    MotivationSubject,
    RequirementKind,
)
from domain.convenant_project.tendering import CriteriaPublished, CriterionAbout, InvitationSent
from domain.dossier import Dossier
from domain.law.calendar import months_before
from domain.law.parameter_keys import ParameterKey
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.member.practice import QualificationStated
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.needs import COMPETITION, ESTIMATE, NOTICE_OR_PROCEDURE, in_regime
from domain.rules.neighbours import neighbours
from domain.rules.procedure.choice import motivations
from domain.rules.requirements import requirements_that_stand
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    Violation,
    Warn,
    breach,
    positions,
)
from domain.rules.shares import more_than, share_of
from domain.terms import MemberId, Text, dutch_date

# ---------------------------------------------------------------------------------------- PRC-04


def number_invited(case: Case) -> Verdict:
    least = case.number(ParameterKey.INVITED_AT_LEAST)
    most = case.number(ParameterKey.INVITED_AT_MOST)
    count = len(case.dossier.invited)
    reasons = motivations(case, MotivationSubject.NUMBER_INVITED)
    evidence = positions(*case.dossier.invitations, *reasons)
    if least.value <= count <= most.value or reasons:
        because = Text(nl="", en="")
        if not least.value <= count <= most.value:
            because = Text(nl=" en dat is gemotiveerd", en=" and there are reasons for that")
        return Pass(
            why=Text(
                nl=f"Er zijn {count} ondernemingen uitgenodigd{because.nl}.",
                en=f"{count} firms were invited{because.en}.",
            ),
            evidence=evidence,
        )
    return breach(
        Text(
            nl=f"Er zijn {count} ondernemingen uitgenodigd; zonder motivering zijn het er"
            f" {least.value} tot en met {most.value}.",
            en=f"{count} firms were invited; without reasons it is {least.value} to {most.value}.",
        ),
        evidence,
        numbers=(least if count < least.value else most,),
        remedy=Text(
            nl="Nodig meer of minder ondernemingen uit, of motiveer het aantal.",
            en="Invite more or fewer firms, or give the reasons for the number.",
        ),
    )


PRC_04 = Rule(
    id="PRC-04",
    title=Text(nl="Het aantal genodigden", en="The number of firms invited"),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY,),
    sources=(
        Source(reference="Gids Proportionaliteit en ARW 2016, praktijk", tag="V2"),
        Source(reference="ARW 2016 hoofdstuk 7", tag="K"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MINOR,
    trigger=in_regime(Regime.MULTI_PRIVATE),
    needs=(),
    check=number_invited,
)

# ---------------------------------------------------------------------------------------- PRC-10

_LOCAL_REQUIREMENTS = frozenset({RequirementKind.LOCALITY, RequirementKind.CIRCLE_MEMBERSHIP})
_LOCAL_CRITERIA = frozenset({CriterionAbout.LOCALITY, CriterionAbout.CIRCLE_MEMBERSHIP})
_LOCAL_FACTORS = frozenset(
    {
        MotivationAspect.CIRCLE_MEMBERSHIP,
        MotivationAspect.SEAT_IN_REGION,
        MotivationAspect.WORKED_IN_MUNICIPALITY,
    }
)
_OBJECTIVE_FACTORS = frozenset(
    {MotivationAspect.TRANSACTION_COST, MotivationAspect.MARKET_KNOWLEDGE}
)
"""The objective reasons that the rule book names for looking near home."""


def _criteria_that_stand(case: Case) -> Recorded[CriteriaPublished] | None:
    """The newest criteria of before the deadline for tenders; else the first ones."""
    file, deadline = case.dossier.project, case.dossier.deadline()
    if deadline is None:
        return file.last(CriteriaPublished)
    return file.last(CriteriaPublished, by=deadline.fact.deadline) or file.first(CriteriaPublished)


def no_geographic_discrimination(case: Case) -> Verdict:
    """What stands at the deadline is judged: a requirement taken back in time shut nobody out.

    As a factor in whom to invite, locality or membership is sound in a private tender among
    several, beside an objective reason (transaction cost, market knowledge); alone it never is.
    """
    requirements = [
        each for each in requirements_that_stand(case) if each.fact.kind in _LOCAL_REQUIREMENTS
    ]
    published = _criteria_that_stand(case)
    criteria = (
        []
        if published is None
        else [each for each in published.fact.criteria if each.about in _LOCAL_CRITERIA]
    )
    if requirements or criteria:
        names = [f"{each.fact.requirement} ({each.fact.text})" for each in requirements]
        names += [each.name for each in criteria]
        return Violation(
            why=Text(
                nl="Lidmaatschap van de kring, vestiging of ervaring in de gemeente is eis of"
                f" criterium: {'; '.join(names)}.",
                en="Membership of the circle, or a seat or earlier work in the municipality, is a"
                f" requirement or criterion: {'; '.join(names)}.",
            ),
            evidence=positions(*requirements, *((published,) if criteria else ())),
            remedy=Text(
                nl="Haal de eis of het criterium uit de stukken, rectificeer en verleng zo nodig de"
                " termijn.",
                en="Take the requirement or criterion out of the documents, rectify, and extend the"
                " term if need be.",
            ),
        )
    reasons = motivations(case, MotivationSubject.INVITEE_SELECTION)
    factors = {aspect for each in reasons for aspect in each.fact.aspects}
    local = factors & _LOCAL_FACTORS
    if local and not (case.regime is Regime.MULTI_PRIVATE and factors & _OBJECTIVE_FACTORS):
        return _near_home_only(case, sorted(local), positions(*reasons))
    return Pass(
        why=Text(
            nl="Nergens beslist waar een onderneming vandaan komt of dat zij in de kring zit.",
            en="Nowhere does it decide where a firm comes from or that it sits in the circle.",
        ),
        evidence=positions(*reasons, published),
    )


def _near_home_only(case: Case, local: list[MotivationAspect], evidence: tuple[int, ...]) -> Warn:
    factors = ", ".join(local)
    if case.regime is not Regime.MULTI_PRIVATE:
        why = Text(
            nl=f"De keuze van de genodigden leunt op {factors}; dat mag alleen meewegen bij"
            " meervoudig onderhands.",
            en=f"The choice of the invitees leans on {factors}; that may only count in a private"
            " tender among several.",
        )
    else:
        why = Text(
            nl=f"De keuze van de genodigden leunt op {factors}, zonder objectieve reden zoals"
            " transactiekosten of marktkennis.",
            en=f"The choice of the invitees leans on {factors}, without an objective reason such"
            " as transaction cost or market knowledge.",
        )
    return Warn(
        why=why,
        evidence=evidence,
        remedy=Text(
            nl="Motiveer de keuze met objectieve redenen en laat nabijheid nooit als enige tellen.",
            en="Give objective reasons for the choice and never let nearness count alone.",
        ),
    )


PRC_10 = Rule(
    id="PRC-10",
    title=Text(
        nl="Geen onderscheid naar plaats of kringlidmaatschap",
        en="No distinction by place or by membership of the circle",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.NON_DISCRIMINATION,),
    sources=(
        Source(reference="Aw 1.8, 1.12(1), 1.15(1)", tag="V"),
        Source(reference="VWEU art. 18, 49, 56", tag="K"),
        Source(reference="seeds F0:19-21, F1:873-875", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=COMPETITION,
    needs=(NOTICE_OR_PROCEDURE, ESTIMATE),
    check=no_geographic_discrimination,
)

# ---------------------------------------------------------------------------------------- PRC-11


@dataclass(frozen=True, kw_only=True)
class Round:
    """One private tender of the authority: whom it invited."""

    dossier: Dossier
    first: Recorded[InvitationSent]

    @property
    def day(self) -> date:
        return dutch_date(self.first.occurred_at)


def _first_invitation(case: Case) -> Recorded[InvitationSent]:
    first = case.dossier.project.first(InvitationSent)
    if first is None:
        raise Missing("de uitnodigingen", "the invitations")
    return first


def _rounds(case: Case, since: date) -> list[Round]:
    """This authority's private tenders among several, from `since` up to this one, in order.

    A neighbour is one by how it was done: more than one firm invited and no notice published.
    """
    own = _first_invitation(case)
    found = []
    for dossier in (case.dossier, *neighbours(case)):
        first = dossier.project.first(InvitationSent)
        if first is not None and len(dossier.invited) > 1 and dossier.notice_published is None:
            found.append(Round(dossier=dossier, first=first))

    def moment(each: Round) -> tuple[Any, int]:
        return each.first.occurred_at, each.first.position

    return sorted(
        (
            each
            for each in found
            if each.day >= since and moment(each) <= (own.occurred_at, own.position)
        ),
        key=moment,
    )


def mix_of_invitees(case: Case) -> Verdict:
    """The window of months ends with this procedure's own invitations; its first day counts.

    Membership is that of the circles of this project at the moment of each invitation. A streak is
    a member's when it is invited in the last k procedures, this one included, while none of the
    firms outside the circle that were on record as qualified was invited in any of them. For which
    kind of work they qualify is free text and not compared.
    """
    months = case.number(ParameterKey.INVITEE_MIX_WINDOW)
    share = case.number(ParameterKey.INVITEE_MIX_SHARE)
    streak = case.number(ParameterKey.INVITEE_MIX_STREAK)
    ending = dutch_date(_first_invitation(case).occurred_at)
    rounds = _rounds(case, months_before(ending, months.value))
    sent = [each for one in rounds for each in _one_per_firm(one.dossier)]
    inside = [
        each
        for each in sent
        if each.fact.recipient in case.dossier.circle_members(each.occurred_at)
    ]
    told = []
    if more_than(len(inside), share.value, len(sent)):
        limit = wording.percentage(share.value)
        part = wording.percentage(share_of(len(inside), len(sent)))
        told.append(
            Text(
                nl=f"In {months.value} maanden gingen {len(inside)} van de {len(sent)}"
                f" uitnodigingen naar leden van de kring ({part.nl}, meer dan {limit.nl}).",
                en=f"In {months.value} months {len(inside)} of the {len(sent)} invitations went to"
                f" members of the circle ({part.en}, more than {limit.en}).",
            )
        )
    regulars, outsiders = _streak(case, rounds[-streak.value :], streak.value)
    if regulars:
        told.append(
            Text(
                nl=f"{case.names(regulars)} is in {streak.value} opeenvolgende procedures"
                f" uitgenodigd; gekwalificeerde buitenstaanders ({case.names(outsiders)}) nooit.",
                en=f"{case.names(regulars)} was invited in {streak.value} consecutive procedures;"
                f" qualified outsiders ({case.names(outsiders)}) never were.",
            )
        )
    if told:
        return Warn(
            why=Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told)),
            evidence=positions(*sent),
            remedy=Text(
                nl="Nodig ook gekwalificeerde ondernemingen buiten de kring uit en wissel af.",
                en="Invite qualified firms outside the circle as well, and rotate.",
            ),
        )
    return Pass(
        why=Text(
            nl=f"In {months.value} maanden gingen {len(inside)} van de {len(sent)} uitnodigingen"
            " naar leden van de kring.",
            en=f"In {months.value} months {len(inside)} of the {len(sent)} invitations went to"
            " members of the circle.",
        ),
        evidence=positions(*sent),
    )


def _one_per_firm(dossier: Dossier) -> list[Recorded[InvitationSent]]:
    """The first invitation of each firm: inviting it twice does not change the mix."""
    first: dict[MemberId, Recorded[InvitationSent]] = {}
    for each in dossier.invitations:
        first.setdefault(each.fact.recipient, each)
    return list(first.values())


def _streak(
    case: Case, rounds: Iterable[Round], length: int
) -> tuple[frozenset[MemberId], frozenset[MemberId]]:
    """Members invited in each of `rounds`, and the qualified firms outside that never were.

    No members where there are fewer rounds than `length`, or where no such firm is on record.
    """
    invited = [each.dossier.invited for each in rounds]
    own = _first_invitation(case)
    if len(invited) < length:
        return frozenset(), frozenset()
    members = case.dossier.circle_members(own.occurred_at)
    qualified = frozenset(
        MemberId(member)
        for member, file in case.dossier.members.items()
        if member not in members
        and any(each.occurred_at <= own.occurred_at for each in file.of(QualificationStated))
    )
    regulars = members.intersection(*invited)
    if not qualified or qualified & frozenset().union(*invited):
        return frozenset(), frozenset()
    return regulars, qualified


PRC_11 = Rule(
    id="PRC-11",
    title=Text(
        nl="Genodigden wisselen, binnen en buiten de kring",
        en="Invitees rotate, inside and outside the circle",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.NON_DISCRIMINATION, Principle.EQUAL_TREATMENT),
    sources=(
        Source(reference="Aw 1.4(1)(b), 1.15", tag="V"),
        Source(reference="seeds F1:703, roulatie", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.ADVISORY,
    trigger=in_regime(Regime.MULTI_PRIVATE),
    needs=(),
    check=mix_of_invitees,
)
