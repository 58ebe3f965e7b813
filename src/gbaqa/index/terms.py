"""The search terms of each row, as numbers into one list of words.

A set of strings for each row took more memory than documents and chunks together; made when a row is asked for, it costs
a microsecond or two.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

_WORDS, _IDS, _STARTS = "terms.json", "term_ids.npy", "term_starts.npy"
_LIST = TypeAdapter(list[str])


class Terms:
    """The terms of rows.

    Attributes:
        words: every term once.
        ids: which of `words` the rows have, row after row.
        starts: (rows + 1,) where each row begins in `ids`, and where the last one ends.
    """

    def __init__(self, words: list[str], ids: NDArray[np.int32], starts: NDArray[np.int64]) -> None:
        self.words = words
        self.ids = ids
        self.starts = starts

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]]) -> "Terms":
        """The terms of rows, each of which has a term once however often it is given."""
        known: dict[str, int] = {}
        numbers = [[known.setdefault(term, len(known)) for term in sorted(set(row))] for row in rows]
        starts = np.cumsum([0, *map(len, numbers)], dtype=np.int64)
        ids = np.fromiter((number for row in numbers for number in row), dtype=np.int32, count=int(starts[-1]))
        return cls(list(known), ids, starts)

    @classmethod
    def read(cls, folder: Path) -> "Terms":
        """Read what was written. Raises OSError or ValueError where that cannot be read."""
        words = _LIST.validate_json((folder / _WORDS).read_bytes())
        return cls(words, np.load(folder / _IDS, allow_pickle=False), np.load(folder / _STARTS, allow_pickle=False))

    def write(self, folder: Path) -> None:
        """Write them into a folder."""
        (folder / _WORDS).write_bytes(_LIST.dump_json(self.words))
        np.save(folder / _IDS, self.ids, allow_pickle=False)
        np.save(folder / _STARTS, self.starts, allow_pickle=False)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> frozenset[str]:
        words = self.words
        return frozenset([words[number] for number in self.ids[self.starts[row] : self.starts[row + 1]].tolist()])
