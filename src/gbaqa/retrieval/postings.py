"""Postings: the rows of an index that each term stands in."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.terms import Terms

Rows = NDArray[np.int32]


class Postings:
    """In which rows each term stands."""

    def __init__(self, terms: Terms) -> None:
        self._count = len(terms)
        self._id = {term: number for number, term in enumerate(terms.words)}
        owners = np.repeat(np.arange(self._count, dtype=np.int32), np.diff(terms.starts))
        self._rows = owners[np.argsort(terms.ids, kind="stable")]
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(terms.ids, minlength=len(self._id)))))

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
