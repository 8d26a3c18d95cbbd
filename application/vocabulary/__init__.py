"""The words of the closed sets, in Dutch and English, as sentences and pages say them.

Every value that a fact may hold has its row; a test looks for those that have not.
"""

from enum import StrEnum

from application.vocabulary import (
    circle,
    convenant_project,
    forgetting,
    member,
    mission,
    project_work,
)
from application.vocabulary.rows import Rows
from domain.terms import Text

_ROWS: Rows = {
    **circle.ROWS,
    **member.ROWS,
    **convenant_project.ROWS,
    **project_work.ROWS,
    **mission.ROWS,
    **forgetting.ROWS,
}

SETS = tuple(_ROWS)
"""Every closed set that has words."""


def word(value: StrEnum) -> Text:
    """How `value` is said; `KeyError` for a set without words, which a test would have found."""
    nl, en = _ROWS[type(value)][value.value]
    return Text(nl=nl, en=en)
