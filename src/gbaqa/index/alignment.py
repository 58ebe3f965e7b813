"""Twins: which statements of a document's two languages say the same.

The two languages of a bilingual document run in parallel, but a sentence of one is often two or three of the other, and
paragraphs may stand in another order. Runs of statements are scored by cross-lingual similarity, notes and figures in
common and likeness of length (`gbaqa.index.pairs`); `gbaqa.index.beads` finds the best monotone alignment, first of
single statements, then of runs near its course, and at last, near by, of what is left over.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.beads import Bead, Matrix, best_beads
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.embeddings import Vectors
from gbaqa.index.pairs import Pairs, Positions

_LEAST_SCORE = 1.5
_LEAST_SCORE_AGAIN = 2.5  # of pairs outside the order of the rest
_NEAR_STATEMENTS = 60  # how far outside the order a pair may lie
_PASSES_OVER_THE_REST = 2
_MORE_LIKE, _LITTLE = 0.5, 0.5
_MOST_PAIRS = 60_000_000  # a matrix beyond this (some 8,000 statements a language) is not aligned


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each row of the index, the row of its twin (-1 for none) and the pair's score.

    Where several statements stand for one, each of them has that one as its twin.
    """

    twin: NDArray[np.int32]
    score: NDArray[np.float32]


def align(statements: list[tuple[Chunk, Statement]], vectors: Vectors) -> Alignment:
    """Find the twins within each document that has text in both languages. Does nothing for a document in one."""
    twin = np.full(len(statements), -1, dtype=np.int32)
    score = np.zeros(len(statements), dtype=np.float32)
    by_document: dict[str, list[int]] = {}
    for row, (chunk, _) in enumerate(statements):
        by_document.setdefault(chunk.document, []).append(row)
    for rows in by_document.values():
        zh = np.array([row for row in rows if statements[row][0].language == "zh"], dtype=np.int64)
        en = np.array([row for row in rows if statements[row][0].language == "en"], dtype=np.int64)
        if not len(zh) or not len(en) or len(zh) * len(en) > _MOST_PAIRS:
            continue
        pairs = Pairs([statements[row] for row in zh], [statements[row] for row in en], vectors[zh], vectors[en])
        for bead in _settled(_aligned(pairs, len(zh), len(en)), pairs):
            _set_twins(bead, zh, en, pairs, twin, score)
    return Alignment(twin, score)


def _aligned(pairs: Pairs, height: int, width: int) -> list[Bead]:
    """Beads in order, coarse first and then in full, and then those of what is left over near where the order has them."""
    every = np.arange(width)

    def one_to_one(shape: tuple[int, int], start: int, stop: int) -> Matrix:
        return pairs.gains(shape, np.arange(start, stop), every, _LEAST_SCORE)

    course = _expected_columns(best_beads(height, width, one_to_one, shapes=((1, 1),)), height, width)

    def near_the_course(shape: tuple[int, int], start: int, stop: int) -> Matrix:
        first, last = course[start] - _NEAR_STATEMENTS, course[stop - 1] + _NEAR_STATEMENTS
        columns = every[(every >= first) & (every <= last)]
        gains = np.full((stop - start, width), -np.inf, dtype=np.float32)
        gains[:, columns] = pairs.gains(shape, np.arange(start, stop), columns, _LEAST_SCORE)
        return gains

    beads = best_beads(height, width, near_the_course)
    expected = _expected_columns(beads, height, width)
    for _ in range(_PASSES_OVER_THE_REST):
        rows = np.setdiff1d(np.arange(height), [row for bead in beads for row in bead.left])
        columns = np.setdiff1d(every, [column for bead in beads for column in bead.right])
        beads += _aligned_rest(pairs, rows, columns, expected)
    return beads


def _expected_columns(beads: list[Bead], height: int, width: int) -> NDArray[np.float64]:
    """The English statement that lies where each Chinese one does."""
    known = [(-1.0, -1.0), *((float(bead.left[0]), float(bead.right[0])) for bead in beads), (float(height), float(width))]
    return np.interp(np.arange(height), [left for left, _ in known], [right for _, right in known])


