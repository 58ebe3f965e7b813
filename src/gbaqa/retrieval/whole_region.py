"""Key figures of the whole Greater Bay Area, which are not those of one of its cities."""

import re

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.language.indicators import asked_indicators
from gbaqa.language.places import CITIES, WHOLE_REGION, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.question import Question

_ITS_CITIES = re.compile(r"\bcit(?:y|ies)\b|\bwhich\b|\beach\b|城市|[哪各每]|十一城", re.IGNORECASE)


def asks_of_whole_region(question: Question) -> bool:
    """Whether a key figure of the region is asked for, rather than one of a city or which of its cities."""
    text = question.normalized
    of_region = not question.places and WHOLE_REGION.search(text) is not None and _ITS_CITIES.search(text) is None
    return of_region and bool(asked_indicators(text))


def is_of_a_city(chunk: Chunk, statement: Statement) -> bool:
    """Whether a statement is about some cities, or stands under the heading of one, and does not name the region."""
    if WHOLE_REGION.search(to_simplified(statement.text)):
        return False
    heading = WHOLE_REGION.sub("", to_simplified(chunk.context))  # 粤港澳大湾区 names no city
    return not (places(statement.text) | places(heading)).isdisjoint(CITIES)


def states_figure_of_region(question: Question, chunk: Chunk, statement: Statement) -> bool:
    """Whether a statement gives the key figure of the region that is asked for."""
    if not asks_of_whole_region(question) or is_of_a_city(chunk, statement) or not quantity_keys(statement.text):
        return False
    return not set(asked_indicators(question.normalized)).isdisjoint(asked_indicators(to_simplified(statement.text)))
