"""What a question takes for granted, and whether a text bears it out: that there are names, a first among many, a forecast,
that something rose rather than fell. A text that lacks or contradicts it is no answer, however near its words are.
"""

import re

from gbaqa.language.naming import proper_names

_Opposites = tuple[re.Pattern[str], re.Pattern[str]]

_ASKS_NAMES = re.compile(
    r"\bwho(?:m|se)?\b|\bname (?:the|all|them|two|three|four|five|any|one|a)\b|\bwhat\b.{0,60} (?:called|named)\b"
    r"|\b(?:which|what) (?:\w+[ -]){0,3}(?:compan\w+|firms?|brands?|banks?|hospitals?|universit\w+|schools?|countr\w+|districts?"
    r"|institut\w+|organi[sz]ations?|labs?|laborator\w+|bodies|body|airlines?|suppliers?|\w*makers?|developers?|operators?|investors?|funds?|people|person"
    r"|ports?|nations?|names?)\b"
    r"|叫什么|什么名|名字|名单|名称|谁|哪[家间所个些几两三]{1,2}\w{0,6}(?:公司|企业|银行|医院|大学|学校|国家|地区|区|机构|组织|品牌|部门|单位|实验室|厂|人|港|机场)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:most|least|largest|biggest|highest|lowest|smallest|top|longest|oldest|newest|fastest|first|leading|best|worst|main(?:ly)?)\b"
    r"|最|第一|首|主要|榜|排名|头号",
    re.IGNORECASE,
)
_ASKS_FORECAST = re.compile(
    r"\b(?:forecasts?|projected|projections?|expected|predict\w*|targets?|goals?|next year)\b|预测|预计|目标|展望|明年|预期", re.IGNORECASE
)
_FORECAST = re.compile(
    r"\b(?:will|forecasts?|project\w+|expect\w*|predict\w*|targets?|goals?|plans?|aims?|by 20\d\d|estimated)\b"
    r"|预测|预计|目标|将|预期|力争|到20\d\d年|计划|估计",
    re.IGNORECASE,
)
_OPPOSITES: tuple[_Opposites, ...] = (
    (
        re.compile(
            r"\b(?:r[io]se[sn]?|rising|grow\w*|grew|increas\w*|expand\w*|expansion|surg\w*|jump\w*|climb\w*|up|higher|gain\w*|exceed\w*|boom\w*|recover\w*)\b"
            r"|上升|增|升|扩大|扩展|拓展|提高|涨|飙|反弹",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:f[ae]ll\w*|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|cut\w*|reduc\w*|down|lower\w*|los[est]\w*|slump\w*|contract(?:ed|ion|ing)|weak\w*)\b"
            r"|下降|下跌|减|跌|缩|降|削|下滑",
            re.IGNORECASE,
        ),
    ),
    (re.compile(r"\b(?:mandatory|compulsory|oblig\w+|must)\b|强制|必须", re.IGNORECASE), re.compile(r"\bvoluntar\w+|自愿", re.IGNORECASE)),
    (re.compile(r"\bdeficits?\b|逆差|赤字", re.IGNORECASE), re.compile(r"\bsurplus\b|顺差|盈余", re.IGNORECASE)),
)


def lacks_names(question: str, text: str) -> bool:
    """Whether a question asks what somebody or something is called, and the text names nothing that the question does not."""
    if not _ASKS_NAMES.search(question):
        return False
    asked = question.lower()
    return all(name.lower() in asked for name in proper_names(text))


def lacks_superlative(question: str, text: str) -> bool:
    """Whether a question asks for a first or a most, and the text tells of none."""
    return bool(_SUPERLATIVE.search(question)) and not _SUPERLATIVE.search(text)


def lacks_forecast(question: str, text: str) -> bool:
    """Whether a question asks for what was expected or aimed at, and the text tells only what was."""
    return bool(_ASKS_FORECAST.search(question)) and not _FORECAST.search(text)


def contradicts(question: str, text: str) -> bool:
    """Whether a text says only the opposite of what a question takes for granted: fell for rose, voluntary for mandatory."""
    return any(
        said.search(question) and not other.search(question) and other.search(text) and not said.search(text)
        for pair in _OPPOSITES
        for said, other in (pair, pair[::-1])
    )
