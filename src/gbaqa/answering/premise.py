"""What a question takes for granted, and whether a text bears it out: that there is a first among many, that something rose
rather than fell. A text that lacks or contradicts it is no answer, however near its words are.
"""

import re

from gbaqa.language.script import to_simplified

_Opposites = tuple[re.Pattern[str], re.Pattern[str]]

_SUPERLATIVE = re.compile(
    r"\b(?:(?<!at )most|(?<!at )least|largest|biggest|highest|lowest|smallest|top(?!-)|longest|oldest|newest|fastest|leading|best|worst)\b"
    r"|\bfirst\b(?! (?:quarter|half|\w+ months))"
    r"|最(?![迟晚后近新终前]|[多少高低](?:可|要|能))|第一(?!季)|首(?!季)|榜|排名|头号",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"第[二三四五六七八九十\d]+(?![章节季次页条])|\b(?:ranks?|ranked|ranking|second|third|fourth|fifth|\d+(?:nd|rd|th))\b", re.IGNORECASE
)
_OPPOSITES: tuple[_Opposites, ...] = (
    (
        re.compile(
            r"\b(?:r[io]se[sn]?|rising|grow\w*|grew|increas\w*|expand\w*|expansion|surg\w*|jump\w*|climb\w*"
            r"|(?:go\w*|went|move[ds]?) up|up(?= by| \d)|higher|gain\w*|exceed\w*|boom\w*|recovery)\b"
            r"|上升|增|升|扩大|扩展|拓展|提高|涨|飙|反弹",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:f[ae]ll\w*|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|cut\w*|reduc\w*"
            r"|(?:go\w*|went|move[ds]?) down|down(?= by| \d)|lower\w*|los[est]\w*|slump\w*|contract(?:ed|ion|ing)|weak\w*)\b"
            r"|下降|下跌|减|跌|缩(?!写)|降|削|下滑",
            re.IGNORECASE,
        ),
    ),
    (re.compile(r"\b(?:mandatory|compulsory|oblig\w+|must)\b|强制|必须", re.IGNORECASE), re.compile(r"\bvoluntar\w+|自愿", re.IGNORECASE)),
    (re.compile(r"\bdeficits?\b|逆差|赤字", re.IGNORECASE), re.compile(r"\bsurplus\b|顺差|盈余", re.IGNORECASE)),
)


def lacks_superlative(question: str, text: str) -> bool:
    """Whether a question asks for a first or a most, and the text, in whichever script, tells of none."""
    if not _SUPERLATIVE.search(question):
        return False
    read = to_simplified(text)
    return not _SUPERLATIVE.search(read) and not _RANK.search(read)


def contradicts(question: str, text: str) -> bool:
    """Whether a text says only the opposite of what a question takes for granted: fell for rose, voluntary for mandatory."""
    text = to_simplified(text)
    return any(
        said.search(question) and not other.search(question) and other.search(text) and not said.search(text)
        for pair in _OPPOSITES
        for said, other in (pair, pair[::-1])
    )
