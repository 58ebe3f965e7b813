"""Postings: the rows of an index that each term stands in."""

from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


class Postings:
    """In which rows each term stands."""

    def __init__(self, terms: Sequence[Collection[str]]) -> None:
        """Take the terms of each row, without repetitions."""
        self._count = len(terms)
        self._id: dict[str, int] = {}
        ids = np.fromiter((self._id.setdefault(term, len(self._id)) for term in chain.from_iterable(terms)), dtype=np.int64)
        self._rows = np.repeat(np.arange(len(terms)), [len(row) for row in terms])[np.argsort(ids, kind="stable")]
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(ids, minlength=len(self._id)))))

    def __contains__(self, term: str) -> bool:
        """Whether any row has the term."""
        return term in self._id

    def rows(self, term: str) -> Rows:
        """The rows that have a term, in order; none for an unknown one."""
        known = self._id.get(term)
        return self._rows[:0] if known is None else self._rows[self._starts[known] : self._starts[known + 1]]

    def frequency(self, term: str) -> int:
        """In how many rows a term stands."""
        return len(self.rows(term))

    def having(self, forms: Sequence[Collection[str]]) -> NDArray[np.bool_]:
        """Which rows have any of some forms: (words, rows + 1) for the forms of each word; the last row is that of no row."""
        found = np.zeros((len(forms), self._count + 1), dtype=np.bool_)
        for word, alike in enumerate(forms):
            for form in alike:
                found[word, self.rows(form)] = True
        return found
