"""Places of the Greater Bay Area, and the few beyond it, by the names they go by in three scripts and in shorthand."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from gbaqa.language.script import clean, to_simplified
from gbaqa.language.words import search_terms

# name: (English forms, Chinese forms). The names alone; nothing here is taken from a document.
_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Guangzhou": (("guangzhou", "canton", "gz"), ("广州", "穗")),
    "Shenzhen": (("shenzhen", "sz", "sham chun"), ("深圳", "鹏城")),
    "Hong Kong": (("hong kong", "hongkong", "hksar", "hk"), ("香港",)),
    "Macau": (("macau", "macao"), ("澳门", "濠江")),
    "Zhuhai": (("zhuhai",), ("珠海",)),
    "Foshan": (("foshan",), ("佛山",)),
    "Huizhou": (("huizhou",), ("惠州",)),
    "Dongguan": (("dongguan",), ("东莞",)),
    "Zhongshan": (("zhongshan",), ("中山",)),
    "Jiangmen": (("jiangmen",), ("江门",)),
    "Zhaoqing": (("zhaoqing",), ("肇庆",)),
    "Qianhai": (("qianhai",), ("前海",)),
    "Hengqin": (("hengqin",), ("横琴",)),
    "Nansha": (("nansha",), ("南沙",)),
    "Hetao": (("hetao", "lok ma chau loop"), ("河套",)),
    "Luohu": (("luohu", "lo wu"), ("罗湖",)),
    "Northern Metropolis": (("northern metropolis",), ("北部都会区",)),
    "Beijing": (("beijing",), ("北京",)),
    "Shanghai": (("shanghai",), ("上海",)),
    "Singapore": (("singapore",), ("新加坡",)),
    "Taiwan": (("taiwan",), ("台湾",)),
}
CITIES = tuple(_NAMES)[:11]

# Chinese names places in a pair or a row by one character each: 深港, 粤港澳, 来深, 在港.
_ONE_CHARACTER = {"深": "Shenzhen", "港": "Hong Kong", "澳": "Macau", "珠": "Zhuhai"}
_SHORTHAND = re.compile(
    r"粤港澳深?|深港澳?|港深|港澳|琴澳|粤澳|粤港|深澳|(?<=[在来赴驻居留])[深港澳](?![口湾])|(?<![\u4e00-\u9fff])[深港澳](?=[的有和同与])"
)
_BY_FORM = {form: name for name, forms in _NAMES.items() for group in forms for form in group}
_ENGLISH_NAMES = "|".join(sorted((re.escape(f) for e, _ in _NAMES.values() for f in e), key=len, reverse=True))
_ENGLISH = re.compile(rf"(?<![A-Za-z])(?:{_ENGLISH_NAMES})(?![A-Za-z])", re.IGNORECASE)
_NAME_AND_S = re.compile(rf"(?<![A-Za-z])({_ENGLISH_NAMES})s(?![A-Za-z])", re.IGNORECASE)
_CHINESE = re.compile("|".join(sorted((f for _, z in _NAMES.values() for f in z), key=len, reverse=True)))
_PLACE = rf"(?:{_ENGLISH.pattern}|{_CHINESE.pattern})(?:市|特区)?"
PLACES_IN_A_ROW = (
    rf"{_PLACE}(?:(?:,| and|, and| or|、|，|和|与|同|跟|及)\s*{_PLACE})*"  # named as one names several things; regardless of case
)
# Not those whose people are meant: "Hong Kong and Macau residents".
_SEVERAL_IN_A_ROW = re.compile(
    rf"{PLACES_IN_A_ROW.removesuffix('*')}++(?!\s*(?:residents|people|youths?|young|citizens|professionals|居民|青年|人士|人才))",
    re.IGNORECASE,
)


def cities_of_heading(section: Sequence[str]) -> frozenset[str]:
    """The cities that the innermost heading with any names; headings outermost first."""
    return next((cities for heading in reversed(section) if (cities := places(heading) & set(CITIES))), frozenset())


@lru_cache(maxsize=50_000)
def places(text: str) -> frozenset[str]:
    """English names of the places that a text names, in either language or shorthand."""
    simplified = to_simplified(clean(text))
    found = {_BY_FORM[match.group().lower()] for match in _ENGLISH.finditer(simplified)}
    found |= {_BY_FORM[match.group()] for match in _CHINESE.finditer(simplified)}
    for match in _SHORTHAND.finditer(simplified):
        found |= {_ONE_CHARACTER[char] for char in match.group() if char in _ONE_CHARACTER}
    return frozenset(found)


def are_named_in_a_row(text: str) -> bool:
    """Whether a text names two places as one would several things: A and B, A、B, A同B."""
    return _SEVERAL_IN_A_ROW.search(to_simplified(clean(text))) is not None


def with_chinese_names(text: str) -> str:
    """A text with the English names of places in Chinese."""
    return _ENGLISH.sub(lambda match: _NAMES[_BY_FORM[match.group().lower()]][1][0], text)


def with_apostrophes(text: str) -> str:
    """A text in which a place's name with an s behind it is that place's: "shenzhens gdp"."""
    return _NAME_AND_S.sub(r"\1's", text)


def place_forms(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English and the Simplified Chinese forms of a place's name."""
    return _NAMES[name]


@cache
def english_words_of_places() -> frozenset[str]:
    """The words, in small letters, of the English names of all places known."""
    return frozenset(word for english, _ in _NAMES.values() for form in english for word in form.lower().split())


@cache
def city_terms() -> frozenset[str]:
    """The search terms of the cities' names."""
    return frozenset(term for city in CITIES for forms in _NAMES[city] for form in forms for term in search_terms(form))
