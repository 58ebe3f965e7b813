"""Chinese text cut into words, as jieba cuts it where it guesses no unknown words (HMM=False).

The words of jieba's dictionary, cut so that the product of their probabilities is the greatest. jieba itself is not imported:
with the tables for its guesses, which are not used here, that takes longer than an answer.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path

from gbaqa.language.dictionary import Dictionary

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")  # what words are looked for in; all else is cut into characters
_LINE_END = re.compile(r"\r\n|.", re.DOTALL)
_LATIN = re.compile(r"[a-zA-Z0-9]")
_PARTS = (2, 3)  # characters of the words that a longer word is also searched by


class Cutter:
    """Cuts text into the words of a dictionary. Safe to share between threads."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._log_total = log(dictionary.total)

    def cut(self, text: str) -> list[str]:
        """The words of a text, which joined give the text again."""
        words: list[str] = []
        for is_block, piece in enumerate(_BLOCK.split(text)):
            words += self._cut_block(piece) if is_block % 2 else _LINE_END.findall(piece)
        return words

    def cut_for_search(self, text: str) -> list[str]:
        """The words of a text, and before each of them the shorter words in it."""
        frequency = self._dictionary.frequency
        terms: list[str] = []
        for word in self.cut(text):
            for size in _PARTS:
                parts = (word[start : start + size] for start in range(len(word) - size + 1)) if len(word) > size else ()
                terms += [part for part in parts if frequency.get(part)]
            terms.append(word)
        return terms

    def is_noun(self, word: str) -> bool:
        """Whether a word is a noun or a name more often than anything else, the name of a place excepted."""
        return self._dictionary.is_noun(word)

    def keep_whole(self, word: str) -> None:
        """Make a word so frequent that it is not cut."""
        frequency, total = self._dictionary.frequency, self._dictionary.total
        likely = 1.0
        for part in self.cut(word):
            likely *= frequency.get(part, 1) / total
        frequency[word] = max(int(likely * total) + 1, frequency.get(word, 1))
        for length in range(1, len(word)):
            frequency.setdefault(word[:length], 0)

    def _cut_block(self, block: str) -> Iterator[str]:
        """Words along the most probable way through a block; single letters and digits in a row stay together."""
        ends = self._most_probable_ends(block)
        start, letters = 0, ""
        while start < len(block):
            word = block[start : ends[start]]
            start = ends[start]
            if len(word) == 1 and _LATIN.match(word):
                letters += word
                continue
            if letters:
                yield letters
                letters = ""
            yield word
        if letters:
            yield letters

    def _most_probable_ends(self, block: str) -> list[int]:
        """For each character, where a word that starts there ends on the most probable way to the end of the block."""
        self._dictionary.read(block)
        frequency = self._dictionary.frequency
        way = [0.0] * (len(block) + 1)  # logarithm of the probability of the best way from a character on
        best = [0] * len(block)
        for start in range(len(block) - 1, -1, -1):
            steps = [
                (log(frequency.get(block[start:end]) or 1) - self._log_total + way[end], end) for end in _ends(block, start, frequency)
            ]
            way[start], best[start] = max(steps)
        return best


def _ends(block: str, start: int, frequency: dict[str, int]) -> list[int]:
    """Where the words that start at a character end; the character itself where there is none."""
    ends = []
    end = start + 1
    while end <= len(block) and (known := frequency.get(block[start:end])) is not None:
        if known:
            ends.append(end)
        end += 1
    return ends or [start + 1]


@cache
def cutter() -> Cutter:
    """The cutter with jieba's dictionary, read when it is first wanted."""
    jieba = find_spec("jieba")
    if jieba is None or not jieba.submodule_search_locations:
        raise ModuleNotFoundError("jieba, whose dictionary is needed, is not installed; run: pip install jieba", name="jieba")
    return Cutter(Dictionary(Path(jieba.submodule_search_locations[0], "dict.txt").read_text("utf-8")))
