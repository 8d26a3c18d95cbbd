"""The official languages of the EU: three letters in eForms, two in TED and everywhere else."""

from collections.abc import Mapping

from infrastructure.notices.node import Node

_TWO_LETTERS: Mapping[str, str] = {
    "BUL": "bg", "CES": "cs", "DAN": "da", "DEU": "de", "ELL": "el", "ENG": "en",
    "EST": "et", "FIN": "fi", "FRA": "fr", "GLE": "ga", "HRV": "hr", "HUN": "hu",
    "ITA": "it", "LAV": "lv", "LIT": "lt", "MLT": "mt", "NLD": "nl", "POL": "pl",
    "POR": "pt", "RON": "ro", "SLK": "sk", "SLV": "sl", "SPA": "es", "SWE": "sv",
}  # fmt: skip


def language(node: Node, code: str) -> str:
    """The language's two letters; a code that is no official language of the EU is refused."""
    found = _TWO_LETTERS.get(code.upper()) or code.lower()
    if found not in _TWO_LETTERS.values():
        node.refuse_malformed(
            "De taal is geen officiële taal van de EU.",
            "The language is no official language of the EU.",
        )
    return found
