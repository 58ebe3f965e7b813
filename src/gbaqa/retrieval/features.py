"""Features of a statement as an answer to a question: what they are, what a question wants, and what a text shows.

Their values are computed in gbaqa.retrieval.extractor, for all candidates of a question at once.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.dates import months_of_part
from gbaqa.language.meanings import Meaning
from gbaqa.language.periods import months, year_parts
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import to_simplified
from gbaqa.language.segment import leads_on
from gbaqa.language.words import search_terms
from gbaqa.retrieval.expected import STATED_DATE
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.question import Question

FEATURES = (
    "similarity", "twin_similarity", "before_similarity", "after_similarity", "section_similarity", "chunk_score",
    "token_similarity", "twin_token_similarity", "neighbour_token_similarity",
    "coverage", "coverage_with_context", "coverage_with_before", "rare_coverage", "heading_coverage", "name_coverage", "quantity_match",
    "place_match", "place_conflict", "place_unnamed", "year_match", "year_conflict", "part_match", "part_conflict",
    "number_wanted", "number_missing", "percent_wanted", "money_wanted", "date_wanted", "focus_share", "focus_beside_number",
    "reason_wanted", "definition_wanted", "items_wanted", "aim_wanted", "is_row", "row_and_number", "is_item", "item_wanted",
    "is_source_line", "source_wanted", "note_wanted", "is_fragment", "refers_back", "other_language", "length", "first_in_chunk",
)  # fmt: skip

_DIGIT = re.compile(r"\d")
_PERCENT = re.compile(r"\d\s*\+?\s*(?:%|percent|个百分点|倍|times)")
_MONEY = re.compile(r"(?:RMB|HK\$|US\$|MOP|\$|¥|€)\s?\d|\d[\d,.]*\s?[万亿百千]*[余多]?(?:元|美元|港元|港币|人民币)|\b(?:yuan|dollars)\b")
_SOURCE_LINE = re.compile(
    r"^\W*(?:数据来源|数据源|资料来源|图片来源|来源|(?:the )?(?:data |image )?sources?\b[^.]{0,90})\s*[:：]", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|gov|edu|cn|hk|mo)\b(?:/\S*)?")
# A sentence that takes up the one before it.
_REFERS_BACK = re.compile(
    r"^(?:this|these|those|it|they|its|their|such|the (?:center|centre|plan|scheme|program|programme|project|measures?|zone|policy|company|figure|initiative|platform|former|latter)"
    r"|in addition|furthermore|moreover|also|meanwhile|however|as such|among (?:them|which))\b|^(?:其|该|这|此|它|他们|上述|并|同时|另外|此外|其中)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|since|therefore|thus|hence|as a result|in order to|so as to|result(?:s|ing)? (?:in|from)|lead(?:s|ing)? to|caus(?:e|es|ed|ing)|thanks to|enabl\w+|mean(?:s|ing) that)\b"
    r"|因|由于|从而|以便|因此|故|导致|致使|得益于|为了|有助|有利于|所以|使得",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\b(?:is|are|refers? to|means?|stands? for|known as|defined as|consists? of|comprises?|aims? to)\b|是指|指的?是|即|是(?:一|由|全|国|为|深|香)|称为|定位|旨在|由.{1,20}组成",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:will|should|need(?:s)? to|must|plans? to|aims? to|targets?|goals?|propos\w+|recommend\w*|suggest\w*|by (?:20)\d\d)\b|将|应|需|建议|目标|计划|拟|要|争取|到20\d\d年",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(
    r"\b(?:costs?|price|salar(?:y|ies)|wages?|paid|pays?|worth|spen[dt]|invest\w*|revenue|fund\w*|budget|capital|how much|money|cash|dollars?|yuan|subsid\w+|grants?|gdp)\b"
    r"|薪|工资|费用|造价|花了|成本|钱|金额|投资额|资金|总额|多少亿|产值|收入|补贴|资助|奖励|市值",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b|\bwh(?:at|ich) (?:year|date|month|day)\b|\bby when\b|\bhow long ago\b|哪年|何时|什么时候|哪一年|几时|哪月|几月|何年",
    re.IGNORECASE,
)
_ASKS_REASON = re.compile(
    r"\bwhy\b|\bhow come\b|\breasons?\b|\bwhat (?:makes|explains|drives|keeps|stops)\b|为什么|为何|为啥|原因|点解|怎会|卡在|难题|障碍",
    re.IGNORECASE,
)
_ASKS_DEFINITION = re.compile(
    r"\bwhat (?:is|are|was|were|does)\b|\bwhat's\b|\bwho (?:is|are)\b|\bexplain\b|\bdefine|是什么|什么是|指什么|即是|何谓|啥是|是啥",
    re.IGNORECASE,
)
_ASKS_AIM = re.compile(
    r"\b(?:will|going to|plan(?:s|ned)?|aims?|targets?|goals?|want(?:s)?|should|recommend\w*|suggest\w*|propos\w*|supposed to|advi[cs]e)\b|目标|计划|将|打算|建议|应该|想要|未来|要做|主张",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b(?:[A-Z][\w&'-]*[A-Z0-9][\w&'-]*|[A-Z][a-z]{2,})\b|(?<![A-Za-z])[A-Za-z]*[A-Z][A-Za-z&-]+")
_SEPARATORS = re.compile(r"[,;、；，]")
_SIGNIFICANT_ITEMS = 6
_NUMBER = re.compile(r"\d[\d,.]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LABEL = re.compile(r"([^:：|]{2,120}?)\s*[:：|]\s*(?:\w+ ){0,2}\d")
_WINDOW = {True: (25, 12), False: (25, 45)}  # characters before and after a number, in Chinese and in English


@dataclass(frozen=True, slots=True)
class Wants:
    """What a question wants, beyond its words."""

    rarity: Mapping[Meaning, float]
    names: frozenset[str]
    quantities: frozenset[tuple[float, bool]]
    focus: tuple[str, ...]
    money: bool
    date: bool
    reason: bool
    definition: bool
    aim: bool


def wants_of(question: Question, rarity: Mapping[Meaning, float]) -> Wants:
    """What a question wants; `rarity` gives the weight of each meaning of its words."""
    text = question.normalized
    names = frozenset(term for match in _NAME.finditer(text[1:] if text[:1].isupper() else text) for term in search_terms(match.group()))
    years_asked = {(float(year), False) for year in question.years}
    return Wants(
        rarity=rarity,
        names=names & frozenset().union(*rarity),
        quantities=quantity_keys(text) - years_asked,
        focus=focus_terms(text),
        money=_ASKS_MONEY.search(text) is not None,
        date=_ASKS_DATE.search(text) is not None,
        reason=_ASKS_REASON.search(text) is not None,
        definition=_ASKS_DEFINITION.search(text) is not None,
        aim=_ASKS_AIM.search(text) is not None,
    )


class Traits(NamedTuple):
    """What a statement's own text shows, whatever is asked."""

    has_number: bool
    has_percent: bool
    has_money: bool
    has_date: bool
    is_row: bool
    is_source_line: bool
    is_fragment: bool
    refers_back: bool
    gives_reason: bool
    defines: bool
    aims: bool
    items: float
    length: float


