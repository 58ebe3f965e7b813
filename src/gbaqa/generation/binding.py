"""Whether what a clause puts together stands together: a name, a date and a figure may not come from different statements.

A sentence may draw statements together, but each of its clauses has to rest on one of them. A clause with a figure and
without a name of its own speaks of what the clause before it names, and one without a year of the year named last. What a
clause is about has to come from the statement that it rests on as well: the words it begins with are that statement's, and
where it rests on another than the clause before, it says how that one begins.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gbaqa.generation.ground import Ground, digits_in
from gbaqa.language.cutting import cutter
from gbaqa.language.meanings import with_concepts
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.script import HAN, clean, to_simplified
from gbaqa.language.words import jieba_cut, search_terms

CLAUSE = re.compile(
    r"(?<!\d)[,;.!?]\s|[,;](?=\s)|[，；。！？]|\b(?:and|while|whereas|but|versus|vs|against|compared)\b|而(?=[^且])|但|以及"
)
_NAME = re.compile(r"\b[A-Z][A-Za-z0-9’'-]+")

_STOPS = ";；.。!！?？"
_SENTENCE = re.compile(r"(?<=[.!?;])\s|[。！？；]")
_PIECE_END = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[，。；：;–—|\s]+")
_SHORTEST_COPY = 4  # characters
_GOES_ON = frozenset("的和与及等了或中上后前")  # what may follow the end of a name or of a list that is quoted as far as it is needed

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# The figures that 分别 stands before, and those that "respectively" stands behind.
_RESPECTIVELY = re.compile(r"分[别別][^。；;，]*(?:[，、][^。；;，]*\d[^。；;，]*)*|[^.;]*(?:\.\d[^.;]*)*\brespectively\b", re.IGNORECASE)
_OPENING = 2  # words of a clause that only says when
_ABOUT = 2  # words at the beginning of a clause that say what it is about
_SUBJECT = 4  # words at the beginning of a statement, one of which says what it is about
_HANGING = 2  # words of a clause that says a figure of what the clause before it says: ", a growth of 7% YoY"
_WHEN = frozenset(search_terms("since year month quarter currently meanwhile today now"))
_FIXED = re.compile(r"\byear[- ](?:on|over)[- ]year\b|\bmonth[- ](?:on|over)[- ]month\b|\bstep by step\b|\b(\w+) by \1\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and what it puts together.

    Attributes:
        digits: its figures and the years that it is said of.
        places, names: that it names, or that the clause before it does.
        stands_alone: whether more than a comma or an "and" parts it from the clause before it.
    """

    text: str
    digits: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]
    stands_alone: bool


def clauses(text: str) -> list[str]:
    """The clauses of a sentence."""
    return [part for part in CLAUSE.split(text) if any(map(str.isalnum, part))]


def bound_clauses(text: str) -> Iterator[Clause]:
    """The clauses of a sentence, each with what it is said of."""
    names, words = frozenset[str](), frozenset[str]()
    year = opening = before = frozenset[str]()
    text = clean(text)
    end = 0
    for part in clauses(text):
        start = text.index(part, end)
        stands_alone = any(stop in text[end:start] for stop in _STOPS)
        end = start + len(part)
        digits = digits_in(part)
        own = years(part)
        year = own or year  # "In 2022, the port …": what follows is said of that year
        named = places(part), frozenset(word.casefold() for word in _NAME.findall(part)[1:] if not places(word))
        if any(named) or not digits - year:
            names, words = named
        is_hanging = bool(digits - year) and not any(named) and len(_words(part)) <= _HANGING
        yield Clause(part, digits | year | opening | (before if is_hanging else frozenset()), names, words, stands_alone)
        before = digits
        opening = own if own and len(search_terms(part)) <= _OPENING else frozenset()


def stands_in(clause: Clause, ground: Ground) -> bool:
    """Whether one statement has all that a clause puts together."""
    is_quoted = clause.digits <= ground.digits | ground.heading_digits
    return is_quoted and clause.places <= ground.places and all(to_simplified(word) in ground.text for word in clause.names)


def is_about_same(clause: Clause, ground: Ground, others: Ground) -> bool:
    """Whether the nouns that a clause begins with are its ground's, or at least no other statement's of the evidence."""
    first = (word for word in search_terms(clause.text)[:_ABOUT] if not word[0].isdigit() and word not in _WHEN)
    subject = (word for word in first if cutter().is_noun(word) or not HAN.match(word))
    return all(_says(ground, word) or not _says(others, word) for word in subject)


def begins_anew(clause: Clause, ground: Ground) -> bool:
    """Whether a clause says what its ground begins with, so that it needs no subject from the clause before."""
    if clause.stands_alone:
        return True
    own = frozenset(with_concepts(clause.text))
    sentences = (part for quote in ground.quotes for part in _SENTENCE.split(clean(quote)))
    return any(own & frozenset(with_concepts(" ".join(search_terms(part)[:_SUBJECT]))) for part in sentences)


def joins_nouns(text: str, ground: Ground) -> bool:
    """Whether a Chinese text puts two nouns side by side that its ground does not: 期货交易所 is no 期货交易中心.

    Nothing tells a name of several words from words, and broken words (人币) are cut into nouns of one character.
    """
    known = cutter()
    words = jieba_cut(to_simplified(clean(text)).casefold())
    pairs = ((one, other) for one, other in pairwise(words) if HAN.match(one) and HAN.match(other))
    return any(one[-1] + other[0] not in ground.text for one, other in pairs if known.is_noun(one) and known.is_noun(other))


def is_cut_short(text: str, ground: Ground) -> bool:
    """Whether a Chinese text ends in the middle of a clause that it copies: a verb that would follow is missing."""
    last = _PIECE_END.split(to_simplified(clean(text)).casefold().rstrip("。！!.;； "))[-1]
    if len(last) < _SHORTEST_COPY or not HAN.search(last) or last not in ground.text:
        return False
    following = (ground.text[found.end() : found.end() + 1] for found in re.finditer(re.escape(last), ground.text))
    return all(HAN.match(after) and after not in _GOES_ON for after in following)


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


def _says(ground: Ground, word: str) -> bool:
    return not ground.terms.isdisjoint(with_concepts(word)) or word in ground.text


def _words(text: str) -> frozenset[str]:
    return frozenset(term for term in search_terms(text) if not term[0].isdigit())


def _figures_of(match: re.Match[str]) -> list[str]:
    return [figure.replace(",", "") for figure in _FIGURE.findall(match.group())]
