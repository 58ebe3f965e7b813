"""Whether what a clause puts together stands together: a name, a date and a figure may not come from different statements.

A sentence may draw statements together, but each of its clauses has to rest on one of them. A clause with a figure and
without a name of its own speaks of what the clause before it names, and one without a year of the year named last.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gbaqa.generation.ground import Ground, digits_in
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.script import clean, to_simplified
from gbaqa.language.words import search_terms

CLAUSE = re.compile(
    r"(?<!\d)[,;.!?]\s|[,;](?=\s)|[，；。！？]|\b(?:and|while|whereas|but|versus|vs|against|compared)\b|而(?=[^且])|但|以及"
)
_NAME = re.compile(r"\b[A-Z][A-Za-z0-9’'-]+")

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# The figures that 分别 stands before, and those that "respectively" stands behind.
_RESPECTIVELY = re.compile(r"分[别別][^。；;，]*(?:[，、][^。；;，]*\d[^。；;，]*)*|[^.;]*(?:\.\d[^.;]*)*\brespectively\b", re.IGNORECASE)
_OPENING = 2  # words of a clause that only says when
_HANGING = 2  # words of a clause that says a figure of what the clause before it says: ", a growth of 7% YoY"
_FIXED = re.compile(r"\byear[- ](?:on|over)[- ]year\b|\bmonth[- ](?:on|over)[- ]month\b|\bstep by step\b|\b(\w+) by \1\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what it puts together.

    Attributes:
        digits: its figures and the years that it is said of.
        places, names: that it names, or that the clause before it does.
    """

    text: str
    digits: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]


def clauses(text: str) -> list[str]:
    """The clauses of a sentence."""
    return [part for part in CLAUSE.split(text) if any(map(str.isalnum, part))]


def bound_clauses(text: str) -> Iterator[Clause]:
    """The clauses of a sentence, each with what it is said of."""
    names, words = frozenset[str](), frozenset[str]()
    year = opening = before = frozenset[str]()
    for part in clauses(clean(text)):
        digits = digits_in(part)
        own = years(part)
        year = own or year  # "In 2022, the port …": what follows is said of that year
        named = places(part), frozenset(word.casefold() for word in _NAME.findall(part)[1:] if not places(word))
        if any(named) or not digits - year:
            names, words = named
        is_hanging = bool(digits - year) and not any(named) and len(_words(part)) <= _HANGING
        yield Clause(part, digits | year | opening | (before if is_hanging else frozenset()), names, words)
        before = digits
        opening = own if own and len(search_terms(part)) <= _OPENING else frozenset()


def stands_in(clause: Clause, ground: Ground) -> bool:
    """Whether one statement has all that a clause puts together."""
    is_quoted = clause.digits <= ground.digits | ground.heading_digits
    return is_quoted and clause.places <= ground.places and all(to_simplified(word) in ground.text for word in clause.names)


def keeps_order(text: str, ground: Ground) -> bool:
    """Whether figures that are told "respectively" (分别) come in the order in which the evidence tells them."""
    told = [_figures_of(match) for match in _RESPECTIVELY.finditer(clean(text))]
    printed = [_figures_of(match) for quote in ground.quotes for match in _RESPECTIVELY.finditer(clean(quote))]
    return all(any(one == other[: len(one)] and len(one) > 1 for other in printed) for one in told if one)


def goes_round(text: str, ground: Ground) -> bool:
    """Whether a sentence says a pair of words more often than its evidence does: small models go round in circles."""
    text = _FIXED.sub(" ", text)
    known = sum((Counter(pairwise(search_terms(quote))) for quote in ground.quotes), Counter[tuple[str, str]]())
    said = Counter(pairwise(search_terms(text)))
    return any(count > max(int(pair[0] != pair[1]), known[pair]) for pair, count in said.items())


def _words(text: str) -> frozenset[str]:
    return frozenset(term for term in search_terms(text) if not term[0].isdigit())


def _figures_of(match: re.Match[str]) -> list[str]:
    return [figure.replace(",", "") for figure in _FIGURE.findall(match.group())]
