"""Whether the names of a sentence are its evidence's: places, Latin names and acronyms, and what stands in quotation marks."""

import re

from gbaqa.generation.ground import Ground
from gbaqa.generation.material import Failure
from gbaqa.language.places import place_forms, places
from gbaqa.language.script import clean, language_of, to_simplified
from gbaqa.language.words import ENGLISH_STOP_WORDS, search_terms

_LATIN_NAME = re.compile(r"\b[A-Z][A-Za-z0-9]*(?:[’'&.-][A-Za-z0-9]+)*")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.&-]*")
_QUOTED = re.compile(r"《([^》]+)》|“([^”]+)”|「([^」]+)」|『([^』]+)』|\"([^\"]+)\"")
_OPENERS = frozenset(
    "according additionally after also although among as at because before besides between both but compared despite during each"
    " finally following further furthermore given hence however if instead it its meanwhile moreover most nevertheless next no"
    " notably of on one other over overall since some such that the their there therefore these they this those through thus to"
    " about its only some several most many few up down by one two three four five six seven eight nine ten"
    " under until when where whereas which while with within yes according-to besides together answer statement statements".split()
)


def names_fail(text: str, ground: Ground) -> Failure | None:
    """Why the names of a sentence do not rest on the ground, None where they do."""
    if not places(text) <= ground.places:
        return "name"
    if any(to_simplified(clean(next(filter(None, quoted.groups())))).casefold() not in ground.text for quoted in _QUOTED.finditer(text)):
        return "name"
    forms = {form for place in ground.places for form in place_forms(place)[0]}
    printed = {word.rstrip(".") for word in _LATIN_WORD.findall(ground.text)}
    initials = _initials(ground.text)
    printed |= set(map(_without_figure, printed))
    spelt = printed | {part for word in printed for part in re.split(r"[-&.]", word)} | {part for form in forms for part in form.split()}
    if language_of(text) == "zh":
        words = (_without_figure(word.casefold().rstrip(".")) for word in _LATIN_WORD.findall(clean(text)))
        return "name" if any(word not in spelt and word not in initials for word in words) else None
    for found in _LATIN_NAME.finditer(clean(text)):
        word = _without_figure(re.sub(r"['’]s?$", "", found.group()).casefold().rstrip("."))
        if word in spelt or _is_acronym(found.group(), initials) or all(part in spelt for part in re.split(r"[-&.’']", word) if part):
            continue
        if _is_first(text, found.start()) and (word in _OPENERS or word in ENGLISH_STOP_WORDS or word.endswith("ly")):
            continue
        if _is_first(text, found.start()) and set(search_terms(word)) <= set(search_terms(ground.text)):
            continue
        return "name"
    return None


def _without_figure(word: str) -> str:
    """A currency without the amount that stands behind it: the amount is held against the evidence with the figures."""
    return re.sub(r"^(rmb|cny|mop|hkd|usd|hk|us|eur|gbp)\d[\d.]*$", r"\1", word)


def _initials(printed: str) -> frozenset[str]:
    """The first letters of three to five words in a row, grammar left out and not: what an acronym may stand for."""
    found: set[str] = set()
    for line in re.split(r"[.;:!?\n]", printed):
        words = re.findall(r"[a-z]+", line)
        for letters in ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in ENGLISH_STOP_WORDS)):
            found |= {letters[at : at + size] for size in (3, 4, 5) for at in range(len(letters) - size + 1)}
    return frozenset(found)


def _is_acronym(word: str, initials: frozenset[str]) -> bool:
    bare = re.sub(r"(?:['’]s?|s)$", "", word)
    return bare.isupper() and bare.isalpha() and bare.casefold() in initials


def _is_first(text: str, at: int) -> bool:
    return not any(char.isalpha() for char in text[:at])
