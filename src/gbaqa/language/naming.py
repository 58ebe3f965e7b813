"""Proper names in a text: what a reader would call the name of somebody or something. Told by form alone, in both languages."""

import re
from functools import lru_cache

from gbaqa.language.dates import MONTHS

# A capital inside a sentence, or an abbreviation anywhere. The first word of a sentence has its capital from its place.
_CAPITALISED = re.compile(r"(?<![.!?:;“\"'•|\n] )(?<!^)\b[A-Z][\w&'’-]+|\b[A-Z][A-Za-z]*[A-Z0-9][\w&-]*")
_QUOTED = re.compile(r"[《“「『]([^《》“”「」『』]{2,30})[》”」』]")
_BODY = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{2,12}?(?:公司|集团|银行|大学|学院|医院|研究院|研究所|实验室|交易所|协会|商会|联盟|基金会|委员会|管理局|金管局|证监会|财政司|法院|中心|码头|机场|大桥|公园)"
)
_NO_NAMES = frozenset(map(str.lower, MONTHS)) | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday rmb hk usd hkd gdp yoy the this in on at and of q1 q2 q3 q4 h1 h2 i it"
    " chinese".split()
)


@lru_cache(maxsize=20_000)
def proper_names(text: str) -> frozenset[str]:
    """The names in a text, English ones word by word in lower case, Chinese ones whole."""
    words = {match.group().lower().removesuffix("'s").removesuffix("’s") for match in _CAPITALISED.finditer(text)}
    return frozenset(
        (words - _NO_NAMES) | {match[1] for match in _QUOTED.finditer(text)} | {match.group() for match in _BODY.finditer(text)}
    )
