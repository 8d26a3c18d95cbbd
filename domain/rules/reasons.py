"""MOT: reasons. What needs a motivation (motivering) has one, given in time, and kept on file.

Rule book, section 6. Which choices need reasons, which article says so, when the choice counts as
made, and whether the reasons stand in the tender documents (aanbestedingsstukken):

| choice | shows from | made on | article | in the documents |
| --- | --- | --- | --- | --- |
| procedure | a procedure that started | notice or invitation | Aw 1.4(1)(a) | |
| invitees | invitations without a notice | first invitation | Aw 1.4(1)(b) | |
| number invited | other than 3 to 5, privately | first invitation | Aw 1.22, ARW 2016 | |
| clustering | contracts combined | that day | Aw 1.5(1)-(2) | yes |
| lowest price | criteria on price or cost alone | that day | Aw 2.114(4) | yes |
| turnover | a turnover requirement | that day | Aw 2.90(3) | yes |
| urgency | urgency claimed | notice or invitation | Aw 2.74 | |
| no lots | reasons for it that were given | notice or invitation | Aw 1.5(3) | yes |
| Gids departed from | reasons for it that were given | notice or invitation | Aw 1.10(4), 1.13(4), 1.16(4) | yes |

The last two leave no fact of their own: where nobody gave reasons, PRC-06, PRC-08 and PRO-06 ask.
Days are Dutch calendar days: reasons of the same day are in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.convenant_project.contract_design import (
    ContractsClustered,
    MotivationGiven,
    MotivationSubject,
    RequirementKind,
    RequirementSet,
)
from domain.convenant_project.execution import RecordCheck, RecordChecked
from domain.convenant_project.tendering import AwardMethod, CriteriaPublished
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.since import AW_2012
from domain.record import Recorded
from domain.rules import wording
from domain.rules.case import Case, Missing
from domain.rules.needs import PROCEDURE
from domain.rules.rule import (
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    Warn,
    breach,
    positions,
)
from domain.terms import Text, dutch_date

_WORDS = {
    MotivationSubject.PROCEDURE_CHOICE: ("de keuze van de procedure", "the choice of procedure"),
    MotivationSubject.INVITEE_SELECTION: ("de keuze van de genodigden", "the choice of invitees"),
    MotivationSubject.NUMBER_INVITED: ("het aantal genodigden", "the number invited"),
    MotivationSubject.CLUSTERING: ("het samenvoegen", "the clustering"),
    MotivationSubject.NO_LOTS: ("het niet verdelen in percelen", "having no lots"),
    MotivationSubject.LOWEST_PRICE: ("gunnen op prijs of kosten", "awarding on price or cost"),
    MotivationSubject.TURNOVER: ("de omzeteis", "the turnover requirement"),
    MotivationSubject.URGENCY: ("de urgentie", "the urgency"),
    MotivationSubject.GUIDE_DEVIATION: ("de afwijking van de Gids", "departing from the Gids"),
}
_IN_DOCUMENTS = frozenset(
    {
        MotivationSubject.CLUSTERING,
        MotivationSubject.NO_LOTS,
        MotivationSubject.LOWEST_PRICE,
        MotivationSubject.TURNOVER,
        MotivationSubject.GUIDE_DEVIATION,
    }
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A choice that needs reasons; it was made on the day of `made`. `numbers` make it one."""

    subject: MotivationSubject
    made: Recorded[Any]
    numbers: tuple[InForce, ...] = ()

    @property
    def words(self) -> Text:
        nl, en = _WORDS[self.subject]
        return Text(nl=nl, en=en)


def choices(case: Case) -> Iterator[Choice]:
    """Every choice of the table above that the facts show, or for which reasons were given."""
    dossier = case.dossier
    outward = dossier.opening or dossier.procedure
    if dossier.procedure is not None and outward is not None:
        yield Choice(subject=MotivationSubject.PROCEDURE_CHOICE, made=outward)
        if dossier.procedure.fact.urgency:
            yield Choice(subject=MotivationSubject.URGENCY, made=outward)
    if outward is not None and dossier.notice_published is None and dossier.invited:
        yield Choice(subject=MotivationSubject.INVITEE_SELECTION, made=outward)
        if len(dossier.invited) > 1:
            yield from _number_invited(case, outward)
    for clustered in dossier.project.of(ContractsClustered):
        yield Choice(subject=MotivationSubject.CLUSTERING, made=clustered)
    for published in dossier.project.of(CriteriaPublished):
        if published.fact.method is not AwardMethod.BEST_PRICE_QUALITY:
            yield Choice(subject=MotivationSubject.LOWEST_PRICE, made=published)
    for required in dossier.project.of(RequirementSet):
        if required.fact.kind is RequirementKind.TURNOVER:
            yield Choice(subject=MotivationSubject.TURNOVER, made=required)
    given = {each.fact.subject for each in dossier.project.of(MotivationGiven)}
    for subject in (MotivationSubject.NO_LOTS, MotivationSubject.GUIDE_DEVIATION):
        if subject in given and outward is not None:
            yield Choice(subject=subject, made=outward)


