"""Whether what a clause puts together stands together: a name, a date and a figure may not come from different statements.

A sentence may draw statements together, but each of its clauses has to rest on one of them. A clause with a figure and
without a name of its own speaks of what the clause before it names, and one without a year of the year named last.
"""

import re
from collections.abc import Sequence

from gbaqa.generation.ground import Ground, digits_in
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.script import clean, to_simplified

CLAUSE = re.compile(
    r"(?<!\d)[,;.!?]\s|[,;](?=\s)|[，；。！？]|\b(?:and|while|whereas|but|versus|vs|against|compared)\b|而(?=[^且])|但|以及"
)
_NAME = re.compile(r"\b[A-Z][A-Za-z0-9’'-]+")


def clauses(text: str) -> list[str]:
    """The clauses of a sentence."""
    return [part for part in CLAUSE.split(text) if any(map(str.isalnum, part))]


def falls_apart(text: str, grounds: Sequence[Ground]) -> bool:
    """Whether a clause joins names and figures that no single statement joins."""
    before = frozenset[str](), frozenset[str]()
    year = frozenset[str]()
    for clause in clauses(clean(text)):
        digits = digits_in(clause)
        year = years(clause) or year  # "In 2022, the port …": what follows is said of that year
        named = (places(clause), frozenset(word.casefold() for word in _NAME.findall(clause)[1:] if not places(word)))
        if digits - year and not any(named):
            named = before
        before = named if any(named) else before
        if not any(_has(ground, digits | year, *named) for ground in grounds):
            return True
    return False


def _has(ground: Ground, digits: frozenset[str], named: frozenset[str], words: frozenset[str]) -> bool:
    is_quoted = digits <= ground.digits | ground.heading_digits
    return is_quoted and named <= ground.places and all(to_simplified(word) in ground.text for word in words)
