"""INT: integrity. Who has influence declares interests, judges alone, and circles keep off prices.

Rule book, section 6.
"""

from collections.abc import Iterator
from typing import Any

from domain.circle.meetings import MeetingHeld, SensitiveTalkNoted
from domain.convenant_project.award import AwardDecided, ReportField
from domain.convenant_project.interests import (
    DeclarationSigned,
    InterestHandled,
    PersonAssigned,
    ProjectRole,
)
from domain.dossier import start_day
from domain.law.calendar import months_before
from domain.law.parameter_keys import ParameterKey
from domain.law.parameters import InForce
from domain.law.periods import Regime
from domain.law.since import AW_2012, AW_2016
from domain.member.people import EmploymentStated
from domain.record import Recorded
from domain.rules import wording
from domain.rules.award_report import newest_report
from domain.rules.case import Case
from domain.rules.needs import NOTICE_OR_PROCEDURE
from domain.rules.rule import (
    Need,
    Pass,
    Principle,
    Rule,
    Severity,
    Source,
    Subject,
    Trigger,
    Verdict,
    Violation,
    breach,
    positions,
)
from domain.terms import MemberId, PersonRef, Text, dutch_date

_WITH_INFLUENCE = frozenset(ProjectRole) - {ProjectRole.MARKET_EXPERT}
"""Who signs a declaration. A firm's own expert speaks for the firm, as everybody knows (INV-08)."""

_ROLES = {
    ProjectRole.EVALUATOR: ("een beoordelaar", "an evaluator"),
    ProjectRole.BUYER: ("een inkoper", "a buyer"),
    ProjectRole.SECRETARY: ("de secretaris van de expertgroep", "the expert group's secretary"),
    ProjectRole.ADVISER: ("een adviseur", "an adviser"),
    ProjectRole.PROCESS_ADVISER: ("een procesadviseur", "a process adviser"),
    ProjectRole.MARKET_EXPERT: ("een lid van de expertgroep", "a member of the expert group"),
}


def _assigned(case: Case, *roles: ProjectRole) -> list[Recorded[PersonAssigned]]:
    return [each for each in case.dossier.project.of(PersonAssigned) if each.fact.role in roles]


PEOPLE = Need(
    text=Text(nl="wie invloed heeft op de procedure", en="who has influence on the procedure"),
    present=lambda case: bool(_assigned(case, *_WITH_INFLUENCE)),
)


def _who(case: Case, assigned: list[Recorded[PersonAssigned]]) -> Text:
    """By role and organisation: the record knows persons by pseudonym only."""
    found = sorted({(each.fact.role, case.name(each.fact.organisation)) for each in assigned})
    return Text(
        nl=", ".join(f"{_ROLES[role][0]} van {name}" for role, name in found),
        en=", ".join(f"{_ROLES[role][1]} of {name}" for role, name in found),
    )


# ---------------------------------------------------------------------------------------- INT-01


def everybody_declared(case: Case) -> Verdict:
    """Influence begins with the assignment; a declaration of that same day is in time.

    One declaration covers all roles of a person in this project.
    """
    assigned = _assigned(case, *_WITH_INFLUENCE)
    declared = case.dossier.project.of(DeclarationSigned)
    silent = [
        each
        for each in assigned
        if not any(
            declaration.fact.person == each.fact.person
            and dutch_date(declaration.occurred_at) <= dutch_date(each.occurred_at)
            for declaration in declared
        )
    ]
    if not silent:
        return Pass(
            why=Text(
                nl=f"Alle {len(assigned)} toegewezen personen met invloed verklaarden vooraf hun"
                " belangen.",
                en=f"All {len(assigned)} people assigned with influence declared their interests"
                " beforehand.",
            ),
            evidence=positions(*assigned, *declared),
        )
    who = _who(case, silent)
    day = wording.day(min(dutch_date(each.occurred_at) for each in silent))
    late = [
        declaration
        for declaration in declared
        if declaration.fact.person in {each.fact.person for each in silent}
    ]
    return Violation(
        why=Text(
            nl=f"Zonder belangenverklaring vooraf had invloed, vanaf {day.nl}: {who.nl}.",
            en=f"Had influence from {day.en} without declaring interests beforehand: {who.en}.",
        ),
        evidence=positions(*silent, *late),
        remedy=Text(
            nl="Laat de verklaring alsnog tekenen en weeg wat deze persoon al deed opnieuw.",
            en="Have the declaration signed and weigh again what this person did already.",
        ),
    )