def _number_invited(case: Case, outward: Recorded[Any]) -> Iterator[Choice]:
    at_least = case.number(ParameterKey.INVITED_AT_LEAST)
    at_most = case.number(ParameterKey.INVITED_AT_MOST)
    if not at_least.value <= len(case.dossier.invited) <= at_most.value:
        yield Choice(
            subject=MotivationSubject.NUMBER_INVITED, made=outward, numbers=(at_least, at_most)
        )


def _given(case: Case, choice: Choice) -> list[Recorded[MotivationGiven]]:
    return [
        each
        for each in case.dossier.project.of(MotivationGiven)
        if each.fact.subject is choice.subject
    ]


# ---------------------------------------------------------------------------------------- MOT-01


def every_choice_reasoned(case: Case) -> Verdict:
    """By the date that the author asserts; MOT-02 holds that date against the ledger's.

    The author of a motivation is the actor of its event, known to the ledger by pseudonym.
    """
    found = list(choices(case))
    lacking = [(choice, why) for choice in found if (why := _lacking(case, choice)) is not None]
    given = [each for choice in found for each in _given(case, choice)]
    if not lacking:
        return Pass(
            why=Text(
                nl=f"Alle keuzes die redenen vragen ({len(found)}) zijn op tijd gemotiveerd.",
                en=f"All choices that ask for reasons ({len(found)}) were given them in time.",
            ),
            evidence=positions(*given),
        )
    binding = [pair for pair in lacking if all(number.binding for number in pair[0].numbers)]
    shown = binding or lacking
    nl = "; ".join(f"{choice.words.nl} {why.nl}" for choice, why in shown)
    en = "; ".join(f"{choice.words.en} {why.en}" for choice, why in shown)
    return breach(
        Text(nl=f"Redenen schieten tekort: {nl}.", en=f"Reasons fall short: {en}."),
        positions(*(choice.made for choice, _ in shown), *given),
        numbers=[number for choice, _ in shown for number in choice.numbers],
        remedy=Text(
            nl="Leg de redenen alsnog vast, onder de datum van vandaag.",
            en="Record the reasons after all, under today's date.",
        ),
    )


def _lacking(case: Case, choice: Choice) -> Text | None:
    """Why no motivation will do: there is none, all are late, or none stands in the documents."""
    given = _given(case, choice)
    made = dutch_date(choice.made.occurred_at)
    in_time = [each for each in given if dutch_date(each.occurred_at) <= made]
    day = wording.day(made)
    if not given:
        return Text(nl="is niet gemotiveerd", en="was given no reasons")
    if not in_time:
        return Text(
            nl=f"is pas na {day.nl} gemotiveerd", en=f"was given reasons only after {day.en}"
        )
    if choice.subject in _IN_DOCUMENTS and not any(e.fact.in_tender_documents for e in in_time):
        return Text(
            nl="is niet gemotiveerd in de aanbestedingsstukken",
            en="was given no reasons in the tender documents",
        )
    return None


