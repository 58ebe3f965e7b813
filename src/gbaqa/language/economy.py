"""What statistics offices count of a city quarter by quarter, and the words for its growth."""

import re
from functools import cache
from typing import Literal

from gbaqa.language.words import search_terms

Measure = Literal["gdp", "trade", "exports", "imports", "retail", "industry", "investment"]

NAMES: dict[Measure, tuple[str, str]] = {
    "gdp": ("GDP", "GDP"),
    "trade": ("imports and exports", "进出口总额"),
    "exports": ("exports", "出口"),
    "imports": ("imports", "进口"),
    "retail": ("retail sales", "社会消费品零售总额"),
    "industry": ("industrial value added", "规模以上工业增加值"),
    "investment": ("fixed-asset investment", "固定资产投资"),
}
# Tried in this order: imports and exports are no exports.
_MEASURES: dict[Measure, re.Pattern[str]] = {
    "gdp": re.compile(r"(?<!capita )\b(?:GDP|gross domestic product)\b(?! per)|(?<!人均)(?:GDP|地区生产总值|国内生产总值)", re.IGNORECASE),
    "trade": re.compile(
        r"\b(?:total |foreign |external ){0,3}(?:trade|(?:volume of )?imports? and exports?|exports? and imports?)(?: volume)?\b|(?:外贸)?进出口(?:贸易)?(?:总额|总值)?|外贸(?:总额)?",
        re.IGNORECASE,
    ),
    "exports": re.compile(r"\bexports?\b(?! (?:of services|tax|hub|market))|(?<!进)出口(?:总额|总值)?(?!退税|导向|企业)", re.IGNORECASE),
    "imports": re.compile(r"\bimports?\b(?! (?:tax|duty))|进口(?:总额|总值)?(?!关税|商品展)", re.IGNORECASE),
    "retail": re.compile(r"\bretail(?= growth)|\b(?:total )?retail sales(?: of (?:social )?consumer goods)?\b|(?:社会消费品|消费品)?零售(?:总额|额)|社零", re.IGNORECASE),
    "industry": re.compile(
        r"\b(?:industrial value[- ]added|value[- ]added (?:output )?of industr\w+(?: enterprises)?|industrial (?:enterprises )?above [^,.]{0,40}value added)\b"
        r"|(?:规模以上|规上)?工业增加值",
        re.IGNORECASE,
    ),
    "investment": re.compile(r"\bfixed[- ]assets? investments?\b|\binvestments? in fixed assets\b|固定资产投资", re.IGNORECASE),
}  # fmt: skip
# Of these words one stands in any text that names the measure.
_WORDS: dict[Measure, str] = {
    "gdp": "GDP product 生产总值",
    "trade": "trade imports exports 进出口 外贸",
    "exports": "exports 出口",
    "imports": "imports 进口",
    "retail": "retail 零售 社零",
    "industry": "industrial industry 增加值",
    "investment": "investment 投资",
}
_RISE = r"\b(?:growth|gr[eo]w\w*|increas\w+|r[io]se|rising|risen|up|expand\w*|gain\w*|climb\w*)\b|(?<!负)增(?:长|加|幅|速|至)?|上升|上涨|升"
_FALL = (
    r"\b(?:declin\w+|drop\w*|f[ae]ll\w*|decreas\w+|down|contract\w+|shr[aiu]nk\w*|negative growth)\b|负增长|下降|下跌|下滑|减少|收缩|跌|降"
)
RISE, FALL = re.compile(_RISE, re.IGNORECASE), re.compile(_FALL, re.IGNORECASE)
GROWTH = re.compile(rf"{_FALL}|{_RISE}|\b(?:rates?|yoy|y/y|year[- ]on[- ]year)\b|同比|速度|率", re.IGNORECASE)


@cache
def terms_naming(measure: Measure) -> frozenset[str]:
    """Search terms of which a text that names the measure has one."""
    return frozenset(search_terms(_WORDS[measure]))


def named_measures(text: str) -> list[tuple[int, int, Measure]]:
    """Where a text names measures, in its order: start, end and which."""
    found: list[tuple[int, int, Measure]] = []
    for measure, pattern in _MEASURES.items():
        found += [(*match.span(), measure) for match in pattern.finditer(text)]
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return sorted(found)
