"""Follow-ups to a question after a first or a last: "and the second?", 最少呢？, "what about population?".

All functions take text in English or in written Simplified Chinese.
"""

import re
from dataclasses import dataclass, replace

from gbaqa.language.indicators import Indicator, asked_indicators
from gbaqa.language.numerals import ENGLISH_RANKS, ENGLISH_VALUES, chinese_value
from gbaqa.language.script import HAN
from gbaqa.retrieval.slots import indicator_names

_HIGH_TO_LOW = {
    "highest": "lowest", "largest": "smallest", "biggest": "smallest", "greatest": "smallest", "most": "fewest",
    "richest": "poorest", "longest": "shortest", "tallest": "shortest", "fastest": "slowest", "oldest": "newest",
    "earliest": "latest", "best": "worst", "busiest": "quietest",
}  # fmt: skip
_LOW_TO_HIGH = {low: high for high, low in reversed(_HIGH_TO_LOW.items())} | {"least": "most", "youngest": "oldest"}
_HAN_HIGH_TO_LOW = dict(zip("高大多长富快早好强旺重深阔贵", "低小少短穷慢晚差弱淡轻浅窄平", strict=True))
_HAN_LOW_TO_HIGH = {low: high for high, low in _HAN_HIGH_TO_LOW.items()}
_ORDINALS = {rank: word for word, rank in ENGLISH_RANKS.items() if rank <= 10}
_NUMBERS = [word for word, value in ENGLISH_VALUES.items() if 1 <= value <= 10]
_HAN_NUMBERS = "一二三四五六七八九十"

_ADJECTIVE = "|".join([*_HIGH_TO_LOW, *_LOW_TO_HIGH])
_NTH = "|".join(_ORDINALS.values())
_COUNT = rf"(?P<count>{'|'.join(_NUMBERS[1:])}|[2-9]|10)"
_HAN_ADJECTIVE = "".join([*_HAN_HIGH_TO_LOW, *_HAN_LOW_TO_HIGH])
_HAN_COUNT = f"(?P<count>[两{_HAN_NUMBERS}]|[2-9]|10)"

# The superlative of a question, and how many it asks for.
_SUPERLATIVE = re.compile(rf"\b(?:(?P<nth>{_NTH})[ -])?(?P<word>{_ADJECTIVE})\b(?! (?:of|likely|recent))", re.IGNORECASE)
_HAN_SUPERLATIVE = re.compile(rf"(?:最|第(?P<nth>[{_HAN_NUMBERS}]))(?P<word>[{_HAN_ADJECTIVE}])(?![可要能])")
_ASKED_FOR = re.compile(rf"\b(?P<before>(?:which|what|the) ){_COUNT} (?=\w)", re.IGNORECASE)
_HAN_ASKED_FOR = re.compile(rf"(?P<before>哪|的){_HAN_COUNT}(?=[个座家间])")

