"""The kind of answer that a question wants, told from its words in English and in (Simplified) Chinese."""

import re
from typing import Literal

from gbaqa.language.numerals import ENGLISH_VALUES, chinese_value
from gbaqa.retrieval.source_cues import asks_for_source

Kind = Literal["source", "comparison", "figure", "explanation", "list", "fact"]

# Tried in this order, after a source; a question that fits none of them asks for a fact.
_KINDS: dict[Kind, re.Pattern[str]] = {
    "comparison": re.compile(
        r"\b(?:compare[ds]?|comparison|(?:stack|measure)(?:s|ed)? up|versus|vs\.?|higher|lower|larger|bigger|smaller|richer|most|least|highest|lowest|largest|biggest|smallest|richest"
        r"|top (?:three|two|five|\d)|rank(?:ed|s|ing)?|differ(?:s|ed|ence|ent)?|gap between|which (?:of|city|side|is) .{0,40}(?:more|er)\b)"
        r"|相比|比较|对比|谁(?:更|高|多|大)|哪个(?:更|高|多|大)|哪座(?:更|高|多|大)|最[高低多少大小强快]|排名|排第|差(?:多少|距|别)|高低|不同|区别|异同|(?:更|较)[高低多少大小快]|[比跟同]起来",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        r"\bhow (?:many|much|large|big|long|old|far|fast|high|often|wide)\b"
        r"|\bwhat (?:percentage|share|proportion|fraction|number|amount|sum|total|size|rate)\b|\bwhat (?:is|was|were)\b.{0,50}\b(?:gdp|population|volume|value|output|revenue|turnover|price|cost)\b|\bby how much\b|\bwhen\b|\bwhat year\b|\bwhich year\b"
        r"|多少|(?<!哪)几(?!乎|个方面|方面|项|类|种|点|步|条)|多大|多长|多高|多快|百分之|何时|什么时候|哪[一]?年|哪[一]?月|规模(?:是|有|达)|占比(?:是|有)?",
        re.IGNORECASE,
    ),
    "explanation": re.compile(
        r"\bwhy\b|\bhow (?:do|does|did|is|are|was|were|can|could|will|would|should|come)\b|\bexplain\b|\breasons?\b|\bin what way\b|\bwhat role\b|\bwhat .{0,30} (?:mean|stand for)\b"
        r"|为什么|为何|为啥|怎么(?![写说讲标列]的)|怎样|如何|原因|怎会|什么作用|有何|有什么(?:意义|影响|作用|好处|问题|挑战)|是什么意思|指(?:的是)?什么|是什么",
        re.IGNORECASE,
    ),
    "list": re.compile(
        r"\bwhich\b|\blist\b|\bname (?:the|all|them|three|two|four|five)\b|\bwhat (?:are|were|kinds?|types?|sorts?|areas?|fields?|sectors?|industries|measures|steps|schemes)\b|\bwho (?:are|were|is|signed|set|took)\b"
        r"|哪些|哪几|边几|列出|列举|有几|几(?:个方面|方面|项|类|种)|包括什么|包含什么|分别是|都有谁|哪[两二三四五六七八九十]",
        re.IGNORECASE,
    ),
}
# How many things are to be told: "the three reasons", 哪三个方面.
_ITEMS = re.compile(
    rf"\b(?P<en>{'|'.join(name for name, value in ENGLISH_VALUES.items() if 1 < value < 10)}|[2-9]) (?:[\w-]+ ){{0,2}}?[a-z]+s\b"
    r"|(?P<zh>[两二三四五六七八九]|[2-9])(?=[个项大点种条类]|方面)",
    re.IGNORECASE,
)
_WANTS_PERCENT = re.compile(
    r"percent|per cent|%|share|proportion|growth|grew|grow|rise|rose|fell|fall|increase|rate|占比|比例|比重|百分|增速|增长|升幅|跌幅|同比|涨|率",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\bhow\b|\bwhen\b|\bwhich\b|\bwhat\b|\bwho(?:se)?\b|\bwhere\b|\bwhy\b|多少|几(?!乎)|哪|谁|什么|啥|怎|为何|何时|多大|多长|是否|吗",
    re.IGNORECASE,
)
_ASKS_OR_TELLS = re.compile(
    rf"[?？]|{_ASKS.pattern}|\b(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|tell|list|name|give|show|compare|explain|describe|summari[sz]e)\b"
    r"|是|有没有|能不能|可以|请|列|说|讲|介绍|比较|对比|解释|总结",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b|\bboth\b|\brespectively\b|各自|各有|各是|各占|分别|各(?:多少|几)", re.IGNORECASE)


def kind_of(text: str) -> Kind:
    """The kind of answer wanted."""
    if asks_for_source(text):
        return "source"
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), "fact")


def wants_number(text: str) -> bool:
    """Whether a number or a date would answer it: most who type key words, neither a question nor a request, are after a figure."""
    return _KINDS["figure"].search(text) is not None or _ASKS_OR_TELLS.search(text) is None


def wants_percent(text: str) -> bool:
    """Whether a rate, a share or a change would answer it."""
    return _WANTS_PERCENT.search(text) is not None


def count_parts(text: str) -> int:
    """How many things are asked: question words, and one more for "each" and "respectively"; at most 4."""
    return min(max(len(_ASKS.findall(text)), 1) + bool(_EACH.search(text)), 4)


def items_asked(text: str) -> int:
    """How many things a question asks to be told, 2 to 9; 0 where it does not say."""
    found = _ITEMS.search(text)
    if found is None:
        return 0
    said = found.group("en") or found.group("zh")
    if said.isdigit():
        return int(said)
    return int(ENGLISH_VALUES[said.lower()] if found["en"] else chinese_value(said))