MOT_01 = Rule(
    id="MOT-01",
    title=Text(nl="Elke keuze heeft haar redenen", en="Every choice has its reasons"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(
        Source(
            reference="Aw 1.4, 1.5, 1.10(4), 1.13(4), 1.16(4), 1.22, 2.74, 2.90(3), 2.114(4)",
            tag="V",
        ),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(PROCEDURE,),
    check=every_choice_reasoned,
)

# ---------------------------------------------------------------------------------------- MOT-02


def written_down_in_time(case: Case) -> Verdict:
    """The ledger's own time decides, whatever date was asserted.

    History is imported where the project itself came into the record after the choice was made:
    then a registered original elsewhere is proof, and without one nobody can tell.
    """
    reasoned = [choice for choice in choices(case) if _given(case, choice)]
    late = [choice for choice in reasoned if not _written_by_then(case, choice)]
    backdated = [choice for choice in late if not _imported(case, choice)]
    unproven = [
        choice
        for choice in late
        if _imported(case, choice)
        and not any((each.fact.recorded_original or "").strip() for each in _given(case, choice))
    ]
    shown = backdated or unproven
    if not shown:
        return Pass(
            why=Text(
                nl="De redenen stonden in het dossier voordat de keuze werd gemaakt.",
                en="The reasons were on record before the choice was made.",
            ),
            evidence=positions(*(each for choice in reasoned for each in _given(case, choice))),
        )
    evidence = positions(*(e for c in shown for e in (c.made, *_given(case, c))))
    why = _told_late(case, shown)
    if backdated:
        return Violation(
            why=why,
            evidence=evidence,
            remedy=Text(
                nl="Leg uit wanneer de redenen zijn geschreven en waarom ze later zijn vastgelegd.",
                en="Explain when the reasons were written and why they were recorded later.",
            ),
        )
    return Warn(
        why=why,
        evidence=evidence,
        remedy=Text(
            nl="Verwijs naar het geregistreerde origineel van voor de invoer.",
            en="Refer to the registered original of before the import.",
        ),
    )


def _told_late(case: Case, late: list[Choice]) -> Text:
    told = []
    for choice in late:
        newest = min(_given(case, choice), key=lambda each: each.recorded_at)
        written = wording.day(dutch_date(newest.recorded_at))
        asserted = wording.day(dutch_date(newest.occurred_at))
        made = wording.day(dutch_date(choice.made.occurred_at))
        told.append(
            Text(
                nl=f"{choice.words.nl} van {made.nl}: redenen van {asserted.nl}, vastgelegd op"
                f" {written.nl}",
                en=f"{choice.words.en} of {made.en}: reasons of {asserted.en}, recorded on"
                f" {written.en}",
            )
        )
    return Text(
        nl=f"Redenen zijn na de keuze vastgelegd. {'; '.join(each.nl for each in told)}.",
        en=f"Reasons were recorded after the choice. {'; '.join(each.en for each in told)}.",
    )


def _written_by_then(case: Case, choice: Choice) -> bool:
    made = dutch_date(choice.made.occurred_at)
    return any(dutch_date(each.recorded_at) <= made for each in _given(case, choice))


def _imported(case: Case, choice: Choice) -> bool:
    registration = case.dossier.registration
    if registration is None:
        return False
    return dutch_date(registration.recorded_at) > dutch_date(choice.made.occurred_at)


MOT_02 = Rule(
    id="MOT-02",
    title=Text(nl="Redenen zijn niet achteraf gedateerd", en="Reasons are not back-dated"),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="reading of Aw 1.4 and 2.56", tag="D"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=Trigger(
        text=Text(nl="er zijn geen redenen vastgelegd", en="no reasons were recorded"),
        met=lambda case: any(_given(case, choice) for choice in choices(case)),
    ),
    needs=(),
    check=written_down_in_time,
)

# ---------------------------------------------------------------------------------------- MOT-03


def newest_check(case: Case, check: RecordCheck) -> Recorded[RecordChecked]:
    """The newest result of a check that no rule can make from facts. Raises Missing."""
    results = [each for each in case.dossier.project.of(RecordChecked) if each.fact.check is check]
    if not results:
        raise Missing(
            f"de uitkomst van een controle van het dossier ({check})",
            f"the outcome of a check of the record ({check})",
        )
    return max(results, key=lambda each: (each.occurred_at, each.position))


def file_kept(case: Case) -> Verdict:
    """Whether the course of the procedure is documented, and kept three years, somebody looks after."""
    looked = newest_check(case, RecordCheck.PROCEDURE_FILE)
    day = wording.day(dutch_date(looked.occurred_at))
    if looked.fact.passed:
        return Pass(
            why=Text(
                nl=f"Op {day.nl} is vastgesteld dat het dossier volledig is en bewaard wordt.",
                en=f"On {day.en} the file was found complete and kept.",
            ),
            evidence=positions(looked),
        )
    return Violation(
        why=Text(
            nl=f"Op {day.nl} is vastgesteld dat het dossier niet volledig is of niet bewaard is.",
            en=f"On {day.en} the file was found incomplete or not kept.",
        ),
        evidence=positions(looked),
        remedy=Text(
            nl="Vul het dossier aan en leg de controle opnieuw vast.",
            en="Complete the file and record the check again.",
        ),
    )


MOT_03 = Rule(
    id="MOT-03",
    title=Text(
        nl="Het verloop van de procedure is vastgelegd en bewaard",
        en="The course of the procedure is documented and kept",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.TRANSPARENCY, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="Aw 2.56", tag="V"),),
    since=AW_2012,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(),
    check=file_kept,
)

RULES = (MOT_01, MOT_02, MOT_03)
