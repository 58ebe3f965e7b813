"""Whether the figures and dates of a sentence are those of its evidence, and stand beside what they belong to.

A figure is to be said as it is printed: a reader checks it against the quote by sight. So its digits have to stand in the
quote, and its unit, scale, qualifier and direction have to be the quote's. Where the evidence gives several figures of one
sort, the sentence's has to stand beside the same names, dates and words as there.
"""

import re
from dataclasses import dataclass

from gbaqa.bilingual.compare import qualifiers_apart, quantity_distance
from gbaqa.generation.ground import Ground, digits_in
from gbaqa.generation.listing import distributed, without_own_numbers
from gbaqa.generation.material import Failure
from gbaqa.language.dates import Date, dates
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import clean, to_simplified
from gbaqa.language.words import search_terms

_SAME = 0.29  # of quantity_distance: below it number, unit, currency and kind are one
_QUALIFIED_OTHERWISE = 0.5  # of qualifiers_apart
_NAME_WEIGHT = 3  # of a name beside a figure, against any other word
_COUNTED, _FAR_BEHIND = 2, 40  # words behind a figure that say what it counts, within so many characters
_CLAUSE = re.compile(r"[。；;！？!?\n]|\.\s|,\s(?:while|whereas|but)\b|，(?:而|但)")
_BEHIND = re.compile(r"^\s*(?:in|for|at|of|from|by)\s(?:the\s)?([A-Z][\w’' -]{1,30})")
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-z’'-]+")


def figures_fail(text: str, ground: Ground, asked: str) -> Failure | None:
    """Why the figures of a sentence do not rest on the ground, None where they do.

    Args:
        text: the sentence.
        ground: its evidence.
        asked: the question; a figure of it that stands in a heading above the evidence may be repeated.
    """
    text = without_own_numbers(text)
    repeated = digits_in(asked) & ground.heading_digits
    if not digits_in(text) <= ground.digits | repeated:
        return "figure"
    for quantity in stated_quantities(text):
        if quantity.in_words and (quantity.value < 2 and quantity.kind != "fraction"):
            continue  # "one of", "first": no count
        if quantity.text.strip() in repeated:
            continue
        alike = [found for found in ground.quantities if quantity_distance(found, quantity) < _SAME]
        if not alike:
            return "figure"
        if all(qualifiers_apart(found.qualifier, quantity.qualifier) >= _QUALIFIED_OTHERWISE for found in alike):
            return "figure"
        if all(found.direction * quantity.direction < 0 for found in alike):
            return "polarity"
        if quantity.unit == "times" and all(found.is_increment != quantity.is_increment for found in alike):
            return "figure"
        if _belongs_elsewhere(quantity, text, ground):
            return "figure"
    return None


def dates_fail(text: str, ground: Ground) -> Failure | None:
    """Why the dates of a sentence do not rest on the ground, None where they do."""
    for date in dates(text):
        if not any(_states(found, date) for found in ground.dates):
            return "date"
    loose = set(years(text)) - {str(date.year) for date in dates(text)}
    return "date" if any(year not in ground.text for year in loose) else None


def _states(found: Date, date: Date) -> bool:
    """Whether a date of the evidence says all that a date of the sentence says."""
    if not found.fits(date):
        return False
    says_year = date.year is None or found.year == date.year
    says_part = not date.part or bool(found.part or found.edge)
    return says_year and says_part and (date.day is None or found.day == date.day) and (not date.edge or bool(found.edge or found.part))


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands beside a figure: names and words before it, and what it counts."""

    names: frozenset[str]
    words: frozenset[str]
    counted: str

    def in_common(self, other: "_Surroundings") -> int:
        return _NAME_WEIGHT * len(self.names & other.names) + len(self.words & other.words)


def _belongs_elsewhere(quantity: Quantity, text: str, ground: Ground) -> bool:
    """Whether what stands beside a figure stands in the evidence beside another figure of its sort rather than beside it.

    A figure that counts the same as there (26 routes) is only taken for another one that counts that too.
    """
    own = _beside(quantity, text)
    tells_a_row = len(distributed(text)) > 1  # as the evidence does: keeps_order looks at that
    sort = quantity.unit, quantity.kind, quantity.currency
    printed = [
        (quantity_distance(found, quantity) < _SAME, _beside(found, quote))
        for quote in (part for whole in ground.quotes for part in ((whole,) if tells_a_row else distributed(whole)))
        for found in stated_quantities(quote)
        if quantity_distance(found, quantity) < _SAME or (found.unit, found.kind, found.currency) == sort
    ]
    here = [found for is_alike, found in printed if is_alike]
    others = [found for is_alike, found in printed if not is_alike]
    if own.counted and any(found.counted == own.counted for found in here):
        others = [found for found in others if found.counted == own.counted]
    return max(map(own.in_common, others), default=0) > max(map(own.in_common, here), default=0)


def _beside(quantity: Quantity, text: str) -> _Surroundings:
    """What stands beside a figure, back to the figure before it or to the beginning of its clause."""
    source = to_simplified(clean(text))
    start, end = quantity.span
    begin = max([0, *(match.end() for match in _CLAUSE.finditer(source, 0, start))])
    begin = max([begin, *(other.span[1] for other in stated_quantities(text) if other.span[1] <= start)])
    before = source[begin:start]
    names = _names(before)
    if behind := _BEHIND.match(source[end : end + 60]):
        names |= _names(behind[1])
    counted = search_terms(_CLAUSE.split(source[end : end + _FAR_BEHIND])[0])[:_COUNTED]
    return _Surroundings(names, frozenset([*search_terms(before), *counted]), next(iter(counted), ""))


def _names(text: str) -> frozenset[str]:
    """Places, years and capitalised words, in one form for both languages where they have one."""
    named = places(text) | years(text)
    return named | frozenset(word.lower() for word in _CAPITALISED.findall(text) if not places(word))
