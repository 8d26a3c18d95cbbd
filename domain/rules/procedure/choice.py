"""The choice of a procedure and the reasons for it: PRC-01, PRC-02 and PRC-07."""

from collections.abc import Iterable

from domain.convenant_project.contract_design import (
    ContractsClustered,
    MotivationAspect,
    MotivationGiven,
    MotivationSubject,
)
from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import ProcedureType
from domain.convenant_project.tendering import InvitationSent
from domain.law.periods import Regime
from domain.law.since import AW_2012
from domain.law.thresholds import PolicyBandSet, ProcedureBand, lighter
from domain.record import Recorded
from domain.rules import wording
from domain.rules.announced import ANNOUNCED, announced
from domain.rules.case import Case, Missing
from domain.rules.needs import ESTIMATE, NOTICE_OR_PROCEDURE, PROCEDURE
from domain.rules.rule import (
    Outcome,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    positions,
)
from domain.terms import Text, dutch_date


def motivations(case: Case, subject: MotivationSubject) -> tuple[Recorded[MotivationGiven], ...]:
    """The reasons on record for one choice, in the order in which they were written."""
    found = [
        each for each in case.dossier.project.of(MotivationGiven) if each.fact.subject is subject
    ]
    return tuple(sorted(found, key=lambda each: (each.occurred_at, each.position)))


# ---------------------------------------------------------------------------------------- PRC-01

_BANDS = {
    ProcedureType.PRIVATE_SINGLE: ProcedureBand.SINGLE,
    ProcedureType.PRIVATE_MULTIPLE: ProcedureBand.MULTI_PRIVATE,
    ProcedureType.NATIONAL_OPEN: ProcedureBand.NATIONAL,
    ProcedureType.NATIONAL_RESTRICTED: ProcedureBand.NATIONAL,
}
"""Every other type is European."""

_NAMES = {
    ProcedureBand.SINGLE: Text(nl="enkelvoudig onderhands", en="a single private tender"),
    ProcedureBand.MULTI_PRIVATE: Text(
        nl="meervoudig onderhands", en="a private tender among several"
    ),
    ProcedureBand.NATIONAL: Text(nl="nationaal", en="a national procedure"),
    ProcedureBand.EUROPEAN: Text(nl="Europees", en="a European procedure"),
}


def _conducted(case: Case, declared: ProcedureType) -> ProcedureBand:
    """The procedure as declared, or the lighter one that it came down to.

    Where organisations were invited and no notice was sent, their number says what it was: a
    declared choice among several that reached one firm was a single tender. Negotiating without a
    notice is European by its own article, whoever is invited.
    """
    band = _BANDS.get(declared, ProcedureBand.EUROPEAN)
    invited = len(case.dossier.invited)
    if (
        not invited
        or case.dossier.notice_sent is not None
        or declared is ProcedureType.NEGOTIATION_WITHOUT_NOTICE
    ):
        return band
    actual = ProcedureBand.MULTI_PRIVATE if invited > 1 else ProcedureBand.SINGLE
    return actual if lighter(actual, band) else band


def _due(case: Case) -> tuple[ProcedureBand, PolicyBandSet | None]:
    """The band of the estimate; above the European threshold the law itself is the band."""
    if case.regime is Regime.EUROPEAN:
        return ProcedureBand.EUROPEAN, None
    kind, day = ContractKind(case.threshold_row.kind.value), case.reference_day
    bands = case.parameters.bands(kind, day)
    band = None if bands is None else bands.band(case.estimate.fact.amount, day)
    if band is None:
        raise Missing(
            f"de tabel van procedures naar waarde (inkoopmatrix) voor {kind}",
            f"the table of procedures by value (inkoopmatrix) for {kind}",
        )
    return band, bands


