"""The numbers that rules count with, for `docs/scenarios.md`: made from the tables of the rules."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from domain.convenant_project.preparation import ContractKind
from domain.convenant_project.procedure import ProcedureType
from domain.law.parameter_keys import Definition, Tag, Unit
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import Parameters
from domain.law.periods import MinimumDays, Regime, min_request_days, min_tender_days, nvi_days
from domain.law.thresholds import THRESHOLDS, Authority
from domain.rules.catalogue import BY_ID

_NEWEST = date.max
"""The day whose law is shown: the last row of every table."""

_REGIMES = (Regime.EUROPEAN, Regime.NATIONAL, Regime.MULTI_PRIVATE)
_OURS = (Tag.K, Tag.D)


def numbers() -> str:
    """Thresholds, periods and parameters, as a chapter of the document."""
    told = [*_thresholds(), "", *_periods(), "", *_parameters(), ""]
    return "\n".join(["## Numbers that rules count with", "", *told])


def not_judged(text: str) -> str:
    """Rules that `text` names and this build does not judge."""
    named = sorted(set(re.findall(r"\b[A-Z]{3}-\d\d\b", text)) - BY_ID.keys())
    return (
        "### Rules that are named and not judged\n\n"
        f"The rule book has more rules than this build judges. Of those, this page names"
        f" {', '.join(named)}: no verdict on them appears, and expecting one is refused.\n"
    )


# -------------------------------------------------------------------------------------- thresholds


def _thresholds() -> Iterator[str]:
    yield "### European thresholds"
    yield ""
    yield "An estimate of this amount or more is European; amounts without VAT, for municipalities."
    yield ""
    yield "| from | to and including | works | supplies | services |"
    yield "|---|---|---|---|---|"
    rows = {
        (row.valid_from, row.kind): row
        for row in THRESHOLDS
        if row.authority is Authority.DECENTRAL
    }
    for since in sorted({row.valid_from for row in rows.values()}):
        own = [rows[since, kind] for kind in ContractKind]
        amounts = " | ".join(_euros(row.amount) for row in own)
        yield f"| {since} | {own[0].valid_until} | {amounts} |"


# ----------------------------------------------------------------------------------------- periods


def _periods() -> Iterator[str]:
    yield "### Shortest periods, and when answers are due"
    yield ""
    yield (
        "Whole calendar days. Day 0 of a period to tender is the day on which the notice was"
        " dispatched (restricted: of the invitations). Answers are due that many days before the"
        " day of the deadline, and on that day are still in time. The regime is computed; of what"
        " was declared only the form counts."
    )
    yield ""
    yield (
        "| regime | declared | to tender | electronic | documents offline | urgent"
        " | after a prior notice | requests | answers |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for regime in _REGIMES:
        answers = _answers(regime)
        declared: dict[str, list[str]] = {}
        for procedure in ProcedureType:
            declared.setdefault(_row(procedure, regime), []).append(f"`{procedure}`")
        every = len(declared) == 1
        for row, procedures in declared.items():
            if every or set(row) - set("- |"):
                names = "any" if every else ", ".join(procedures)
                yield f"| {regime} | {names} | {row} | {answers} |"


def _row(procedure: ProcedureType, regime: Regime) -> str:
    def tender(
        *,
        electronic: bool = False,
        offline: bool = False,
        urgent: bool = False,
        prior: bool = False,
    ) -> MinimumDays | None:
        return min_tender_days(
            procedure,
            regime,
            _NEWEST,
            e_submission=electronic,
            docs_offline_ground=offline,
            urgency=urgent,
            prior_notice=prior,
        )

    ordinary = tender()
    special = (
        tender(electronic=True),
        tender(offline=True),
        tender(urgent=True),
        tender(prior=True),
    )
    requests = min_request_days(procedure, regime, _NEWEST, urgency=False)
    hasty = min_request_days(procedure, regime, _NEWEST, urgency=True)
    cells = [
        _days(ordinary),
        *(_days(each if each != ordinary else None) for each in special),
        _days(requests) if requests == hasty else f"{_days(requests)} (urgent {_days(hasty)})",
    ]
    return " | ".join(cells)


def _days(minimum: MinimumDays | None) -> str:
    if minimum is None:
        return "-"
    floor = minimum.never_below
    return f"{minimum.days}" if floor is None else f"{minimum.days}, never below {floor.value}"


def _answers(regime: Regime) -> str:
    ordinary = nvi_days(regime, _NEWEST, Parameters())
    urgent = nvi_days(regime, _NEWEST, Parameters(), urgency=True)
    if ordinary is None or urgent is None:
        return "-"
    hasty = "" if ordinary == urgent else f" (urgent {urgent.value})"
    return f"{ordinary.value}{hasty}"


# -------------------------------------------------------------------------------------- parameters


def _parameters() -> Iterator[str]:
    yield "### Parameters"
    yield ""
    yield (
        "What the law fixes nobody adopts otherwise. Of the others an authority may adopt its own"
        " number, or this one. *Binds*: `law`, always; `yes`, also when nobody adopted it, because"
        " a source states it; `if adopted`, because it is a reading of ours, and a breach of it by"
        " an authority that did not adopt it is a `warn`. At least and at most include the number"
        " itself, below does not: a small modification of exactly 15 % is not small."
    )
    yield ""
    yield "| `parameter` | what | `value` | unit | binds | decides |"
    yield "|---|---|---|---|---|---|"
    for key, each in DEFINITIONS.items():
        value, rules = _value(each), ", ".join(_rules(each.decides))
        yield f"| `{key}` | {each.label.en} | {value} | {each.unit} | {binds(each)} | {rules} |"


def binds(definition: Definition) -> str:
    """Whether a breach of the number that holds today is a violation when nobody adopted it."""
    if definition.fixed:
        return "law"
    return "if adopted" if definition.rows[-1].tag in _OURS else "yes"


def _value(definition: Definition) -> str:
    value = definition.rows[-1].value
    match definition.unit:
        case Unit.EURO_CENTS:
            return f"{value} ({_euros(value)})"
        case Unit.BASIS_POINTS:
            return f"{value} ({value / 100:g} %)"
        case _:
            return f"{value}"


def _rules(decides: Iterable[str]) -> Iterator[str]:
    for rule in decides:
        yield rule if rule in BY_ID else f"{rule} (not judged)"


def _euros(cents: int) -> str:
    return f"EUR {cents // 100:,}"
