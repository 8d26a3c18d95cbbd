"""How the service is doing, as Prometheus reads it: few figures, and no words that name anybody."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds."""


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """One figure as it is now."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


class Metrics:
    """The counters of this process. What only the database knows is asked when somebody looks."""

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, int]] = Counter()
        self._below: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def observe(self, door: str, status: int, seconds: float) -> None:
        """One answer of one door."""
        self._answers[door, status] += 1
        counts = self._below.setdefault(door, [0] * (len(_BOUNDS) + 1))
        counts[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds[door] = self._seconds.get(door, 0.0) + seconds

    def exposition(self, gauges: Iterable[Gauge]) -> str:
        """Everything, in the text format."""
        return "\n".join([*self._requests(), *self._durations(), *_gauges(gauges), ""])

    def _requests(self) -> Iterator[str]:
        yield from _head("kringboek_answers_total", "counter", "Answers by door and status.")
        for (door, status), count in sorted(self._answers.items()):
            yield _line("kringboek_answers_total", {"door": door, "status": str(status)}, count)

    def _durations(self) -> Iterator[str]:
        name = "kringboek_answer_seconds"
        yield from _head(name, "histogram", "From request to answer.")
        for door, counts in sorted(self._below.items()):
            total = 0
            for bound, count in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
                total += count
                yield _line(f"{name}_bucket", {"door": door, "le": bound}, total)
            yield _line(f"{name}_sum", {"door": door}, self._seconds[door])
            yield _line(f"{name}_count", {"door": door}, total)


def _gauges(gauges: Iterable[Gauge]) -> Iterator[str]:
    seen: set[str] = set()
    for each in gauges:
        if each.name not in seen:
            yield from _head(each.name, "gauge", each.help)
            seen.add(each.name)
        yield _line(each.name, each.labels, each.value)


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    said = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{said}}} {value}" if said else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
