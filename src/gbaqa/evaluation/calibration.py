"""Calibration: is an answer as often right as its confidence says?"""

from collections.abc import Sequence
from dataclasses import dataclass

from gbaqa.evaluation.measures import CONFIDENT
from gbaqa.evaluation.scored import Scored

_BINS = 10


@dataclass(frozen=True)
class Bin:
    """Answers of about the same confidence: their number, mean confidence and share right."""

    low: float
    high: float
    answers: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Calibration:
    """Confidence against correctness.

    Attributes:
        bins: tenths of the confidence, without the empty ones.
        error: expected calibration error, the mean gap between confidence and share right, weighted by answers.
        confident: number of answers with a confidence of CONFIDENT or more; `confident_right` the share of them right.
    """

    bins: list[Bin]
    answers: int
    error: float
    confident: int
    confident_right: float | None


def calibrate(scored: Sequence[Scored]) -> Calibration:
    """Confidence against correctness of the questions that can be right or wrong; a right refusal is right."""
    pairs = [(row.answer.confidence, row.measures["right"]) for row in scored if "right" in row.measures]
    bins = [found for number in range(_BINS) if (found := _bin(pairs, number)) is not None]
    confident = [right for confidence, right in pairs if confidence >= CONFIDENT]
    return Calibration(
        bins=bins,
        answers=len(pairs),
        error=sum(found.answers * abs(found.confidence - found.right) for found in bins) / len(pairs) if pairs else 0.0,
        confident=len(confident),
        confident_right=sum(confident) / len(confident) if confident else None,
    )


def _bin(pairs: list[tuple[float, float]], number: int) -> Bin | None:
    """The answers of one tenth; its upper end belongs to the next, but 1 to the last."""
    within = [pair for pair in pairs if min(int(pair[0] * _BINS), _BINS - 1) == number]
    if not within:
        return None
    n = len(within)
    return Bin(number / _BINS, (number + 1) / _BINS, n, sum(c for c, _ in within) / n, sum(r for _, r in within) / n)