# A follow-up that says nothing but another place in the order.
_OTHER = re.compile(
    r"^(?:(?:which|what|who) (?:(?:one|city|is|was|has|comes|came|ranks) )*)?(?:the )?"
    rf"(?:(?P<nth>{_NTH})|number (?P<number>{'|'.join(_NUMBERS)}|[1-9])|(?P<next>next|runner[- ]up|one after(?: that)?))?"
    rf"[ -]?(?P<word>{_ADJECTIVE}|(?P<last>last|bottom))?(?: (?:one|city|place|of (?:them|all)))*(?: (?:comes|is it))?$",
    re.IGNORECASE,
)
_HAN_OTHER = re.compile(
    rf"^(?:哪个?(?:城市)?是?)?(?:排)?(?:最(?P<word>[{_HAN_ADJECTIVE}])|第(?P<nth>[{_HAN_NUMBERS}])(?:名|位)?(?P<nth_word>[{_HAN_ADJECTIVE}])?"
    rf"|倒数第(?P<from_last>[{_HAN_NUMBERS}])|(?P<next>下一[个位名]|次[{_HAN_ADJECTIVE}]|亚军)|(?P<last>垫底|包尾|最后|末位|最尾))"
    "(?:的|那)*(?:一?[个位名座])?(?:城市)?(?:又?是?(?:谁|哪[个座位]?(?:城市)?))?$"
)
_ASKS_PLACE = re.compile(
    r"\b(?:what|which) (?:rank|place|position)\b(?: (?:is|does|has))?|\bwhere (?:is|does|do)\b(?=.*\b(?:rank|stand|come)s?\b)"
    r"|\b(?:ranks?|stands?|comes?)(?: in)?\b|排?第几|排[几名]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in an order: its number, whether it is counted from the low end, and the question's word for the high end."""

    nth: int
    is_low: bool
    word: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an earlier question asks for: the place in an order, where that is said, and how many from there on.

    Attributes:
        superlative, count: matches of the words that say it; no count for one alone.
    """

    chinese: bool
    superlative: re.Match[str]
    count: re.Match[str] | None
    place: _Place

    @property
    def many(self) -> int:
        return _number(self.count["count"]) if self.count else 1


def _asked(base: str) -> _Asked | None:
    """The order that a question asks for; None where it asks for none."""
    chinese = HAN.search(base) is not None
    found = (_HAN_SUPERLATIVE if chinese else _SUPERLATIVE).search(base)
    if found is None:
        return None
    word = found["word"].lower()
    high = (_LOW_TO_HIGH | _HAN_LOW_TO_HIGH).get(word, word)
    count = (_HAN_ASKED_FOR if chinese else _ASKED_FOR).search(base)
    return _Asked(chinese, found, count, _Place(_number(found["nth"]) or 1, _is_low(word), high))


def with_order(base: str, core: str) -> str | None:
    """An earlier question with the place in an order that a follow-up names; None where either names none.

    "The second" after a question for three is one of these three.
    """
    asked = _asked(base)
    place = None if asked is None else _named(core, asked.place, asked.many)
    if asked is None or place is None:
        return None
    start, end = asked.superlative.span()
    text = base[:start] + _said(place, chinese=asked.chinese) + base[end:]
    if asked.count is None or place.nth == 1:
        return text
    return _HAN_ASKED_FOR.sub(r"\g<before>一", text) if asked.chinese else _ASKED_FOR.sub(r"\g<before>", text)


def with_indicator(base: str, indicators: tuple[Indicator, ...]) -> str | None:
    """An earlier question after the first or last cities by an indicator, asked by others; None for any other question."""
    asked = _asked(base)
    if asked is None or not asked_indicators(base):
        return None
    count = asked.count["count"] if asked.count else ""
    said = _said(replace(asked.place, word="高" if asked.chinese else "highest"), chinese=asked.chinese)
    name = indicator_names(indicators, chinese=asked.chinese)
    if asked.chinese:
        return f"{name}{said}的{count or '一'}个城市是哪{'些' if count else '个'}？"
    return f"Which {count + ' cities have' if count else 'city has'} the {said} {name}?"


def without_place(core: str) -> str | None:
    """The text without the words that ask for something's place in an order; None if it asks for none."""
    return _ASKS_PLACE.sub(" ", core) if _ASKS_PLACE.search(core) else None


def by_indicators(core: str, base: str) -> str | None:
    """A text that asks for a place in an order, asked of the indicators of an earlier question; None where that has none."""
    indicators = tuple(asked_indicators(base))
    if not indicators:
        return None
    name = indicator_names(indicators, chinese=HAN.search(core) is not None)
    return f"按{name}，{core}" if HAN.search(core) else f"{core.rstrip(' ?')} by {name}?"


def _named(core: str, before: _Place, many: int) -> _Place | None:
    """The place that a follow-up names, where the last one named was `before`, the first of `many`."""
    if found := _OTHER.match(core.strip(" ?")):
        word, nth, from_last = found["word"] or "", _number(found["nth"] or found["number"]), False
    elif found := _HAN_OTHER.match(core):
        word, nth = found["word"] or found["nth_word"] or "", _number(found["nth"] or found["from_last"])
        from_last = bool(found["from_last"])
    else:
        return None
    is_next, is_last = bool(found["next"]), from_last or bool(found["last"])
    if not (word or nth or is_next or is_last) or (1 <= nth <= many and many > 1 and not word):
        return None
    is_low = is_last or (_is_low(word) if word else before.is_low)
    return _Place(nth or (max(before.nth, many) + 1 if is_next else 1), is_low, before.word)


def _is_low(word: str) -> bool:
    return word.lower() in ("last", "bottom") or word.lower() in _LOW_TO_HIGH or word in _HAN_LOW_TO_HIGH


def _said(place: _Place, *, chinese: bool) -> str:
    word = (_HAN_HIGH_TO_LOW if chinese else _HIGH_TO_LOW).get(place.word, place.word) if place.is_low else place.word
    if chinese:
        return f"第{_HAN_NUMBERS[place.nth - 1]}{word}" if place.nth > 1 else f"最{word}"
    return f"{_ORDINALS[place.nth]} {word}" if place.nth > 1 else word


def _number(said: str | None) -> int:
    """The number that a word, an ordinal or a digit says, 0 for none."""
    said = (said or "").lower()
    if said.isdigit():
        return int(said)
    return int((ENGLISH_VALUES | ENGLISH_RANKS).get(said) or (chinese_value(said) if HAN.match(said) else 0))
