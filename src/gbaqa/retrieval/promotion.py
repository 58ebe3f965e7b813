"""What comes first although it does not rank first: what stands shortly behind the best and fits what is asked as the best does not."""

from collections.abc import Callable
from dataclasses import replace

from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.indicators import Indicator, asked_indicators, indicator_of_label
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.region_key_figures import (
    asks_only_for_its_figures,
    figures_of_region_asked,
    given_of_region,
    is_of_a_city,
    names_region,
)

_NEAR = 2.5  # behind the best, in score
_NEAR_NUMBERED = 1.0  # on a page that can be cited
_NEAR_REGION = 4.0  # a city's key figures, with the region in their heading, rank far before running text


def with_promoted(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence with what fits moved forward, rule by rule."""
    return _whole_region_first(question, _asked_indicator_first(question, _own_city_first(_numbered_first(ranked))))


def _numbered_first(ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which nothing outside the numbered pages comes first where something on one stands shortly behind it.

    What a back cover tells of the publisher can be cited by no page, and is seldom what was asked for.
    """
    return _fitting_first(ranked, _NEAR_NUMBERED, lambda found: bool(found.statement.page))


def _own_city_first(ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no statement about another city comes first where one that is none stands shortly behind it."""
    return _fitting_first(ranked, _NEAR, lambda found: not found.feature("place_conflict"))


def _asked_indicator_first(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no row of another indicator comes before one of those asked for that stands shortly behind it."""
    asked = asked_indicators(question.normalized)
    if not asked:
        return ranked
    given = [(at, indicator) for at, found in enumerate(ranked) if (indicator := _indicator_of(found)) is not None]
    fits = (at for at, indicator in given if indicator in asked and not ranked[at].feature("place_conflict"))
    wanted = next(fits, None)
    if wanted is None or given[0][1] in asked or ranked[given[0][0]].score - ranked[wanted].score >= _NEAR:
        return ranked
    return moved(ranked, wanted, given[0][0])


def _indicator_of(found: Evidence) -> Indicator | None:
    """The indicator that a row of a table gives."""
    label, separator, _ = found.statement.text.partition(CELL_SEPARATOR)
    return indicator_of_label(label) if separator else None


def _whole_region_first(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no city's figure comes first where the region's is asked for and one that is no city's stands behind it.

    Where nothing else is asked for, the region's figure comes first wherever it ranks, best one that names the region.
    """
    asked = figures_of_region_asked(question)
    if not asked:
        return ranked
    if asks_only_for_its_figures(question):
        giving = [at for at, found in enumerate(ranked) if asked & given_of_region(found.chunk, found.statement, question.years)]
        if giving:
            return moved(ranked, next((at for at in giving if names_region(ranked[at].statement)), giving[0]), 0)
    return _fitting_first(ranked, _NEAR_REGION, lambda found: not is_of_a_city(found.chunk, found.statement))


def _fitting_first(ranked: list[Evidence], near: float, fits: Callable[[Evidence], bool]) -> list[Evidence]:
    """Ranked evidence with the first that fits in front, where it stands that near behind the best."""
    fitting = (at for at, found in enumerate(ranked) if ranked[0].score - found.score < near and fits(found))
    return moved(ranked, next(fitting, 0), 0)


def moved(ranked: list[Evidence], at: int, to: int) -> list[Evidence]:
    """Ranked evidence with one moved forward, which then scores as the one did that stood there."""
    return [*ranked[:to], replace(ranked[at], score=ranked[to].score), *ranked[to:at], *ranked[at + 1 :]]
