"""Names that no document has: what is asked about Swap Connect is not answered by what is said of Stock Connect."""

import re

from gbaqa.language.meanings import meanings
from gbaqa.language.places import places
from gbaqa.language.words import search_terms
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.named_thing import named_thing
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker

_CAPITALISED = r"[A-Z][a-z][A-Za-z0-9’'-]*"
_CAPITALISED_WORDS = rf"{_CAPITALISED}(?: (?:(?:of|for|and|the) )?{_CAPITALISED})+"
# Two words and more. What begins the question begins it with a capital anyway, unless the name is all of it.
_NAME = re.compile(
    rf"(?<![.?!] )(?<!^)(?<![\w’'-]){_CAPITALISED_WORDS}"
    rf"|^(?!(?:Compare|Define|Describe|Explain|List|Name|Show|Summari[sz]e|Tell)\b){_CAPITALISED_WORDS}(?=\W*$)"
)
_ALL_OF_IT = 0.5  # share of the question's words, by rarity, from which the name is what it is about


def unknown_name(question: Question, best: Evidence, ranker: EvidenceRanker) -> str | None:
    """A name that a question is about and that no document can have, since no statement has all of its words; None without one.

    Names are taken by the letter: what is near in meaning is another thing. Where no capitals tell that it is a name, the best
    statement may have other words for it.
    """
    rarity = ranker.rarity_of(question)
    total = sum(rarity.values()) or 1.0
    for match in _NAME.finditer(question.normalized):
        terms = frozenset(search_terms(match.group()))
        share = sum(weight for meaning, weight in rarity.items() if meaning & terms) / total
        if share >= _ALL_OF_IT and not places(match.group()) and not ranker.rows_saying([frozenset({term}) for term in terms]):
            return match.group()
    thing = named_thing(question)
    if thing is None or thing.is_alone or thing.with_more or thing.wants_date:
        return None
    if ranker.rows_saying([frozenset({term}) for term in search_terms(thing.name)]):
        return None
    said = ranker.terms_with_context(best.row)
    return thing.name if any(meaning.isdisjoint(said) for meaning in meanings(thing.name)) else None
