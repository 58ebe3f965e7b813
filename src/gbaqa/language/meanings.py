"""Meanings: the words of a question, each with all that says the same."""

from collections.abc import Iterator, Sequence

from gbaqa.language.script import HAN
from gbaqa.language.thesaurus import Forms, Word, concepts, forms_of_file, longest_form, words_of
from gbaqa.language.words import GAP, search_terms_and_gaps

_MARK = "≈"  # no search term begins with it

Meaning = frozenset[str]  # a search term and the concepts it stands for: any of them in a text is a match


def with_concepts(text: str) -> list[str]:
    """The search terms of a text and, marked as such, the concepts they stand for."""
    terms = search_terms_and_gaps(text)
    stood_for = frozenset().union(*(concepts(run) for run in _runs(terms)))
    return [*(term for term in terms if term != GAP), *(_MARK + concept for concept in sorted(stood_for))]


def meanings(text: str) -> list[Meaning]:
    """What the words of a question mean, in order: a form of the thesaurus is one meaning, however many words it has."""
    return list(
        dict.fromkeys(meaning for run in _runs(search_terms_and_gaps(text)) for meaning in _meanings(words_of(run), forms_of_file()))
    )


def literal(meaning: Meaning) -> frozenset[str]:
    """The words of a meaning as they stand in the text, without the concepts they stand for."""
    return frozenset(term for term in meaning if not term.startswith(_MARK))


def _runs(terms: Sequence[str]) -> list[list[str]]:
    """Search terms without their gaps, parted where a Chinese word stood that is none: 企业有多少家 has no 企业家 in it."""
    runs: list[list[str]] = [[]]
    for term in terms:
        if term != GAP:
            runs[-1].append(term)
        elif runs[-1] and HAN.match(runs[-1][-1]):
            runs.append([])
    return runs


def _meanings(words: Sequence[Word], forms: Forms) -> Iterator[Meaning]:
    start = 0
    while start < len(words):
        found, end = longest_form(words, start, forms)
        if found:
            itself = [words[start].text] if end == start + 1 else []
            yield frozenset([*itself, *(_MARK + concept for concept in found)])
        else:
            yield frozenset([words[start].text])
            yield from _meanings(words[start].parts, forms)
        start = end
