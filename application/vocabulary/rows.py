"""How words are written down: closed set -> value -> (Dutch, English)."""

from collections.abc import Mapping
from enum import StrEnum

Rows = Mapping[type[StrEnum], Mapping[str, tuple[str, str]]]
