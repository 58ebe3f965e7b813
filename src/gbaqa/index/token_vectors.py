"""Vectors of the tokens of statements, and how near a question's tokens come to them (late interaction; Khattab and Zaharia 2020).

A statement's own vector says what it is about; those of its tokens tell whether it has each thing that was asked for.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.arrays import read_array
from gbaqa.index.sequences import OnDemand

Numbers = NDArray[np.int8]
Similarities = NDArray[np.float32]

IN_MEMORY_UP_TO = 10_000  # statements, of some 4 kB each: 40 MB
TOKENS_UP_TO = 200_000  # statements; those of more would take more room than everything else
_STEPS = 127  # of each number, from 0 to 1
_NUMBERS, _STARTS = "token_vectors.npy", "token_starts.npy"


class AskedTokens(NamedTuple):
    """A question's tokens.

    Attributes:
        vectors: of unit length: (tokens, width).
        weights: how much each counts, together 1: (tokens,).
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]


def in_eight_bits(vectors: NDArray[np.float32]) -> Numbers:
    """Unit vectors as they are kept: (tokens, width)."""
    return np.round(vectors * _STEPS).astype(np.int8)


class TokenVectors(OnDemand[Numbers]):
    """The vectors of the tokens of rows, as many items as there are rows."""

    def __init__(self, numbers: Numbers, starts: NDArray[np.int64]) -> None:
        """`numbers` hold one row's tokens after the other's, each beginning at its `starts`, where the last one ends as well."""
        self._numbers, self._starts = numbers, starts

    @classmethod
    def of(cls, rows: Iterable[Numbers]) -> "TokenVectors":
        """Those of each row. Raises ValueError where a row has none."""
        parts = list(rows)
        if not all(map(len, parts)):
            raise ValueError("a statement has no vector of a token")
        return cls(np.concatenate(parts), np.cumsum([0, *map(len, parts)], dtype=np.int64))

    @classmethod
    def read(cls, folder: Path, *, in_place: bool = False) -> "TokenVectors":
        """Read what was written, `in_place` without taking it into memory. Raises OSError or ValueError where that cannot be read."""
        numbers, starts = (read_array(folder / name, in_place=in_place) for name in (_NUMBERS, _STARTS))
        rises = starts.ndim == 1 and len(starts) > 1 and starts[0] == 0 and bool(np.all(np.diff(starts) > 0))
        if numbers.dtype != np.int8 or numbers.ndim != 2 or not rises or starts[-1] != len(numbers):
            raise ValueError("the vectors of tokens do not fit their rows")
        return cls(numbers, starts)

    @staticmethod
    def are_in(folder: Path) -> bool:
        """Whether a folder has any."""
        return (folder / _NUMBERS).exists()

    def write(self, folder: Path) -> None:
        """Write them into a folder."""
        np.save(folder / _NUMBERS, self._numbers, allow_pickle=False)
        np.save(folder / _STARTS, self._starts, allow_pickle=False)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _made(self, row: int) -> Numbers:
        return self._numbers[self._starts[row] : self._starts[row + 1]]

    def nearest(self, asked: AskedTokens, rows: NDArray[np.int64]) -> Similarities:
        """The similarity of each of a question's tokens to that token of each row which is nearest to it: (tokens, rows)."""
        if not len(rows):
            return np.zeros((len(asked.weights), 0), dtype=np.float32)
        sizes = self._starts[rows + 1] - self._starts[rows]
        firsts = np.cumsum(sizes) - sizes
        places = np.repeat(self._starts[rows] - firsts, sizes) + np.arange(sizes.sum())
        similarities = asked.vectors @ self._numbers[places].astype(np.float32).T / _STEPS
        return np.maximum.reduceat(similarities, firsts, axis=1)
