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

    def is_noun(self, word: str) -> bool:
        """Whether a word is most often a noun or a name, as jieba marks it (n…), of a place (ns) excepted."""
        beginning = (word + " ")[:2]
        return any(
            self._word(line) == word and self._mark(line).startswith("n") and self._mark(line) != "ns" for line in self._lines([beginning])
        )

    def _mark(self, line: int) -> str:
        """The part of speech on a line, behind the word and its frequency."""
        return self._text[self._starts[line] : self._ends[line] + _LONGEST_REST].partition("\n")[0].rpartition(" ")[2]

    def _words(self, beginnings: Iterable[str]) -> dict[str, int]:
        """The words that begin with any of these pairs of characters, with their frequencies."""
        lines = self._lines(beginnings)
        return dict(zip(map(self._word, lines), self._frequencies[lines].tolist(), strict=True))

    def _lines(self, beginnings: Iterable[str]) -> list[int]:
        """The lines of the words that begin with any of these pairs of characters."""
        first, second = np.array([list(map(ord, beginning)) for beginning in beginnings], dtype=np.uint32).T
        pairs = _pairs(first, second)
        low, high = (np.searchsorted(self._beginnings, pairs, side=side) for side in ("left", "right"))
        known = np.flatnonzero(low < high)
        return [line for at in known.tolist() for line in self._in_order[low[at] : high[at]].tolist()]

    def _word(self, line: int) -> str:
        return self._text[self._starts[line] : self._ends[line]]


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
