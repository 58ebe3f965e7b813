"""How many of something each of some cities has, where the document gives the same figure of each in the same words.

A report tells such counts in captions and rows that hardly differ from city to city, so a question that sets cities beside each other is
answered by one of each and by nothing else. What is not given of all of them in the same words, or leaves out a word of the question,
is left to the ranked statements.
"""

from collections.abc import Sequence

from gbaqa.language.places import CITIES, city_terms
from gbaqa.language.quantities import stated_quantities
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.sides import asks_of_each, say_the_same, spoken_of, without_comparing

_NAMES_WHAT_IS_COUNTED = 0.8  # share of the words for what is counted, by rarity, that a statement of it must have


def counted_of_each(question: Question, evidence: Sequence[Evidence], ranker: EvidenceRanker) -> list[int]:
    """Rows that give the count of each city asked about, the best one first; none where it is not plain that they do."""
    cities = question.places & set(CITIES)
    found = list(evidence[: len(cities)])
    if len(cities) < 2 or len(found) < len(cities) or question.places - cities or question.years or not asks_of_each(question.normalized):
        return []
    spoken_ofs = [spoken_of(each) & cities for each in found]
    one_of_each = all(len(named) == 1 for named in spoken_ofs) and frozenset().union(*spoken_ofs) == cities
    if not one_of_each or not say_the_same(found, ranker) or not all(stated_quantities(each.statement.text) for each in found):
        return []
    # The names of the cities stay in the question, so that there is always something left to analyse.
    asked = ranker.rarity_of(analyse(without_comparing(question.normalized)))
    counted = {meaning: weight for meaning, weight in asked.items() if meaning.isdisjoint(city_terms())}
    all_name_it = all(share_said(counted, ranker.terms_of(each.row)) >= _NAMES_WHAT_IS_COUNTED for each in found)
    return [each.row for each in found] if all_name_it else []
