"""English words of a question that are one slip of the keyboard away from a word of the document.

A word counts as known where the document or the thesaurus has it, in any inflection, or the embedding model has it in one piece
of its vocabulary, or two: these are the words that its training texts use often. Others are most often names and slips;
a slip is within one letter left out, added, replaced or swapped with the next of what was meant (Damerau 1964 counted four of
five so), and seldom concerns the first letter. What replaces a letter lies beside it on the keyboard, or is a vowel for a vowel.
"""

import re
import string
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from langchain_core.embeddings import Embeddings

from gbaqa.index.embeddings import CountsTokens
from gbaqa.index.terms import Terms
from gbaqa.language.places import english_words_of_places, with_apostrophes
from gbaqa.language.thesaurus import forms_of_file
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import LONGEST_QUESTION

_WORD = re.compile(r"(?<![\w'’&./@-])[A-Za-z]{5,20}(?![\w@/])")
_ENDINGS = "'s s es ed d ing er ers ly ness able al ist ists ian ians ish less est y".split()
_SHORTEST_STEM = 5
_USUAL_PIECES = 2  # with one, every third word that was changed was a right one
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # of the keyboard
_VOWELS = "aeiouy"


class Spelling:
    """Corrects words by those of an index; nothing where its embeddings cannot tell which words are known."""

    def __init__(self, terms: Terms, embeddings: Embeddings) -> None:
        self._terms = terms
        self._count_tokens: Callable[[str], int] = embeddings.count_tokens if isinstance(embeddings, CountsTokens) else lambda _: 1
        self._one_piece = self._count_tokens("the")  # counters may count what stands around a text
        self._corrected = lru_cache(maxsize=2_000)(self._correct)

    def corrected(self, text: str) -> str:
        """A question in which words that nobody knows are those of the document that they are nearest to, if one is near.

        One that is too long to be read stays as it is.
        """
        if len(text) > LONGEST_QUESTION:
            return text
        return with_apostrophes(_WORD.sub(lambda found: self._corrected(found.group()), text))

    def _correct(self, word: str) -> str:
        lower = word.lower()
        if word.isupper() or self._is_known(lower):
            return word
        nearest = max(_one_slip_from(lower), key=self._weight)
        if not self._weight(nearest)[0]:
            return word
        return nearest.capitalize() if word[0].isupper() else nearest

    def _is_known(self, word: str) -> bool:
        bases = {word} | {word.removesuffix(ending) for ending in _ENDINGS if len(word) - len(ending) >= _SHORTEST_STEM}
        bases |= {f"{base}e" for base in bases} | {f"{base.removesuffix('i')}y" for base in bases if base.endswith("i")}
        return any(self._weight(base)[0] or self._is_usual(base) for base in bases)

    def _is_usual(self, word: str) -> bool:
        pieces = min(self._count_tokens(form) for form in (word, word.capitalize())) - self._one_piece + 1
        return pieces <= _USUAL_PIECES or word in english_words_of_places()

    def _weight(self, word: str) -> tuple[bool, bool, int]:
        """Whether the document, the thesaurus or a list of places has a word; whether it is usual; in how many statements it stands."""
        terms = search_terms(word)  # none of a word that says nothing
        if len(terms) != 1:
            return not terms, True, 0
        is_said = terms[0] in self._terms or terms[0] in forms_of_file().concepts or word in english_words_of_places()
        return is_said, is_said and self._is_usual(word), self._terms.frequency(terms[0])


def _one_slip_from(word: str) -> Iterator[str]:
    """The words from which a slip behind the first letter makes this one."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (f"{head}{letter}{tail}" for letter in string.ascii_lowercase)
        if tail:
            yield f"{head}{tail[1:]}"
            yield from (f"{head}{letter}{tail[1:]}" for letter in _beside(tail[0]))
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"


@cache
def _beside(letter: str) -> frozenset[str]:
    """The letters that a letter may stand for by a slip."""
    row = next(number for number, keys in enumerate(_ROWS) if letter in keys)
    column = _ROWS[row].index(letter)
    # A row lies half a key to the right of the one above it.
    near = {(row, column - 1), (row, column + 1), (row - 1, column), (row - 1, column + 1), (row + 1, column - 1), (row + 1, column)}
    keys = {_ROWS[y][x] for y, x in near if 0 <= y < len(_ROWS) and 0 <= x < len(_ROWS[y])}
    return frozenset(keys | set(_VOWELS if letter in _VOWELS else ""))
