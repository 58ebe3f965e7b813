"""Scores of pairs of runs of statements, a run of each language: what the alignment weighs."""

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.beads import Matrix
from gbaqa.index.chunk import Chunk, Statement, quantities_of
from gbaqa.index.embeddings import Vectors
from gbaqa.language.dates import dates

# Scores are in standard deviations of the similarity of the document's pairs.
_NOTES = 0.6
_FIGURES = 3.0
_LENGTH = 2.0
_LIKE_LENGTH = 0.3  # logarithms of lengths that differ by no more cost nothing
_MORE_STATEMENTS = 0.1  # for each statement of a run beyond the first
_SEVERAL_FOR_SEVERAL = 0.6  # where neither run is a single statement
_ENGLISH_PER_CHINESE = 3.2  # characters
_USUAL_LENGTH = 150.0  # characters of English
_WORTH = (0.6, 1.8)
_SAMPLE = 1_000
_ENOUGH = 6  # similarities that a spread may be taken of

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """All runs of so many statements of one language; run i ends in statement i.

    Attributes:
        vectors: (runs, dimension), of unit length.
        lengths: logarithm of the characters, of Chinese as if in English.
        figures, notes: (runs, items) of what the languages have in common, weighted.
        weights: (runs,) of all figures, those that only one language has included.
        valid: whether the statements stand together under one heading.
    """

    vectors: Matrix
    lengths: Matrix
    figures: Matrix
    notes: Matrix
    weights: Matrix
    valid: NDArray[np.bool_]


