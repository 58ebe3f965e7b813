"""Comparisons of cities by something that the document tells of some of them only: what it tells of one is no comparison."""

from gbaqa.index.navigation import with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.places import CITIES, city_terms, places
from gbaqa.language.quantities import stated_quantities
from gbaqa.retrieval.focus import GENERAL_WORDS
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.sides import sets_beside, without_comparing


def untold_cities(question: Question, index: SearchIndex, ranker: EvidenceRanker) -> frozenset[str]:
    """The cities asked about of which the document does not tell what is compared, while it tells it of another one.

    None where this is not plain. It is plain where the question is after one thing, and every statement with a word for it is about
    some cities, which its headings may name too. At least half of these statements must give a figure.
    """
    if not sets_beside(question):
        return frozenset()
    subject = _subject(question)
    rows = ranker.rows_saying(subject) if len(subject) == 1 and ranker.is_known(subject[0]) else []
    asked, told = question.places & set(CITIES), frozenset[str]()
    for row in rows:  # most often the first few tell
        named = _cities_around(index, row)
        told |= named
        if not named or asked <= told:
            return frozenset()
    with_figures = sum(bool(stated_quantities(index.statements[row][1].text)) for row in rows)
    return asked - told if asked & told and 2 * with_figures >= len(rows) else frozenset()


def _cities_around(index: SearchIndex, row: int) -> frozenset[str]:
    """The cities that a statement, its twin or the headings of either name."""
    both = [index.statements[each] for each in with_twin(index, row)]
    return frozenset().union(*(places(f"{chunk.context} {statement.text}") for chunk, statement in both)) & set(CITIES)


def _subject(question: Question) -> list[Meaning]:
    """What is compared: the meanings of a question without the cities and the words that set them beside each other."""
    left = without_comparing(question.normalized).strip()
    meanings = analyse(left).meanings if any(char.isalnum() for char in left) else ()
    around = GENERAL_WORDS | city_terms()
    return [meaning for meaning in meanings if meaning.isdisjoint(around)]
