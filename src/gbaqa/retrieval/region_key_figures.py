"""Key figures of the whole Greater Bay Area, which are not those of one of its cities."""

import re

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.language.indicators import Indicator, asked_indicators, named_indicators, without_indicators
from gbaqa.language.periods import months, year_parts, years
from gbaqa.language.places import CITIES, places
from gbaqa.language.region import WHOLE_REGION
from gbaqa.language.script import to_simplified
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question

_ITS_CITIES = re.compile(r"\bcit(?:y|ies)\b|\bwhich\b|\beach\b|城市|[哪各每]|十一城", re.IGNORECASE)
_NO_FIGURE_ASKED = re.compile(r"\b(?:who|whose|where|why|will|would|should|could)\b|谁|为什么|怎|将", re.IGNORECASE)
_AROUND = frozenset(  # what may stand around the names of the region and its key figures
    search_terms(
        "area annual figure figures total overall combined joint aggregate whole entire value number exact latest current currently"
        " now roughly approximately people person"
        " 总 总共 一共 合共 合计 大概 大约 约 左右 现在 目前 人 数字 具体 大 多大 几大 知道 告诉"
    )
)
_AND_A_FIGURE = re.compile(r"[^.;。；\d]{0,60}\d")  # behind an indicator's name


def figures_of_region_asked(question: Question) -> frozenset[Indicator]:
    """The key figures of the region that are asked for; none where those of a city are, or which of its cities."""
    text = question.normalized
    of_region = not question.places and WHOLE_REGION.search(text) is not None and _ITS_CITIES.search(text) is None
    return frozenset(asked_indicators(text)) if of_region else frozenset()


def asks_of_whole_region(question: Question) -> bool:
    """Whether a key figure of the region is asked for."""
    return bool(figures_of_region_asked(question))


def asks_only_for_its_figures(question: Question) -> bool:
    """Whether key figures of the region are asked for and nothing else, as by "GDP of the whole bay area?"."""
    is_of_a_part = bool(question.year_parts or question.months)
    if not asks_of_whole_region(question) or is_of_a_part or question.kind in ("explanation", "source", "comparison"):
        return False
    if _NO_FIGURE_ASKED.search(question.normalized):
        return False
    rest = without_indicators(WHOLE_REGION.sub(" ", question.in_one_language))
    return all(term[0].isdigit() or term in _AROUND for term in search_terms(rest))


def is_of_a_city(chunk: Chunk, statement: Statement) -> bool:
    """Whether a statement is about some cities, or stands under the heading of one, and does not name the region."""
    if names_region(statement):
        return False
    heading = WHOLE_REGION.sub("", to_simplified(chunk.context))  # 粤港澳大湾区 names no city
    return not (places(statement.text) | places(heading)).isdisjoint(CITIES)


def names_region(statement: Statement) -> bool:
    """Whether a statement names the region."""
    return WHOLE_REGION.search(to_simplified(statement.text)) is not None


def given_of_region(chunk: Chunk, statement: Statement, of_years: frozenset[str]) -> frozenset[Indicator]:
    """The key figures that a statement gives of the region, naming the years that are asked about; none of a quarter or a month."""
    text = to_simplified(statement.text)
    if is_of_a_city(chunk, statement) or not places(WHOLE_REGION.sub("", text)).isdisjoint(CITIES):
        return frozenset()
    if not of_years <= years(text) or year_parts(text) or months(text):
        return frozenset()
    if not (names_region(statement) or WHOLE_REGION.search(to_simplified(f"{chunk.context} {chunk.text}"))):
        return frozenset()
    return frozenset(indicator for _, end, indicator in named_indicators(text) if _AND_A_FIGURE.match(text, end))
