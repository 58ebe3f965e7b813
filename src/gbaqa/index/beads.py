"""Beads: the best monotone alignment of two runs of statements, in which several may stand for several.

A bead is a run of statements of one language that says what a run of the other says. A pair of runs gains by being
near each other, and pays for each statement beyond the first of a run; statements in no bead gain nothing. Dynamic
programming finds the beads with the highest sum, row by row, in the manner of Vecalign (Thompson and Koehn 2019) and
Bleualign (Sennrich and Volk 2010).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

# How many statements of the first and of the second language may make a bead.
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (1, 6), (1, 7), (1, 8),
)  # fmt: skip
_GAP_ABOVE, _GAP_LEFT = 120, 121  # in place of a shape
_ROWS_AT_ONCE = 64

# (shape, first row, last row + 1) -> gain of the beads that end in each of these rows and each column, -inf where there is none.
GainOfRows = Callable[[tuple[int, int], int, int], Matrix]


@dataclass(frozen=True, slots=True)
class Bead:
    """Rows of the first and of the second run that say the same, and what the pair gains."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    gain: float


def best_beads(height: int, width: int, gain_of_rows: GainOfRows, *, shapes: tuple[tuple[int, int], ...] = SHAPES) -> list[Bead]:
    """The beads with the highest sum of gains, in order. A matrix of height x width bytes is held in memory."""
    best = np.zeros((max(left for left, _ in shapes) + 1, width + 1), dtype=np.float32)  # sums that end in the last few rows
    came_by = np.full((height + 1, width + 1), _GAP_LEFT, dtype=np.int8)
    for start in range(0, height, _ROWS_AT_ONCE):
        stop = min(height, start + _ROWS_AT_ONCE)
        gains = [gain_of_rows(shape, start, stop) for shape in shapes]
        for row in range(start, stop):
            best = np.roll(best, 1, axis=0)  # best[k] now holds the sums k rows above
            best[0], came_by[row + 1] = _fill_row(best, [gain[row - start] for gain in gains], row, shapes)
    return _trace(came_by, height, width, gain_of_rows, shapes)


def _fill_row(above: Matrix, gains: list[Matrix], row: int, shapes: tuple[tuple[int, int], ...]) -> tuple[Matrix, NDArray[np.int8]]:
    width = above.shape[1]
    value = above[1].copy()
    choice = np.full(width, _GAP_ABOVE, dtype=np.int8)
    for shape, (left, right) in enumerate(shapes):
        if left > row + 1 or right >= width:
            continue
        arrival = above[left][: width - right] + gains[shape][right - 1 :]
        better = arrival > value[right:]
        value[right:][better] = arrival[better]
        choice[right:][better] = shape
    reached = np.maximum.accumulate(value)
    choice[reached > value] = _GAP_LEFT
    return reached, choice


def _trace(came_by: NDArray[np.int8], height: int, width: int, gain_of_rows: GainOfRows, shapes: tuple[tuple[int, int], ...]) -> list[Bead]:
    beads = []
    row, column = height, width
    while row > 0 and column > 0:
        step = came_by[row, column]
        if step == _GAP_ABOVE:
            row -= 1
        elif step == _GAP_LEFT:
            column -= 1
        else:
            left, right = shapes[step]
            gain = float(gain_of_rows(shapes[step], row - 1, row)[0, column - 1])
            beads.append(Bead(tuple(range(row - left, row)), tuple(range(column - right, column)), gain))
            row, column = row - left, column - right
    return beads[::-1]