INT_01 = Rule(
    id="INT-01",
    title=Text(
        nl="Wie invloed heeft verklaart zijn belangen", en="Who has influence declares interests"
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.GOOD_ADMINISTRATION),
    sources=(Source(reference="Aw 1.10b", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.MAJOR,
    trigger=None,
    needs=(PEOPLE,),
    check=everybody_declared,
)

# ---------------------------------------------------------------------------------------- INT-02


def _interests(case: Case) -> list[Recorded[DeclarationSigned]]:
    return [each for each in case.dossier.project.of(DeclarationSigned) if each.fact.interest]


def interests_handled(case: Case) -> Verdict:
    """Each declared interest has a measure; in a European procedure the report sets it out."""
    declared = _interests(case)
    handled = case.dossier.project.of(InterestHandled)
    open_ = [each for each in declared if each.fact.person not in {h.fact.person for h in handled}]
    if open_:
        who = _interested(case, open_)
        return Violation(
            why=Text(
                nl=f"Een verklaard belang is niet weggenomen: {who.nl}.",
                en=f"A declared interest was not dealt with: {who.en}.",
            ),
            evidence=positions(*open_),
            remedy=Text(
                nl="Laat de persoon terugtreden of vervang hem, en weeg zijn oordeel opnieuw.",
                en="Let the person step back or be replaced, and weigh the judgement again.",
            ),
        )
    if case.regime is Regime.EUROPEAN:
        report = newest_report(case)
        if report is None or ReportField.M not in report.fact.filled:
            return Violation(
                why=Text(
                    nl="Het proces-verbaal noemt het belangenconflict en de maatregel niet.",
                    en="The report of the procedure is silent on the conflict and its measure.",
                ),
                evidence=positions(*declared, *handled, report),
                remedy=Text(
                    nl="Vul onderdeel m van het proces-verbaal in.",
                    en="Fill in part m of the report.",
                ),
            )
    return Pass(
        why=Text(
            nl="Voor elk verklaard belang is een maatregel genomen.",
            en="A measure was taken for every declared interest.",
        ),
        evidence=positions(*declared, *handled),
    )


def _interested(case: Case, declared: list[Recorded[DeclarationSigned]]) -> Text:
    persons = {each.fact.person for each in declared}
    assigned = [
        each for each in case.dossier.project.of(PersonAssigned) if each.fact.person in persons
    ]
    return _who(case, assigned) if assigned else Text(nl="een persoon", en="a person")


INT_02 = Rule(
    id="INT-02",
    title=Text(nl="Een belang wordt weggenomen", en="An interest is dealt with"),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT, Principle.TRANSPARENCY),
    sources=(Source(reference="Aw 1.10b(1), 2.132(1)(m), 2.87(1)(e)", tag="V"),),
    since=AW_2016,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(nl="niemand verklaarde een belang", en="nobody declared an interest"),
        met=lambda case: bool(_interests(case)),
    ),
    needs=(),
    check=interests_handled,
)

# ---------------------------------------------------------------------------------------- INT-03


def roles_apart(case: Case) -> Verdict:
    """Nobody judges tenders who sat in the expert group for the market or works for who competes.

    Employment counts from some months before the assignment until the award is decided; being
    employed during it needs no number, having been employed before hangs on that number.
    """
    experts = {each.fact.person for each in _assigned(case, ProjectRole.MARKET_EXPERT)}
    evaluators = _assigned(case, ProjectRole.EVALUATOR)
    double = [each for each in evaluators if each.fact.person in experts]
    if double:
        both = [
            each
            for each in _assigned(case, ProjectRole.MARKET_EXPERT)
            if each.fact.person in {evaluator.fact.person for evaluator in double}
        ]
        who = _who(case, both)
        return _mixed(
            Text(
                nl=f"{who.nl} beoordeelt ook de inschrijvingen.",
                en=f"{who.en} judges the tenders as well.",
            ),
            [*double, *both],
            (),
        )
    former = case.number(ParameterKey.FORMER_EMPLOYER)
    ties = [tie for evaluator in evaluators for tie in _ties(case, evaluator, former.value)]
    if not ties:
        return Pass(
            why=Text(
                nl=f"Geen van de {len(evaluators)} beoordelaars is of was verbonden aan wie"
                " meedingt.",
                en=f"None of the {len(evaluators)} evaluators is or was tied to who competes.",
            ),
            evidence=positions(*evaluators),
        )
    now = [tie for tie in ties if tie[2]]
    firms = case.names({employer for employer, _, _ in now or ties})
    proof: list[Recorded[Any]] = [each for _, found, _ in now or ties for each in found]
    if now:
        nl = f"Een beoordelaar werkt voor {firms}, dat meedingt."
        en = f"An evaluator works for {firms}, which competes."
        return _mixed(Text(nl=nl, en=en), proof, ())
    return _mixed(
        Text(
            nl=f"Een beoordelaar werkte in de {former.value} maanden voor zijn aanwijzing voor"
            f" {firms}, dat meedingt.",
            en=f"An evaluator worked for {firms}, which competes, in the {former.value} months"
            " before being assigned.",
        ),
        proof,
        (former,),
    )