class Pairs:
    """Scores of pairs of runs: (Chinese, English)."""

    def __init__(
        self, zh: Sequence[tuple[Chunk, Statement]], en: Sequence[tuple[Chunk, Statement]], zh_vectors: Vectors, en_vectors: Vectors
    ) -> None:
        figures = _incidence([_figures(*one) for one in zh], [_figures(*one) for one in en])
        notes = _incidence([frozenset(s.notes) for _, s in zh], [frozenset(s.notes) for _, s in en])
        self._sides = (
            Side(zh, zh_vectors, figures[0], notes[0], _ENGLISH_PER_CHINESE),
            Side(en, en_vectors, figures[1], notes[1], 1.0),
        )
        left, right = (side.runs(1).vectors for side in self._sides)
        self._mean = left.mean(axis=0), right.mean(axis=0)
        sample = left[:: max(1, len(left) // _SAMPLE)] @ right[:: max(1, len(right) // _SAMPLE)].T
        self._spread = _background_spread(sample)

    def likeness(self, shape: tuple[int, int], rows: Positions, columns: Positions) -> Matrix:
        """How much more alike than any pair the runs of that shape are that end in these Chinese and these English statements."""
        left, right = (side.runs(size) for side, size in zip(self._sides, shape, strict=True))
        vectors, others = left.vectors[rows], right.vectors[columns]
        # Some statements are near everything; what counts is how much nearer a pair is than either is to the rest.
        hubness = ((vectors @ self._mean[1])[:, None] + (others @ self._mean[0])[None, :]) / 2
        likeness = (vectors @ others.T - hubness) / self._spread
        total = left.weights[rows][:, None] + right.weights[columns][None, :]
        likeness += 2 * _FIGURES * (left.figures[rows] @ right.figures[columns].T) / np.maximum(total, 1e-6)
        likeness += _NOTES * ((left.notes[rows] @ right.notes[columns].T) > 0)
        return np.asarray(likeness, dtype=np.float32)

    def scores(self, shape: tuple[int, int], rows: Positions, columns: Positions) -> Matrix:
        """Their likeness, less what their lengths and their shape speak against them; -inf where a run does not stand together."""
        left, right = (side.runs(size) for side, size in zip(self._sides, shape, strict=True))
        unlike = np.abs(left.lengths[rows][:, None] - right.lengths[columns][None, :]) - _LIKE_LENGTH
        scores = self.likeness(shape, rows, columns) - _LENGTH * np.maximum(unlike, 0) - _shape_cost(shape)
        scores[~left.valid[rows]] = -np.inf
        scores[:, ~right.valid[columns]] = -np.inf
        return np.asarray(scores, dtype=np.float32)

    def worth(self, shape: tuple[int, int], rows: Positions, columns: Positions) -> Matrix:
        """What a point of score is worth: that long passages are twins says more than that short ones are."""
        left, right = (side.runs(size) for side, size in zip(self._sides, shape, strict=True))
        characters = np.exp((left.lengths[rows][:, None] + right.lengths[columns][None, :]) / 2)
        return np.asarray(np.clip(np.sqrt(characters / _USUAL_LENGTH), *_WORTH), dtype=np.float32)

    def gains(self, shape: tuple[int, int], rows: Positions, columns: Positions, least: float) -> Matrix:
        """What the runs gain by being twins: their scores above the least, by their worth."""
        return (self.scores(shape, rows, columns) - least) * self.worth(shape, rows, columns)


def _background_spread(similarity: Matrix) -> float:
    """Standard deviation of similarities that are not the best of their row or column: in a short document those are many."""
    best = (similarity == similarity.max(axis=0, keepdims=True)) | (similarity == similarity.max(axis=1, keepdims=True))
    rest = similarity[~best]
    return max(float(rest.std()) if rest.size >= _ENOUGH else float(similarity.std()), 1e-6)


def _shape_cost(shape: tuple[int, int]) -> float:
    return _MORE_STATEMENTS * (sum(shape) - 2) + (_SEVERAL_FOR_SEVERAL if min(shape) > 1 else 0)


class Side:
    """The statements of one language and the runs they make."""

    def __init__(
        self, statements: Sequence[tuple[Chunk, Statement]], vectors: Vectors, figures: Matrix, notes: Matrix, per_character: float
    ) -> None:
        characters = np.array([max(1, len(s.text)) for _, s in statements], dtype=np.float32) * per_character
        # A sentence weighs by its length in the meaning of a run, but not in proportion.
        self._vectors = vectors * np.sqrt(characters)[:, None]
        self._characters = characters
        self._figures, self._notes = figures, notes
        sections = [chunk.section for chunk, _ in statements]
        self._follows = np.array([i > 0 and sections[i] == sections[i - 1] for i in range(len(sections))], dtype=np.bool_)
        self._runs: dict[int, Runs] = {}

    def runs(self, size: int) -> Runs:
        """All runs of `size` statements."""
        if size not in self._runs:
            vectors = _summed(self._vectors, size)
            vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
            figures = np.minimum(_summed(self._figures, size), self._figures.max(axis=0, initial=0))
            valid = np.ones(len(self._follows), dtype=np.bool_)
            valid[: size - 1] = False
            for back in range(min(size - 1, len(valid))):
                valid[back:] &= self._follows[: len(valid) - back]
            # the last column stands for figures that the other language has nowhere
            self._runs[size] = Runs(
                np.asarray(vectors, dtype=np.float32),
                np.log(_summed(self._characters[:, None], size)[:, 0]),
                np.ascontiguousarray(figures[:, :-1]),
                _summed(np.ascontiguousarray(self._notes[:, :-1]), size),
                (figures[:, :-1] ** 2).sum(axis=1) + _summed(self._figures[:, -1:], size)[:, 0],
                valid,
            )
        return self._runs[size]


def _summed(values: Matrix, size: int) -> Matrix:
    """Sums over the `size` rows that end in each row (fewer at the start)."""
    total = values.astype(np.float32, copy=True)
    for back in range(1, min(size, len(values))):
        total[back:] += values[: len(values) - back]
    return total


def _figures(chunk: Chunk, statement: Statement) -> frozenset[Hashable]:
    """What a statement gives in figures and dates, comparable across languages."""
    amounts = {(float(f"{quantity.amount:.4g}"), quantity.unit in ("%", "times")) for quantity in quantities_of(chunk, statement)}
    named = {(date.year, date.part) for date in dates(statement.text)} | {date.year for date in dates(statement.text) if date.year}
    return frozenset(amounts | named)


def _incidence(zh: Sequence[AbstractSet[Hashable]], en: Sequence[AbstractSet[Hashable]]) -> tuple[Matrix, Matrix]:
    """Which statement has which item that both languages have, rare items weighing more; last, half a point for each other item."""
    common = set[Hashable]().union(*zh) & set[Hashable]().union(*en)
    columns = {item: column for column, item in enumerate(sorted(common, key=repr))}
    frequency = np.zeros(len(columns) + 1)
    for items in (*zh, *en):
        for item in items & columns.keys():
            frequency[columns[item]] += 1
    weight = np.sqrt(1 / np.sqrt(np.maximum(frequency, 1)))
    return _filled(zh, columns, weight), _filled(en, columns, weight)


def _filled(sets: Sequence[AbstractSet[Hashable]], columns: dict[Hashable, int], weight: NDArray[np.float64]) -> Matrix:
    matrix = np.zeros((len(sets), len(columns) + 1), dtype=np.float32)
    for row, items in enumerate(sets):
        for item in items:
            column = columns.get(item, len(columns))
            matrix[row, column] += weight[column] if column < len(columns) else 0.5
    return matrix
