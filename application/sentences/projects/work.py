"""What was exchanged, measured and written down, in sentences."""

from typing import assert_never

from application.sentences.names import Names, listed
from application.vocabulary import word
from domain.convenant_project.information_exchange import (
    ExchangeAgreed,
    ExchangeFact,
    InformationExchanged,
)
from domain.convenant_project.monitoring import (
    IndicatorDefined,
    MeasurementTaken,
    MonitoringFact,
)
from domain.convenant_project.site import SiteFact, SiteRecordKept, SiteRecordSettled
from domain.rules.wording import day
from domain.terms import Text


def sentence(fact: ExchangeFact | MonitoringFact | SiteFact, names: Names) -> Text:
    match fact:
        case ExchangeAgreed():
            standard = word(fact.standard)
            return Text(
                nl=f"Het project werkt met {standard.nl} ({fact.edition}): {fact.purpose}.",
                en=f"The project works with {standard.en} ({fact.edition}): {fact.purpose}.",
            )
        case InformationExchanged():
            standard, to = word(fact.standard), listed(names, fact.recipients)
            return Text(
                nl=f"{names(fact.sender)} stuurde {fact.exchange} aan {to.nl} ({standard.nl}).",
                en=f"{names(fact.sender)} sent {fact.exchange} to {to.en} ({standard.en}).",
            )
        case IndicatorDefined():
            better = word(fact.better)
            base = "" if fact.baseline is None else f"{fact.baseline} {fact.unit}"
            return Text(
                nl=f"Gemeten wordt {fact.title} in {fact.unit} ({better.nl})"
                f"{f', nulmeting {base}' if base else ''}.",
                en=f"Measured will be {fact.title} in {fact.unit} ({better.en})"
                f"{f', baseline {base}' if base else ''}.",
            )
        case MeasurementTaken():
            when, by = day(fact.measured_on), listed(names, fact.measured_by)
            return Text(
                nl=f"Gemeten door {by.nl} op {when.nl}: {fact.value} voor {fact.indicator}.",
                en=f"Measured by {by.en} on {when.en}: {fact.value} for {fact.indicator}.",
            )
        case SiteRecordKept():
            kind, writer = word(fact.kind), names(fact.written_by)
            return Text(
                nl=f"{writer} schreef op het werk op: {kind.nl} {fact.record}.",
                en=f"{writer} wrote down on the work: {kind.en} {fact.record}.",
            )
        case SiteRecordSettled():
            return Text(
                nl=f"Aantekening {fact.record} van het werk is afgedaan.",
                en=f"Record {fact.record} of the work was settled.",
            )
        case _:
            assert_never(fact)
