"""The words of missions: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.mission import Direction

ROWS: Rows = {
    Direction: {
        "at-least": ("ten minste", "at least"),
        "at-most": ("ten hoogste", "at most"),
        "unstated": ("niet gezegd", "unstated"),
    },
}
