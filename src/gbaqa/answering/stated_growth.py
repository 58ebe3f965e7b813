"""What a document's sentences say of each city's economy in a period: so much, and so much more or less than a year before.

A sentence counts where it names one measure before the figure, one part of one year, and one city, itself or by its heading.
Where the two languages state another growth, neither is believed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gbaqa.index.store import SearchIndex
from gbaqa.language.economy import FALL, RISE, Measure, named_measures, terms_naming
from gbaqa.language.periods import year_parts, years
from gbaqa.language.places import CITIES, cities_of_heading, places
from gbaqa.language.script import Language

_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d+)?)\s?%")
_SENTENCE_PART = re.compile(r"[;；。！？]|[.](?=\s|$)|其中")
_NOT_OF_A_YEAR = re.compile(  # a share, or growth since the quarter before
    r"account|占|\bshare\b|比重|环比|\b(?:quarter|month)[- ](?:on|over)[- ](?:quarter|month)\b|\bQoQ\b", re.IGNORECASE
)
_LONGEST_WAY = 90  # characters between a measure and its growth
_BEFORE, _BEHIND = 28, 22  # characters around a percentage where it says whether it is a rise


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year, "2023" and "Q1"."""

    year: str
    part: str


@dataclass(frozen=True, slots=True)
class Growth:
    """By how much a measure of a city has grown in a period, in percent, negative where it fell; the row of the index that says so."""

    measure: Measure
    city: str
    period: Period
    language: Language
    row: int
    percent: float
    printed: str


def stated_growth(index: SearchIndex, measure: Measure) -> list[Growth]:
    """All that the sentences of an index state of a measure, once in each language."""
    found: dict[tuple[str, Period], dict[Language, list[Growth]]] = defaultdict(lambda: defaultdict(list))
    for growth in _read(index, measure):
        found[growth.city, growth.period][growth.language].append(growth)
    believed = []
    for by_language in found.values():
        said = {growth.percent for of_language in by_language.values() for growth in of_language}
        if len(said) == 1:
            believed += [of_language[0] for of_language in by_language.values()]
    return believed


def _read(index: SearchIndex, measure: Measure) -> Iterator[Growth]:
    """Each growth of a measure as a sentence states it."""
    saying = index.terms.having_any(terms_naming(measure))[:-1]
    for row in np.flatnonzero(saying & ~index.columns.has_cells).tolist():
        chunk, statement = index.statements[row]
        parts = year_parts(statement.text)
        if len(parts) != 1 or not (named := years(statement.text)):
            continue
        city = _city(statement.text, chunk.section)
        if city is None:
            continue
        period = Period(min(named, key=statement.text.find), next(iter(parts)))
        for percent, printed in _grown(statement.text, measure):
            yield Growth(measure, city, period, chunk.language, row, percent, printed)


def _city(text: str, section: tuple[str, ...]) -> str | None:
    """The one city that a sentence or else its nearest heading names; None for none, or several."""
    named = (places(text) & set(CITIES)) or cities_of_heading(section)
    return next(iter(named)) if len(named) == 1 else None


def _grown(text: str, measure: Measure) -> Iterator[tuple[float, str]]:
    """How much a measure of a sentence has grown, and that as it is said: "−15.4%"."""
    for (_, end, named), (following, _, _) in pairwise([*named_measures(text), (len(text), 0, measure)]):
        if named != measure:
            continue
        part = _SENTENCE_PART.split(text[end:following], maxsplit=1)[0][:_LONGEST_WAY]
        percent = _PERCENT.search(part)
        if percent is None:
            continue
        way = part[: percent.end() + _BEHIND]
        if _NOT_OF_A_YEAR.search(way) or years(part[: percent.start()]):  # "on 2019" is not on the year before
            continue
        before = part[max(0, percent.start() - _BEFORE) : percent.start()]
        behind = part[percent.end() : percent.end() + _BEHIND]
        direction = _direction(before, behind)
        if direction:
            yield direction * float(percent[1]), f"{'−' if direction < 0 else ''}{percent[1]}%"


def _direction(before: str, behind: str) -> int:
    """1 for a rise, -1 for a fall, 0 where neither is said: by the word that stands nearest to the figure."""
    nearest: list[tuple[int, int]] = []
    for pattern, direction in ((RISE, 1), (FALL, -1)):
        nearest += [(len(before) - match.end(), direction) for match in pattern.finditer(before)]
        nearest += [(match.start() + 4, direction) for match in pattern.finditer(behind)]
    return min(nearest)[1] if nearest else 0
