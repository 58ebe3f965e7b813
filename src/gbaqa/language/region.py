"""The Greater Bay Area as a whole: by its names, or as its eleven cities taken together."""

import re

from gbaqa.language.script import HAN

# In English or Simplified Chinese.
WHOLE_REGION = re.compile(
    r"\b(?:the )?(?:whole |entire )?(?:Guangdong-Hong Kong-Maca[ou] )?(?:Greater )?(?:Bay Area|GBA)\b"
    r"|(?:整个|成个|全个|全)?(?:粤港澳)?大?湾区",
    re.IGNORECASE,
)
_ALL_CITIES = re.compile(
    r"\b(?:all (?:of )?)?(?:the )?(?:11|eleven) (?:(?:GBA|(?:Greater )?Bay Area|member) )?(?:cities(?P<own>['’])|cities\b(?: (?:of|in) the (?:GBA|(?:Greater )?Bay Area)\b)?)"
    r"|(?:(?:粤港澳)?大?湾区的?)?(?:全部|所有)?(?:11|十一)(?:个|座)?(?:(?:粤港澳)?大?湾区)?城市?的?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?:,? ?\b(?:(?:put|taken|all) together|together|combined(?=\W*$)|altogether|added up|in total|as a whole|between them)\b)"
    r"|合计(?:起来)?|加(?:起来|埋|在一起|总)|总共|一共|合共|总和|总(?=人口|面积|GDP|经济|贸易)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:combined|joint|total|aggregate)\b", re.IGNORECASE)
_ONE_OF_THEM = re.compile(r"\b(?:which|each|every|rank\w*|\w+est|most|least)\b|[哪各每最排]", re.IGNORECASE)


def as_whole_region(text: str) -> str:
    """A question in which the region's eleven cities together are called by its name."""
    are_together = _ALL_CITIES.search(text) is not None and (_TOGETHER.search(text) or _SUM.search(text))
    if not are_together or _ONE_OF_THEM.search(text):
        return text
    name = "大湾区" if HAN.search(text) else "the Greater Bay Area"
    return _ALL_CITIES.sub(lambda match: f"{name}'s" if match["own"] else name, _TOGETHER.sub("", text)).strip()
