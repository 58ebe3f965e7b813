"""Names that no document has: what is asked about Swap Connect is not answered by what is said of Stock Connect."""

import re
from collections.abc import Sequence

from gbaqa.language.meanings import Meaning, meanings
from gbaqa.language.places import places
from gbaqa.language.script import to_simplified
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
_A_SHORT_NAME = 2  # words: other ones for both are easily found in a text, far from each other
_BETWEEN = 2  # other words among those of a name
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
    name = meanings(thing.name)
    if any(meaning.isdisjoint(ranker.terms_with_context(best.row)) for meaning in name):
        return thing.name
    is_told = len(name) > _A_SHORT_NAME or any(
        _are_said_together(name, to_simplified(text)) for text in ranker.texts_with_context(best.row)
    )
    return None if is_told else thing.name


def _are_said_together(name: Sequence[Meaning], text: str) -> bool:
    """Whether words for all of a name stand side by side in a text: "exchange" here and "connects" there are no Swap Connect."""
    words = meanings(text)
    return any(
        all(any(meaning & word for word in words[start : start + len(name) + _BETWEEN]) for meaning in name) for start in range(len(words))
    )
