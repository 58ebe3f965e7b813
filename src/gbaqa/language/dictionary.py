"""jieba's dictionary, read where a text needs it.

jieba reads all of its 350,000 words, most of a second, before it cuts the first text. A text needs only the words that begin
with two characters that stand in it side by side. So the file is searched once for where the words of each beginning stand,
and these are read when a text has it.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Characters = NDArray[np.uint32]  # code points
Positions = NDArray[np.int64]
_LONGEST_REST = 32  # characters of a line behind its word, more than any has


class Dictionary:
    """Words and how frequent they are, from a text with a word, its frequency and its part of speech on each line.

    Attributes:
        frequency: of the words read so far; of what longer words begin with and is none itself, 0.
        nouns: of the words read so far those that are most often nouns, names among them.
        total: of the frequencies of all words.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        characters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        spaces = np.flatnonzero(characters == ord(" "))
        self._starts = np.append(0, np.flatnonzero(characters == ord("\n"))[:-1] + 1)
        self._ends = spaces[::2]
        self._frequencies = _numbers(characters, self._ends + 1, spaces[1::2])
        beginnings = _pairs(characters[self._starts], characters[self._starts + 1])
        self._in_order = np.argsort(beginnings, kind="stable")
        self._beginnings = beginnings[self._in_order]
        self._read: set[str] = set()  # the beginnings whose words have been read
        self.frequency: dict[str, int] = {}
        self.nouns: set[str] = set()
        self.total = int(self._frequencies.sum())

    def read(self, text: str) -> None:
        """Read all words that may stand in a text. Threads may do so at the same time."""
        needed = {*map("".join, pairwise(text)), *(character + " " for character in text)}  # a space ends a word of one character
        if new := needed - self._read:
            words = self._words(new)
            for word in words:
                for length in range(1, len(word)):
                    self.frequency.setdefault(word[:length], 0)
            self.frequency.update(words)
            self._read |= new

    def _words(self, beginnings: Iterable[str]) -> dict[str, int]:
        """The words that begin with any of these pairs of characters, with their frequencies."""
        first, second = np.array([list(map(ord, beginning)) for beginning in beginnings], dtype=np.uint32).T
        pairs = _pairs(first, second)
        low, high = (np.searchsorted(self._beginnings, pairs, side=side) for side in ("left", "right"))
        known = np.flatnonzero(low < high)
        lines = [line for at in known.tolist() for line in self._in_order[low[at] : high[at]].tolist()]
        spans = list(zip(self._starts[lines].tolist(), self._ends[lines].tolist(), strict=True))
        self.nouns |= {self._text[start:end] for start, end in spans if self._sort(end).startswith("n") and self._sort(end) != "ns"}
        return dict(zip((self._text[start:end] for start, end in spans), self._frequencies[lines].tolist(), strict=True))

    def _sort(self, end: int) -> str:
        """The part of speech of the word that ends here, as jieba marks it: n… for nouns and names, v… for verbs."""
        return self._text[self._text.index(" ", end + 1) + 1 : end + _LONGEST_REST].partition("\n")[0]


def _pairs(first: Characters, second: Characters) -> NDArray[np.uint64]:
    """Two characters as one number."""
    return first.astype(np.uint64) << np.uint64(32) | second


def _numbers(characters: Characters, starts: Positions, ends: Positions) -> Positions:
    """The whole numbers written between two positions each."""
    values = np.zeros(len(starts), dtype=np.int64)
    for place in range(int((ends - starts).max(initial=0))):
        longer = np.flatnonzero(ends - starts > place)
        values[longer] += (characters[ends[longer] - 1 - place].astype(np.int64) - ord("0")) * 10**place
    return values
