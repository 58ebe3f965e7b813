"""Names that no document has: what is asked about Swap Connect is not answered by what is said of Stock Connect."""

import re

from gbaqa.language.meanings import literal
from gbaqa.language.places import places
from gbaqa.language.words import search_terms
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.question import Question

_CAPITALISED = r"[A-Z][a-z][\w’'-]*"
_CAPITALISED_WORDS = rf"{_CAPITALISED}(?: (?:(?:of|for|and|the) )?{_CAPITALISED})+"
# Two words and more. What begins the question begins it with a capital anyway, unless the name is all of it.
_NAME = re.compile(
    rf"(?<![.?!] )(?<!^)(?<![\w’'-]){_CAPITALISED_WORDS}"
    rf"|^(?!(?:Compare|Define|Describe|Explain|List|Name|Show|Summari[sz]e|Tell)\b){_CAPITALISED_WORDS}(?=\W*$)"
)
_ALL_OF_IT = 0.5  # share of the question's words, by rarity, from which the name is what it is about


def unknown_name(question: Question, ranker: EvidenceRanker) -> str | None:
    """A name of several words that a question is about and that no document can have, since none has one of the words; None without one.

    Names are taken by the letter: what is near in meaning is another thing.
    """
    rarity = ranker.rarity_of(question)
    total = sum(rarity.values()) or 1.0
    for match in _NAME.finditer(question.normalized):
        terms = frozenset(search_terms(match.group()))
        named = {meaning: weight for meaning, weight in rarity.items() if meaning & terms}
        unknown = [meaning for meaning in named if not ranker.is_known(literal(meaning) or meaning)]
        if unknown and not places(match.group()) and sum(named.values()) >= _ALL_OF_IT * total:
            return match.group()
    return None
