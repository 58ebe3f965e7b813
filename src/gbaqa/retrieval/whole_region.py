"""Key figures of the whole Greater Bay Area, which are not those of one of its cities."""

import re

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.language.indicators import WORDS_AROUND, Indicator, asked_indicators, named_indicators, without_indicators
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, places
from gbaqa.language.region import WHOLE_REGION
from gbaqa.language.script import to_simplified
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question

_ITS_CITIES = re.compile(r"\bcit(?:y|ies)\b|\bwhich\b|\beach\b|城市|[哪各每]|十一城", re.IGNORECASE)
_AND_A_FIGURE = re.compile(r"[^.;。；\d]{0,60}\d")  # behind an indicator's name


def asks_of_whole_region(question: Question) -> bool:
    """Whether a key figure of the region is asked for, rather than one of a city or which of its cities."""
    text = question.normalized
    of_region = not question.places and WHOLE_REGION.search(text) is not None and _ITS_CITIES.search(text) is None
    return of_region and bool(asked_indicators(text))


def asks_only_for_its_figures(question: Question) -> bool:
    """Whether key figures of the region are asked for and nothing else, as by "GDP of the whole bay area?"."""
    if not asks_of_whole_region(question) or question.year_parts or question.months or question.kind in ("explanation", "source"):
        return False
    rest = without_indicators(WHOLE_REGION.sub(" ", question.in_one_language))
    return all(term[0].isdigit() or term in WORDS_AROUND for term in search_terms(rest))


def is_of_a_city(chunk: Chunk, statement: Statement) -> bool:
    """Whether a statement is about some cities, or stands under the heading of one, and does not name the region."""
    if names_region(statement):
        return False
    heading = WHOLE_REGION.sub("", to_simplified(chunk.context))  # 粤港澳大湾区 names no city
    return not (places(statement.text) | places(heading)).isdisjoint(CITIES)


def names_region(statement: Statement) -> bool:
    """Whether a statement names the region."""
    return WHOLE_REGION.search(to_simplified(statement.text)) is not None


def given_of_region(question: Question, chunk: Chunk, statement: Statement) -> frozenset[Indicator]:
    """The key figures asked for that a statement gives of the region, of the year that is asked about."""
    text = to_simplified(statement.text)
    if is_of_a_city(chunk, statement) or not places(WHOLE_REGION.sub("", text)).isdisjoint(CITIES) or not question.years <= years(text):
        return frozenset()
    if not (names_region(statement) or WHOLE_REGION.search(to_simplified(f"{chunk.context} {chunk.text}"))):
        return frozenset()
    return frozenset(asked_indicators(question.normalized)) & _given(text)


def _given(text: str) -> frozenset[Indicator]:
    """The indicators that a text names with a figure behind."""
    return frozenset(indicator for _, end, indicator in named_indicators(text) if _AND_A_FIGURE.match(text, end))
