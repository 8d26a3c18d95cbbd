"""What is due to be forgotten, and by which periods (bewaartermijnen)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.views.sealed_texts import SealedTextRow
from domain.law.parameter_keys import ParameterKey, Tag
from domain.law.parameter_table import DEFINITIONS
from domain.law.parameters import Basis, Parameters
from domain.law.retention import KEPT_BY, PERIOD, due
from domain.member.erasure import KeepGround, TextAt
from domain.sealing import KeyId, RecordKind
from domain.terms import Text


@dataclass(frozen=True, kw_only=True)
class Period:
    """How long a kind is kept; `kept_by` keeps it until then, also when somebody asks.

    `certainty` is how sure the number is; with `basis` adopted it is the authority's own.
    """

    kind: RecordKind
    parameter: ParameterKey
    label: Text
    months: int
    basis: Basis
    source: str
    certainty: Tag
    valid_from: date
    kept_by: KeepGround | None


@dataclass(frozen=True, kw_only=True)
class DueText:
    """The texts under one key; they are to be forgotten from `due` on."""

    kid: KeyId
    subject: UUID
    kind: RecordKind
    happened_on: date
    due: date
    texts: tuple[TextAt, ...]


def periods(parameters: Parameters, on: date) -> tuple[Period, ...]:
    """The period of every kind, as it holds on a day."""
    found = []
    for kind, key in PERIOD.items():
        held = parameters.at(key, on)
        found.append(
            Period(
                kind=kind,
                parameter=key,
                label=DEFINITIONS[key].label,
                months=held.value,
                basis=held.basis,
                source=held.row.source,
                certainty=held.row.tag,
                valid_from=held.row.valid_from,
                kept_by=KEPT_BY.get(kind),
            )
        )
    return tuple(found)


def due_text(row: SealedTextRow, parameters: Parameters) -> DueText:
    return DueText(
        kid=row.kid,
        subject=row.stream,
        kind=row.kind,
        happened_on=row.happened_on,
        due=due(row.kind, row.happened_on, parameters),
        texts=row.texts,
    )
