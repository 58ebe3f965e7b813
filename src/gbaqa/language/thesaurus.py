"""Concepts: words that mean much the same, in English, written Chinese and Hong Kong usage.

`thesaurus.tsv` holds one concept a line: its id, its English forms and its Chinese forms (Simplified; forms separated by
`|`). It is general vocabulary of economy, policy and daily life, and knows no document.

A form is left out where its search term also serves a common word of another meaning ("important" and "import" are one
stem; so are "customized", "customs" and "customers"), where stop words take half of it away ("set up"), or where what
they leave stands in other phrases too ("wait and see", "wait to see a doctor"); such a meaning goes by its other forms.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gbaqa.language.words import search_terms

Concept = str


class Word(NamedTuple):
    """A term of a text, with the parts that `search_terms` gives before a long Chinese word."""

    text: str
    parts: "tuple[Word, ...]" = ()


class Forms(NamedTuple):
    """The forms of all concepts, in the shape that `_joined` gives to the words of a text."""

    concepts: dict[str, tuple[Concept, ...]]
    """The concepts that each form belongs to."""
    beginnings: frozenset[str]
    """What longer forms begin with: a walk along a text ends where its words are none of these."""


def entries() -> Iterator[tuple[Concept, tuple[str, ...], tuple[str, ...]]]:
    """The concepts of the file, each with its English and its Chinese forms as written."""
    for line in files("gbaqa.language").joinpath("thesaurus.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            concept, english, chinese = line.split("\t")
            yield concept, tuple(english.split("|")), tuple(chinese.split("|"))


def concepts(terms: Iterable[str]) -> frozenset[Concept]:
    """Ids of the concepts that search terms, in the order of their text, have a form of.

    The longest form wins: "square kilometre" is not also a square. A long Chinese word counts by its parts only where it is
    no form itself: 人工智能 says nothing about 人工, a wage, but 经济危机 is about 危机.
    """
    return frozenset(_concepts_of_words(words_of(terms), forms_of_file()))


def _concepts_of_words(words: Sequence[Word], forms: Forms) -> Iterator[Concept]:
    start = 0
    while start < len(words):
        found, end = longest_form(words, start, forms)
        yield from found
        if not found:
            yield from _concepts_of_words(words[start].parts, forms)
        start = end


def longest_form(words: Sequence[Word], start: int, forms: Forms) -> tuple[tuple[Concept, ...], int]:
    """The concepts of the longest form that starts at a word, and where it ends; none, and the next word, if there is none."""
    found: tuple[Concept, ...] = ()
    end = after = start + 1
    text = words[start].text
    while True:
        if text in forms.concepts:
            found, end = forms.concepts[text], after
        if after == len(words) or text not in forms.beginnings:
            return found, end
        text = _joined(text, words[after].text)
        after += 1


def _joined(text: str, word: str) -> str:
    """A text and one more word: English with a space, Chinese without, since a sentence may cut a form into other words."""
    return text + word if _is_chinese(text) and _is_chinese(word) else f"{text} {word}"


def _is_chinese(word: str) -> bool:
    return word >= "\u3400"  # the first Chinese character; search terms hold no other script beyond the Latin one


def words_of(terms: Iterable[str]) -> list[Word]:
    """The words of a text from its search terms, where the parts of a long Chinese word stand before it."""
    words: list[Word] = []
    for term in terms:
        first = len(words)
        if len(term) > 2 and _is_chinese(term):
            while first and 1 < len(words[first - 1].text) < len(term) and words[first - 1].text in term:
                first -= 1
        parts = tuple(words[first:])
        del words[first:]
        words.append(Word(term, parts))
    return words


@cache
def forms_of_file() -> Forms:
    """The forms of the file, read and stemmed when they are first wanted: a tenth of a second."""
    concepts: dict[str, tuple[Concept, ...]] = {}
    beginnings: set[str] = set()
    for concept, english, chinese in entries():
        stems = [search_terms(form) for form in english]
        beginnings.update(" ".join(form[:length]) for form in stems for length in range(1, len(form)))
        beginnings.update(form[:length] for form in chinese for length in range(1, len(form)))
        for form in (*map(" ".join, stems), *chinese):
            concepts[form] = (*concepts.get(form, ()), concept)
    return Forms(concepts, frozenset(beginnings))
