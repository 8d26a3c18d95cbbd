"""What the dated tables do not know, said aloud.

Holidays, thresholds and statutory numbers are loaded for the periods that somebody has read in a
source. A question about any other day is not answered by guessing from the neighbours: it raises
`NotCovered`, which the engine turns into an INDETERMINATE verdict that names what is missing.
"""

from datetime import date


class NotCovered(Exception):
    """The table `what` has no row for `day`. Never a fault of the dossier: load the row instead."""

    def __init__(self, what: str, day: date) -> None:
        super().__init__(f"{what} is not known for {day.isoformat()}; load a row with its source")
        self.what = what
        self.day = day
