"""Comparisons of cities by something that the document tells of some of them only: what it tells of one is no comparison."""

from gbaqa.index.store import SearchIndex
from gbaqa.language.indicators import WORDS_AROUND
from gbaqa.language.meanings import Meaning
from gbaqa.language.places import CITIES, city_terms, places
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.focus import GENERAL_WORDS
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.sides import sets_beside, without_comparing


def cities_of(index: SearchIndex, row: int) -> frozenset[str]:
    """The cities that a statement names, or else those of its headings."""
    chunk, statement = index.statements[row]
    return (places(statement.text) & set(CITIES)) or (places(chunk.context) & set(CITIES))


def untold_cities(question: Question, index: SearchIndex, ranker: EvidenceRanker) -> frozenset[str]:
    """The cities of which what a question compares is not told, while it is of another; none where that is not plain.

    It is where the question is after one thing, and every statement that has a word for it is about some cities.
    """
    if not sets_beside(question):
        return frozenset()
    subject = _subject(question)
    rows = ranker.rows_saying(subject) if len(subject) == 1 and ranker.is_known(subject[0]) else []
    spoken_of = [cities_of(index, row) for row in rows]
    asked, told = question.places & set(CITIES), frozenset().union(*spoken_of)
    return asked - told if all(spoken_of) and asked & told else frozenset()


def _subject(question: Question) -> list[Meaning]:
    """What is compared: the meanings of a question without the cities and the words that set them beside each other."""
    left = without_comparing(question.normalized).strip()
    meanings = analyse(left).meanings if any(char.isalnum() for char in left) else ()
    around = WORDS_AROUND | GENERAL_WORDS | city_terms()
    return [meaning for meaning in meanings if meaning.isdisjoint(around)]
