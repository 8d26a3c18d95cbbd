"""What the award letters say, to whom and when: AWD-01."""

from domain.convenant_project.award import AwardDecided, AwardLetterSent, ContractSigned
from domain.dossier import days_between
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.award.period import concerned, letters, require_tenders, standstill, winner
from domain.rules.case import Case, Missing
from domain.rules.needs import COMPETITION, ESTIMATE
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Verdict,
    breach,
    positions,
)
from domain.terms import Text, dutch_date


def told_with_reasons(case: Case) -> Verdict:
    """Every concerned tenderer, the winner as well, is told on one day.

    To the others the letter gives reasons, names the winner and, where a standstill is due by law
    or promise, describes it. The newest letter to each counts: a round of letters that mends an
    earlier one replaces it. Before anything is signed, letters may still come.
    """
    require_tenders(case)
    sent = letters(case)
    signed = case.dossier.project.first(ContractSigned)
    if not sent and signed is None:
        raise Missing("de gunningsbrieven", "the award letters")
    faults = _faults(case, list(sent.values()))
    spread = case.number(ParameterKey.AWARD_LETTER_SPREAD)
    moments = sorted(each.occurred_at for each in sent.values())
    numbers: tuple[InForce, ...] = ()
    if moments and days_between(moments[0], moments[-1]) > spread.value:
        numbers = () if faults else (spread,)
        one, two = wording.day(dutch_date(moments[0])), wording.day(dutch_date(moments[-1]))
        faults.append(
            Text(
                nl=f"de brieven gingen niet op dezelfde dag uit: {one.nl} tot {two.nl}",
                en=f"the letters did not go out on the same day: {one.en} to {two.en}",
            )
        )
    evidence = positions(case.dossier.project.last(AwardDecided), *sent.values(), signed)
    if not faults:
        day = wording.day(dutch_date(moments[-1]))
        return Pass(
            why=Text(
                nl=f"De {len(sent)} gunningsbrieven van {day.nl} geven redenen en noemen de"
                " winnaar.",
                en=f"The {len(sent)} award letters of {day.en} give reasons and name the winner.",
            ),
            evidence=evidence,
        )
    return breach(
        Text(
            nl=f"De mededeling van de gunning schiet tekort: {'; '.join(f.nl for f in faults)}.",
            en=f"The award was not told as it should: {'; '.join(f.en for f in faults)}.",
        ),
        evidence,
        numbers=numbers,
        remedy=Text(
            nl="Zend allen op dezelfde dag een volledige brief; pas daarna loopt een"
            " opschortende termijn.",
            en="Send everybody a complete letter on the same day; only then a standstill runs.",
        ),
    )


def _faults(case: Case, sent: list[Recorded[AwardLetterSent]]) -> list[Text]:
    """What is wrong with the letters, apart from their days; each with the names it concerns."""
    faults = []
    unheard = concerned(case) - {each.fact.recipient for each in sent}
    if unheard:
        who = case.names(unheard)
        faults.append(Text(nl=f"{who} kreeg geen brief", en=f"{who} got no letter"))
    first, due = winner(case), standstill(case).days > 0
    for what, good in (
        (
            Text(nl="geen relevante redenen", en="no relevant reasons"),
            lambda letter: bool((letter.reasons or "").strip()),
        ),
        (
            Text(nl="de winnaar niet genoemd", en="the winner not named"),
            lambda letter: letter.names_winner,
        ),
        (
            Text(nl="de opschortende termijn niet omschreven", en="the standstill not described"),
            lambda letter: not due or bool((letter.standstill or "").strip()),
        ),
    ):
        lacking = [e.fact.recipient for e in sent if e.fact.recipient != first and not good(e.fact)]
        if lacking:
            who = case.names(lacking)
            faults.append(Text(nl=f"aan {who}: {what.nl}", en=f"to {who}: {what.en}"))
    return faults


AWD_01 = Rule(
    id="AWD-01",
    title=Text(
        nl="Iedere inschrijver krijgt een gemotiveerde brief",
        en="Every tenderer gets a letter with reasons",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(
        Source(reference="Aw 2.130(1)-(2)", tag="V"),
        Source(reference="Aw 1.15(2)", tag="V"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=COMPETITION,
    needs=(ESTIMATE,),
    check=told_with_reasons,
)
