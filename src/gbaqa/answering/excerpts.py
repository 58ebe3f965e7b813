"""What is shown of a statement that is too long to be shown whole."""

import re
from collections.abc import Sequence

from gbaqa.language.meanings import Meaning, with_concepts
from gbaqa.language.script import to_simplified

_CLAUSE_END = re.compile(r"[,;:](?=\s)|[，；：。]|(?<=[.!?])(?=\s)")
_CUT_WORD = re.compile(r"(?:[A-Za-z’'-]+|[\d.,]+)$")  # a cut word is hard to read, a cut figure wrong


def clipped(text: str, longest: int) -> str:
    """A text, cut at the end of a clause where it has more characters than that; within one that is longer than half of them."""
    if len(text) <= longest:
        return text
    start = text[:longest]
    ends = [match.start() for match in _CLAUSE_END.finditer(start) if match.start() > longest // 2]
    whole = start[: ends[-1]] if ends else _CUT_WORD.sub("", start)
    return f"{whole.rstrip(' ,;:，；：。、–')}…"


def excerpt(text: str, longest: int, asked: Sequence[Meaning]) -> str:
    """A text; of one with more characters than that what begins with the clause from which most of the words asked for are shown."""
    if len(text) <= longest:
        return text
    starts = [0, *(match.end() for match in _CLAUSE_END.finditer(text))]

    def words_shown(start: int) -> int:
        shown = frozenset(with_concepts(to_simplified(clipped(text[start:], longest))))
        return sum(not meaning.isdisjoint(shown) for meaning in asked)

    shown_from = {start: words_shown(start) for start in starts}
    most = max(shown_from.values())
    best = 0 if shown_from[0] == most else max(start for start in starts if shown_from[start] == most)
    return ("…" if best else "") + clipped(text[best:].lstrip(), longest)
