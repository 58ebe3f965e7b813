"""Twins: which statements of a document's two languages say the same.

The two languages of a bilingual document run in parallel, so twins lie near a monotone path through the matrix of all
pairs. A pair scores by cross-lingual similarity, notes in common and figures in common; dynamic programming finds the
path with the highest sum, in the manner of Bleualign (Sennrich and Volk 2010) and Vecalign (Thompson and Koehn 2019).
Several statements may share a twin and any may have none.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.embeddings import Vectors
from gbaqa.language.quantities import quantity_keys

Matrix = NDArray[np.float32]
T = TypeVar("T")

# In standard deviations of the similarity of the document's pairs.
_LEAST_SCORE = 2.0
_NOTES = 1.0
_FIGURES = 3.0
# A pair off the path counts as twins only near it, and where each is the other's best and this much better than needed.
_OFF_PATH_MARGIN = 1.5
_OFF_PATH_STATEMENTS = 25
_MOST_PAIRS = 60_000_000  # a matrix beyond this (some 8,000 statements a language) is not aligned


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each row of the index, the row of its twin (-1 for none) and the pair's score."""

    twin: NDArray[np.int32]
    score: NDArray[np.float32]


def align(statements: list[tuple[Chunk, Statement]], vectors: Vectors) -> Alignment:
    """Find the twins within each document that has text in both languages. Does nothing for a document in one."""
    twin = np.full(len(statements), -1, dtype=np.int32)
    score = np.zeros(len(statements), dtype=np.float32)
    for document in dict.fromkeys(chunk.document for chunk, _ in statements):
        rows = [row for row, (chunk, _) in enumerate(statements) if chunk.document == document]
        zh = np.array([row for row in rows if statements[row][0].language == "zh"], dtype=np.int64)
        en = np.array([row for row in rows if statements[row][0].language == "en"], dtype=np.int64)
        if not len(zh) or not len(en) or len(zh) * len(en) > _MOST_PAIRS:
            continue
        scores = _pair_scores([statements[row][1] for row in zh], [statements[row][1] for row in en], vectors[zh], vectors[en])
        _take_best(zh, en, scores, _kept_pairs(scores), twin, score)
    return Alignment(twin, score)


def _pair_scores(zh: list[Statement], en: list[Statement], zh_vectors: Vectors, en_vectors: Vectors) -> Matrix:
    """Score of every pair: (Chinese, English)."""
    similarity = zh_vectors @ en_vectors.T
    # Some statements are near everything; what counts is how much nearer a pair is than either is to the rest.
    hubness = (similarity.mean(axis=0, keepdims=True) + similarity.mean(axis=1, keepdims=True)) / 2
    scores = (similarity - hubness) / max(float(similarity.std()), 1e-6)
    scores += _NOTES * (_shared([set(s.notes) for s in zh], [set(s.notes) for s in en]) > 0)
    figures = [quantity_keys(s.text) for s in zh], [quantity_keys(s.text) for s in en]
    return np.asarray(scores + _FIGURES * _shared(*figures), dtype=np.float32)


def _shared(zh: Sequence[AbstractSet[T]], en: Sequence[AbstractSet[T]]) -> Matrix:
    """How much of what two statements have they have in common, 0 to 1, rare things counting for more."""
    columns = {item: column for column, item in enumerate(set[T]().union(*zh) & set[T]().union(*en))}
    if not columns:
        return np.zeros((len(zh), len(en)), dtype=np.float32)
    frequency = np.zeros(len(columns))
    for item in (item for side in (zh, en) for items in side for item in items if item in columns):
        frequency[columns[item]] += 1
    weight = 1 / np.sqrt(frequency)
    left, right = (_weighted(side, columns, weight) for side in (zh, en))
    total = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None, :]
    unmatched = np.array([[len(items - columns.keys())] for items in zh]) + np.array([[len(items - columns.keys()) for items in en]])
    return np.asarray(2 * (left @ right.T) / np.maximum(total + 0.5 * unmatched, 1e-9), dtype=np.float32)


def _weighted(sets: Sequence[AbstractSet[T]], columns: dict[T, int], weight: NDArray[np.float64]) -> Matrix:
    matrix = np.zeros((len(sets), len(columns)), dtype=np.float32)
    for row, items in enumerate(sets):
        for item in items:
            if item in columns:
                matrix[row, columns[item]] = np.sqrt(weight[columns[item]])
    return matrix


def _kept_pairs(scores: Matrix) -> NDArray[np.bool_]:
    """Pairs on the best monotone path, and clear mutual favourites off it (paragraphs set in another order)."""
    path = _best_path(np.maximum(scores - _LEAST_SCORE, 0))
    mutual = (scores == scores.max(axis=0, keepdims=True)) & (scores == scores.max(axis=1, keepdims=True))
    column_of_path = path.argmax(axis=1)[:, None]
    near = np.abs(np.arange(scores.shape[1])[None, :] - column_of_path) <= _OFF_PATH_STATEMENTS
    kept = (path & (scores >= _LEAST_SCORE)) | (near & mutual & (scores >= _LEAST_SCORE + _OFF_PATH_MARGIN))
    return np.asarray(kept, dtype=np.bool_)


def _best_path(gain: Matrix) -> NDArray[np.bool_]:
    """Cells of the monotone path from corner to corner with the highest sum of gains.

    Computed by anti-diagonals, whose cells do not depend on each other.
    """
    height, width = gain.shape
    step = np.zeros((height, width), dtype=np.int8)  # 0 came diagonally, 1 from above, 2 from the left
    before = np.zeros(height + 1, dtype=np.float32)  # the previous anti-diagonal, at index row + 1
    before_last = np.zeros(height + 1, dtype=np.float32)
    for diagonal in range(height + width - 1):
        rows = np.arange(max(0, diagonal - width + 1), min(height, diagonal + 1))
        columns = diagonal - rows
        diagonally, above, left = before_last[rows], before[rows], before[rows + 1]
        above = np.where(rows > 0, above, -1)
        left = np.where(columns > 0, left, -1)
        diagonally = np.where((rows > 0) & (columns > 0), diagonally, -1)
        arrivals = np.stack([diagonally, above, left])
        choice = arrivals.argmax(axis=0)
        now = np.zeros(height + 1, dtype=np.float32)
        now[rows + 1] = np.maximum(arrivals.max(axis=0), 0) + gain[rows, columns]
        step[rows, columns] = choice
        before_last, before = before, now
    path = np.zeros((height, width), dtype=np.bool_)
    row, column = height - 1, width - 1
    while row >= 0 and column >= 0:
        path[row, column] = True
        taken = step[row, column]
        row, column = row - (taken != 2), column - (taken != 1)
    return path


def _take_best(
    zh: NDArray[np.int64],
    en: NDArray[np.int64],
    scores: Matrix,
    kept: NDArray[np.bool_],
    twin: NDArray[np.int32],
    score: NDArray[np.float32],
) -> None:
    masked = np.where(kept, scores, -np.inf)
    for side, others, matrix in ((zh, en, masked), (en, zh, masked.T)):
        best = matrix.argmax(axis=1)
        value = matrix[np.arange(len(side)), best]
        found = np.isfinite(value)
        twin[side[found]] = others[best[found]]
        score[side[found]] = value[found]
