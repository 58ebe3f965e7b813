"""Groups of scored questions: all, by turn, language, kind and chapter; their means and how sure those are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import NamedTuple

import numpy as np

from gbaqa.evaluation.scored import Scored

_RESAMPLES = 2000
_SEED = 20231
_WHOLE = ("all", "turn=first", "turn=later", "strict_bilingual")
_LABELS = ("lang", "type", "chapter")


class Interval(NamedTuple):
    """Where a mean lies with a probability of 95 %."""

    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """Questions that are looked at together, `rows` in the order asked."""

    name: str
    rows: list[Scored]

    def values(self, measure: str) -> list[float]:
        """The measure of each question that it applies to."""
        return [row.measures[measure] for row in self.rows if measure in row.measures]

    def mean(self, measure: str) -> float | None:
        """Its mean, None where it applies to no question."""
        values = self.values(measure)
        return mean(values) if values else None

    def interval(self, measure: str) -> Interval | None:
        """Its mean's interval by bootstrap over the questions, the same on every run. None where it applies to none."""
        values = np.array(self.values(measure))
        if not values.size:
            return None
        drawn = np.random.default_rng(_SEED).integers(values.size, size=(_RESAMPLES, values.size))
        low, high = np.percentile(values[drawn].mean(axis=1), (2.5, 97.5))
        return Interval(float(low), float(high))

    def latency(self, share: float) -> float:
        """Milliseconds within which a share of the questions was answered."""
        times = sorted(row.answer.elapsed_ms for row in self.rows)
        return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0


def group(scored: Sequence[Scored]) -> dict[str, Group]:
    """Every group by its name: `all`, `turn=…`, `strict_bilingual`, `lang=…`, `type=…`, `chapter=…`.

    `all` leaves out the questions that ask for more than most do (`strict_bilingual`) and, of a dialogue, the first turn,
    which needs no memory. It is there even when it is empty, other groups are not.
    """
    rows: dict[str, list[Scored]] = defaultdict(list)
    for row in scored:
        for name in _names(row):
            rows[name].append(row)
    labelled = sorted((name for name in rows if name not in _WHOLE), key=lambda name: (_LABELS.index(name.split("=")[0]), name))
    return {name: Group(name, rows[name]) for name in (*_WHOLE, *labelled) if name in rows or name == "all"}


def _names(row: Scored) -> Iterator[str]:
    """The groups a question belongs to."""
    if row.gold.strict_bilingual:
        yield "strict_bilingual"
    elif not row.item.is_dialogue or row.turn:
        yield "all"
    if row.item.is_dialogue:
        yield "turn=later" if row.turn else "turn=first"
    yield from (f"{label}={value}" for label, value in zip(_LABELS, (row.gold.lang, row.gold.type, row.chapter), strict=True))
