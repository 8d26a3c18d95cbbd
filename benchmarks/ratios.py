"""What a bench says: ratios of rates that were measured in turn, in rounds of one run.

Machines are shared and noisy, so a rate of this minute says nothing about a rate of the next. In
every round the two sides are measured one after the other; what counts is the median of the
rounds' ratios, and the spread beside it says how much to believe it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One line of the bench. `ratios` has one element per round; `rates` what they were made of."""

    row: str
    target: float
    ratios: Sequence[float]
    rates: Mapping[str, Sequence[float]] = field(default_factory=dict)
    at_most: bool = False
    """The target is an upper bound: a time, not a rate."""

    @property
    def median(self) -> float:
        return median(self.ratios)

    @property
    def holds(self) -> bool:
        return self.median <= self.target if self.at_most else self.median >= self.target

    def plain(self) -> dict[str, object]:
        return {
            "row": self.row,
            "median": round(self.median, 4),
            "target": self.target,
            "holds": self.holds,
            "ratios": [round(each, 4) for each in self.ratios],
            "rates": {
                name: [round(each, 1) for each in rates] for name, rates in self.rates.items()
            },
        }

    def __str__(self) -> str:
        bound = "at most" if self.at_most else "at least"
        spread = f"{min(self.ratios):.2f} to {max(self.ratios):.2f}"
        rates = ", ".join(f"{name} {median(each):,.0f}" for name, each in self.rates.items())
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        return (
            f"{self.row:<44} {self.median:6.3f}  {bound} {self.target:<5} {verdict:<13} "
            f"({spread}; {rates})"
        )
