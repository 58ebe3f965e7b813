"""The search terms of each row, as numbers into one list of words, and the rows of each term.

A set of strings for each row took more memory than documents and chunks together; made when a row is asked for, it costs
a microsecond or two.
"""

import array
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from gbaqa.index.arrays import read_array

Rows = NDArray[np.int32]

_WORDS = "terms.json"
_IDS, _STARTS = "term_ids.npy", "term_starts.npy"
_ROWS, _ROW_STARTS = "term_rows.npy", "term_row_starts.npy"
_LIST = TypeAdapter(list[str])


class Terms:
    """The terms of rows.

    Attributes:
        words: every term once.
    """

    def __init__(
        self, words: list[str], ids: NDArray[np.int32], starts: NDArray[np.int64], rows: Rows, row_starts: NDArray[np.int64]
    ) -> None:
        """`ids` are places in `words`, row after row, `rows` the rows of each word, word after word; each begins at its `starts`."""
        self.words = words
        self._number = {word: number for number, word in enumerate(words)}
        self._ids, self._starts, self._rows, self._row_starts = ids, starts, rows, row_starts

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]]) -> "Terms":
        """The terms of rows, each of which has a term once however often it is given."""
        known: dict[str, int] = {}
        numbers, ends = array.array("i"), array.array("q", [0])
        for row in rows:
            numbers.extend(known.setdefault(term, len(known)) for term in sorted(set(row)))
            ends.append(len(numbers))
        ids, starts = np.array(numbers, dtype=np.int32), np.array(ends, dtype=np.int64)
        owners = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
        row_starts = np.concatenate(([0], np.cumsum(np.bincount(ids, minlength=len(known)), dtype=np.int64)))
        return cls(list(known), ids, starts, owners[np.argsort(ids, kind="stable")], row_starts)

    @classmethod
    def read(cls, folder: Path, *, in_place: bool = False) -> "Terms":
        """Read what was written, `in_place` without taking it into memory. Raises OSError or ValueError where that cannot be read."""
        words = _LIST.validate_json((folder / _WORDS).read_bytes())
        return cls(words, *(read_array(folder / name, in_place=in_place) for name in (_IDS, _STARTS, _ROWS, _ROW_STARTS)))

    def write(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / _WORDS).write_bytes(_LIST.dump_json(self.words))
        for name, kept in ((_IDS, self._ids), (_STARTS, self._starts), (_ROWS, self._rows), (_ROW_STARTS, self._row_starts)):
            np.save(folder / name, kept, allow_pickle=False)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, row: int) -> frozenset[str]:
        words = self.words
        return frozenset([words[number] for number in self._ids[self._starts[row] : self._starts[row + 1]].tolist()])

    def __contains__(self, term: str) -> bool:
        """Whether any row has the term."""
        return term in self._number

    def rows(self, term: str) -> Rows:
        """The rows that have a term, in order; none for an unknown one."""
        number = self._number.get(term)
        return self._rows[:0] if number is None else self._rows[self._row_starts[number] : self._row_starts[number + 1]]

    def frequency(self, term: str) -> int:
        """In how many rows a term stands."""
        number = self._number.get(term)
        return 0 if number is None else int(self._row_starts[number + 1] - self._row_starts[number])

    def having(self, words: Sequence[Collection[str]], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of some rows have any of the forms of each word: (words, rows); a row below 0 is none and has nothing.

        Goes through the terms of these rows, and takes no longer the more rows there are beside them.
        """
        found = np.zeros((len(words), len(rows)), dtype=np.bool_)
        known = ((self._number.get(form), word) for word, forms in enumerate(words) for form in forms)
        wanted = sorted((number, word) for number, word in known if number is not None)
        if not wanted:
            return found
        numbers, of_word = np.array(wanted).T
        firsts = self._starts[rows]
        sizes = np.where(rows < 0, 0, self._starts[rows + 1] - firsts)
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        ids, place = self._ids[np.repeat(firsts, sizes) + within], np.repeat(np.arange(len(rows)), sizes)
        at, end = np.searchsorted(numbers, ids, "left"), np.searchsorted(numbers, ids, "right")
        while (more := at < end).any():  # once for most: few terms are forms of several words
            found[of_word[at[more]], place[more]] = True
            at = at + more
        return found

    def having_any(self, forms: Iterable[str]) -> NDArray[np.bool_]:
        """Which of all rows have any of some forms: (rows + 1,), the last of which is none and has nothing."""
        found = np.zeros(len(self) + 1, dtype=np.bool_)
        for form in forms:
            found[self.rows(form)] = True
        return found
