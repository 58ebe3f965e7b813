"""Features of a statement as an answer to a question: what the learned ranking weighs."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning, with_concepts
from gbaqa.language.periods import year_parts, years
from gbaqa.language.places import CITIES, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.words import search_terms
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.question import Question

FEATURES = (
    "similarity", "twin_similarity", "before_similarity", "after_similarity", "section_similarity", "chunk_score",
    "coverage", "coverage_with_context", "coverage_with_before", "rare_coverage", "heading_coverage", "name_coverage", "quantity_match",
    "place_match", "place_conflict", "place_unnamed", "year_match", "year_conflict", "part_match", "part_conflict",
    "number_wanted", "number_missing", "percent_wanted", "money_wanted", "date_wanted", "focus_share", "focus_beside_number",
    "reason_wanted", "definition_wanted", "items_wanted", "aim_wanted", "is_row", "row_and_number", "is_item", "item_wanted",
    "is_source_line", "source_wanted", "note_wanted", "is_fragment", "refers_back", "other_language", "length", "first_in_chunk",
)  # fmt: skip

_DIGIT = re.compile(r"\d")
_PERCENT = re.compile(r"\d\s*\+?\s*(?:%|percent|个百分点|倍|times)")
_MONEY = re.compile(r"(?:RMB|HK\$|US\$|MOP|\$|¥|€)\s?\d|\d[\d,.]*\s?[万亿百千]*[余多]?(?:元|美元|港元|港币|人民币)|\b(?:yuan|dollars)\b")
_DATE = re.compile(
    r"(?:19|20)\d{2}|\d{1,2}月|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_SOURCE_LINE = re.compile(
    r"^\W*(?:数据来源|数据源|资料来源|图片来源|来源|(?:the )?(?:data |image )?sources?\b[^.]{0,90})\s*[:：]", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_ENDS_OPEN = re.compile(r"[:：]\s*$")
# A sentence that takes up the one before it.
_REFERS_BACK = re.compile(
    r"^(?:this|these|those|it|they|its|their|such|the (?:center|centre|plan|scheme|program|programme|project|measures?|zone|policy|company|figure|initiative|platform|former|latter)\b"
    r"|in addition|furthermore|moreover|also|meanwhile|however|as such|among (?:them|which)|其|该|这|此|它|他们|上述|并|同时|另外|此外|其中)",
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


@dataclass(frozen=True, slots=True)
class Traits:
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
    """The traits of a statement's text."""
    return Traits(
        has_number=_DIGIT.search(text) is not None,
        has_percent=_PERCENT.search(text) is not None,
        has_money=_MONEY.search(text) is not None,
        has_date=_DATE.search(text) is not None,
        is_row=" | " in text,
        is_source_line=_SOURCE_LINE.match(text) is not None,
        is_fragment=_ENDS_OPEN.search(text) is not None or len(text) < 8 or is_address(text),
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


class FeatureExtractor:
    """Computes the features that need only words, places, periods and traits; similarities are the ranker's to add."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._contexts: dict[str, frozenset[str]] = {}

    def terms_of(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        twin = int(self._index.alignment.twin[row])
        return self._index.terms[row] | self._index.terms[twin] if twin >= 0 else self._index.terms[row]

    def context_terms(self, row: int) -> frozenset[str]:
        """The words of the headings above a statement and above its twin."""
        twin = int(self._index.alignment.twin[row])
        own = self._heading_terms(self._index.statements[row][0].context)
        return own | self._heading_terms(self._index.statements[twin][0].context) if twin >= 0 else own

    def reads_on_from(self, row: int) -> int | None:
        """The row of the sentence before a statement in its passage, None for a passage's first."""
        return row - 1 if row > 0 and self._same_passage(row - 1, row) else None

    def read_on_by(self, row: int) -> int | None:
        """The row of the sentence after a statement in its passage, None for a passage's last."""
        return row + 1 if row + 1 < len(self._index.statements) and self._same_passage(row, row + 1) else None

    def values(self, question: Question, wants: Wants, row: int) -> dict[str, float]:
        """The features of the statement in that row, by name."""
        chunk, statement = self._index.statements[row]
        terms, context = self.terms_of(row), self.context_terms(row)
        before = self.reads_on_from(row)
        terms_before = self._index.terms[before] if before is not None else frozenset()
        traits = traits_of(statement.text, chunk.language == "zh")
        kind = self._index.documents[chunk.document].blocks[statement.block].kind
        return {
            **self._coverage(wants, terms, context, terms_before),
            **_place_and_period(question, statement.text, chunk.context),
            "quantity_match": self._quantity_match(wants, row),
            "number_wanted": float(question.wants_number and traits.has_number),
            "number_missing": float(question.wants_number and not traits.has_number),
            "percent_wanted": float(question.wants_percent and traits.has_percent),
            "money_wanted": float(wants.money and traits.has_money),
            "date_wanted": float(wants.date and traits.has_date),
            "focus_beside_number": float(question.wants_number and bool(wants.focus) and beside_number(wants.focus, self._both_texts(row))),
            "reason_wanted": float(wants.reason and traits.gives_reason),
            "definition_wanted": float(wants.definition and traits.defines),
            "items_wanted": traits.items if question.kind == "list" else 0.0,
            "aim_wanted": float(wants.aim and traits.aims),
            "is_row": float(traits.is_row),
            "row_and_number": float(traits.is_row and question.wants_number),
            "is_item": float(kind == "item"),
            "item_wanted": float(kind == "item" and question.kind == "list"),
            "is_source_line": float(traits.is_source_line),
            "source_wanted": float(traits.is_source_line and question.kind == "source"),
            "note_wanted": float(bool(statement.notes) and question.kind == "source"),
            "is_fragment": float(traits.is_fragment),
            "refers_back": float(traits.refers_back),
            "other_language": float(chunk.language != question.language),
            "length": traits.length,
            "first_in_chunk": float(row == self._index.first_statement[chunk.id]),
        }

    def _coverage(self, wants: Wants, terms: frozenset[str], context: frozenset[str], before: frozenset[str]) -> dict[str, float]:
        rarity = wants.rarity
        total = sum(rarity.values()) or 1.0
        rare = sorted(rarity, key=lambda meaning: -rarity[meaning])[:3]

        def share(found: frozenset[str]) -> float:
            return sum(weight for meaning, weight in rarity.items() if meaning & found) / total

        with_context = terms | context
        return {
            "coverage": share(terms),
            "coverage_with_context": share(with_context),
            "coverage_with_before": share(with_context | before),
            "heading_coverage": share(context),
            "rare_coverage": sum(bool(meaning & with_context) for meaning in rare) / max(len(rare), 1),
            "name_coverage": sum(name in with_context for name in wants.names) / len(wants.names) if wants.names else 0.0,
            "focus_share": sum(term in terms for term in wants.focus) / len(wants.focus) if wants.focus else 0.0,
        }

    def _quantity_match(self, wants: Wants, row: int) -> float:
        if not wants.quantities:
            return 0.0
        twin = int(self._index.alignment.twin[row])
        stated = quantity_keys(self._index.statements[row][1].text)
        if twin >= 0:
            stated = stated | quantity_keys(self._index.statements[twin][1].text)
        return len(wants.quantities & stated) / len(wants.quantities)

    def _both_texts(self, row: int) -> str:
        twin = int(self._index.alignment.twin[row])
        text = self._index.statements[row][1].text
        return f"{text}\n{self._index.statements[twin][1].text}" if twin >= 0 else text

    def _same_passage(self, first: int, second: int) -> bool:
        one, other = self._index.statements[first][0], self._index.statements[second][0]
        return (one.document, one.language, one.section, one.header) == (other.document, other.language, other.section, other.header)

    def _heading_terms(self, context: str) -> frozenset[str]:
        if context not in self._contexts:
            self._contexts[context] = frozenset(with_concepts(context))
        return self._contexts[context]


def _place_and_period(question: Question, text: str, context: str) -> dict[str, float]:
    """Whether a statement speaks of the places, years and quarters that the question names."""
    wanted = question.places
    here, above = places(text), places(context)
    named = here or above
    own_years, own_parts = years(text), year_parts(text)
    cities = set(CITIES)
    return {
        "place_match": float(bool(wanted & (here | above))),
        "place_conflict": float(bool(wanted & cities) and bool(named & cities) and not wanted & named),
        "place_unnamed": float(bool(wanted) and not named),
        "year_match": float(bool(question.years & own_years)),
        "year_conflict": float(bool(question.years) and bool(own_years) and not question.years & own_years),
        "part_match": float(bool(question.year_parts & own_parts)),
        "part_conflict": float(bool(question.year_parts) and not question.year_parts & own_parts and bool(own_years)),
    }


def beside_number(focus: Sequence[str], text: str) -> bool:
    """Whether a number stands beside one of the words; languages on lines of their own."""
    for line in text.split("\n"):
        before, after = _WINDOW[_HAN.search(line) is not None]
        for match in _NUMBER.finditer(line):
            window = set(search_terms(line[max(0, match.start() - before) : match.end() + after]))
            if any(term in window for term in focus):
                return True
    return False
