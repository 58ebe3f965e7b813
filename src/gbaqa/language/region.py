"""The Greater Bay Area as a whole: by its names, or as its eleven cities taken together."""

import re

from gbaqa.language.indicators import asked_indicators
from gbaqa.language.script import HAN

_FULL_NAME = r"(?:Guangdong(?:[-–—]|, ?| )Hong Kong(?:[-–—]|,? and |, )Maca[ou] )?"
# In English or Simplified Chinese.
WHOLE_REGION = re.compile(
    rf"\b(?:the )?(?:whole |entire )?{_FULL_NAME}(?:Greater )?(?:Bay Area|GBA)\b|(?:整个|成个|全个|全)?(?:粤?港澳)?大?湾区", re.IGNORECASE
)
_ALL_CITIES = re.compile(
    r"\b(?:all (?:of )?)?(?:the )?(?:11|eleven) (?:(?:GBA|(?:Greater )?Bay Area|member) )?(?:cities(?P<own>['’])|cities\b(?: (?:of|in) the (?:GBA|(?:Greater )?Bay Area)\b)?)"
    r"|(?:(?:粤?港澳)?大?湾区的?)?(?:全部|所有)?(?<![\d一二三四五六七八九十])(?:11|十一)(?:个|座)?(?:(?:粤?港澳)?大?湾区)?城(?![镇际轨乡])市?的?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r",? ?\b(?:(?:put|taken|all) together|together|combined(?=\W*$)|altogether|added up|in total|as a whole|between them)\b"
    r"|合计(?:起来)?|加(?:起来|埋|在一起|总)|总共|一共|合共|总和|总(?=人口|面积|GDP|经济|贸易)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:combined|joint|total|aggregate)\b", re.IGNORECASE)
_EACH_OF_THEM = re.compile(
    r"\b(?:which|each|every|respective\w*|how many of|list|name|table|rank\w*|order|above|below|over|exceed\w*|more than|less than|\w+est|most|least)\b"
    r"|[哪各每最排谁列]|分别|几[个座]|超过|高于|低于|大于|小于|不到",
    re.IGNORECASE,
)


def as_whole_region(text: str) -> str:
    """A question after key figures in which the region's eleven cities together are called by its name."""
    are_together = _ALL_CITIES.search(text) is not None and (_TOGETHER.search(text) or _SUM.search(text))
    if not are_together or _EACH_OF_THEM.search(text) or not asked_indicators(text):
        return text
    name = "大湾区" if HAN.search(text) else "the Greater Bay Area"
    return _ALL_CITIES.sub(lambda match: f"{name}'s" if match["own"] else name, _TOGETHER.sub("", text)).strip()