def fits_the_band(case: Case) -> Verdict:
    """Only a lighter procedure than the band's is a breach; a heavier one costs nobody a chance.

    The bands of the Gids are colours that overlap: reasons in the tender documents make a lighter
    choice sound, below the European threshold. Reasons elsewhere leave a MINOR breach, none a
    MAJOR one. The common bands stand in a source, so they bind also where no authority adopted
    bands of its own.
    """
    procedure = case.dossier.procedure
    if procedure is None:
        raise Missing("de start van de procedure", "the start of the procedure")
    band, bands = _due(case)
    chosen = _conducted(case, procedure.fact.procedure)
    reasons = motivations(case, MotivationSubject.PROCEDURE_CHOICE)
    worth = wording.amount(case.estimate.fact.amount)
    due, took = _NAMES[band], _NAMES[chosen]
    evidence = _with(
        bands,
        positions(procedure, case.estimate, case.reference, *reasons, *case.dossier.invitations),
    )
    in_docs = any(each.fact.in_tender_documents for each in reasons)
    if not lighter(chosen, band) or (in_docs and band is not ProcedureBand.EUROPEAN):
        stated = Text(nl="", en="")
        if lighter(chosen, band):
            stated = Text(
                nl="; de afwijking is in de stukken gemotiveerd",
                en="; the tender documents give the reasons for the deviation",
            )
        return Pass(
            why=Text(
                nl=f"Bij een raming van {worth.nl} hoort {due.nl}; gekozen is {took.nl}{stated.nl}.",
                en=f"An estimate of {worth.en} goes with {due.en}; chosen was {took.en}{stated.en}.",
            ),
            evidence=evidence,
        )
    curable = band is not ProcedureBand.EUROPEAN
    if not curable:
        lacking = Text(
            nl="een motivering geneest dat boven het drempelbedrag niet",
            en="above the threshold no reasons cure that",
        )
    elif reasons:
        lacking = Text(
            nl="de motivering staat niet in de aanbestedingsstukken",
            en="the reasons do not stand in the tender documents",
        )
    else:
        lacking = Text(nl="een motivering ontbreekt", en="there are no reasons on record")
    why = Text(
        nl=f"Bij een raming van {worth.nl} hoort {due.nl}, maar gekozen is {took.nl};"
        f" {lacking.nl}.",
        en=f"An estimate of {worth.en} goes with {due.en}, but chosen was {took.en}; {lacking.en}.",
    )
    remedy = Text(
        nl=f"Kies {due.nl}, of motiveer de afwijking in de aanbestedingsstukken."
        if curable
        else "Besteed Europees aan.",
        en=f"Choose {due.en}, or give the reasons for the deviation in the tender documents."
        if curable
        else "Tender under the European rules.",
    )
    return Violation(
        why=why,
        evidence=evidence,
        severity=Severity.MINOR if curable and reasons else None,
        remedy=remedy,
    )


def _with(bands: PolicyBandSet | None, evidence: tuple[int, ...]) -> tuple[int, ...]:
    """The evidence with the place where the authority adopted its bands, if it did."""
    if bands is None or bands.authority is None:
        return evidence
    return tuple(sorted({*evidence, bands.position}))


PRC_01 = Rule(
    id="PRC-01",
    title=Text(nl="De procedure past bij de waarde", en="The procedure fits the value"),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY, Principle.TRANSPARENCY),
    sources=(
        Source(reference="Aw 1.10, 1.13, 1.16(3)-(4)", tag="V"),
        Source(reference="Gids Proportionaliteit 3.4A", tag="V2"),
        Source(reference="seeds F0:128-130, F0:140-142", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, PROCEDURE, ESTIMATE),
    check=fits_the_band,
    settled_by_notice=frozenset({Outcome.PASS}),
)

# ---------------------------------------------------------------------------------------- PRC-02


def reasons_before_the_act(case: Case) -> Verdict:
    """By Dutch calendar day, as asserted; whether that day is true is MOT-02's question.

    The choice of invitees is asked about only where somebody was invited.
    """
    opened = announced(case)
    if opened is None:
        raise Missing("de aankondiging of de uitnodigingen", "the notice or the invitations")
    choices = [(MotivationSubject.PROCEDURE_CHOICE, opened)]
    first = case.dossier.project.first(InvitationSent)
    if first is not None:
        choices.append((MotivationSubject.INVITEE_SELECTION, first))
    told: list[Text] = []
    proof: list[Recorded[MotivationGiven]] = []
    for subject, act in choices:
        given = motivations(case, subject)
        before = dutch_date(act.occurred_at)
        proof += given
        if any(dutch_date(each.occurred_at) <= before for each in given):
            continue
        told.append(_late(subject, given, wording.day(before)))
    acts = positions(*(act for _, act in choices), *proof)
    if not told:
        on = wording.day(dutch_date(opened.occurred_at))
        return Pass(
            why=Text(
                nl=f"De keuzes waren uiterlijk op {on.nl} gemotiveerd.",
                en=f"The choices had their reasons by {on.en}.",
            ),
            evidence=acts,
        )
    return Violation(
        why=Text(nl=" ".join(each.nl for each in told), en=" ".join(each.en for each in told)),
        evidence=acts,
        remedy=Text(
            nl="Leg de objectieve redenen vast voordat er wordt aangekondigd of uitgenodigd.",
            en="Record the objective reasons before the notice or the invitations go out.",
        ),
    )