def _aligned_rest(pairs: Pairs, rows: Positions, columns: Positions, expected: NDArray[np.float64]) -> list[Bead]:
    """Beads of some of the statements, each run whole."""
    far = np.abs(columns[None, :] - expected[rows, None]) > _NEAR_STATEMENTS

    def gains(shape: tuple[int, int], start: int, stop: int) -> Matrix:
        scores = pairs.gains(shape, rows[start:stop], columns, _LEAST_SCORE_AGAIN)
        scores[far[start:stop]] = -np.inf
        scores[~_unbroken(rows, shape[0])[start:stop]] = -np.inf
        scores[:, ~_unbroken(columns, shape[1])] = -np.inf
        return scores

    found = best_beads(len(rows), len(columns), gains)
    return [Bead(tuple(rows[list(bead.left)].tolist()), tuple(columns[list(bead.right)].tolist()), bead.gain) for bead in found]


def _unbroken(positions: Positions, size: int) -> NDArray[np.bool_]:
    """Whether the `size` positions that end in each follow each other without a gap."""
    unbroken = np.zeros(len(positions), dtype=np.bool_)
    if size <= len(positions):
        unbroken[size - 1 :] = positions[size - 1 :] - positions[: len(positions) - size + 1] == size - 1
    return unbroken


def _settled(beads: list[Bead], pairs: Pairs) -> list[Bead]:
    """The beads after the first and last statements of runs have gone over to the bead beside where they fit clearly better.

    The alignment weighs long passages more than short ones, so that a long one may have taken a sentence too many.
    """
    for side in (0, 1):
        beads = sorted(beads, key=lambda bead: (bead.left, bead.right)[side])
        for at in range(len(beads) - 1):
            for giver, taker, edge in ((at, at + 1, -1), (at + 1, at, 0)):
                given = _after_giving(beads[giver], beads[taker], side, edge)
                if given and _is_better(beads[giver], beads[taker], given, side, edge, pairs):
                    beads[giver], beads[taker] = given
    return beads


def _is_better(giver: Bead, taker: Bead, given: tuple[Bead, Bead], side: int, edge: int, pairs: Pairs) -> bool:
    """Whether the statement given is more like the taker's, and both beads together lose little by its length."""
    member = (giver.left, giver.right)[side][edge]
    here, there = (_likeness(member, (bead.right, bead.left)[side], side, pairs) for bead in (giver, taker))
    gain = sum(_score(bead, pairs) for bead in given) - _score(giver, pairs) - _score(taker, pairs)
    return there > here + _MORE_LIKE and gain > -_LITTLE


def _likeness(member: int, others: tuple[int, ...], side: int, pairs: Pairs) -> float:
    rows, columns = (np.array(others), np.array([member])) if side else (np.array([member]), np.array(others))
    return float(pairs.likeness((1, 1), rows, columns).max())


def _after_giving(giver: Bead, taker: Bead, side: int, edge: int) -> tuple[Bead, Bead] | None:
    """Both beads after one has given its last (edge -1) or first (edge 0) statement to the other; None where that cannot be."""
    runs, others = [giver.left, giver.right], [taker.left, taker.right]
    if len(runs[side]) < 2 or len(others[1 - side]) > 1:
        return None
    member = runs[side][edge]
    runs[side] = runs[side][:-1] if edge else runs[side][1:]
    others[side] = (member, *others[side]) if edge else (*others[side], member)
    if others[side][-1] - others[side][0] != len(others[side]) - 1:
        return None
    return Bead(runs[0], runs[1], 0.0), Bead(others[0], others[1], 0.0)


def _score(bead: Bead, pairs: Pairs) -> float:
    shape = (len(bead.left), len(bead.right))
    return float(pairs.scores(shape, np.array(bead.left[-1:]), np.array(bead.right[-1:]))[0, 0])


def _set_twins(
    bead: Bead,
    zh: NDArray[np.int64],
    en: NDArray[np.int64],
    pairs: Pairs,
    twin: NDArray[np.int32],
    score: NDArray[np.float32],
) -> None:
    """Each statement's twin is that of its bead's other side which it is nearest; the score is the bead's."""
    single = pairs.likeness((1, 1), np.array(bead.left), np.array(bead.right))
    together = _score(bead, pairs)
    for position, row in enumerate(bead.left):
        twin[zh[row]] = en[bead.right[int(single[position].argmax())]]
    for position, column in enumerate(bead.right):
        twin[en[column]] = zh[bead.left[int(single[:, position].argmax())]]
    for row in (*zh[list(bead.left)], *en[list(bead.right)]):
        score[row] = together