def _mixed(why: Text, found: list[Recorded[Any]], numbers: tuple[InForce, ...]) -> Verdict:
    return breach(
        why,
        positions(*found),
        numbers=numbers,
        remedy=Text(
            nl="Vervang de beoordelaar en laat opnieuw beoordelen.",
            en="Replace the evaluator and have the tenders judged again.",
        ),
    )


def _ties(
    case: Case, evaluator: Recorded[PersonAssigned], months: int
) -> Iterator[tuple[MemberId, tuple[Recorded[Any], ...], bool]]:
    """Employers that compete, or are linked to who does, with the proof and whether it still ran."""
    field = {member for org in case.dossier.competitors for member in case.dossier.group(org)}
    start = dutch_date(evaluator.occurred_at)
    decided = case.dossier.project.last(AwardDecided)
    end = max(start, dutch_date(decided.occurred_at if decided else case.judged_at))
    if evaluator.fact.organisation in field:
        yield evaluator.fact.organisation, (evaluator,), True
    for employer in sorted(field, key=str):
        for each in _employments(case, employer, evaluator.fact.person):
            until = each.fact.until
            if each.fact.since <= end and (until is None or until >= months_before(start, months)):
                yield employer, (evaluator, each), until is None or until >= start


def _employments(
    case: Case, employer: MemberId, person: PersonRef
) -> list[Recorded[EmploymentStated]]:
    return [
        each
        for each in case.dossier.member(employer).of(EmploymentStated)
        if each.fact.person == person
    ]


INT_03 = Rule(
    id="INT-03",
    title=Text(
        nl="Wie voor de markt spreekt beoordeelt niet",
        en="Who speaks for the market does not judge",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(
        Source(reference="ARW 2016, scheiding van belang", tag="V"),
        Source(reference="reading of it: twelve months", tag="D"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=None,
    needs=(NOTICE_OR_PROCEDURE, PEOPLE),
    check=roles_apart,
)

# ---------------------------------------------------------------------------------------- INT-04


def nothing_sensitive(case: Case) -> Verdict:
    """Meetings of the project's circles, from the day on which the project began.

    What somebody found and noted is judged; the chair's statement by itself proves nothing.
    """
    start = start_day(case.dossier)
    found: list[Recorded[Any]] = []
    meetings: set[str] = set()
    for file in case.dossier.circles.values():
        held = {each.fact.meeting: each for each in file.of(MeetingHeld)}
        for noted in file.of(SensitiveTalkNoted):
            meeting = held.get(noted.fact.meeting)
            day = dutch_date((meeting or noted).occurred_at)
            if start is None or day >= start:
                found += [noted] if meeting is None else [meeting, noted]
                meetings.add(noted.fact.meeting)
    if not found:
        return Pass(
            why=Text(
                nl="Geen bijeenkomst van de kring raakte prijzen, marges of inschrijfplannen.",
                en="No meeting of the circle touched prices, margins or tender plans.",
            )
        )
    which = ", ".join(sorted(meetings))
    return Violation(
        why=Text(
            nl=f"Bijeenkomst {which} raakte prijzen, marges, capaciteit of inschrijfplannen van"
            " afzonderlijke bedrijven.",
            en=f"Meeting {which} touched prices, margins, capacity or tender plans of individual"
            " firms.",
        ),
        evidence=positions(*found),
        remedy=Text(
            nl="Stop het onderwerp, meld het aan een jurist en leg vast wie wat hoorde.",
            en="Stop the subject, report it to a lawyer and record who heard what.",
        ),
    )


INT_04 = Rule(
    id="INT-04",
    title=Text(
        nl="De kring spreekt niet over prijzen en inschrijfplannen",
        en="The circle does not discuss prices and tender plans",
    ),
    subject=Subject.PROJECT,
    principles=(Principle.EQUAL_TREATMENT,),
    sources=(
        Source(reference="Mededingingswet art. 6; TFEU art. 101", tag="K"),
        Source(reference="Aw 2.87(1)(d)", tag="V"),
        Source(reference="seeds F1:470-472, F1:551-553", tag="S"),
    ),
    since=AW_2012,
    until=None,
    severity=Severity.BLOCKER,
    trigger=Trigger(
        text=Text(nl="bij dit project hoort geen kring", en="no circle hears of this project"),
        met=lambda case: bool(case.dossier.circles),
    ),
    needs=(),
    check=nothing_sensitive,
)

RULES = (INT_01, INT_02, INT_03, INT_04)