@lru_cache(maxsize=100_000)
def traits_of(text: str, chinese: bool) -> Traits:
    """The traits of a statement's text, in whichever script."""
    text = to_simplified(text)
    return Traits(
        has_number=_DIGIT.search(text) is not None,
        has_percent=_PERCENT.search(text) is not None,
        has_money=_MONEY.search(text) is not None,
        has_date=STATED_DATE.search(text) is not None,
        is_row=CELL_SEPARATOR in text,
        is_source_line=_SOURCE_LINE.match(text) is not None,
        is_fragment=leads_on(text) or len(text) < 8 or is_address(text),
        refers_back=_REFERS_BACK.match(text) is not None,
        gives_reason=_REASON.search(text) is not None,
        defines=_DEFINITION.search(text) is not None,
        aims=_AIM.search(text) is not None,
        items=min(len(_SEPARATORS.findall(text)), _SIGNIFICANT_ITEMS) / _SIGNIFICANT_ITEMS,
        length=math.log(1 + len(text) / (2 if chinese else 5)) / 4,
    )


def is_address(text: str) -> bool:
    """Whether a statement is mostly a URL: the tail of a source line."""
    return 2 * sum(map(len, _URL.findall(text))) > len(text)


def beside_number(focus: Sequence[str], text: str) -> bool:
    """Whether a number stands beside one of the words; languages on lines of their own."""
    return any(not terms_beside_numbers(line).isdisjoint(focus) for line in text.split("\n"))


def all_beside_number(focus: Sequence[str], text: str) -> bool:
    """Whether numbers stand beside all of the words, or behind a label that has them; languages on lines of their own."""
    return any((terms_beside_numbers(line) | _terms_of_label(line)).issuperset(focus) for line in text.split("\n"))


def _terms_of_label(line: str) -> frozenset[str]:
    """The words of a label before a number: of "Eligible banks reported by the cities: 32"."""
    label = _LABEL.match(line)
    return frozenset(search_terms(label[1])) if label else frozenset()


@lru_cache(maxsize=50_000)
def terms_beside_numbers(line: str) -> frozenset[str]:
    """The words that stand beside a number of a line."""
    before, after = _WINDOW[_HAN.search(line) is not None]
    windows = (line[max(0, match.start() - before) : match.end() + after] for match in _NUMBER.finditer(line))
    return frozenset(term for window in windows for term in search_terms(window))


def is_of_same_part(question: Question, text: str) -> bool:
    """Whether a text names a part of a year that the question names, or all months that it asks about."""
    parts = year_parts(text)
    if not question.year_parts.isdisjoint(parts):
        return True
    asked = question.months.union(*map(months_of_part, question.year_parts))
    return bool(asked) and asked <= months(text).union(*map(months_of_part, parts))