def _late(
    subject: MotivationSubject, given: Iterable[Recorded[MotivationGiven]], act: Text
) -> Text:
    what = Text(nl="de keuze van de procedure", en="the choice of the procedure")
    if subject is MotivationSubject.INVITEE_SELECTION:
        what = Text(nl="de keuze van de genodigden", en="the choice of the invitees")
    first = min((each.occurred_at for each in given), default=None)
    if first is None:
        return Text(
            nl=f"Voor {what.nl} is geen motivering vastgelegd.",
            en=f"No reasons are on record for {what.en}.",
        )
    written = wording.day(dutch_date(first))
    return Text(
        nl=f"De motivering voor {what.nl} is van {written.nl}, na {act.nl}.",
        en=f"The reasons for {what.en} are of {written.en}, after {act.en}.",
    )


PRC_02 = Rule(
    id="PRC-02",
    title=Text(
        nl="Objectieve redenen voor procedure en genodigden, vooraf",
        en="Objective reasons for procedure and invitees, beforehand",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="Aw 1.4(1)(a)-(b)", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(ANNOUNCED,),
    check=reasons_before_the_act,
)

# ---------------------------------------------------------------------------------------- PRC-07

_ELEMENTS = {
    MotivationAspect.MARKET_ACCESS: Text(
        nl="de markt en de toegang voor het mkb", en="the market and access for SMEs"
    ),
    MotivationAspect.ORGANISATION_AND_RISK: Text(
        nl="de gevolgen en risico's voor dienst en ondernemer",
        en="the consequences and risks for authority and entrepreneur",
    ),
    MotivationAspect.COHERENCE: Text(
        nl="de samenhang van de opdrachten", en="the coherence of the contracts"
    ),
}


def clustering_is_explained(case: Case) -> Verdict:
    """What several motivations of the same clustering go into counts together."""
    clustered = case.dossier.project.of(ContractsClustered)
    reasons = motivations(case, MotivationSubject.CLUSTERING)
    covered = {aspect for each in reasons for aspect in each.fact.aspects}
    lacking = [text for aspect, text in _ELEMENTS.items() if aspect not in covered]
    evidence = positions(*clustered, *reasons)
    parts = ", ".join(part for each in clustered for part in each.fact.parts)
    if not lacking:
        return Pass(
            why=Text(
                nl=f"Het samenvoegen van {parts} is op alle drie de punten gemotiveerd.",
                en=f"Combining {parts} has its reasons on all three points.",
            ),
            evidence=evidence,
        )
    nl = "; ".join(text.nl for text in lacking) if reasons else "elke motivering"
    en = "; ".join(text.en for text in lacking) if reasons else "any reasons"
    return Violation(
        why=Text(
            nl=f"Bij het samenvoegen van {parts} ontbreekt in de motivering: {nl}.",
            en=f"The reasons for combining {parts} lack: {en}.",
        ),
        evidence=evidence,
        remedy=Text(
            nl="Motiveer het samenvoegen op alle drie de punten, of splits de opdracht weer.",
            en="Give reasons for the combination on all three points, or divide the contract"
            " again.",
        ),
    )


PRC_07 = Rule(
    id="PRC-07",
    title=Text(
        nl="Niet onnodig samenvoegen (clusterverbod)",
        en="No needless combining of contracts",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.PROPORTIONALITY,),
    sources=(
        Source(reference="Aw 1.5(1)-(2)", tag="V"),
        Source(reference="Commissie van Aanbestedingsexperts, advies 673", tag="V2"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=Trigger(
        text=Text(nl="er zijn geen opdrachten samengevoegd", en="no contracts were combined"),
        met=lambda case: bool(case.dossier.project.of(ContractsClustered)),
    ),
    needs=(),
    check=clustering_is_explained,
)
